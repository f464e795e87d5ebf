"""`catalogue deliver`: tell subscribers, send the mails and calls that are due."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import click

from catalogue import places
from catalogue.commands.carriers import carriers_from
from catalogue.config import BadSetting, Settings
from catalogue.domain.bodies import Bodies
from catalogue.services.deliver import Carrier, Delivered
from catalogue.services.links import NOWHERE, Links
from catalogue.services.sending import send_round
from catalogue.storage.outbox import Channel
from catalogue.storage.register import load_register
from catalogue.storage.store import Store


@click.command()
@click.pass_obj
def deliver(settings: Settings) -> None:
    """Send the mails and calls that are due, once, and say what came of it.

    Several may do so at once; nothing is sent twice. Exit code 1 if something was given up.
    """
    try:
        carriers = carriers_from(settings)
    except BadSetting as error:
        raise click.ClickException(str(error)) from None
    store = Store.open(settings.database_url, migrate=False)
    try:
        done = run_round(settings, store, carriers)
    finally:
        store.close()
    click.echo(f"sent: {done.sent}, later: {done.later}, given up: {done.failed}")
    if done.failed:
        raise SystemExit(1)


def run_round(
    settings: Settings,
    store: Store,
    carriers: Mapping[Channel, Carrier],
    *,
    is_over: Callable[[], bool] = lambda: False,
) -> Delivered:
    """A round of sending as the settings want it."""
    bodies = Bodies(load_register(places.register_folder(settings.data)), store.organisations())
    links = Links(settings.base_url or NOWHERE, settings.operator, settings.office_email)
    return send_round(store, bodies, links, carriers, _now, is_over=is_over)


def _now() -> datetime:
    return datetime.now(UTC)
