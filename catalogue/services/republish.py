"""Publishes what has changed in reports, without a look at the entries: only what is known of some reuses."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalogue.domain.bodies import Bodies
from catalogue.domain.programme import describer
from catalogue.domain.register import Register
from catalogue.services.content import content_hash, said_in
from catalogue.services.known_reuses import known_by
from catalogue.services.observing import Seen, see_as_published, see_shown
from catalogue.services.search_index import (
    LOCK_FILE,
    IndexFormat,
    Lists,
    bodies_of,
    contents_of,
    members_of,
)
from catalogue.services.switching import OnStep, Step, switch
from catalogue.storage.locks import locked
from catalogue.storage.publication import Republication
from catalogue.storage.store import CatalogueState, Store

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds that somebody waits who has a page to show; the worker does it otherwise


def is_behind(store: Store) -> bool:
    """Whether there are events of reports that the published catalogue does not know of."""
    state = store.find_state()
    return state is not None and state.reuse_event < store.reuse.last_event()


def republish(
    store: Store,
    register: Register,
    data_folder: Path,
    *,
    index: IndexFormat,
    now: datetime,
    solutions: Collection[str] = (),
    wait: float = PATIENCE,
    on_step: OnStep = lambda step: None,
) -> int | None:
    """Publish what reports now say of these solutions, and of all whose reports have changed since.

    Returns the new revision, None where nothing changes that anybody could see. As with a publication, the
    old catalogue is served until the one transaction that names the new index.
    Raises `StoreEmpty` before the first publication, `StoreBusy` where somebody publishes for longer than
    `wait` seconds, and `StoreNotWritable`; nothing has changed then, and the next publication will see it.
    """
    with locked(data_folder / LOCK_FILE, seconds=wait):
        on_step(Step.LOCKED)
        stands = _standing(store, register)
        touched = frozenset({*solutions, *store.reuse.changed_since(stands.state.reuse_event)})
        changed = _changed(store, touched, stands, now)
        if not changed:
            store.published_reuse.note(stands.state.revision, stands.event)
            return None
        stored = (one.solution for one in store.all_solutions())
        seen = {**see_as_published(store, stored, now), **changed}
        republication = _republication(stands, changed, content_hash(said_in(stands.state), seen, now), now)
        revision = switch(
            store,
            data_folder,
            index,
            folder=republication.index_folder,
            contents=contents_of(seen.values(), store.dates(), stands.lists, register, today=now.date()),
            write=lambda: store.published_reuse.replace(republication),
            on_step=on_step,
        )
    log.info("republished revision=%s solutions=%s", revision, len(changed))
    return revision


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What is published, and the last event of a report."""

    state: CatalogueState
    event: int
    lists: Lists
    bodies: Bodies


def _standing(store: Store, register: Register) -> _Standing:
    state, lists = store.state(), store.lists()
    # The event is read before the reports: what comes in between is noticed later.
    event = store.reuse.last_event()
    return _Standing(state=state, event=event, lists=lists, bodies=bodies_of(lists, register))


def _changed(store: Store, touched: frozenset[str], stands: _Standing, now: datetime) -> Mapping[str, Seen]:
    """Those of the touched solutions of which something else is known than is published."""
    stored = [one.solution for one in store.solutions(sorted(touched))]
    published = store.published_reuse.of([solution.id for solution in stored])
    seen = see_shown(store.harvest, stored, now, known_by(store.reuse, stands.bodies, touched))
    return {key: one for key, one in seen.items() if one.solution.reuses != published.get(key, ())}


def _republication(
    stands: _Standing, changed: Mapping[str, Seen], hashed: str, now: datetime
) -> Republication:
    return Republication(
        after=stands.state.revision,
        index_folder=f"{stands.state.revision + 1}-{hashed[:8]}",
        content_hash=hashed,
        published_at=now,
        describe=describer(stands.bodies, members_of(stands.lists, stands.bodies)),
        reuses={key: one.solution.reuses for key, one in changed.items()},
        reuse_event=stands.event,
    )
