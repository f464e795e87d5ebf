"""Publishes entries: compares them with the store, builds the index, writes both or neither."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from catalogue.domain.entry import Problem, Severity
from catalogue.domain.programme import describer
from catalogue.domain.register import Register
from catalogue.domain.snapshot import Snapshot
from catalogue.domain.solution_from_entry import solution_of
from catalogue.services.check import CheckedFolder
from catalogue.services.observing import Seen, know_repositories, see
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
    signs_of,
)
from catalogue.storage import derived
from catalogue.storage.entries import LISTS
from catalogue.storage.errors import StoreError
from catalogue.storage.index_folders import build_beside, index_path, remove, sweep, sweep_unfinished
from catalogue.storage.json_text import json_text
from catalogue.storage.locks import locked
from catalogue.storage.publication import Publication
from catalogue.storage.store import CatalogueState, Store

log = logging.getLogger(__name__)

__all__ = ["Plan", "Published", "Step", "TooManyRemovals", "plan", "publish"]


class Step(StrEnum):
    """How far a publication has come."""

    LOCKED = "locked"
    BUILT = "built"  # the new index lies complete under its name, the old catalogue is still published
    WRITTEN = "written"  # the new catalogue is published
    SWEPT = "swept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of it: `changed` is False where the catalogue was already as the entries want it."""

    plan: Plan
    revision: int
    changed: bool


def fingerprint(*parts: object) -> str:
    """A SHA-256 in hexadecimal that is the same for the same values, in any order of keys."""
    return hashlib.sha256(json_text(parts).encode()).hexdigest()


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
    on_step: Callable[[Step], None] = lambda step: None,
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
    return Published(
        plan=target.plan,
        revision=store.state().revision,
        changed=not target.is_published,
    )


def _target(
    store: Store, checked: CheckedFolder, register: Register, index: IndexFormat, now: datetime
) -> _Target:
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
    seen = see(store.harvest, [*(solution_of(entry) for entry in entries.values()), *kept], now)
    after = state.revision if state else 0
    basis = (_register_fingerprint(register), index.version, derived.VERSION)
    said = fingerprint({**{key: stored[key] for key in todo.kept}, **wanted}, lists, *basis)
    content_hash = f"{said}-{_digest_of(seen, now)}"
    same_contents = fingerprint(stored, stored_lists, *basis)
    bodies = bodies_of(lists, register)
    return _Target(
        plan=replace(
            todo,
            lists=changes_of_lists(lists, stored_lists),
            is_basis_new=state is not None and _said_in(state) != same_contents,
            is_seen_anew=state is not None and _said_in(state) == said and state.content_hash != content_hash,
        ),
        publication=Publication(
            after=after,
            index_folder=f"{after + 1}-{content_hash[:8]}",
            content_hash=content_hash,
            published_at=now,
            entries=[(entries[key], wanted[key]) for key in (*todo.added, *todo.changed)],
            removed=todo.removed,
            lists=lists,
            describe=describer(bodies, members_of(lists, bodies)),
            observations={key: one.observations for key, one in seen.items()},
        ),
        seen=seen,
        is_published=state is not None and state.content_hash == content_hash,
    )


def _digest_of(seen: Mapping[str, Seen], now: datetime) -> str:
    """The same as long as the repositories say the same and are judged alike."""
    signs = {key: repr(signs_of(one, now.date())) for key, one in seen.items()}
    return fingerprint(signs)[:16]


def _said_in(state: CatalogueState) -> str:
    """The part of the published content hash that is about what people say: entries, lists, register."""
    return state.content_hash.partition("-")[0]


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


def _register_fingerprint(register: Register) -> str:
    """The whole register, since names, places and mergers all show in the index and the counts."""
    digest = hashlib.sha256()
    for municipality in register:
        digest.update(repr(municipality).encode())
    digest.update(repr(sorted(register.aliases.items())).encode())
    return digest.hexdigest()


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
    sweep_unfinished(data_folder)  # first, since they may be what fills the disk
    folder = index_path(data_folder, publication.index_folder)
    contents = _contents(store, target, register)
    previous = index_path(data_folder, before.index_folder) if before else None
    build_beside(folder, lambda building: index.build(building, contents, progress, previous))
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


def _withdraw(store: Store, folder: Path) -> None:
    """Remove an index that no catalogue names. Where the store cannot say so, the next sweep does it."""
    with suppress(StoreError):
        state = store.find_state()
        if state is None or state.index_folder != folder.name:
            remove(folder)
