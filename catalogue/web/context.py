"""Opens the catalogue for requests and swaps it for a newer revision; alone in web it knows the store."""

import gc
import logging
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app, g

from catalogue import places
from catalogue.config import Settings
from catalogue.domain.register import Register
from catalogue.services.catalogue import Catalogue, index_format, open_catalogue
from catalogue.services.republish import republish
from catalogue.storage.errors import StoreError
from catalogue.storage.invented import is_invented
from catalogue.storage.register import RegisterFault, load_register, load_source, register_stamp
from catalogue.storage.search.index import SearchIndex
from catalogue.storage.secret_file import load_key
from catalogue.storage.store import Store

log = logging.getLogger(__name__)


_PATIENCE = 0.3  # seconds that a request waits for a newer revision before it is answered by the one held
_PATIENCE_OF_A_CHANGE = 1.0  # seconds that who has changed something waits for it to be open


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
    register: tuple[object, Register] | None = None  # with the stamp of its files
    key: bytes | None = None
    is_invented: bool = False  # whether the data are made up
    opened: Callable[[Catalogue], None] | None = None  # told of each revision, in a thread of its own

    def current(self) -> Catalogue:
        """The published catalogue of now, or for the moment that a newer one takes to open the one before it.

        Raises the storage's errors where there is none.
        """
        store, held = self._opened_store(), self.catalogue
        state = store.state()
        if held is None:
            with self.lock:
                return self.catalogue or self._open(store)
        if held.state.revision == state.revision:
            return held
        if begun := self._begin_to_open(store):  # who notices it first waits a little, nobody else
            begun.join(_PATIENCE)
        return self.catalogue or held

    def reuse_changed(self, solutions: Collection[str]) -> None:
        """Publish what reports now say of these solutions, and open it, behind where that takes long.

        Where that fails, the worker will do it: the reports are kept already.
        """
        store = self._opened_store()
        try:
            republish(
                store,
                self._register(),
                self.settings.data,
                index=index_format(semantic=self.settings.semantic),
                now=self.clock(),
                solutions=solutions,
            )
            if begun := self._begin_to_open(store, self._open_at_once):
                begun.join(_PATIENCE_OF_A_CHANGE)
        except (StoreError, RegisterFault) as error:
            log.warning("reports not published yet error=%s", error)

    def _opened_store(self) -> Store:
        if self.store is None:
            with self.lock:
                self.store = self.store or Store.open(self.settings.database_url, migrate=False)
        return self.store

    def _open_at_once(self, store: Store) -> None:
        """Serve the newest revision; what makes its first answers quick is done behind."""
        held = self.catalogue
        if held is None or held.state.revision < store.state().revision:
            opened = self._serve(self._read(store))
            before = held.index if held else None
            threading.Thread(target=self._settle, args=(opened, before), daemon=True).start()

    def secret_key(self) -> bytes:
        """The key of the settings, else one in the data folder that is made when it is first needed."""
        if self.key is None:
            self.key = load_key(self.settings.secret_key, self.settings.data)
        return self.key

    def _begin_to_open(
        self, store: Store, how: Callable[[Store], object] | None = None
    ) -> threading.Thread | None:
        """Open the newer revision in the background; None where somebody has begun to."""
        with self.lock:
            if self.opening and self.opening.is_alive():
                return None
            opening = self.opening = threading.Thread(
                target=self._try_to_open, args=(store, how or self._open), daemon=True
            )
            opening.start()
        return opening

    def _try_to_open(self, store: Store, how: Callable[[Store], object]) -> None:
        try:
            how(store)
        except Exception:
            log.exception("catalogue not opened; the one before it is served")

    def _open(self, store: Store) -> Catalogue:
        opened = self._read(store)
        opened.index.warm(self.catalogue.index if self.catalogue else None)
        if self.catalogue:  # of the first one, the background loads them
            opened.figures_of_reuse()
        self._serve(opened)
        settled()
        return opened

    def _read(self, store: Store) -> Catalogue:
        return open_catalogue(
            store,
            self.settings.data,
            self._register(),
            index=index_format(semantic=self.settings.semantic),
            clock=self.clock,
            before=self.catalogue,
        )

    def _serve(self, opened: Catalogue) -> Catalogue:
        self.catalogue = opened
        self.is_invented = is_invented(self.settings.data)
        log.info("catalogue opened revision=%s", opened.state.revision)
        if self.opened:
            threading.Thread(target=self._tell, args=(self.opened, opened), daemon=True).start()
        return opened

    def _settle(self, opened: Catalogue, before: SearchIndex | None) -> None:
        try:
            opened.figures_of_reuse()
            opened.index.warm(before)
        except Exception:  # whoever asks for the same again waits a little longer
            log.exception("revision=%s not warmed", opened.state.revision)
        settled()

    def _register(self) -> Register:
        """The register of the folder; the one that is held, with all it has worked out, until it changes."""
        stamp = register_stamp(self.register_folder())
        kept = self.register
        if kept is None or kept[0] != stamp:
            kept = self.register = (stamp, load_register(self.register_folder()))
        return kept[1]

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
