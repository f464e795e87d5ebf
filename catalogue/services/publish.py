"""Publishes entries: compares them with the store, builds the index, writes both or neither."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from catalogue.domain.entry import Problem, Severity
from catalogue.domain.programme import describer
from catalogue.domain.register import Register
from catalogue.domain.snapshot import Snapshot
from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_of
from catalogue.services.check import CheckedFolder
from catalogue.services.content import content_hash, fingerprint, register_fingerprint, said_in, signs_print
from catalogue.services.known_reuses import follow_reform, known_by
from catalogue.services.observing import Seen, as_stated, know_repositories, see, shown_of
from catalogue.services.publish_lists import missing_names, wanted_lists, with_named
from catalogue.services.publish_plan import Plan, TooManyRemovals, changes_of_lists, plan, refuse_emptying
from catalogue.services.search_index import (
    LOCK_FILE,
    Contents,
    IndexFormat,
    Lists,
    Progress,
    bodies_of,
    contents_of,
    ensure_index,
    members_of,
)
from catalogue.services.switching import OnStep, Step, switch
from catalogue.storage import derived
from catalogue.storage.entries import LISTS
from catalogue.storage.locks import locked
from catalogue.storage.publication import Publication
from catalogue.storage.store import CatalogueState, Store

log = logging.getLogger(__name__)

__all__ = ["Plan", "Published", "Step", "TooManyRemovals", "plan", "publish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of it: `changed` is False where the catalogue was already as the entries want it."""

    plan: Plan
    revision: int
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """The catalogue as the entries want it, and the way there."""

    plan: Plan
    publication: Publication
    seen: Mapping[str, Seen]  # all that will be published, by id
    is_published: bool


def publish(
    store: Store,
    checked: CheckedFolder,
    register: Register,
    data_folder: Path,
    *,
    index: IndexFormat,
    now: datetime,
    dry_run: bool = False,
    allow_removals: bool = False,
    progress: Progress | None = None,
    on_step: OnStep = lambda step: None,
    wait: float = 30,
    shipped: Sequence[Snapshot] = (),
) -> Published:
    """Bring the catalogue to what the good entries of a checked folder say.

    The old catalogue is served until the one transaction that names the new index; whoever dies on the
    way leaves one of the two, whole. A dry run only plans. `progress` hears how many solutions the new
    index holds so far, `wait` is in seconds. `shipped` snapshots stand in for repositories that nobody has
    looked at yet.
    Raises `TooManyRemovals`, `StoreBusy`, `StoreNotWritable`, and nothing has changed then.
    """
    if not dry_run:
        follow_reform(store.reuse, register, now)
        good = (solution_of(entry) for entry in checked.folder.entries if entry.id not in checked.bad_ids)
        know_repositories(store.harvest, good, shipped, now)
    target = _target(store, checked, register, index, now)
    refuse_emptying(target.plan, allow_removals=allow_removals)
    if dry_run:
        return Published(plan=target.plan, revision=target.publication.after, changed=False)
    if not target.is_published:
        with locked(data_folder / LOCK_FILE, seconds=wait):
            on_step(Step.LOCKED)
            target = _target(store, checked, register, index, now)  # somebody may have been quicker
            refuse_emptying(target.plan, allow_removals=allow_removals)
            if not target.is_published:
                _carry_out(store, target, register, data_folder, index, progress, on_step)
    ensure_index(store, data_folder, register, index=index, wait=wait)
    state = store.state()
    if target.is_published and state.reuse_event < target.publication.reuse_event:
        store.published_reuse.note(state.revision, target.publication.reuse_event)
    return Published(
        plan=target.plan,
        revision=state.revision,
        changed=not target.is_published,
    )


def _target(
    store: Store, checked: CheckedFolder, register: Register, index: IndexFormat, now: datetime
) -> _Target:
    event = store.reuse.last_event()  # before the reports are read: what comes in between is noticed later
    stored, state = store.published(), store.find_state()
    published = store.lists()
    stored_lists: Lists = {kind: published.get(kind, ()) for kind in LISTS}
    good = [entry for entry in checked.folder.entries if entry.id not in checked.bad_ids]
    lists = wanted_lists(checked, stored_lists)
    missing = missing_names(good, lists, checked.bad_lists, register)
    entries = {entry.id: entry for entry in good if entry.id not in missing}
    wanted = {key: fingerprint(entry.fields, entry.text, entry.text_en) for key, entry in entries.items()}
    todo = _plan_for(checked, wanted, stored, missing)
    kept = [stored.solution for stored in store.solutions(todo.kept)]
    lists = with_named(lists, stored_lists, kept)
    bodies = bodies_of(lists, register)
    solutions = [*(solution_of(entry) for entry in entries.values()), *kept]
    after = state.revision if state else 0
    basis = (register_fingerprint(register), index.version, derived.VERSION)
    said = fingerprint({**{key: stored[key] for key in todo.kept}, **wanted}, lists, *basis)
    is_quiet = state is not None and said_in(state) == said and event <= state.reuse_event
    is_as_before = is_quiet and _is_seen_as_before(store, solutions, state, now)
    known = as_stated if is_as_before else known_by(store.reuse, bodies)  # nothing is read for nothing
    seen = see(store.harvest, solutions, now, known)
    prints = {key: signs_print(one, now.date()) for key, one in seen.items()}
    hashed = state.content_hash if state and is_as_before else content_hash(said, prints.values())
    same_contents = fingerprint(stored, stored_lists, *basis)
    return _Target(
        plan=replace(
            todo,
            lists=changes_of_lists(lists, stored_lists),
            is_basis_new=state is not None and said_in(state) != same_contents,
            is_seen_anew=state is not None and said_in(state) == said and state.content_hash != hashed,
        ),
        publication=Publication(
            after=after,
            index_folder=f"{after + 1}-{hashed[:8]}",
            content_hash=hashed,
            published_at=now,
            entries=[(entries[key], wanted[key]) for key in (*todo.added, *todo.changed)],
            removed=todo.removed,
            lists=lists,
            describe=describer(bodies, members_of(lists, bodies)),
            shown={key: shown_of(one, prints[key]) for key, one in seen.items()},
            reuse_event=event,
        ),
        seen=seen,
        is_published=state is not None and state.content_hash == hashed,
    )


def _is_seen_as_before(
    store: Store, solutions: Sequence[Solution], state: CatalogueState | None, now: datetime
) -> bool:
    """Whether repositories stand as they are published, where entries and reports do.

    What is known of reuse is then the same as well, so that no report is read.
    """
    if state is None:
        return False
    published = store.published_reuse.prints()
    seen = see(store.harvest, solutions, now)
    prints = (
        signs_print(replace(one, known=published[key][1] if key in published else ""), now.date())
        for key, one in seen.items()
    )
    return content_hash(said_in(state), prints) == state.content_hash


def _plan_for(
    checked: CheckedFolder,
    wanted: Mapping[str, str],
    stored: Mapping[str, str],
    missing: Mapping[str, tuple[Problem, ...]],
) -> Plan:
    errors: dict[Path, list[Problem]] = defaultdict(list)
    for problem in checked.problems:
        if problem.severity is Severity.ERROR:
            errors[Path(problem.file)].append(problem)
    solutions = {path.stem: tuple(found) for path, found in errors.items() if path.parent.name == "solutions"}
    refused = {key: solutions.get(key, ()) for key in checked.bad_ids}
    by_name = {path.name: tuple(found) for path, found in errors.items() if path.parent.name != "solutions"}
    return replace(
        plan(wanted, stored, dict(sorted({**refused, **missing}.items()))),
        refused_lists={kind: by_name.get(LISTS[kind], ()) for kind in sorted(checked.bad_lists)},
    )


def _carry_out(
    store: Store,
    target: _Target,
    register: Register,
    data_folder: Path,
    index: IndexFormat,
    progress: Progress | None,
    on_step: OnStep,
) -> None:
    contents = _contents(store, target, register)
    revision = switch(
        store,
        data_folder,
        folder=target.publication.index_folder,
        fill=lambda building, previous: index.build(building, contents, progress, previous),
        write=lambda: store.apply(target.publication),
        on_step=on_step,
    )
    log.info(
        "published revision=%s added=%s changed=%s removed=%s refused=%s",
        revision,
        len(target.plan.added),
        len(target.plan.changed),
        len(target.plan.removed),
        len(target.plan.refused),
    )


def _contents(store: Store, target: _Target, register: Register) -> Contents:
    """What the catalogue will hold: the good entries, and refused ones as they are published now."""
    now, dates = target.publication.published_at, store.dates()
    return contents_of(
        target.seen.values(),
        {
            **dates,
            **dict.fromkeys(target.plan.added, (now, now)),
            **{key: (dates[key][0], now) for key in target.plan.changed},
        },
        target.publication.lists,
        register,
        today=now.date(),
    )
