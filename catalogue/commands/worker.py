"""`catalogue worker`: the recurring work, until told to stop."""

import logging
import signal
from datetime import UTC, datetime

import click

from catalogue.commands.looking import Looking
from catalogue.commands.publish import run
from catalogue.commands.purge import Hourly
from catalogue.config import BadSetting, Settings
from catalogue.services.harvest_targets import contact_pages, due_keys, keys_of_solutions
from catalogue.services.publish import TooManyRemovals
from catalogue.services.purge import purge
from catalogue.services.refresh import Result, refresh, refresh_pages
from catalogue.storage.errors import StoreError
from catalogue.storage.register import RegisterFault
from catalogue.storage.snapshot_files import BadSnapshotFile
from catalogue.storage.store import Store

log = logging.getLogger(__name__)

_TROUBLE = (StoreError, TooManyRemovals, RegisterFault, BadSnapshotFile, click.ClickException)


@click.command()
@click.option(
    "--every", type=click.IntRange(1, 86400), default=60, show_default=True, help="Seconds between rounds."
)
@click.option("--once", is_flag=True, help="One round, then stop.")
@click.pass_obj
def worker(settings: Settings, every: int, once: bool) -> None:
    """Until told to stop, publish entries that changed, look at repositories that are due, and delete what
    is no longer needed.

    Looks are spread over the day; what fails is tried again later. Several workers share the work.
    """
    try:
        looking = Looking(settings)
    except BadSetting as error:
        raise click.ClickException(str(error)) from None
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: looking.stop.set())
    log.info("worker started every=%s harvest=%s", every, settings.harvest)
    clearing = Hourly()
    with looking:
        while not looking.stop.is_set():
            _publish(settings)
            if settings.harvest and _harvest(settings, looking):
                _publish(settings)
            if clearing.is_due(_now()):
                _purge(settings)
            if once or looking.stop.wait(every):
                break
    log.info("worker stopped")


def _publish(settings: Settings) -> None:
    try:
        done = run(settings)
        if done.changed:
            log.info("worker published revision=%s", done.revision)
    except _TROUBLE as error:
        # The next round may find it mended; the catalogue that is published stays meanwhile.
        log.error("worker could not publish error=%s", error)


def _harvest(settings: Settings, looking: Looking) -> bool:
    """Look at what is due; returns whether anything was looked at."""
    try:
        store = Store.open(settings.database_url, migrate=False)
    except StoreError as error:
        log.error("worker could not harvest error=%s", error)
        return False
    looks = 0
    try:
        keys = due_keys(store, keys_of_solutions(store, ()), _now())
        for done in refresh(store.harvest, keys, looking, now=_now):
            looks += done.result is not Result.TAKEN
        if not looking.stop.is_set():
            refresh_pages(store.harvest, contact_pages(store), looking.page, now=_now())
    except StoreError as error:
        log.error("worker could not harvest error=%s", error)
    finally:
        store.close()
    return looks > 0


def _purge(settings: Settings) -> None:
    try:
        store = Store.open(settings.database_url, migrate=False)
        try:
            purge(store, _now())
        finally:
            store.close()
    except StoreError as error:
        log.error("worker could not purge error=%s", error)


def _now() -> datetime:
    return datetime.now(UTC)
