"""Publishing lists: what entries name is there, and the plan says what changes."""

from dataclasses import replace

import pytest
from publishing import (
    HALLE,
    INDEX,
    ITEMS,
    ORGANISATION,
    PROJECT,
    REGISTER,
    TOPIC,
    Desk,
    a_folder,
    a_reuse,
    an_entry,
    an_item,
)

from catalogue.domain.entry import Entry
from catalogue.domain.register import Register
from catalogue.domain.synonyms import SynonymGroup
from catalogue.domain.wording import line_of
from catalogue.services import catalogue
from catalogue.services.catalogue import index_format
from catalogue.services.publish import TooManyRemovals
from catalogue.services.publish_plan import ListChanges

NO_ITEMS: dict[str, tuple[Entry, ...]] = {"topic": (), "organisation": (), "model-project": ()}


def test_a_kept_version_keeps_what_it_names_of_the_lists(desk: Desk) -> None:
    lasting = an_entry("a", reuses=[a_reuse("kielregion")], model_projects=["halle"])
    desk.publish(lasting)

    published = desk.publish(folder=a_folder(lasting, items=NO_ITEMS, bad_ids=["a"]))

    assert published.plan.kept == ("a",)
    assert (published.plan.lists, published.changed) == ({}, False)
    assert desk.store.organisations().keys() == {"kielregion"}
    assert desk.store.topics().keys() == {"digital-twin"}
    assert desk.store.model_projects().keys() == {"halle"}


def test_members_of_what_is_kept_are_kept_too_and_the_rest_goes(desk: Desk) -> None:
    organisations = (
        an_item("organisation", "inner", name="Innen"),
        an_item("organisation", "outer", name="Außen", members=["inner", HALLE, "outer"]),
        an_item("organisation", "other", name="Andere"),
    )
    project = an_item("model-project", "halle", name="Halle", members=["outer"])
    entry = an_entry("a", model_projects=["halle"])
    desk.publish(
        folder=a_folder(entry, items={**ITEMS, "organisation": organisations, "model-project": (project,)})
    )

    published = desk.publish(folder=a_folder(items={**NO_ITEMS, "topic": (TOPIC,)}, bad_ids=["a"]))

    assert desk.store.organisations().keys() == {"inner", "outer"}
    assert published.plan.lists == {"organisation": ListChanges(removed=("other",), stored=3)}
    assert not desk.publish(folder=a_folder(items={**NO_ITEMS, "topic": (TOPIC,)}, bad_ids=["a"])).changed


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("organisation", {"reuses": [a_reuse(HALLE), a_reuse("new")]}, "reuses[1].body"),
        ("organisation", {"providers": [{"body": "new", "role": "owner"}]}, "providers[0].body"),
        ("organisation", {"support": [{"body": "new", "offer": "Betrieb"}]}, "support[0].body"),
        ("topic", {"topics": ["digital-twin", "new"]}, "topics[1]"),
        ("model-project", {"model_projects": ["new"]}, "model_projects[0]"),
    ],
)
def test_an_entry_that_names_what_only_a_refused_list_has_is_refused(desk: Desk, kind, fields, field) -> None:
    desk.publish(an_entry("a"))
    items = {**ITEMS, kind: (*ITEMS[kind], an_item(kind, "new", name="Neu"))}

    published = desk.publish(
        folder=a_folder(
            an_entry("a", **fields), an_entry("b", **fields), an_entry("c"), items=items, bad_lists=[kind]
        )
    )

    assert (published.plan.kept, published.plan.added) == (("a",), ("c",))
    (problem,) = published.plan.refused["b"]
    assert (problem.file, problem.field) == ("entries/solutions/b.md", field)
    assert "“new”" in line_of(problem, "en")
    assert desk.assert_whole() == {"A", "C"}


def test_a_list_that_is_good_refuses_nobody(desk: Desk) -> None:
    published = desk.publish(folder=a_folder(an_entry("a", topics=["gone"]), bad_lists=["organisation"]))

    assert published.plan.added == ("a",)


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        (("x", "y", "new"), ListChanges(added=("new",), stored=2)),
        (("x",), ListChanges(removed=("y",), stored=2)),
        (("y", "x"), ListChanges(is_reordered=True, stored=2)),
        (("x", "y"), None),
    ],
)
def test_the_plan_says_how_a_list_changes(desk: Desk, topics, expected) -> None:
    before = [an_item("topic", key, de="Alt", note={"de": "x"}, members=("1", "2")) for key in ("x", "y")]
    desk.publish(folder=a_folder(items={**ITEMS, "topic": tuple(before)}))
    after = [an_item("topic", key, de="Alt", note={"de": "x"}, members=["1", "2"]) for key in topics]

    planned = desk.publish(folder=a_folder(items={**ITEMS, "topic": tuple(after)}), dry_run=True)

    assert planned.plan.lists == ({"topic": expected} if expected else {})
    assert not planned.plan.is_basis_new


def test_the_plan_names_items_that_say_something_else(desk: Desk) -> None:
    desk.publish()

    planned = desk.publish(
        folder=a_folder(
            items={**ITEMS, "organisation": (an_item("organisation", "kielregion", name="Neu"),)}
        ),
        dry_run=True,
    )

    assert planned.plan.lists == {"organisation": ListChanges(changed=("kielregion",), stored=1)}


def test_the_plan_says_when_the_register_has_changed_whatever_else_has(desk: Desk) -> None:
    first = desk.publish(an_entry("a"))

    assert not first.plan.is_basis_new
    assert not desk.publish(an_entry("a", text="neu"), dry_run=True).plan.is_basis_new
    other = Register(list(REGISTER)[:-1])
    assert desk.publish(an_entry("a"), register=other, dry_run=True).plan.is_basis_new
    assert desk.publish(an_entry("a", text="neu"), register=other, dry_run=True).plan.is_basis_new


@pytest.mark.parametrize("kind", ["organisation", "topic", "model-project", "synonym"])
@pytest.mark.parametrize(("count", "fits"), [(4, True), (5, False), (10, True)])
def test_removing_more_than_a_fifth_of_a_list_stops(desk: Desk, kind: str, count: int, *, fits: bool) -> None:
    items = tuple(an_item(kind, f"i{number}", name="x") for number in range(count))
    before, after = ({**NO_ITEMS, kind: some} for some in (items, items[2:]))
    desk.publish(folder=a_folder(items=before))

    if fits:
        assert desk.publish(folder=a_folder(items=after)).changed
        return
    with pytest.raises(TooManyRemovals, match=f"2 of 5 published {kind}s would be removed"):
        desk.publish(folder=a_folder(items=after), dry_run=True)

    assert len(desk.store.lists()[kind]) == 5
    allowed = desk.publish(folder=a_folder(items=after), allow_removals=True)
    assert allowed.plan.lists[kind].removed == ("i0", "i1")


def test_leftovers_of_killed_publishers_go_before_anything_is_built(desk: Desk) -> None:
    left = desk.data_folder / "index" / "7-killed.building"
    left.mkdir(parents=True)
    seen: list[bool] = []

    desk.publish(progress=lambda _: seen.append(left.exists()))

    assert seen == [False]


def test_a_file_in_the_place_of_the_index_is_replaced(desk: Desk) -> None:
    desk.publish(an_entry("a"), index=INDEX)
    folder = desk.data_folder / "index" / desk.store.state().index_folder
    folder.rename(desk.data_folder / "elsewhere")
    folder.touch()

    desk.publish(an_entry("a"))

    assert desk.assert_whole() == {"A"}
    assert ORGANISATION.id in desk.store.organisations()
    assert PROJECT.id in desk.store.model_projects()


GROUPS = (
    an_item("synonym", "gdi", words=["GDI", "Geodateninfrastruktur"]),
    an_item("synonym", "talk", words=["Beteiligung"], asked=["mitreden"]),
)


def test_synonyms_are_published_into_the_store_and_the_index(desk: Desk, monkeypatch) -> None:
    built = []
    monkeypatch.setattr(
        catalogue, "build_index", lambda folder, solutions, context, **_: built.append(context.synonyms)
    )
    index = replace(index_format(semantic=False), is_usable=lambda folder: bool(built))

    desk.publish(
        an_entry("a"), folder=a_folder(an_entry("a"), items={**ITEMS, "synonym": GROUPS}), index=index
    )

    assert [key for key, _ in desk.store.lists()["synonym"]] == ["gdi", "talk"]
    expected = (
        SynonymGroup("gdi", ("GDI", "Geodateninfrastruktur")),
        SynonymGroup("talk", ("Beteiligung",), ("mitreden",)),
    )
    assert built == [expected]


def test_a_store_of_before_there_were_synonyms_takes_them_up_and_changed_ones_are_a_new_catalogue(
    desk: Desk,
) -> None:
    before = desk.publish(an_entry("a"))
    assert "synonym" not in desk.store.lists()

    first = desk.publish(folder=a_folder(an_entry("a"), items={**ITEMS, "synonym": GROUPS}))
    again = desk.publish(folder=a_folder(an_entry("a"), items={**ITEMS, "synonym": GROUPS}))
    fewer = desk.publish(folder=a_folder(an_entry("a"), items={**ITEMS, "synonym": GROUPS[:1]}))

    assert first.plan.lists == {"synonym": ListChanges(added=("gdi", "talk"))}
    assert [before.revision, first.revision, again.revision, fewer.revision] == [1, 2, 2, 3]
    assert not again.changed
    assert fewer.plan.lists == {"synonym": ListChanges(removed=("talk",), stored=2)}


def test_refused_synonyms_stay_as_they_are_published_and_refuse_no_entry(desk: Desk) -> None:
    desk.publish(folder=a_folder(an_entry("a"), items={**ITEMS, "synonym": GROUPS}))

    published = desk.publish(folder=a_folder(an_entry("a"), an_entry("b"), bad_lists=["synonym"]))

    assert (published.plan.added, published.plan.lists) == (("b",), {})
    assert [key for key, _ in desk.store.lists()["synonym"]] == ["gdi", "talk"]
