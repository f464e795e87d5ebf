"""Publishes what has changed in reports, without a look at the entries: only what is known of some reuses."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from catalogue.domain.bodies import Bodies
from catalogue.domain.programme import describer
from catalogue.domain.register import Register
from catalogue.services.content import content_hash_after, signs_print
from catalogue.services.known_reuses import known_by
from catalogue.services.observing import Seen, see_as_published, see_shown, shown_of
from catalogue.services.search_index import (
    LOCK_FILE,
    Contents,
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
        republication = _republication(store, stands, changed, now)
        revision = switch(
            store,
            data_folder,
            folder=republication.index_folder,
            fill=lambda building, previous: _fill(
                building, previous, index, contents=partial(_contents, store, stands, changed, now)
            ),
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
    register: Register
    bodies: Bodies


def _standing(store: Store, register: Register) -> _Standing:
    state, lists = store.state(), store.lists()
    # The event is read before the reports: what comes in between is noticed later.
    event = store.reuse.last_event()
    return _Standing(
        state=state, event=event, lists=lists, register=register, bodies=bodies_of(lists, register)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changed:
    """A solution of which something else is known than is published."""

    seen: Seen
    dates: tuple[datetime, datetime]


def _changed(
    store: Store, touched: frozenset[str], stands: _Standing, now: datetime
) -> Mapping[str, _Changed]:
    """Those of the touched solutions of which something else is known than is published, by id."""
    stored = {one.solution.id: one for one in store.solutions(sorted(touched))}
    published = store.published_reuse.of(list(stored))
    solutions = (one.solution for one in stored.values())
    seen = see_shown(store.harvest, solutions, now, known_by(store.reuse, stands.bodies, touched))
    return {
        key: _Changed(seen=one, dates=(stored[key].first_published, stored[key].last_changed))
        for key, one in seen.items()
        if one.solution.reuses != published.get(key, ())
    }


def _republication(
    store: Store, stands: _Standing, changed: Mapping[str, _Changed], now: datetime
) -> Republication:
    """What is to be written, from the changed solutions alone."""
    prints = {key: signs_print(one.seen, now.date()) for key, one in changed.items()}
    gone = [signs for signs, _ in store.published_reuse.prints(list(changed)).values()]
    hashed = content_hash_after(stands.state.content_hash, gone, prints.values())
    return Republication(
        after=stands.state.revision,
        index_folder=f"{stands.state.revision + 1}-{hashed[:8]}",
        content_hash=hashed,
        published_at=now,
        describe=describer(stands.bodies, members_of(stands.lists, stands.bodies)),
        shown={key: shown_of(one.seen, prints[key]) for key, one in changed.items()},
        reuse_event=stands.event,
    )


def _fill(
    building: Path, previous: Path | None, index: IndexFormat, *, contents: Callable[..., Contents]
) -> None:
    """Change the index before; where that one is not fit for it, build one of all solutions."""
    if previous is None or not index.change(building, contents(), previous):
        index.build(building, contents(others=True), None, previous)


def _contents(
    store: Store,
    stands: _Standing,
    changed: Mapping[str, _Changed],
    now: datetime,
    *,
    others: bool = False,
) -> Contents:
    """The changed solutions as an index holds them; on request with all others."""
    seen = {key: one.seen for key, one in changed.items()}
    dates = {key: one.dates for key, one in changed.items()}
    if others:
        stored = (one.solution for one in store.all_solutions())
        seen, dates = {**see_as_published(store, stored, now), **seen}, {**store.dates()}
    return contents_of(seen.values(), dates, stands.lists, stands.register, today=now.date())
