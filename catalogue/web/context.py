"""Opens the catalogue for requests and swaps it for a newer revision; alone in web it knows the store."""

import gc
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app, g

from catalogue import places
from catalogue.config import Settings
from catalogue.services.catalogue import Catalogue, open_catalogue
from catalogue.storage.register import load_register, load_source
from catalogue.storage.store import Store

log = logging.getLogger(__name__)


@dataclass
class Holder:
    """One process's store and the revision that it has open."""

    settings: Settings
    register_folder: Callable[[], Path]  # asked with each revision: the register may have been updated
    lock: threading.Lock = field(default_factory=threading.Lock)
    store: Store | None = None
    catalogue: Catalogue | None = None

    def current(self) -> Catalogue:
        """The published catalogue of now. Raises the storage's errors where there is none."""
        if self.store is None:
            with self.lock:
                self.store = self.store or Store.open(self.settings.database_url, migrate=False)
        state = self.store.state()
        held = self.catalogue
        if held is not None and held.state.revision == state.revision:
            return held
        with self.lock:
            held = self.catalogue
            if held is None or held.state.revision != state.revision:
                register = load_register(self.register_folder())
                held = open_catalogue(self.store, self.settings.data, register)
                self.catalogue = held
                # What is loaded now lives long: keeping it out of each later collection cuts slow requests.
                gc.collect()
                gc.freeze()
                log.info("catalogue opened revision=%s", held.state.revision)
        return held


def catalogue() -> Catalogue:
    """The catalogue of this request: the same revision from its first to its last line."""
    if "catalogue" not in g:
        g.catalogue = current_app.extensions["catalogue"].current()
    found: Catalogue = g.catalogue
    return found


def entries_folder() -> Path:
    """The folder of the entries that this application publishes."""
    return settings().entries or places.ENTRIES


def settings() -> Settings:
    """The settings of this application."""
    found: Settings = current_app.extensions["catalogue"].settings
    return found


def register_updates() -> tuple[str, ...]:
    """What the register's own source note says of updates after the shipped lists, a line each."""
    note = load_source(current_app.extensions["catalogue"].register_folder())
    return tuple(line[2:] for line in note.partition("## Updates")[2].splitlines() if line.startswith("- "))
