"""Who has a solution from whom: every pair once, whoever asks."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publishing import HALLE, MAGDEBURG, Desk, a_reuse, an_entry
from reuse_rows import Fact, columns_of, count, load, write

from catalogue.domain.pairs import is_across
from catalogue.domain.statistics import Figure, Selection
from catalogue.storage.reuse_pairs import PairSet

KIEL, BERLIN = "01002000", "11000000"
OWNERS = {"a": (HALLE,), "b": (HALLE, KIEL), "c": ("kielregion", BERLIN), "d": ()}
LANDS = {HALLE: "15", MAGDEBURG: "15", KIEL: "01", BERLIN: "11", "kielregion": "01", "~1": ""}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A catalogue whose solutions have one owner, several, and none."""
    desk = Desk(Path(tmp_path_factory.mktemp("pairs")))
    developer = {"body": MAGDEBURG, "role": "developer"}
    desk.publish(
        *(
            an_entry(key, providers=[*({"body": body, "role": "owner"} for body in owners), developer])
            for key, owners in OWNERS.items()
        )
    )
    yield desk
    desk.store.close()


def ends_of(pairs: PairSet) -> Counter[tuple[str, str, str]]:
    return Counter((pair.provider, pair.reuser, pair.solution) for pair in pairs.rows(0, len(pairs)))


def test_each_owner_makes_a_pair_with_each_reuser_and_nobody_with_themselves(desk: Desk) -> None:
    providers = [{"body": HALLE, "role": "owner"}, {"body": "kielregion", "role": "developer"}]
    reuses = [a_reuse(MAGDEBURG), a_reuse(HALLE), a_reuse(MAGDEBURG, scope="Teil"), a_reuse("~7")]
    desk.publish(an_entry("a", providers=providers, reuses=reuses))

    assert ends_of(load(desk).pairs(Selection())) == {(HALLE, MAGDEBURG, "a"): 1}


def test_a_body_that_owns_a_solution_with_others_has_it_from_nobody(desk: Desk) -> None:
    owners = [{"body": HALLE, "role": "owner"}, {"body": KIEL, "role": "owner"}]
    desk.publish(an_entry("a", providers=owners, reuses=[a_reuse(KIEL), a_reuse(BERLIN)]))

    assert ends_of(load(desk).pairs(Selection())) == {(HALLE, BERLIN, "a"): 1, (KIEL, BERLIN, "a"): 1}


def test_pairs_can_be_narrowed_to_a_topic_a_provider_and_a_land(desk: Desk) -> None:
    columns = columns_of(desk, Fact(solution="a", body=MAGDEBURG), Fact(solution="b", body=KIEL))

    assert len(columns.pairs(Selection(topic="digital-twin"))) == 2
    assert not len(columns.pairs(Selection(topic="energy")))
    pairs = columns.pairs(Selection())
    assert pairs.providers == (HALLE,)
    assert len(pairs.narrowed(provider=HALLE)) == 2
    assert not len(pairs.narrowed(provider=KIEL))
    assert not len(pairs.narrowed(provider="99999999"))
    assert ends_of(pairs.narrowed(land="01")) == {(HALLE, KIEL, "b"): 1}


def test_pairs_are_read_page_by_page_in_the_order_of_the_names_of_solutions(desk: Desk) -> None:
    rows = [Fact(solution=key, body=body) for key in "cab" for body in (KIEL, BERLIN)]
    pairs = columns_of(desk, *rows).pairs(Selection())

    pages = [pairs.rows(start, start + 4) for start in (0, 4, 8)]

    assert [len(page) for page in pages] == [4, 2, 0]
    assert [pair.solution for page in pages for pair in page] == list("aabbcc")


facts = st.lists(
    st.builds(
        Fact,
        solution=st.sampled_from("abcd"),
        body=st.sampled_from([HALLE, MAGDEBURG, KIEL, BERLIN, "kielregion", "~1"]),
        stage=st.sampled_from(["planned", "trial", "in-use", "ended"]),
    ),
    unique_by=lambda fact: (fact.solution, fact.body),
)


@given(rows=facts)
@settings(max_examples=60)
def test_matrix_list_and_table_count_the_pairs_that_the_rule_says(table: Desk, rows: list[Fact]) -> None:
    rows = [Fact(solution=row.solution, body=row.body, stage=row.stage, land=LANDS[row.body]) for row in rows]
    write(table, rows)
    columns = load(table)

    wanted = {
        (owner, row.body, row.solution)
        for row in rows
        for owner in OWNERS[row.solution]
        if row.body not in OWNERS[row.solution] and row.body != "~1" and row.stage in ("trial", "in-use")
    }

    pairs, matrix = columns.pairs(Selection()), count(columns, Figure.LAND_PAIRS)
    across = {pair for pair in wanted if is_across(LANDS[pair[0]], LANDS[pair[1]])}
    assert ends_of(pairs) == Counter(wanted)
    assert ends_of(pairs.across) == Counter(across)
    assert sum(int(value or 0) for row in matrix.rows for value in row.values) == len(wanted)
    assert matrix.notes["across"] == len(across)
    listed = count(columns, Figure.BODY_PAIRS)
    assert sum(int(row.values[0] or 0) for row in listed.rows) == len(across)
