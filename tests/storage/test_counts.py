"""Counts: every body once, stated and confirmed told apart, keys of before a merger under those of today."""

import pytest
from publishing import HALLE, LATER, MAGDEBURG, MERGED, SMALL, Desk, a_folder, a_reuse, an_entry, an_item
from sqlalchemy import text

from catalogue.storage.counts import Figures, Participation, ReuseCount


@pytest.mark.parametrize(
    ("reuses", "expected"),
    [
        ([], (0, 0)),
        ([a_reuse(HALLE)], (1, 1)),
        ([a_reuse(HALLE, confirmed="no")], (1, 0)),
        ([a_reuse(HALLE), a_reuse(HALLE, scope="Teil")], (1, 1)),  # two rows, one body
        ([a_reuse(HALLE, confirmed="no"), a_reuse(HALLE, stage="trial")], (1, 1)),  # one source is enough
        ([a_reuse(MERGED), a_reuse(SMALL)], (1, 1)),  # the same town under its old and its new key
        (
            [a_reuse(HALLE, stage="planned"), a_reuse(MAGDEBURG, stage="ended")],
            (0, 0),
        ),  # not in use (any more)
        ([{"body": HALLE, "relation": "partner", "confirmed": "yes"}], (0, 0)),  # a partner reuses nothing
        ([a_reuse("nobody-knows")], (1, 1)),  # a body that left the lists is still a body
    ],
)
def test_a_reuse_counts_once_per_body_and_only_on_trial_or_in_use(desk: Desk, reuses, expected) -> None:
    desk.publish(an_entry("a", reuses=reuses))

    counted = desk.store.reuse_counts(["a"])["a"]

    assert (counted.count, counted.confirmed) == expected


def test_only_the_solutions_asked_for_are_counted_and_zero_is_an_answer(desk: Desk) -> None:
    desk.publish(an_entry("a", reuses=[a_reuse(HALLE)]), an_entry("b"), an_entry("c"))

    assert desk.store.reuse_counts(["b", "a"]) == {"b": ReuseCount(), "a": ReuseCount(count=1, confirmed=1)}
    assert desk.store.reuse_counts().keys() == {"a", "b", "c"}


def test_the_rows_of_a_body_come_whole_with_what_counts_first(desk: Desk) -> None:
    planned = a_reuse(SMALL, stage="planned", seen="2026")
    old, new = a_reuse(MERGED, since="2020"), a_reuse(SMALL, since="2024", note="läuft gut")
    desk.publish(an_entry("a", reuses=[planned, a_reuse(HALLE), old]), an_entry("b", reuses=[new]))

    rows = desk.store.reuses_of(SMALL)

    assert [(key, reuse.latest, reuse.note) for key, reuse in rows] == [
        ("b", "2024", "läuft gut"),
        ("a", "2020", None),
        ("a", "2026", None),
    ]
    assert desk.store.reuses_of("nobody") == []


def test_a_body_provides_in_every_role_that_an_entry_gives_it(desk: Desk) -> None:
    roles = [{"body": HALLE, "role": "owner"}, {"body": HALLE, "role": "operator"}]
    desk.publish(an_entry("b"), an_entry("a", providers=roles))

    assert desk.store.provisions_of(HALLE) == [("a", "owner"), ("a", "operator"), ("b", "owner")]


def test_who_takes_part_is_everybody_that_is_named(desk: Desk) -> None:
    partner = {"body": "kielregion", "relation": "partner", "confirmed": "yes"}
    desk.publish(
        an_entry("a", reuses=[a_reuse(HALLE), a_reuse(MERGED), a_reuse(SMALL), partner]),
        an_entry("b", reuses=[a_reuse(SMALL, stage="planned")]),
    )

    assert desk.store.taking_part() == (
        Participation(body=HALLE, provides=2, reuses=1, involved=2),
        Participation(body=SMALL, provides=0, reuses=1, involved=2),
        Participation(body="kielregion", provides=0, reuses=0, involved=1),
    )


def test_the_figures_count_pairs_of_body_and_solution(desk: Desk) -> None:
    desk.publish(
        an_entry("a", open_source="yes", reuses=[a_reuse(SMALL), a_reuse(MERGED), a_reuse("kielregion")]),
        an_entry("b", open_source="announced", reuses=[a_reuse(SMALL, confirmed="no"), a_reuse("15081")]),
        an_entry("c", reuses=[a_reuse(MAGDEBURG, stage="interested")]),
    )

    figures = desk.store.figures()

    assert figures == Figures(
        solutions=3,
        open_source=1,
        reuses=4,
        confirmed_reuses=3,
        reusing_bodies=3,
        providers=1,
        municipalities=2,  # Halle provides, the small town reuses; a district and a region are none
    )
    assert figures.stated_reuses == 1


def test_most_reused_leaves_out_what_nobody_reuses(desk: Desk) -> None:
    desk.publish(
        an_entry("none"),
        an_entry("one", reuses=[a_reuse(HALLE)]),
        an_entry("stated", reuses=[a_reuse(HALLE, confirmed="no"), a_reuse(SMALL, confirmed="no")]),
        an_entry("confirmed", reuses=[a_reuse(HALLE), a_reuse(SMALL)]),
    )

    assert desk.store.most_reused(9) == ["confirmed", "one", "stated"]
    assert desk.store.most_reused(1) == ["confirmed"]


def test_most_reused_goes_by_confirmed_bodies_and_only_then_by_all(desk: Desk) -> None:
    stated = [a_reuse(body, confirmed="no") for body in (MAGDEBURG, SMALL)]
    desk.publish(
        an_entry("a", reuses=[a_reuse(HALLE)]),
        an_entry("b", reuses=[a_reuse(HALLE), *stated]),
        an_entry("c", reuses=[a_reuse(HALLE), a_reuse(SMALL)]),
    )

    assert desk.store.most_reused(9) == ["c", "b", "a"]


def test_newest_goes_by_first_publication_then_by_name(desk: Desk) -> None:
    desk.publish(an_entry("b"), an_entry("a"))
    desk.publish(an_entry("b", text="neu"), an_entry("a"), an_entry("z"), now=LATER)

    assert desk.store.newest(9) == ["z", "a", "b"]
    assert desk.store.newest(1) == ["z"]


def test_links_lead_back_from_what_a_solution_names(desk: Desk) -> None:
    desk.publish(
        an_entry("a", topics=["x", "y"], model_projects=["halle"]),
        an_entry("b", topics=["y", "y"], depends_on=["a"]),
        an_entry("c", topics=["z"], based_on=["a"], model_projects=["kiel"]),
    )

    assert desk.store.topic_counts() == {"x": 1, "y": 2, "z": 1}
    assert desk.store.sharing_topics(["x", "y"], limit=9) == ["a", "b"]
    assert desk.store.sharing_topics(["x", "y"], limit=1) == ["a"]
    assert desk.store.measures_of("halle") == ["a"]
    assert desk.store.needing("a") == ["b", "c"]


def test_counts_follow_every_publication(desk: Desk) -> None:
    desk.publish(an_entry("a", reuses=[a_reuse(HALLE)]), an_entry("b"))
    before = desk.store.figures(), desk.store.topic_counts(), desk.store.taking_part()

    desk.publish(folder=a_folder(an_entry("a", topics=["new"])), allow_removals=True)

    assert before[0].reuses == 1
    assert desk.store.figures().reuses == 0
    assert desk.store.topic_counts() == {"new": 1}
    assert desk.store.taking_part()[0].provides == 1


def test_counting_reads_the_indexes_alone(desk: Desk) -> None:
    query = "SELECT solution_id, count(DISTINCT body) FROM reuse WHERE counts IS 1 GROUP BY solution_id"

    with desk.store._engine.connect() as connection:
        steps = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))]

    assert any("COVERING INDEX" in step for step in steps)


def test_a_topic_counts_the_solutions_of_its_parts_once(desk: Desk) -> None:
    topics = [
        an_item("topic", key, de=key, en=key, **more)
        for key, more in {"climate": {}, "energy": {"parent": "climate"}}.items()
    ]
    entries = [an_entry("a", topics=["energy", "climate"]), an_entry("b", topics=["energy"])]

    desk.publish(folder=a_folder(*entries, items={"topic": tuple(topics)}))

    assert desk.store.topic_counts() == {"energy": 2, "climate": 2}
