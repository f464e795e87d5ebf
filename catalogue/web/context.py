"""Opens the catalogue for requests and swaps it for a newer revision; alone in web it knows the store."""

import gc
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app, g

from catalogue import places
from catalogue.config import Settings
from catalogue.services.catalogue import Catalogue, index_format, open_catalogue
from catalogue.storage.invented import is_invented
from catalogue.storage.register import load_register, load_source
from catalogue.storage.secret_file import SECRET_FILE, load_secret
from catalogue.storage.store import Store

log = logging.getLogger(__name__)


_PATIENCE = 0.3  # seconds that a request waits for a newer revision before it is answered by the one held


@dataclass
class Holder:
    """One process's store and the revision that it has open."""

    settings: Settings
    register_folder: Callable[[], Path]  # asked with each revision: the register may have been updated
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    lock: threading.Lock = field(default_factory=threading.Lock)
    store: Store | None = None
    catalogue: Catalogue | None = None
    opening: threading.Thread | None = None
    key: bytes | None = None
    is_invented: bool = False  # whether the data are made up
    opened: Callable[[Catalogue], None] | None = None  # told of each revision, in a thread of its own

    def current(self) -> Catalogue:
        """The published catalogue of now, or for the moment that a newer one takes to open the one before it.

        Raises the storage's errors where there is none.
        """
        if self.store is None:
            with self.lock:
                self.store = self.store or Store.open(self.settings.database_url, migrate=False)
        state = self.store.state()
        held = self.catalogue
        if held is None:
            with self.lock:
                return self.catalogue or self._open(self.store)
        if held.state.revision == state.revision:
            return held
        self._open_beside(self.store)
        return self.catalogue or held

    def secret_key(self) -> bytes:
        """The key of the settings, else one in the data folder that is made when it is first needed."""
        if self.key is None:
            given = self.settings.secret_key.encode()
            self.key = given or load_secret(self.settings.data / SECRET_FILE)
        return self.key

    def _open_beside(self, store: Store) -> None:
        """Open the newer revision in the background; who notices it first waits a little, nobody else."""
        with self.lock:
            if self.opening and self.opening.is_alive():
                return
            opening = self.opening = threading.Thread(target=self._try_to_open, args=(store,), daemon=True)
            opening.start()
        opening.join(_PATIENCE)

    def _try_to_open(self, store: Store) -> None:
        try:
            self._open(store)
        except Exception:
            log.exception("catalogue not opened; the one before it is served")

    def _open(self, store: Store) -> Catalogue:
        register = load_register(self.register_folder())
        index = index_format(semantic=self.settings.semantic)
        opened = open_catalogue(
            store, self.settings.data, register, index=index, clock=self.clock, before=self.catalogue
        )
        opened.index.warm(self.catalogue.index if self.catalogue else None)
        if self.catalogue:  # of the first one, the background loads them
            opened.figures_of_reuse()
        self.catalogue = opened
        settled()
        self.is_invented = is_invented(self.settings.data)
        log.info("catalogue opened revision=%s", opened.state.revision)
        if self.opened:
            threading.Thread(target=self._tell, args=(self.opened, opened), daemon=True).start()
        return opened

    def _tell(self, told: Callable[[Catalogue], None], opened: Catalogue) -> None:
        try:
            told(opened)
        except Exception:  # what was to be prepared is made when it is asked for
            log.exception("revision=%s not prepared", opened.state.revision)


def settled() -> None:
    """What is loaded now lives long: keeping it out of each later collection cuts slow requests."""
    gc.collect()
    gc.freeze()


def catalogue() -> Catalogue:
    """The catalogue of this request: the same revision from its first to its last line."""
    found: Catalogue | None = g.get("catalogue")
    if found is None:
        found = g.catalogue = current_app.extensions["catalogue"].current()
    return found


def shows_invented_data() -> bool:
    """Whether this application shows data that are made up; it then says so on every page."""
    holder: Holder = current_app.extensions["catalogue"]
    return holder.is_invented


def secret_key() -> bytes:
    """The key that signs forms and counts attempts: that of the settings, else the data folder's own."""
    holder: Holder = current_app.extensions["catalogue"]
    return holder.secret_key()


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
