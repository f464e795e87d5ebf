"""What is joined of entry, publiccode.yml and reports, case by case, and what never gets lost."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from builders import HALLE, MAGDEBURG, MERGED, REGISTER, a_reuse, a_solution
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.bodies import Bodies
from catalogue.domain.known_reuses import NamedUse, known_reuses
from catalogue.domain.reuse import Evidence, Origin, Relation, Reuse, Stage, Standing, Step, What
from catalogue.domain.reuse_report import Claim, ReuseReport, State, Visibility
from catalogue.domain.reuse_text import plain_from_reuse, reuse_from_plain
from catalogue.domain.solution import Solution

COLOGNE, SMALL = "05315000", "15081001"
DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
FILE = Evidence(address="https://github.com/town/tool/publiccode.yml", seen="2026-08-22")
BODIES = Bodies(REGISTER, {})


def key_of(key: str) -> str:
    body = BODIES.find(key)
    return body.key if body else key


def step(stage: Stage, since: str | None = None) -> Step:
    return Step(stage=stage, since=since)


def a_report(
    body: str = MAGDEBURG,
    *steps: Step,
    number: int = 1,
    state: State = State.CONFIRMED,
    affirmed: datetime | None = DAY,
    solution: str = "hal-plan",
    **claim: object,
) -> ReuseReport:
    """A report that the office has confirmed: in use since March, unless other steps are named."""
    return ReuseReport(
        number=number,
        version=number,
        state=state,
        claim=Claim(solution=solution, body=body, steps=steps or (step(Stage.IN_USE, "2026-03"),), **claim),
        reported_at=DAY - timedelta(days=30),
        decided_at=DAY - timedelta(days=20),
        affirmed_at=affirmed,
    )


def a_denial(body: str = MAGDEBURG, **more: object) -> ReuseReport:
    """A report that the body does not reuse it."""
    report = a_report(body, **more)
    return replace(report, claim=replace(report.claim, steps=()))


def join(
    *reports: ReuseReport,
    rows: Sequence[object] = (),
    named: Iterable[str] = (),
    solution: Solution | None = None,
) -> list[Reuse]:
    solution = solution or a_solution(reuses=list(rows))
    uses = [NamedUse(body=body, evidence=FILE) for body in named]
    return list(known_reuses(solution, named=uses, reports=reports, key_of=key_of))


def test_an_entry_that_nobody_else_speaks_of_stays_as_it_is_written() -> None:
    rows = [a_reuse(), a_reuse(COLOGNE, confirmed="no"), a_reuse(HALLE, relation="partner", stage=None)]

    assert join(rows=rows) == list(a_solution(reuses=rows).reuses)


def test_a_report_replaces_what_the_entry_says_of_its_body_and_keeps_the_evidence() -> None:
    rows = [a_reuse(MAGDEBURG, confirmed="no", stage="trial", note="laut Presse"), a_reuse(COLOGNE)]

    cologne, magdeburg = join(a_report(evidence="https://magdeburg.example/plan"), rows=rows)

    assert cologne.body == COLOGNE
    assert (magdeburg.body, magdeburg.stage, magdeburg.since) == (MAGDEBURG, Stage.IN_USE, "2026-03")
    assert (magdeburg.standing, magdeburg.origin) == (Standing.CONFIRMED, Origin.REPORT)
    assert magdeburg.confirmed
    assert (magdeburg.affirmed, magdeburg.report, magdeburg.note) == ("2026-11-20", 1, None)
    assert [one.address for one in magdeburg.evidence] == [
        "https://magdeburg.example/plan",
        "https://example.org/beleg",
    ]


def test_what_else_a_body_is_to_the_solution_stays_beside_its_report() -> None:
    rows = [a_reuse(MAGDEBURG, relation="develops", stage=None), a_reuse()]

    found = join(a_report(), rows=rows)

    assert [reuse.relation for reuse in found] == [Relation.DEVELOPS, Relation.USES]


@pytest.mark.parametrize("confirmed", ["yes", "no"])
def test_a_denial_takes_away_what_others_say_of_its_body_and_nothing_else(confirmed: str) -> None:
    rows = [
        a_reuse(MAGDEBURG, confirmed=confirmed),
        a_reuse(MAGDEBURG, relation="partner", stage=None),
        a_reuse(COLOGNE),
    ]

    found = join(a_denial(), rows=rows, named=[MAGDEBURG, SMALL])

    assert [(reuse.body, reuse.relation) for reuse in found] == [
        (MAGDEBURG, Relation.PARTNER),
        (COLOGNE, Relation.USES),
        (SMALL, Relation.USES),
    ]


@pytest.mark.parametrize("state", [state for state in State if state is not State.CONFIRMED])
def test_only_what_the_office_has_confirmed_is_heard(state: State) -> None:
    assert join(a_report(state=state)) == []
    assert len(join(a_denial(state=state), rows=[a_reuse()])) == 1


def test_a_report_about_another_solution_is_not_heard() -> None:
    assert join(a_report(solution="masterportal")) == []


def test_who_is_named_in_usedby_alone_is_stated_as_in_use_with_the_file_as_evidence() -> None:
    (reuse,) = join(named=[MAGDEBURG])

    assert (reuse.standing, reuse.origin, reuse.confirmed) == (Standing.STATED, Origin.USED_BY, False)
    assert (reuse.stage, reuse.seen, reuse.evidence) == (Stage.IN_USE, "2026-08-22", (FILE,))
    assert reuse.counts


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([a_reuse(MAGDEBURG, stage="planned")], [MAGDEBURG]),
        ([a_reuse(SMALL)], [MERGED]),
        ([], [HALLE]),  # provides it
    ],
)
def test_usedby_adds_nobody_whom_the_entry_names_or_who_provides_it(
    rows: list[object], named: list[str]
) -> None:
    assert join(rows=rows, named=named) == list(a_solution(reuses=rows).reuses)


def test_a_provider_that_the_entry_names_as_a_user_stays_one() -> None:
    assert [reuse.body for reuse in join(rows=[a_reuse(HALLE)], named=[HALLE])] == [HALLE]


def test_a_partner_that_usedby_names_is_a_user_too() -> None:
    found = join(rows=[a_reuse(MAGDEBURG, relation="partner", stage=None)], named=[MAGDEBURG])

    assert [reuse.relation for reuse in found] == [Relation.PARTNER, Relation.USES]


def test_a_body_named_in_several_files_is_one_reuse_with_all_of_them_and_the_latest_day() -> None:
    older = Evidence(address="https://gitlab.com/town/part/publiccode.yml", seen="2025-01-02")
    named = [NamedUse(body=MAGDEBURG, evidence=file) for file in (FILE, older, FILE)]

    (reuse,) = known_reuses(a_solution(), named=named, reports=(), key_of=key_of)

    assert reuse.seen == "2026-08-22"
    assert set(reuse.evidence) == {FILE, older}
    assert len(reuse.evidence) == 2


def test_of_two_reports_about_one_body_the_one_said_last_speaks_and_the_other_adds_its_dates() -> None:
    first = a_report(
        MAGDEBURG,
        *(step(Stage.PLANNED, "2025-01"), step(Stage.TRIAL, "2025-06")),
        number=1,
        affirmed=DAY - timedelta(days=400),
        evidence="https://example.org/erst",
    )
    second = a_report(MAGDEBURG, step(Stage.IN_USE, "2026-03"), number=2, operator="IT")

    (reuse,) = join(first, second)

    assert reuse.report == 2
    assert reuse.operator == "IT"
    assert [(one.stage, one.since) for one in reuse.steps] == [
        (Stage.PLANNED, "2025-01"),
        (Stage.TRIAL, "2025-06"),
        (Stage.IN_USE, "2026-03"),
    ]
    assert [one.address for one in reuse.evidence] == ["https://example.org/erst"]


def test_that_a_report_was_asked_about_does_not_make_it_the_one_said_last() -> None:
    old = replace(a_report(number=1, affirmed=DAY - timedelta(days=400)), version=99, asked_at=DAY)

    assert join(old, a_denial(number=2)) == []


@pytest.mark.parametrize(
    ("row", "steps", "expected"),
    [
        (
            a_reuse(stage="trial", since="2025"),
            (step(Stage.IN_USE, "2026"),),
            [(Stage.TRIAL, "2025"), (Stage.IN_USE, "2026")],
        ),
        # told by the body itself, with another date
        (
            a_reuse(stage="trial", since="2024"),
            (step(Stage.TRIAL, "2025"), step(Stage.IN_USE, "2026")),
            [(Stage.TRIAL, "2025"), (Stage.IN_USE, "2026")],
        ),
        # between two steps of the body
        (
            a_reuse(stage="trial", since="2025-06"),
            (step(Stage.INTERESTED, "2025"), step(Stage.IN_USE, "2026")),
            [(Stage.INTERESTED, "2025"), (Stage.TRIAL, "2025-06"), (Stage.IN_USE, "2026")],
        ),
        # later than what the body says is true today, further than it, or without a date
        (a_reuse(stage="trial", since="2026-06"), (step(Stage.IN_USE, "2026"),), [(Stage.IN_USE, "2026")]),
        (a_reuse(stage="ended", until="2025"), (step(Stage.IN_USE, "2026"),), [(Stage.IN_USE, "2026")]),
        (a_reuse(stage="trial"), (step(Stage.IN_USE, "2026"),), [(Stage.IN_USE, "2026")]),
        # nobody knows since when it is in use
        (
            a_reuse(stage="planned", since="2025"),
            (step(Stage.IN_USE),),
            [(Stage.PLANNED, "2025"), (Stage.IN_USE, None)],
        ),
    ],
)  # fmt: skip
def test_dates_of_the_entry_are_added_where_they_come_before_what_the_body_says(
    row: object, steps: tuple[Step, ...], expected: list[tuple[Stage, str | None]]
) -> None:
    (reuse,) = join(a_report(MAGDEBURG, *steps), rows=[row])

    assert [(one.stage, one.since) for one in reuse.steps] == expected


def test_of_a_use_that_has_ended_both_ends_are_told() -> None:
    (reuse,) = join(
        a_report(MAGDEBURG, step(Stage.PLANNED, "2023"), step(Stage.TRIAL, "2024"), step(Stage.ENDED, "2026"))
    )

    assert (reuse.stage, reuse.since, reuse.until) == (Stage.ENDED, "2024", "2026")
    assert not reuse.counts


def test_who_wants_no_name_is_counted_and_nothing_else_of_it_is_told() -> None:
    report = a_report(
        number=7,
        visibility=Visibility.UNNAMED,
        what=What.ADAPTED,
        part="Modul Magdeburg",
        version="2",
        operator="Magdeburg-IT",
        address="https://magdeburg.example/",
        effort="Magdeburg",
        obstacles="Magdeburg",
        contact="it@magdeburg.example",
        evidence="https://magdeburg.example/",
    )

    (reuse,) = join(report, rows=[a_reuse(note="Magdeburg")], named=[MAGDEBURG])

    assert reuse.counts
    assert not reuse.is_named
    assert (reuse.stage, reuse.what) == (Stage.IN_USE, What.ADAPTED)
    assert "magdeburg" not in repr(plain_from_reuse(reuse)).casefold()
    assert MAGDEBURG not in repr(plain_from_reuse(reuse))
    assert "beleg" not in repr(plain_from_reuse(reuse))


def test_two_towns_that_are_one_now_are_one_reuse_by_the_report_said_last() -> None:
    before = a_report(MERGED, step(Stage.TRIAL, "2025"), number=1, affirmed=DAY - timedelta(days=9))
    today = a_report(SMALL, step(Stage.IN_USE, "2026"), number=2)

    (reuse,) = join(before, today)

    assert (reuse.body, reuse.stage, len(reuse.steps)) == (SMALL, Stage.IN_USE, 2)


KEYS = (MAGDEBURG, COLOGNE, SMALL, MERGED, HALLE, "nobody-knows")
DATES = st.none() | st.sampled_from(["2023", "2024-05", "2025-01-31", "2026"])
STEPS = st.lists(st.builds(Step, stage=st.sampled_from(Stage), since=DATES), max_size=4).map(tuple)
REPORTS = st.lists(
    st.builds(
        lambda body, steps, state, days, visibility: (body, steps, state, days, visibility),
        st.sampled_from(KEYS),
        STEPS,
        st.sampled_from([State.CONFIRMED, State.CONFIRMED, State.PENDING, State.WITHDRAWN]),
        st.integers(0, 3),
        st.sampled_from(Visibility),
    ),
    max_size=5,
).map(
    lambda rows: [
        replace(
            a_report(body, number=number, state=state, affirmed=DAY - timedelta(days=days)),
            claim=Claim(solution="hal-plan", body=body, steps=steps, visibility=visibility),
        )
        for number, (body, steps, state, days, visibility) in enumerate(rows, start=1)
    ]
)
ROWS = st.lists(
    st.builds(
        lambda body, stage, relation, confirmed: a_reuse(
            body, stage=stage, relation=relation, confirmed=confirmed
        ),
        st.sampled_from(KEYS[:4]),
        st.sampled_from([stage.value for stage in Stage]),
        st.sampled_from(["uses", "partner"]),
        st.sampled_from(["yes", "no"]),
    ),
    max_size=4,
)


def last_said(reports: Iterable[ReuseReport]) -> dict[str, ReuseReport]:
    """The confirmed report of each body that was affirmed last."""
    confirmed = [one for one in reports if one.state is State.CONFIRMED]
    ordered = sorted(confirmed, key=lambda one: (one.affirmed_at, one.number))
    return {key_of(one.claim.body): one for one in ordered}


@given(REPORTS, ROWS, st.lists(st.sampled_from(KEYS), max_size=3))
def test_no_confirmed_report_is_ever_lost(
    reports: list[ReuseReport], rows: list[object], named: list[str]
) -> None:
    found = join(*reports, rows=rows, named=named)
    by_report = {reuse.report: reuse for reuse in found if reuse.report}
    said = last_said(reports)

    assert by_report.keys() == {one.number for one in said.values() if one.claim.steps}
    for key, report in said.items():
        uses = [reuse for reuse in found if reuse.relation is Relation.USES and key_of(reuse.body) == key]
        is_shown = bool(report.claim.steps) and report.claim.visibility is Visibility.PUBLIC
        assert len(uses) == is_shown
        if report.claim.steps:
            assert by_report[report.number].stage is report.claim.stage


@given(REPORTS, ROWS, st.lists(st.sampled_from(KEYS), max_size=3))
def test_a_body_is_counted_once_whoever_speaks_of_it(
    reports: list[ReuseReport], rows: list[object], named: list[str]
) -> None:
    found = join(*reports, rows=rows, named=named)
    told = [reuse for reuse in found if reuse.origin is not Origin.ENTRY]

    assert len({key_of(reuse.body) for reuse in told}) == len(told)
    written = {key_of(r.body) for r in found if r.origin is Origin.ENTRY and r.relation is Relation.USES}
    assert not written & {key_of(reuse.body) for reuse in told}


@given(REPORTS, st.lists(st.sampled_from(KEYS), max_size=3))
def test_the_order_in_which_it_is_told_does_not_matter(reports: list[ReuseReport], named: list[str]) -> None:
    rows = [a_reuse(MAGDEBURG, stage="trial", since="2024"), a_reuse(MERGED, confirmed="no")]
    expected = join(*reports, rows=rows, named=named)

    for other in list(permutations(reports))[:6]:
        assert join(*other, rows=rows, named=reversed(named)) == expected


@given(REPORTS, ROWS)
def test_what_is_published_reads_back_as_it_was(reports: list[ReuseReport], rows: list[object]) -> None:
    for reuse in join(*reports, rows=rows, named=[COLOGNE]):
        assert reuse_from_plain(plain_from_reuse(reuse)) == reuse
