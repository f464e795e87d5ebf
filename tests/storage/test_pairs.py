"""Who has a solution from whom, out of the published tables."""

from publishing import HALLE, MAGDEBURG, Desk, a_reuse, an_entry

from catalogue.domain.reuse import Stage
from catalogue.storage.pairs import Pairs

COUNTED = (Stage.TRIAL, Stage.IN_USE)


def pairs_of(desk: Desk) -> Pairs:
    return desk.store.pairs


def test_only_uses_at_the_stages_asked_for_are_found(desk: Desk) -> None:
    partner = {"body": HALLE, "relation": "partner", "confirmed": "yes"}
    desk.publish(an_entry("a", reuses=[a_reuse(MAGDEBURG, stage="planned"), partner]))

    assert pairs_of(desk).uses_of("a", COUNTED) == []
    assert [use.body for use in pairs_of(desk).uses_of("a", (Stage.PLANNED,))] == [MAGDEBURG]


def test_a_body_counts_each_solution_once(desk: Desk) -> None:
    twice = [a_reuse(MAGDEBURG), a_reuse(MAGDEBURG, scope="Teil")]
    desk.publish(an_entry("a", reuses=twice), an_entry("b", reuses=[a_reuse(MAGDEBURG)]))

    assert pairs_of(desk).solutions_by_body(COUNTED) == {MAGDEBURG: 2}
    assert len(pairs_of(desk).uses_of("a", COUNTED)) == 1
    assert [row[2] for row in pairs_of(desk).reused_solutions(9)] == [1, 1]


def test_the_latest_come_first_and_those_without_a_date_not_at_all(desk: Desk) -> None:
    reuses = [a_reuse(HALLE, since="2023"), a_reuse(MAGDEBURG, since="2025-03"), a_reuse("kielregion")]
    desk.publish(an_entry("a", reuses=reuses))

    dated = [(use.body, use.latest) for use in pairs_of(desk).latest(2)]

    assert dated == [(MAGDEBURG, "2025-03"), (HALLE, "2023")]


def test_nobody_without_a_name_is_found_but_all_are_counted(desk: Desk) -> None:
    desk.publish(
        an_entry("a", reuses=[a_reuse("~7"), a_reuse(MAGDEBURG)]), an_entry("b", reuses=[a_reuse("~8")])
    )

    assert [use.body for use in pairs_of(desk).uses_of("a", COUNTED)] == [MAGDEBURG]
    assert pairs_of(desk).solutions_by_body(COUNTED) == {MAGDEBURG: 1}
    assert [use.body for use in pairs_of(desk).latest(9)] in ([MAGDEBURG], [])
    assert pairs_of(desk).unnamed(COUNTED) == 2
    assert pairs_of(desk).unnamed(COUNTED, solution_id="a") == 1
