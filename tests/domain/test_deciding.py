"""What the office may make of a report: every move by table, undoing as a chain, merging without loss."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain import deciding
from catalogue.domain.deciding import CannotDecide, Refusal
from catalogue.domain.merging import merged, merged_claim, merged_steps
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import (
    MOVES,
    Action,
    Claim,
    Event,
    ReuseReport,
    State,
    Visibility,
    after,
    differences,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
IN_USE = Step(stage=Stage.IN_USE, since="2025-05")
CLAIM = Claim(solution="hal-plan", body="15003000", steps=(IN_USE,))
ANOTHER = replace(CLAIM, version="2")


def a_report(**changes: object) -> ReuseReport:
    return replace(
        ReuseReport(number=1, version=1, state=State.PENDING, claim=CLAIM, reported_at=NOW), **changes
    )


def refusal(act: Callable[[], object]) -> Refusal:
    with pytest.raises(CannotDecide) as caught:
        act()
    return caught.value.refusal


class Book:
    """A report with its events, as the store keeps them."""

    def __init__(self, report: ReuseReport) -> None:
        self.report: ReuseReport = replace(report, version=0)
        self.events: list[Event] = []
        self.keep(report, Action.SUBMITTED, "reporter", before=None)

    def keep(
        self, new: ReuseReport, action: Action, actor: str = "office:7", *, before: object = ...
    ) -> None:
        old = self.report if before is ... else None
        number = len(self.events) + 1
        self.events.append(
            Event(report=1, number=number, at=NOW, actor=actor, action=action, changes=differences(old, new))
        )
        self.report = replace(new, version=number)

    def undo(self) -> None:
        self.keep(deciding.undone(self.report, self.events), Action.UNDONE)

    @property
    def replayed(self) -> ReuseReport:
        report = None
        for event in self.events:
            report = after(report, event)
        assert report is not None
        return report


MAKES = {
    State.CONFIRMED: lambda report: deciding.confirmed(report, now=LATER),
    State.REJECTED: lambda report: deciding.rejected(report, "Kein Nachweis.", now=LATER),
}


@pytest.mark.parametrize("wanted", list(MAKES))
@pytest.mark.parametrize("state", list(State))
def test_the_office_moves_reports_only_as_the_table_says(state: State, wanted: State) -> None:
    report = a_report(state=state)

    if wanted in MOVES[state] and wanted is not state:
        assert MAKES[wanted](report).state is wanted
        assert MAKES[wanted](report).decided_at == LATER
    else:
        assert refusal(lambda: MAKES[wanted](report)) is Refusal.NOT_FROM_HERE


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (
            lambda report: deciding.corrected(report, replace(CLAIM, version="2")),
            "pending confirmed rejected",
        ),
        (lambda report: deciding.affirmed(report, now=LATER), "confirmed"),
        (lambda report: deciding.asked(report, now=LATER), "confirmed"),
        (lambda report: deciding.accepted(replace(report, is_to_check=True), now=LATER), "confirmed"),
    ],
    ids=["correct", "affirm", "ask", "accept"],
)
def test_other_steps_need_the_right_state(act, allowed: str, state: State) -> None:
    report = a_report(state=state)

    if state.value in allowed.split():
        assert act(report).state is state
    else:
        refusal(lambda: act(report))


def test_confirming_makes_a_report_fresh_and_settles_what_was_open() -> None:
    report = a_report(state=State.REJECTED, reason="Kein Nachweis.", is_to_check=True)

    done = deciding.confirmed(report, now=LATER)

    assert (done.affirmed_at, done.reason, done.is_to_check) == (LATER, "", False)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nothing_is_rejected_without_a_reason(reason: str) -> None:
    assert refusal(lambda: deciding.rejected(a_report(), reason, now=NOW)) is Refusal.REASON_MISSING


def test_a_correction_that_changes_nothing_is_none() -> None:
    assert refusal(lambda: deciding.corrected(a_report(), CLAIM)) is Refusal.NOTHING_CHANGED


def test_nobody_is_asked_twice_in_sixty_days() -> None:
    asked = deciding.asked(a_report(state=State.CONFIRMED), now=NOW)

    assert refusal(lambda: deciding.asked(asked, now=NOW + timedelta(days=59))) is Refusal.ASKED_ALREADY
    assert deciding.asked(asked, now=NOW + timedelta(days=60)).asked_at == NOW + timedelta(days=60)


# --- Undoing


def test_undoing_goes_back_step_by_step_and_ends_where_the_reporter_began() -> None:
    book = Book(a_report())
    begun = book.report
    book.keep(deciding.confirmed(book.report, now=NOW), Action.CONFIRMED)
    confirmed = book.report
    book.keep(deciding.corrected(book.report, replace(CLAIM, version="2")), Action.CORRECTED)
    book.keep(deciding.asked(book.report, now=NOW), Action.ASKED)  # went out, stays asked

    book.undo()
    assert replace(book.report, version=confirmed.version, asked_at=None) == confirmed
    book.undo()
    assert replace(book.report, version=begun.version, asked_at=None) == begun
    assert refusal(book.undo) is Refusal.CHANGED_SINCE
    assert deciding.find_undoable(book.events) is None


def test_after_an_undo_the_office_may_decide_and_undo_anew() -> None:
    book = Book(a_report())
    book.keep(deciding.rejected(book.report, "Irrtum.", now=NOW), Action.REJECTED)
    book.undo()
    book.keep(deciding.confirmed(book.report, now=LATER), Action.CONFIRMED)

    book.undo()

    assert (book.report.state, book.report.reason) == (State.PENDING, "")


def test_what_the_reporter_changed_since_is_not_undone_over() -> None:
    book = Book(a_report())
    book.keep(deciding.confirmed(book.report, now=NOW), Action.CONFIRMED)
    ended = replace(book.report.claim, steps=(IN_USE, Step(stage=Stage.ENDED, since="2026-06")))
    book.keep(replace(book.report, claim=ended, is_to_check=True), Action.CHANGED, "reporter")

    assert refusal(book.undo) is Refusal.CHANGED_SINCE

    book.keep(deciding.reverted(book.report, book.events, now=LATER), Action.UNDONE)
    assert book.report.claim == CLAIM
    assert not book.report.is_to_check
    assert book.report.state is State.CONFIRMED


def test_reverting_takes_back_all_changes_since_the_office_last_looked_and_none_before() -> None:
    book = Book(a_report())
    book.keep(deciding.confirmed(book.report, now=NOW), Action.CONFIRMED)
    for version in ("2", "3"):
        changed = replace(book.report, claim=replace(book.report.claim, version=version), is_to_check=True)
        book.keep(changed, Action.CHANGED, "reporter")
    book.keep(deciding.accepted(book.report, now=NOW), Action.CONFIRMED)
    for operator in ("A", "B"):
        claim = replace(book.report.claim, operator=operator)
        book.keep(replace(book.report, claim=claim, is_to_check=True), Action.CHANGED, "reporter")

    reverted = deciding.reverted(book.report, book.events, now=LATER)

    assert (reverted.claim.version, reverted.claim.operator) == ("3", "")


def test_a_report_that_the_office_made_confirmed_has_nothing_before_it() -> None:
    book = Book(a_report(state=State.CONFIRMED))
    book.events[0] = replace(book.events[0], actor="office:7", action=Action.CONFIRMED)

    assert refusal(book.undo) is Refusal.NOTHING_TO_UNDO


def test_a_municipal_reform_keeps_nobody_from_undoing_and_its_key_stays() -> None:
    book = Book(a_report())
    book.keep(deciding.confirmed(book.report, now=LATER), Action.CONFIRMED)
    there = replace(book.report, claim=replace(book.report.claim, body="15091375"))
    book.keep(there, Action.MOVED, actor="system")

    undone = deciding.undone(book.report, book.events)

    assert (undone.state, undone.claim.body) == (State.PENDING, "15091375")


STEPS = {
    "confirm": (lambda book: deciding.confirmed(book.report, now=LATER), Action.CONFIRMED),
    "reject": (lambda book: deciding.rejected(book.report, "Nein.", now=LATER), Action.REJECTED),
    "correct": (
        lambda book: deciding.corrected(book.report, replace(CLAIM, version=str(len(book.events)))),
        Action.CORRECTED,
    ),
    "affirm": (lambda book: deciding.affirmed(book.report, now=LATER), Action.AFFIRMED),
    "ask": (lambda book: deciding.asked(book.report, now=LATER), Action.ASKED),
    "undo": (lambda book: deciding.undone(book.report, book.events), Action.UNDONE),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_the_events_replayed_give_the_report_of_today_whatever_the_office_does(names: list[str]) -> None:
    book = Book(a_report())
    for name in names:
        make, action = STEPS[name]
        try:
            book.keep(make(book), action)
        except CannotDecide:
            continue

    assert book.replayed == book.report


@given(st.lists(st.sampled_from(["confirm", "reject", "correct", "affirm"]), max_size=8))
def test_undoing_everything_leads_back_to_what_was_reported(names: list[str]) -> None:
    book = Book(a_report())
    begun = book.report
    done = 0
    for name in names:
        make, action = STEPS[name]
        try:
            book.keep(make(book), action)
        except CannotDecide:
            continue
        done += 1

    for _ in range(done):
        book.undo()

    assert replace(book.report, version=1) == begun


# --- Merging

DATES = st.one_of(st.none(), st.sampled_from(["2023", "2024-01", "2024-06-30", "2025", "2026-02"]))
SOME_STEPS = st.lists(
    st.builds(Step, stage=st.sampled_from(Stage), since=DATES),
    min_size=1,
    max_size=5,
    unique_by=lambda step: step.stage,
)
TEXTS = st.sampled_from(["", "Anton", "Berta"])
CLAIMS = st.builds(
    lambda steps, **texts: Claim(solution="hal-plan", body="15003000", steps=tuple(steps), **texts),
    SOME_STEPS,
    **dict.fromkeys(("version", "operator", "obstacles", "contact", "evidence"), TEXTS),
    visibility=st.sampled_from(Visibility),
)


@given(CLAIMS, CLAIMS)
def test_merging_loses_no_stage_no_date_and_no_text(into: Claim, other: Claim) -> None:
    both = merged_claim(into, other)

    stages = {step.stage: step.since for step in both.steps}
    assert set(stages) == {step.stage for step in (*into.steps, *other.steps)}
    assert len(both.steps) == len(stages)
    for step in into.steps:
        assert step.since is None or stages[step.stage] == step.since
    for step in other.steps:
        assert step.since is None or stages[step.stage] is not None
    for name in ("version", "operator", "obstacles", "contact", "evidence"):
        assert getattr(both, name) == (getattr(into, name) or getattr(other, name))
    assert (both.visibility is Visibility.UNNAMED) == (
        Visibility.UNNAMED in (into.visibility, other.visibility)
    )


@pytest.mark.parametrize(
    ("into", "other", "expected"),
    [
        ("trial 2024", "in-use 2025", "trial 2024, in-use 2025"),  # the later one is of today
        ("in-use 2025", "trial 2024", "trial 2024, in-use 2025"),
        ("in-use 2025", "in-use 2024", "in-use 2025"),  # what stays holds
        ("in-use", "in-use 2024", "in-use 2024"),
        ("in-use 2024", "ended", "in-use 2024, ended"),  # without a date the order of the stages decides
        ("in-use 2025", "trial 2025-03", "trial 2025-03, in-use 2025"),
        ("ended 2023, trial 2026", "in-use 2022", "in-use 2022, ended 2023, trial 2026"),  # begun anew
    ],
)
def test_steps_stand_in_the_order_of_their_beginnings(into: str, other: str, expected: str) -> None:
    def steps(text: str) -> tuple[Step, ...]:
        parts = [part.partition(" ") for part in text.split(", ")]
        return tuple(Step(stage=Stage(stage), since=since or None) for stage, _, since in parts)

    assert merged_steps(steps(into), steps(other)) == steps(expected)


def merge(other: ReuseReport, into: ReuseReport) -> tuple[ReuseReport, ReuseReport]:
    return merged(other, into, canonical=lambda key: {"15081000": "15081001"}.get(key, key), now=NOW)


def test_the_report_that_goes_says_where_it_went() -> None:
    gone, both = merge(a_report(), a_report(number=2, state=State.CONFIRMED))

    assert (gone.state, gone.merged_into) == (State.MERGED, 2)
    assert both.state is State.CONFIRMED


def test_a_body_that_was_merged_by_a_reform_is_the_same_body() -> None:
    old, new = replace(CLAIM, body="15081000"), replace(CLAIM, body="15081001")

    gone, both = merge(a_report(claim=old), a_report(number=2, claim=new))

    assert gone.merged_into == both.number


@pytest.mark.parametrize(
    ("other", "into", "expected"),
    [
        ({}, {"number": 1}, Refusal.NOT_THE_SAME),  # itself
        ({}, {"claim": replace(CLAIM, body="15002000")}, Refusal.NOT_THE_SAME),
        ({}, {"claim": replace(CLAIM, solution="civitas-core")}, Refusal.NOT_THE_SAME),
        ({}, {"claim": replace(CLAIM, steps=())}, Refusal.CONTRARY),
        ({"state": State.CONFIRMED}, {}, Refusal.CONFIRM_FIRST),  # would count no more
        ({}, {"state": State.REJECTED}, Refusal.OTHER_CLOSED),
        ({"state": State.WITHDRAWN}, {}, Refusal.NOT_FROM_HERE),
    ],
)
def test_only_what_says_the_same_is_merged(other, into, expected: Refusal) -> None:
    assert refusal(lambda: merge(a_report(**other), a_report(**{"number": 2, **into}))) is expected
