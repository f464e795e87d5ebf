"""Publishing: the plan is a comparison, and the catalogue is the old one or the new one."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publishing import (
    HALLE,
    INDEX,
    ITEMS,
    LATER,
    REGISTER,
    SMALL,
    Desk,
    a_folder,
    a_reuse,
    an_entry,
    an_item,
)

from catalogue.domain.entry import Problem, Severity
from catalogue.domain.register import Register, Successor
from catalogue.services.publish import Step, TooManyRemovals, plan
from catalogue.services.search_index import LOCK_FILE, ensure_index
from catalogue.storage.errors import StoreBusy, StoreEmpty, StoreNotWritable
from catalogue.storage.locks import locked

HASHES = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("12"))


@pytest.mark.parametrize(
    ("wanted", "stored", "refused", "expected"),
    [
        ({"a": "1"}, {}, (), {"added": ("a",)}),
        ({"a": "1"}, {"a": "1"}, (), {"unchanged": ("a",)}),
        ({"a": "2"}, {"a": "1"}, (), {"changed": ("a",)}),
        ({}, {"a": "1"}, (), {"removed": ("a",)}),
        ({}, {"a": "1"}, ("a",), {"kept": ("a",)}),  # refused is not removed
        ({}, {}, ("a",), {}),  # refused and never published
    ],
)
def test_the_plan_says_what_happens_to_each_entry(wanted, stored, refused, expected) -> None:
    made = plan(wanted, stored, dict.fromkeys(refused, ()))

    groups = {name: getattr(made, name) for name in ("added", "changed", "removed", "unchanged", "kept")}
    assert {name: ids for name, ids in groups.items() if ids} == expected


@given(wanted=HASHES, stored=HASHES, refused=st.sets(st.sampled_from("abcdefgh")))
def test_the_plan_places_every_entry_exactly_once(wanted, stored, refused) -> None:
    wanted = {key: value for key, value in wanted.items() if key not in refused}

    made = plan(wanted, stored, dict.fromkeys(refused, ()))

    placed = (*made.added, *made.changed, *made.removed, *made.unchanged, *made.kept)
    assert sorted(placed) == sorted(wanted.keys() | stored.keys())


def test_what_is_published_stands_in_store_and_index(desk: Desk) -> None:
    published = desk.publish(an_entry("a"), an_entry("b"))

    assert (published.revision, published.changed, published.plan.added) == (1, True, ("a", "b"))
    assert desk.assert_whole() == {"A", "B"}
    assert desk.store.organisations().keys() == {"kielregion"}
    assert desk.store.model_projects()["halle"].members == (HALLE,)


def test_the_second_time_nothing_happens(desk: Desk) -> None:
    desk.publish(an_entry("a", tags=["x"], homepage="https://a.example/"))
    before = _files(desk.data_folder / "index"), desk.store.state()

    again = desk.publish(an_entry("a", homepage="https://a.example/", tags=("x",)), now=LATER)

    assert (again.changed, again.plan.unchanged) == (False, ("a",))
    assert (_files(desk.data_folder / "index"), desk.store.state()) == before


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


@pytest.mark.parametrize(
    "change",
    [
        {"entries": [an_entry("a", text="anders")]},
        {"entries": [an_entry("a", name="Anders")]},
        {"folder": a_folder(an_entry("a"), items={**ITEMS, "topic": (an_item("topic", "new", de="Neu"),)})},
        {"register": Register(list(REGISTER)[:-1])},  # a name or place of the register may show anywhere
        {"index": replace(INDEX, version="2")},  # a new program makes its own index
    ],
)
def test_whatever_shows_in_the_catalogue_makes_a_new_revision(desk: Desk, change) -> None:
    desk.publish(an_entry("a"))

    published = desk.publish(*change.pop("entries", [an_entry("a")]), **change)

    assert (published.changed, published.revision) == (True, 2)
    desk.assert_whole()


def test_the_order_of_a_list_shows_too(desk: Desk) -> None:
    topics = an_item("topic", "x", de="X"), an_item("topic", "y", de="Y")
    desk.publish(folder=a_folder(items={"topic": topics}))

    assert desk.publish(folder=a_folder(items={"topic": topics[::-1]})).changed


def test_a_merger_moves_reuses_though_no_entry_changes(desk: Desk) -> None:
    entry = an_entry("a", reuses=[a_reuse("15081999")])
    desk.publish(entry)
    merged = Register(list(REGISTER), {"15081999": Successor(SMALL)})

    published = desk.publish(entry, register=merged)

    assert published.plan.unchanged == ("a",)
    assert [key for key, _ in desk.store.reuses_of(SMALL)] == ["a"]


def test_a_refused_entry_keeps_its_last_good_version_and_says_why(desk: Desk) -> None:
    desk.publish(an_entry("a", name="Gut"), an_entry("b"))
    file = "entries/solutions/a.md"
    reason = Problem(file=file, line=3, field="name", code="field-missing")
    remark = Problem(file=file, line=3, field="name", code="r", severity=Severity.REMARK)

    bad = a_folder(
        an_entry("a", name="Schlecht"), an_entry("b", text="neu"), bad_ids=["a"], problems=[reason, remark]
    )
    published = desk.publish(folder=bad)

    assert published.plan.refused == {"a": (reason,)}
    assert (published.plan.kept, published.plan.changed) == (("a",), ("b",))
    assert desk.assert_whole() == {"Gut", "B"}


def test_a_refused_entry_that_cannot_even_be_read_stays_too(desk: Desk) -> None:
    desk.publish(an_entry("a"))

    published = desk.publish(folder=a_folder(bad_ids=["a"]))

    assert published.changed is False
    assert desk.assert_whole() == {"A"}


def test_a_refused_list_stays_as_it_was(desk: Desk) -> None:
    desk.publish(an_entry("a"))
    reason = Problem(file="entries/organisations.yml", line=1, field="", code="yaml-syntax")

    published = desk.publish(
        folder=a_folder(
            an_entry("a", text="neu"),
            items={**ITEMS, "organisation": ()},
            bad_lists=["organisation"],
            problems=[reason],
        )
    )

    assert published.plan.refused_lists == {"organisation": (reason,)}
    assert desk.store.organisations().keys() == {"kielregion"}


@pytest.mark.parametrize(("count", "fits"), [(10, True), (9, False)])
def test_removing_more_than_a_fifth_stops(desk: Desk, count: int, *, fits: bool) -> None:
    entries = [an_entry(f"e{number}") for number in range(count)]
    desk.publish(*entries)

    if fits:
        assert desk.publish(*entries[2:]).plan.removed == ("e0", "e1")
        return
    with pytest.raises(TooManyRemovals) as caught:
        desk.publish(*entries[2:])

    assert (caught.value.removed, caught.value.stored) == (("e0", "e1"), 9)
    assert len(desk.assert_whole()) == 9
    assert desk.publish(*entries[2:], allow_removals=True).plan.removed == ("e0", "e1")
    assert len(desk.assert_whole()) == 7


def test_an_empty_folder_does_not_empty_the_catalogue(desk: Desk) -> None:
    desk.publish(an_entry("a"))

    with pytest.raises(TooManyRemovals):
        desk.publish()


def test_an_empty_catalogue_can_be_published(desk: Desk) -> None:
    assert desk.publish().changed
    assert desk.assert_whole() == set()


def test_a_dry_run_only_plans(desk: Desk) -> None:
    published = desk.publish(an_entry("a"), dry_run=True)

    assert (published.plan.added, published.revision, published.changed) == (("a",), 0, False)
    assert desk.store.find_state() is None
    assert {path.name for path in desk.data_folder.iterdir()} <= {
        "catalogue.db", "catalogue.db-shm", "catalogue.db-wal"
    }  # fmt: skip


def test_the_index_before_stays_for_its_readers_and_older_ones_go(desk: Desk) -> None:
    names = []
    for text in ("one", "two", "three"):
        desk.publish(an_entry("a", text=text))
        names.append(desk.store.state().index_folder)
    (desk.data_folder / "index" / "9-killed.building").mkdir()

    desk.publish(an_entry("a", text="four"))

    assert desk.index_names == sorted([names[-1], desk.store.state().index_folder])


def test_only_one_publishes_at_a_time(desk: Desk) -> None:
    with locked(desk.data_folder / LOCK_FILE, seconds=0), pytest.raises(StoreBusy):
        desk.publish(an_entry("a"), wait=0.1)

    assert desk.store.find_state() is None


def test_whoever_waited_plans_anew(desk: Desk) -> None:
    def publish_too(step: Step) -> None:
        if step is Step.BUILT:  # as another machine with a data folder of its own could
            other.publish(an_entry("b"))

    other = Desk(desk.data_folder)
    other.data_folder = desk.data_folder / "other"

    with pytest.raises(StoreBusy):
        desk.publish(an_entry("a"), on_step=publish_too)

    assert desk.store.published().keys() == {"b"}
    assert desk.index_names == []
    other.store.close()


def test_an_index_that_cannot_be_built_changes_nothing(desk: Desk) -> None:
    desk.publish(an_entry("a"))
    before = desk.index_names

    def fail(folder: Path, *_: object) -> None:
        (folder / "half").touch()
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        desk.publish(an_entry("a", name="Neu"), index=replace(INDEX, build=fail))

    assert desk.index_names == before
    assert desk.assert_whole() == {"A"}


def test_where_no_folder_can_be_made_nothing_changes(desk: Desk) -> None:
    (desk.data_folder / "index").touch()  # holds for root too, unlike missing rights

    with pytest.raises(StoreNotWritable):
        desk.publish(an_entry("a"))

    assert desk.store.find_state() is None


def test_progress_and_steps_are_told(desk: Desk) -> None:
    done: list[int] = []
    steps: list[Step] = []

    desk.publish(an_entry("a"), an_entry("b"), progress=done.append, on_step=steps.append)

    assert done == [2]
    assert steps == list(Step)


@pytest.mark.parametrize("harm", ["missing", "corrupt", "older format"])
def test_a_lost_index_is_built_from_the_store_with_one_line(desk: Desk, caplog, harm: str) -> None:
    desk.publish(an_entry("a"), an_entry("b"))
    folder = desk.data_folder / "index" / desk.store.state().index_folder
    if harm == "missing":
        folder.rename(desk.data_folder / "elsewhere")
    else:
        (folder / "documents.json").write_text("{" if harm == "corrupt" else "{}")

    with caplog.at_level(logging.INFO):
        for _ in range(2):
            found = ensure_index(desk.store, desk.data_folder, desk.register, index=INDEX)

    assert found == folder
    assert [record.getMessage() for record in caplog.records] == [
        f"index rebuilt folder={folder.name} solutions=2"
    ]
    assert desk.assert_whole() == {"A", "B"}


def test_publishing_the_same_again_mends_a_lost_index(desk: Desk) -> None:
    desk.publish(an_entry("a"))
    (desk.data_folder / "index" / desk.store.state().index_folder / "documents.json").unlink()

    published = desk.publish(an_entry("a"))

    assert published.changed is False
    assert desk.assert_whole() == {"A"}


def test_an_index_of_nothing_cannot_be_had(desk: Desk) -> None:
    with pytest.raises(StoreEmpty):
        ensure_index(desk.store, desk.data_folder, desk.register, index=INDEX)
