"""`catalogue purge`: delete what is no longer needed, by the periods that the privacy page names."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import click

from catalogue.config import Settings
from catalogue.domain.retention import PERIODS, Kept
from catalogue.services.purge import count as count_store
from catalogue.services.purge import purge as purge_store
from catalogue.storage.secret_file import find_key, load_key
from catalogue.storage.store import Store

EVERY = timedelta(hours=1)  # how often the worker does it
_NO_KEY = b"nothing was marked with any key yet"


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be deleted; change nothing.")
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.pass_obj
def purge(settings: Settings, dry_run: bool, lang: str) -> None:
    """Delete what is no longer needed: reports that nobody confirmed, addresses, links, rare search terms.

    The worker does the same once an hour.
    """
    now = datetime.now(UTC)
    store = Store.open(settings.database_url, migrate=False)
    try:
        if dry_run:
            counts = count_store(
                store, settings.data, now, find_key(settings.secret_key, settings.data) or _NO_KEY
            )
        else:
            secret = load_key(settings.secret_key, settings.data)
            counts = purge_store(store, settings.data, now, secret)
    finally:
        store.close()
    show(counts, lang)
    if dry_run:
        click.echo("dry run: nothing was deleted")


def show(counts: Mapping[Kept, int], lang: str) -> None:
    """Print how much there was of each kind, with what becomes of it."""
    for kept, count in counts.items():
        period = PERIODS[kept]
        what, then = (period.en, period.then_en) if lang == "en" else (period.de, period.then_de)
        click.echo(f"{count:6} {what}: {then}")


class Hourly:
    """Says whether an hour has passed since it last said so; yes the first time."""

    def __init__(self) -> None:
        self._last: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it is time again; then the next time is an hour later."""
        if self._last and timedelta(0) <= now - self._last < EVERY:  # the clock may have been put back
            return False
        self._last = now
        return True
