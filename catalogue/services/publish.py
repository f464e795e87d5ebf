"""Publishes entries: compares them with the store, builds the index, writes both or neither."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from catalogue.domain.entry import Entry, Problem, Severity
from catalogue.domain.register import Register
from catalogue.domain.solution_from_entry import solution_of
from catalogue.services.check import CheckedFolder
from catalogue.services.search_index import (
    LOCK_FILE,
    Contents,
    IndexFormat,
    Lists,
    Progress,
    bodies_of,
    contents_of,
    ensure_index,
)
from catalogue.storage import derived
from catalogue.storage.entries import LISTS
from catalogue.storage.errors import StoreError
from catalogue.storage.index_folders import build_beside, index_path, remove, sweep
from catalogue.storage.json_text import json_text
from catalogue.storage.locks import locked
from catalogue.storage.publication import Publication
from catalogue.storage.store import Store

log = logging.getLogger(__name__)

REMOVABLE = 1 / 5  # of the published entries, without being asked


class Step(StrEnum):
    """How far a publication has come."""

    LOCKED = "locked"
    BUILT = "built"  # the new index lies complete under its name, the old catalogue is still published
    WRITTEN = "written"  # the new catalogue is published
    SWEPT = "swept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a publication does to which ids. `refused` says why; `kept` are those published all the same,
    in their last good version. A refused list (organisation, topic, model-project) stays as it was.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    refused_lists: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of it: `changed` is False where the catalogue was already as the entries want it."""

    plan: Plan
    revision: int
    changed: bool


class TooManyRemovals(Exception):
    """The plan would remove more than a fifth of the catalogue; somebody has to say that it is meant."""

    def __init__(self, removed: Sequence[str], stored: int) -> None:
        self.removed = tuple(removed)
        self.stored = stored
        super().__init__(f"{len(removed)} of {stored} published entries would be removed")


def plan(
    wanted: Mapping[str, str], stored: Mapping[str, str], refused: Mapping[str, tuple[Problem, ...]]
) -> Plan:
    """Compare fingerprints by id. A refused entry is neither added nor changed nor removed."""
    both = wanted.keys() & stored.keys()
    return Plan(
        added=tuple(sorted(wanted.keys() - stored.keys())),
        changed=tuple(sorted(key for key in both if wanted[key] != stored[key])),
        removed=tuple(sorted(stored.keys() - wanted.keys() - refused.keys())),
        unchanged=tuple(sorted(key for key in both if wanted[key] == stored[key])),
        kept=tuple(sorted(refused.keys() & stored.keys())),
        refused=refused,
    )


def fingerprint(*parts: object) -> str:
    """A SHA-256 in hexadecimal that is the same for the same values, in any order of keys."""
    return hashlib.sha256(json_text(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """The catalogue as the entries want it, and the way there."""

    plan: Plan
    publication: Publication
    entries: Mapping[str, Entry]  # good ones by id
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
    on_step: Callable[[Step], None] = lambda step: None,
    wait: float = 30,
) -> Published:
    """Bring the catalogue to what the good entries of a checked folder say.

    The old catalogue is served until the one transaction that names the new index; whoever dies on the
    way leaves one of the two, whole. A dry run only plans. `progress` hears how many solutions the new
    index holds so far, `wait` is in seconds.
    Raises `TooManyRemovals`, `StoreBusy`, `StoreNotWritable`, and nothing has changed then.
    """
    target = _target(store, checked, register, index, now)
    _refuse_emptying(target.plan, allow_removals=allow_removals)
    if dry_run:
        return Published(plan=target.plan, revision=target.publication.after, changed=False)
    if not target.is_published:
        with locked(data_folder / LOCK_FILE, seconds=wait):
            on_step(Step.LOCKED)
            target = _target(store, checked, register, index, now)  # somebody may have been quicker
            _refuse_emptying(target.plan, allow_removals=allow_removals)
            if not target.is_published:
                _carry_out(store, target, register, data_folder, index, progress, on_step)
    ensure_index(store, data_folder, register, index=index, wait=wait)
    return Published(
        plan=target.plan,
        revision=store.state().revision,
        changed=not target.is_published,
    )


def _target(
    store: Store, checked: CheckedFolder, register: Register, index: IndexFormat, now: datetime
) -> _Target:
    stored, state = store.published(), store.find_state()
    entries = {entry.id: entry for entry in checked.folder.entries if entry.id not in checked.bad_ids}
    wanted = {key: fingerprint(entry.fields, entry.text, entry.text_en) for key, entry in entries.items()}
    todo = _plan_for(checked, wanted, stored)
    lists = _lists_for(checked, store.lists())
    after = state.revision if state else 0
    content_hash = fingerprint(
        {**{key: stored[key] for key in todo.kept}, **wanted},
        lists,
        _register_fingerprint(register),
        index.version,
        derived.VERSION,
    )
    bodies = bodies_of(lists, register)
    return _Target(
        plan=todo,
        publication=Publication(
            after=after,
            index_folder=f"{after + 1}-{content_hash[:8]}",
            content_hash=content_hash,
            published_at=now,
            entries=[(entries[key], wanted[key]) for key in (*todo.added, *todo.changed)],
            removed=todo.removed,
            lists=lists,
            canonical=lambda key: bodies.get(key).key,
        ),
        entries=entries,
        is_published=state is not None and state.content_hash == content_hash,
    )


def _plan_for(checked: CheckedFolder, wanted: Mapping[str, str], stored: Mapping[str, str]) -> Plan:
    errors: dict[Path, list[Problem]] = defaultdict(list)
    for problem in checked.problems:
        if problem.severity is Severity.ERROR:
            errors[Path(problem.file)].append(problem)
    solutions = {path.stem: tuple(found) for path, found in errors.items() if path.parent.name == "solutions"}
    by_name = {path.name: tuple(found) for path, found in errors.items() if path.parent.name != "solutions"}
    return replace(
        plan(wanted, stored, {key: solutions.get(key, ()) for key in sorted(checked.bad_ids)}),
        refused_lists={kind: by_name.get(LISTS[kind], ()) for kind in sorted(checked.bad_lists)},
    )


def _lists_for(checked: CheckedFolder, stored: Lists) -> Lists:
    items = checked.folder.items
    return {
        kind: stored.get(kind, [])
        if kind in checked.bad_lists
        else [(item.id, item.fields) for item in items.get(kind, ())]
        for kind in LISTS
    }


def _register_fingerprint(register: Register) -> str:
    """The whole register, since names, places and mergers all show in the index and the counts."""
    digest = hashlib.sha256()
    for municipality in register:
        digest.update(repr(municipality).encode())
    digest.update(repr(sorted(register.aliases.items())).encode())
    return digest.hexdigest()


def _refuse_emptying(todo: Plan, *, allow_removals: bool) -> None:
    stored = len(todo.unchanged) + len(todo.changed) + len(todo.removed) + len(todo.kept)
    if len(todo.removed) > stored * REMOVABLE and not allow_removals:
        raise TooManyRemovals(todo.removed, stored)


def _carry_out(
    store: Store,
    target: _Target,
    register: Register,
    data_folder: Path,
    index: IndexFormat,
    progress: Progress | None,
    on_step: Callable[[Step], None],
) -> None:
    publication, before = target.publication, store.find_state()
    folder = index_path(data_folder, publication.index_folder)
    contents = _contents(store, target, register)
    build_beside(folder, lambda building: index.build(building, contents, progress))
    on_step(Step.BUILT)
    try:
        revision = store.apply(publication)
    except BaseException:
        _withdraw(store, folder)
        raise
    on_step(Step.WRITTEN)
    # Readers may still open the folder of the catalogue before this one.
    sweep(data_folder, keep={publication.index_folder, *([before.index_folder] if before else [])})
    on_step(Step.SWEPT)
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
    kept = store.solutions(target.plan.kept)
    return contents_of(
        [*(solution_of(entry) for entry in target.entries.values()), *(stored.solution for stored in kept)],
        {
            **dates,
            **dict.fromkeys(target.plan.added, (now, now)),
            **{key: (dates[key][0], now) for key in target.plan.changed},
        },
        target.publication.lists,
        register,
    )


def _withdraw(store: Store, folder: Path) -> None:
    """Remove an index that no catalogue names. Where the store cannot say so, the next sweep does it."""
    with suppress(StoreError):
        state = store.find_state()
        if state is None or state.index_folder != folder.name:
            remove(folder)
