"""`catalogue worker`: the recurring work, until told to stop."""

import logging
import signal
from collections.abc import Mapping
from datetime import UTC, datetime

import click

from catalogue import places
from catalogue.commands.carriers import carriers_from
from catalogue.commands.deliver import run_round
from catalogue.commands.looking import Looking
from catalogue.commands.publish import run
from catalogue.commands.purge import Hourly
from catalogue.config import BadSetting, Settings
from catalogue.services.catalogue import index_format
from catalogue.services.deliver import Carrier
from catalogue.services.harvest_targets import contact_pages, due_keys, keys_of_solutions
from catalogue.services.publish import TooManyRemovals
from catalogue.services.purge import purge
from catalogue.services.refresh import Result, refresh, refresh_pages
from catalogue.services.republish import is_behind, republish
from catalogue.storage.errors import StoreError
from catalogue.storage.outbox import Channel
from catalogue.storage.register import RegisterFault, load_register
from catalogue.storage.secret_file import load_key
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
    """Until told to stop, publish entries that changed, look at repositories that are due, send mails, and
    delete what is no longer needed.

    Looks are spread over the day; what fails is tried again later. Several workers share the work.
    """
    try:
        carriers = carriers_from(settings)
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
            _republish(settings)
            if settings.harvest and _harvest(settings, looking):
                _publish(settings)
            _deliver(settings, carriers, looking)
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


def _republish(settings: Settings) -> None:
    """Publish what reports say, where the publication of the entries could not or came too early."""
    try:
        store = Store.open(settings.database_url, migrate=False)
    except StoreError:  # as the line of `_publish` has said
        return
    try:
        if is_behind(store):
            index, register = index_format(semantic=settings.semantic), places.register_folder(settings.data)
            republish(store, load_register(register), settings.data, index=index, now=_now(), wait=30)
    except (StoreError, RegisterFault) as error:
        log.error("worker could not publish reports error=%s", error)
    finally:
        store.close()


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


def _deliver(settings: Settings, carriers: Mapping[Channel, Carrier], looking: Looking) -> None:
    try:
        store = Store.open(settings.database_url, migrate=False)
    except StoreError as error:
        log.error("worker could not deliver error=%s", error)
        return
    try:
        run_round(settings, store, carriers, is_over=looking.stop.is_set)
    except _TROUBLE as error:
        log.error("worker could not deliver error=%s", error)
    finally:
        store.close()


def _purge(settings: Settings) -> None:
    try:
        store = Store.open(settings.database_url, migrate=False)
        try:
            purge(store, settings.data, _now(), load_key(settings.secret_key, settings.data))
        finally:
            store.close()
    except StoreError as error:
        log.error("worker could not purge error=%s", error)


def _now() -> datetime:
    return datetime.now(UTC)
