"""Each figure of the statistics, its numbers worked out by hand; and what holds for any reuses."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publishing import HALLE, ITEMS, MAGDEBURG, SMALL, Desk, a_folder, an_entry, an_item
from reuse_rows import Fact, columns_of, count, load, write

from catalogue.domain.reuse import Stage, Standing
from catalogue.domain.statistics import SPLIT, UNNAMED_KEY, Figure, Selection
from catalogue.storage.solution_columns import NEVER, first_release
from catalogue.storage.statistics_book import COUNTS, StatisticsColumns

KIEL, BERLIN = "01002000", "11000000"


def values(columns: StatisticsColumns, figure: Figure, **selection: object) -> dict[tuple[str, ...], object]:
    """The rows of a figure that have anything but zeros."""
    counted = count(columns, figure, **selection)
    return {row.key: row.values for row in counted.rows if any(row.values)}


# --- By hand


def test_the_overview_splits_reuses_by_standing_and_counts_each_body_and_solution_once(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=MAGDEBURG),
        Fact(solution="a", body=KIEL, standing="sourced", stage="trial"),
        Fact(solution="b", body=KIEL, standing="stated"),
        Fact(solution="b", body=BERLIN, standing="stated", stage="planned"),
        Fact(solution="b", body=HALLE, relation="partner"),  # no reuse
        Fact(solution="c", body=SMALL, stage=None, standing="stated"),
        Fact(solution="c", body="~7"),
    )

    totals = values(columns, Figure.TOTALS)

    assert totals == {
        ("counting",): (4, 2, 1, 1),
        ("planned",): (1, 0, 0, 1),
        ("trial",): (1, 0, 1, 0),
        ("in-use",): (3, 2, 0, 1),
        ("",): (1, 0, 0, 1),
        ("~",): (1, 1, 0, 0),
        ("bodies",): (2, None, None, None),  # Magdeburg and Kiel
        ("solutions",): (2, None, None, None),
    }
    assert values(columns, Figure.TOTALS, only_confirmed=True)["counting",] == (3, 2, 1, 0)


def test_two_rows_about_the_same_body_and_solution_are_one_reuse(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=MAGDEBURG, stage="trial", standing="confirmed", began={"trial": "2023-04"}),
        Fact(solution="a", body=MAGDEBURG, stage="in-use", standing="stated", began={"in-use": "2024-05"}),
    )

    assert values(columns, Figure.SOLUTIONS) == {("a",): (1, 1, 0, 0)}
    assert count(columns, Figure.TRANSITIONS).value("trial-in-use", column="median_months") == 13


def test_stock_and_flow_follow_the_dated_steps(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(
            solution="a",
            body=MAGDEBURG,
            began={"planned": "2023", "trial": "2023-05-01", "in-use": "2025-02"},
        ),
        Fact(solution="b", body=KIEL, stage="ended", began={"in-use": "2024", "ended": "2024-12"}),
        Fact(solution="b", body=BERLIN, stage="trial", began={"trial": "2026-10"}),
        Fact(solution="c", body=SMALL),  # in use since nobody knows when
        Fact(solution="c", body=HALLE, stage="trial", began={"in-use": "2022", "trial": ""}),
    )

    stock = values(columns, Figure.STOCK)
    flow = values(columns, Figure.FLOW)

    #                      interested, planned, trial, in use, ended
    assert stock == {
        ("2023",): (0, 0, 1, 0, 0),  # planned and then on trial within the year
        ("2024",): (0, 0, 1, 0, 1),
        ("2025",): (0, 0, 0, 1, 1),
        ("2026",): (0, 0, 1, 1, 1),
        ("undated",): (0, 0, 1, 1, 0),
    }
    assert flow == {
        ("2023",): (0, 1, 1, 0, 0),
        ("2024",): (0, 0, 0, 1, 1),
        ("2025",): (0, 0, 0, 1, 0),
        ("2026",): (0, 0, 1, 0, 0),
        ("undated",): (0, 0, 1, 1, 0),
    }


def test_quarters_put_a_year_without_month_at_its_end_but_not_behind_a_later_stage(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=MAGDEBURG, began={"planned": "2025", "in-use": "2025-05"}),
        Fact(solution="b", body=KIEL, stage="trial", began={"trial": "2025"}),
    )

    flow = values(columns, Figure.FLOW, by_quarter=True, first_year=2025, last_year=2025)

    assert flow == {("2025-Q2",): (0, 1, 0, 1, 0), ("2025-Q4",): (0, 0, 1, 0, 0)}


def test_by_land_bodies_without_a_name_stand_apart(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=MAGDEBURG),
        Fact(solution="b", body=MAGDEBURG, standing="stated"),
        Fact(solution="b", body=KIEL),
        Fact(solution="b", body="kielregion", land=""),
        Fact(solution="b", body="~1"),
    )

    # "ki", the first letters of the organisation's id, are no Land.
    assert values(columns, Figure.LANDS) == {
        ("01",): (1, 1, 0, 0, 1),
        ("15",): (2, 1, 0, 1, 1),
        ("",): (1, 1, 0, 0, 1),
        ("~",): (1, 1, 0, 0, 0),
    }


def test_sizes_know_districts_and_other_bodies(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=MAGDEBURG, size="large-city"),
        Fact(solution="a", body="15081"),
        Fact(solution="a", body="kielregion", land=""),
    )

    assert set(values(columns, Figure.SIZES)) == {("large-city",), ("district",), ("other",)}


@pytest.fixture
def programme(desk: Desk) -> StatisticsColumns:
    """Two rounds, two topics of which one is part of the other, and three solutions."""
    topics = (
        an_item("topic", "mobility", de="Mobilität", en="Mobility"),
        an_item("topic", "parking", de="Parken", en="Parking", parent="mobility"),
    )
    projects = (
        an_item("model-project", "halle", name="Halle", round="2019", category="large-city", members=[HALLE]),
        an_item("model-project", "kiel", name="Kiel", round="2020", category="large-city", members=[HALLE]),
    )
    folder = a_folder(
        an_entry("a", topics=["parking"], model_projects=["halle"]),
        an_entry("b", topics=["mobility"], model_projects=["halle", "kiel"]),
        an_entry("c", topics=["mobility", "parking"], providers=[{"body": MAGDEBURG, "role": "owner"}]),
        items={**ITEMS, "topic": topics, "model-project": projects},
    )
    desk.publish(folder=folder)
    write(
        desk,
        [
            Fact(solution="a", body=MAGDEBURG, funded="no"),
            Fact(solution="a", body=HALLE, funded="yes"),
            Fact(solution="a", body="~1"),
            Fact(solution="c", body=SMALL, funded="no", standing="sourced"),
            Fact(solution="c", body="15081", funded="unknown", standing="stated"),
        ],
    )
    return load(desk)


def test_a_topic_counts_with_its_parts_and_a_solution_in_each_of_its_topics(
    programme: StatisticsColumns,
) -> None:
    assert values(programme, Figure.TOPICS) == {
        ("mobility",): (4, 2, 1, 1, 3),
        ("parking",): (4, 2, 1, 1, 2),
        ("~",): (1, 1, 0, 0, None),
    }


def test_a_solution_counts_in_each_of_its_rounds(programme: StatisticsColumns) -> None:
    assert values(programme, Figure.ROUNDS) == {
        ("2019",): (2, 2, 0, 0, 2),
        ("2020",): (0, 0, 0, 0, 1),
        ("none",): (2, 0, 1, 1, 1),
        ("~",): (1, 1, 0, 0, None),
    }


def test_spill_over_is_the_share_outside_of_those_of_which_it_is_known(programme: StatisticsColumns) -> None:
    counted = count(programme, Figure.SPILL_OVER)

    assert {row.key[0]: (row.values[0], row.values[-1]) for row in counted.rows} == {
        "yes": (1, 1),
        "no": (2, 1),
        "unknown": (1, 0),
        "~": (1, 1),
    }
    assert counted.notes == {"outside": 66.7, "outside_of_projects": 50.0}


def test_measures_are_counted_by_project_and_once_in_all(programme: StatisticsColumns) -> None:
    counted = count(programme, Figure.MEASURES)

    assert {row.key[0]: row.values for row in counted.rows} == {"halle": (2, 1, 2), "kiel": (1, 0, 0)}
    assert counted.notes == {"measures": 2, "with_reuse": 1, "reuses": 2, "per_measure": 1.0}


def test_solutions_without_a_named_reuse_are_listed(programme: StatisticsColumns) -> None:
    assert [row.key for row in count(programme, Figure.UNUSED).rows] == [("b",)]
    assert [row.key for row in count(programme, Figure.UNUSED, topic="parking").rows] == []


def test_pairs_leave_out_what_a_provider_itself_uses(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=HALLE),  # its own
        Fact(solution="a", body=MAGDEBURG),
        Fact(solution="a", body=KIEL),
        Fact(solution="b", body=KIEL),
        Fact(solution="b", body="~1"),
    )

    matrix, pairs = count(columns, Figure.LAND_PAIRS), count(columns, Figure.BODY_PAIRS)

    assert matrix.value("15", column="land-15") == 1
    assert matrix.value("15", column="land-01") == 2
    assert matrix.notes == {"pairs": 3, "across": 2, "within": 1, "without": 0}
    assert [(row.key, row.values) for row in pairs.rows] == [((HALLE, KIEL), (2,))]


def test_transitions_count_what_became_of_trials(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=MAGDEBURG, began={"trial": "2023-01", "in-use": "2023-05"}),
        Fact(solution="a", body=KIEL, began={"trial": "2023", "in-use": "2024-01"}),  # July: six months
        Fact(solution="a", body=BERLIN, began={"trial": "", "in-use": "2024"}),
        Fact(solution="b", body=KIEL, stage="ended", began={"trial": "2022", "ended": "2023"}),
        Fact(solution="c", body=KIEL, stage="trial"),
    )

    counted = count(columns, Figure.TRANSITIONS)

    assert {row.key[0]: row.values for row in counted.rows} == {
        "interested-planned": (0, 0, None, 0, None),
        "planned-trial": (0, 0, None, 0, None),
        "trial-in-use": (5, 3, 60.0, 2, 5),
        "in-use-ended": (3, 0, 0.0, 0, None),
        "trial-ended": (5, 1, 20.0, 1, 12),
    }


def test_a_confirmation_is_fresh_for_twelve_months(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=MAGDEBURG, affirmed="2025-11-26"),
        Fact(solution="a", body=KIEL, affirmed="2025-11-25"),
        Fact(solution="a", body=BERLIN, standing="stated"),
    )

    assert values(columns, Figure.FRESHNESS) == {
        ("fresh",): (1, 1, 0, 0),
        ("older",): (1, 1, 0, 0),
        ("never",): (1, 0, 0, 1),
    }


def test_districts_are_the_first_five_digits_of_named_bodies(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body=SMALL),
        Fact(solution="b", body="15081"),
        Fact(solution="b", body=KIEL),
        Fact(solution="b", body="~15003"),
        Fact(solution="b", body="kielregion", land=""),
    )

    assert values(columns, Figure.DISTRICTS) == {("01002",): (1,), ("15081",): (2,)}


@pytest.mark.parametrize(
    ("releases", "in_all", "month"),
    [
        ([{"name": "2", "on": "2024-05-01"}, {"name": "1", "on": "2023-02-01"}], 2, 2023 * 12 + 1),
        ([{"name": "9", "on": "2024-05-01"}], 130, NEVER),  # the first is not among the newest
        ([{"name": "1-rc1", "on": "2023-01-01", "is_preview": True}], 1, NEVER),
        ([], 0, NEVER),
        (None, None, NEVER),
    ],
)
def test_the_first_release_is_known_only_where_all_were_read(
    releases: object, in_all: object, month: int
) -> None:
    assert first_release(releases, in_all) == month


def test_without_a_known_release_nobody_says_how_long_it_took(desk: Desk) -> None:
    columns = columns_of(desk, Fact(solution="a", body=KIEL, began={"in-use": "2024"}))

    assert values(columns, Figure.FIRST_REUSE) == {("no-release",): (3,)}


# --- Bodies without a name


def test_a_solution_counts_unnamed_bodies_only_beside_three_named_ones(desk: Desk) -> None:
    many = [Fact(solution="a", body=body) for body in (MAGDEBURG, KIEL, BERLIN)]
    columns = columns_of(
        desk,
        *many,
        Fact(solution="a", body="~1"),
        Fact(solution="b", body=KIEL),
        Fact(solution="b", body="~2"),
        Fact(solution="c", body="~3"),
        solutions=("a", "b", "c", "d"),
    )

    assert values(columns, Figure.SOLUTIONS) == {
        ("a",): (4, 4, 0, 0),
        ("b",): (1, 1, 0, 0),
        ("~",): (2, 2, 0, 0),
    }
    assert {line.solution for line in columns.lines(Selection()) if not line.body} == {"a", ""}


def test_where_only_one_solution_could_be_meant_no_unnamed_body_is_counted_with_any(desk: Desk) -> None:
    many = [Fact(solution="a", body=body) for body in (MAGDEBURG, KIEL, BERLIN)]
    columns = columns_of(
        desk, *many, Fact(solution="a", body="~1"), Fact(solution="b", body="~2"), solutions=("a", "b")
    )

    assert values(columns, Figure.SOLUTIONS) == {("a",): (3, 3, 0, 0), ("~",): (2, 2, 0, 0)}


@pytest.mark.parametrize(
    "narrowing",
    [{"land": "15"}, {"size": "other"}, {"funded": "unknown"}, {"topic": "digital-twin"}, {"solution": "a"},
     {"stage": "in-use"}, {"first_year": 2020}],
)  # fmt: skip
def test_whoever_narrows_sees_no_unnamed_body(desk: Desk, narrowing: dict[str, object]) -> None:
    columns = columns_of(
        desk,
        *(Fact(solution="a", body=body, began={"in-use": "2024"}) for body in (MAGDEBURG, KIEL, BERLIN)),
        Fact(solution="a", body="~1", began={"in-use": "2024"}),
    )

    counted = count(columns, Figure.TOTALS, **narrowing)

    assert counted.value(UNNAMED_KEY, column="reuses") == 0
    assert all(line.body for line in columns.lines(Selection(**narrowing)))


def test_a_download_tells_of_an_unnamed_reuse_neither_body_nor_day(desk: Desk) -> None:
    columns = columns_of(
        desk,
        Fact(solution="a", body="~1", affirmed="2026-05-05", began={"in-use": "2024-03-07"}),
        Fact(solution="b", body=KIEL, affirmed="2026-05-05", began={"in-use": "2024-03-07"}),
    )

    named, unnamed = columns.lines(Selection())

    assert (named.solution, named.body, named.affirmed, named.began[3]) == (
        "b", KIEL, "2026-05-05", "2024-03-07",
    )  # fmt: skip
    assert (unnamed.solution, unnamed.body, unnamed.affirmed) == ("", "", "")
    assert unnamed.began == (None, None, None, "2024", None)


# --- Of one revision and the next


def test_a_later_revision_reads_only_what_has_changed_and_counts_the_same(desk: Desk) -> None:
    first = columns_of(desk, *(Fact(solution=key, body=KIEL) for key in "abc"))
    desk.publish(an_entry("a"), an_entry("c"), an_entry("d"), allow_removals=True)
    write(desk, [Fact(solution="a", body=KIEL), Fact(solution="d", body=BERLIN, stage="trial")])

    again, anew = load(desk, first), load(desk)

    assert values(again, Figure.SOLUTIONS) == {("a",): (1, 1, 0, 0), ("d",): (1, 1, 0, 0)}
    for figure in COUNTS:
        assert count(again, figure) == count(anew, figure)
    assert values(first, Figure.SOLUTIONS).keys() == {("a",), ("b",), ("c",)}  # the revision before stands


# --- Of any reuses


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A catalogue of four solutions whose reuses are written anew for each example."""
    desk = Desk(Path(tmp_path_factory.mktemp("statistics")))
    desk.publish(*(an_entry(key) for key in "abcd"))
    yield desk
    desk.store.close()


BODIES = (HALLE, MAGDEBURG, SMALL, KIEL, BERLIN, "15081", "kielregion", "~1", "~2", "~3")
DATES = st.one_of(
    st.none(),
    st.just(""),
    st.builds("{:04}".format, st.integers(2018, 2026)),
    st.builds("{:04}-{:02}".format, st.integers(2018, 2025), st.integers(1, 12)),
)


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    pairs = draw(st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from(BODIES)), max_size=25))
    made = []
    for solution, body in sorted(pairs):
        dates = {stage.value: draw(DATES) for stage in Stage}
        unnamed = body.startswith("~")
        made.append(
            Fact(
                solution=solution,
                body=f"{body}{solution}" if unnamed else body,  # a report is about one solution
                stage=draw(st.sampled_from([*(stage.value for stage in Stage), None])),
                standing="confirmed" if unnamed else draw(st.sampled_from([one.value for one in Standing])),
                land="" if body == "kielregion" or unnamed else body[:2],
                size="large-city" if body in (HALLE, MAGDEBURG) else "",
                funded="unknown" if unnamed else draw(st.sampled_from(["yes", "no", "unknown"])),
                affirmed=draw(st.sampled_from([None, "2026-01-01", "2020-01-01"])),
                began={stage: text for stage, text in dates.items() if text is not None},
            )
        )
    return made


def loaded(desk: Desk, rows: list[Fact]) -> StatisticsColumns:
    write(desk, rows)
    return load(desk)


PARTS = (Figure.LANDS, Figure.SIZES, Figure.SPILL_OVER, Figure.FRESHNESS, Figure.SOLUTIONS)


@given(rows=facts())
@settings(max_examples=60)
def test_the_parts_of_a_breakdown_add_up_to_the_total_whatever_the_reuses(
    table: Desk, rows: list[Fact]
) -> None:
    columns = loaded(table, rows)
    wanted = Counter(fact.standing for fact in rows if fact.stage in ("trial", "in-use"))
    total = [sum(wanted.values()), wanted["confirmed"], wanted["sourced"], wanted["stated"]]

    for figure in PARTS:
        counted = count(columns, figure)
        assert [sum(int(row.values[n] or 0) for row in counted.rows) for n in range(len(SPLIT))] == total


@given(rows=facts())
@settings(max_examples=60)
def test_the_stock_is_the_one_before_and_what_came_and_went(table: Desk, rows: list[Fact]) -> None:
    columns = loaded(table, rows)
    stock = [row.values for row in count(columns, Figure.STOCK).rows[:-1]]
    flow = [row.values for row in count(columns, Figure.FLOW).rows[:-1]]

    dated = sum(fact.stage is not None for fact in rows) - int(
        count(columns, Figure.STOCK).notes["undated"] or 0
    )
    before = (0,) * len(Stage)
    for now, begun in zip(stock, flow, strict=True):
        gone = [old + new - left for old, new, left in zip(before, begun, now, strict=True)]
        assert all(value >= 0 for value in gone)  # nobody leaves a stage that nobody was at
        before = now
    assert sum(before) == dated  # of today: everybody with a date is at one stage


@given(rows=facts())
@settings(max_examples=60)
def test_of_today_the_stock_is_what_the_stages_of_today_say(table: Desk, rows: list[Fact]) -> None:
    columns = loaded(table, rows)
    counted = count(columns, Figure.STOCK)

    today, undated = counted.rows[-2].values, counted.rows[-1].values

    for place, stage in enumerate(Stage):
        assert int(today[place] or 0) + int(undated[place] or 0) == sum(
            fact.stage == stage.value for fact in rows
        )


NARROWINGS = st.fixed_dictionaries(
    {},
    optional={
        "land": st.sampled_from(["15", "01", "11"]),
        "size": st.sampled_from(["large-city", "district", "other"]),
        "funded": st.sampled_from(["yes", "no"]),
        "solution": st.sampled_from("abcd"),
        "stage": st.sampled_from(["planned", "trial"]),
        "only_confirmed": st.booleans(),
        "first_year": st.sampled_from([2019, 2022]),
    },
)


@given(rows=facts(), narrowing=NARROWINGS)
@settings(max_examples=80)
def test_a_filter_only_removes(table: Desk, rows: list[Fact], narrowing: dict[str, object]) -> None:
    columns = loaded(table, rows)
    everything = set(map(repr, columns.lines(Selection())))

    chosen = set(map(repr, columns.lines(Selection(**narrowing))))

    assert chosen <= everything


@given(rows=facts(), narrowing=NARROWINGS)
@settings(max_examples=80)
def test_no_selection_tells_whose_an_unnamed_reuse_is(
    table: Desk, rows: list[Fact], narrowing: dict[str, object]
) -> None:
    """Whatever the unnamed bodies reuse: what narrows says the same without them."""
    with_them = loaded(table, rows)
    without = loaded(table, [fact for fact in rows if not fact.body.startswith("~")])

    for figure in COUNTS:
        if Selection(**narrowing).narrows(figure):
            assert count(with_them, figure, **narrowing) == count(without, figure, **narrowing)


@given(rows=facts(), to=st.sampled_from("abcd"))
@settings(max_examples=60)
def test_an_unnamed_reuse_of_another_solution_with_few_named_ones_makes_no_difference(
    table: Desk, rows: list[Fact], to: str
) -> None:
    """By solution, nobody can tell which of those below the limit an unnamed body reuses."""
    named = [fact for fact in rows if not fact.body.startswith("~")]
    many = Counter(fact.solution for fact in named if fact.stage in ("trial", "in-use"))
    small = [key for key in "abcd" if many[key] < 3]

    seen = []
    for solution in small:
        columns = loaded(table, [*named, Fact(solution=solution, body="~9")])
        seen.append((count(columns, Figure.SOLUTIONS), list(columns.lines(Selection()))))

    assert all(one == seen[0] for one in seen)
    if len(small) < 3:  # then it could be any
        seen_all = [
            count(loaded(table, [*named, Fact(solution=key, body="~9")]), Figure.SOLUTIONS) for key in "abcd"
        ]
        assert all(one == seen_all[0] for one in seen_all)
