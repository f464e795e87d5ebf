"""How alive a repository is: by its history, never beyond what was seen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from catalogue.domain.snapshot import (
    Activity,
    Fact,
    Gap,
    Person,
    Question,
    Reason,
    Release,
    Snapshot,
    Voice,
    Where,
)
from catalogue.domain.vitality import RANK, Level, judge, judge_all
from catalogue.domain.vitality_signs import Outcome, Sign, months_before

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()


def months_ago(months: int) -> date:
    return months_before(TODAY, months)


def history(
    *last: date, organisations: tuple[int | None, ...] = (), is_whole: bool = True, until: date = TODAY
) -> Activity:
    """One person for each date."""
    people = tuple(
        Person(last=day, organisation=organisations[i] if i < len(organisations) else None)
        for i, day in enumerate(last)
    )
    return Activity(
        first=months_ago(100) if is_whole else None,
        last=max(last, default=None),
        until=until,
        months=(3,) * 12,
        people=people,
        commits=40,
        is_whole=is_whole,
    )


def for_(organisations: tuple[int | None, ...], *, second: int = 1) -> Activity:
    """Two people, the second one last active so many months ago."""
    return history(months_ago(1), months_ago(second), organisations=organisations)


def a_snapshot(activity: Activity | None = None, **other: object) -> Snapshot:
    usual = Snapshot(
        asked="https://github.com/town/thing",
        address="https://github.com/town/thing",
        looked_at=NOW,
        branch="main",
        commit="c0ffee",
        committed_at=NOW,
        refs="",
        activity=activity,
    )
    return replace(usual, **other)  # type: ignore[arg-type]


def released(*days: date, is_preview: bool = False) -> dict[str, object]:
    releases = tuple(Release(name=f"1.{i}", on=day, is_preview=is_preview) for i, day in enumerate(days))
    return {"releases": releases, "releases_in_all": len(releases)}


def archived(is_archived: bool = True) -> Fact:
    return Fact(question=Question.ARCHIVED, value=is_archived, voice=Voice.FORGE)


TWO_OF_LATE = history(months_ago(1), months_ago(2))


@pytest.mark.parametrize(
    ("snapshot", "level"),
    [
        (a_snapshot(TWO_OF_LATE, **released(months_ago(3))), Level.LIVELY),
        (a_snapshot(TWO_OF_LATE, **released(months_ago(12))), Level.LIVELY),  # the twelfth month counts
        (a_snapshot(TWO_OF_LATE, **released(months_ago(13))), Level.MAINTAINED),  # no release of late
        (a_snapshot(TWO_OF_LATE, **released(months_ago(3), is_preview=True)), Level.MAINTAINED),
        (a_snapshot(history(months_ago(1)), **released(months_ago(3))), Level.MAINTAINED),  # one person
        (a_snapshot(history(months_ago(7), months_ago(8)), **released(months_ago(3))), Level.MAINTAINED),
        (a_snapshot(history(months_ago(12))), Level.MAINTAINED),
        (a_snapshot(history(months_ago(13))), Level.QUIET),
        (a_snapshot(history(months_ago(36))), Level.QUIET),
        (a_snapshot(history(months_ago(37))), Level.DORMANT),
        (a_snapshot(TWO_OF_LATE, facts=(archived(),), **released(months_ago(3))), Level.ARCHIVED),
        (a_snapshot(TWO_OF_LATE, facts=(archived(False),), **released(months_ago(3))), Level.LIVELY),
        (a_snapshot(None), Level.UNKNOWN),  # nobody saw a history
        (a_snapshot(history()), Level.UNKNOWN),  # no commit of a person
        (a_snapshot(None, **released(months_ago(1))), Level.UNKNOWN),  # a release alone is no history
        # a cut history still shows the newest commits, and two people in it are two people
        (
            a_snapshot(history(months_ago(1), months_ago(2), is_whole=False), **released(months_ago(3))),
            Level.LIVELY,
        ),
        (a_snapshot(history(months_ago(1), is_whole=False), **released(months_ago(3))), Level.MAINTAINED),
    ],
)
def test_the_level_follows_from_the_table(snapshot, level):
    assert judge(snapshot, NOW, shipped=False).level is level


def test_a_rich_past_does_not_outweigh_five_silent_years():
    people = tuple(Person(last=months_ago(60)) for _ in range(40))
    activity = replace(history(months_ago(60)), people=people, commits=20_000, months=(400,) * 60)
    facts = tuple(
        Fact(question=question, value="x", voice=Voice.TREE)
        for question in (Question.TESTS, Question.CHANGELOG, Question.PACKAGING, Question.SECURITY_POLICY)
    )

    vitality = judge(a_snapshot(activity, facts=facts, **released(months_ago(60))), NOW, shipped=False)

    assert vitality.level is Level.DORMANT


@pytest.mark.parametrize("when", [date(2038, 1, 19), date(9999, 12, 31), TODAY + timedelta(days=2)])
def test_a_clock_that_ran_ahead_keeps_nothing_alive(when):
    snapshot = a_snapshot(history(when), **released(when))

    assert judge(snapshot, NOW, shipped=False).level is Level.UNKNOWN
    assert judge(snapshot, NOW, shipped=False).answer(Sign.RELEASES).outcome is Outcome.UNKNOWN
    for years in range(1, 20):
        later = NOW.replace(year=NOW.year + years)
        assert judge(snapshot, later, shipped=False).level is Level.UNKNOWN


def test_beside_a_clock_that_ran_ahead_the_other_commits_count():
    snapshot = a_snapshot(history(date(2038, 1, 19), months_ago(40)))

    assert judge(snapshot, NOW, shipped=False).level is Level.DORMANT


@pytest.mark.parametrize(
    ("snapshot", "sign", "outcome"),
    [
        (a_snapshot(history(months_ago(1))), Sign.PEOPLE_12, Outcome.NO),
        (a_snapshot(history(months_ago(1), is_whole=False)), Sign.PEOPLE_12, Outcome.UNKNOWN),
        (a_snapshot(history(months_ago(1), is_whole=False)), Sign.AGE, Outcome.UNKNOWN),
        (a_snapshot(history(months_ago(1), is_whole=False)), Sign.RELEASES, Outcome.UNKNOWN),
        (a_snapshot(TWO_OF_LATE), Sign.ORGANISATIONS_12, Outcome.UNKNOWN),  # private addresses
        (a_snapshot(for_((0, 0))), Sign.ORGANISATIONS_12, Outcome.NO),
        (a_snapshot(for_((0, 1))), Sign.ORGANISATIONS_12, Outcome.YES),
        (a_snapshot(for_((0, 1), second=13)), Sign.ORGANISATIONS_12, Outcome.NO),
        (a_snapshot(TWO_OF_LATE), Sign.RELEASES, Outcome.NO),
        (a_snapshot(TWO_OF_LATE), Sign.TESTS, Outcome.UNKNOWN),  # nobody looked
        (a_snapshot(TWO_OF_LATE), Sign.OPEN, Outcome.UNKNOWN),  # no forge was asked
        (a_snapshot(None), Sign.COMMIT_6, Outcome.UNKNOWN),
    ],
)  # fmt: skip
def test_what_could_not_be_seen_is_unknown_and_not_no(snapshot, sign, outcome):
    assert judge(snapshot, NOW, shipped=False).answer(sign).outcome is outcome


@pytest.mark.parametrize(
    ("reasons", "outcome"),
    [
        ((Reason.ABSENT,), Outcome.NO),
        ((Reason.TOO_LARGE,), Outcome.UNKNOWN),
        ((Reason.ABSENT, Reason.UNREACHABLE), Outcome.UNKNOWN),  # one of two places was not looked at
    ],
)
def test_only_looking_everywhere_in_vain_is_a_no(reasons, outcome):
    gaps = tuple(Gap(question=Question.TESTS, reason=reason, voice=Voice.TREE) for reason in reasons)

    assert judge(a_snapshot(gaps=gaps), NOW, shipped=False).answer(Sign.TESTS).outcome is outcome


@pytest.mark.parametrize(
    ("days", "issues", "outcome"),
    [(14, 3, Outcome.YES), (14.5, 3, Outcome.NO), (1, 2, Outcome.UNKNOWN), ("soon", 9, Outcome.UNKNOWN)],
)
def test_the_reaction_to_issues_is_judged_from_three_issues_on(days, issues, outcome):
    fact = Fact(question=Question.REACTION, value={"days": days, "issues": issues}, voice=Voice.FORGE)

    assert judge(a_snapshot(facts=(fact,)), NOW, shipped=False).answer(Sign.REACTION).outcome is outcome


def test_an_answer_names_its_evidence():
    where = Where(path="CHANGELOG.md", first_line=1)
    fact = Fact(question=Question.CHANGELOG, value="CHANGELOG.md", voice=Voice.TREE, where=where)

    vitality = judge(a_snapshot(TWO_OF_LATE, facts=(fact,)), NOW, shipped=False)

    assert vitality.answer(Sign.CHANGELOG).where == where
    assert vitality.answer(Sign.PEOPLE_12).number == 2
    assert vitality.answer(Sign.COMMIT_12).on == months_ago(1)
    assert {answered.sign for answered in vitality.questions} == set(Sign)


def test_a_shipped_look_is_judged_as_of_its_day_and_for_a_year_only():
    snapshot = a_snapshot(TWO_OF_LATE, **released(months_ago(3)))

    after_ten_months = judge(snapshot, datetime(2027, 9, 20, tzinfo=UTC), shipped=True)
    after_thirteen_months = judge(snapshot, datetime(2027, 12, 21, tzinfo=UTC), shipped=True)

    assert (after_ten_months.level, after_ten_months.as_of) == (Level.LIVELY, TODAY)
    assert after_thirteen_months.level is Level.UNKNOWN


def test_an_old_look_of_our_own_does_not_say_that_nothing_happened_since():
    snapshot = a_snapshot(history(months_ago(4)))

    vitality = judge(snapshot, datetime(2027, 3, 20, tzinfo=UTC), shipped=False)

    assert vitality.answer(Sign.COMMIT_6).outcome is Outcome.UNKNOWN
    assert vitality.answer(Sign.PEOPLE_12).outcome is Outcome.UNKNOWN
    assert vitality.level is Level.MAINTAINED


def test_a_solution_is_judged_by_its_main_repository():
    alive = a_snapshot(TWO_OF_LATE, address="https://github.com/town/part", **released(months_ago(3)))
    asleep = a_snapshot(history(months_ago(40)))

    found = judge_all([("component", alive, False), ("main", asleep, False)], NOW)

    assert found is not None
    assert (found.vitality.level, found.by, found.goes_on_in) == (Level.DORMANT, asleep, None)
    assert judge_all([], NOW) is None
    mirror_only = judge_all([("mirror", asleep, False), ("component", alive, False)], NOW)
    assert mirror_only is not None
    assert mirror_only.by is alive


def test_work_that_goes_on_beside_an_archived_repository_is_named():
    old = a_snapshot(TWO_OF_LATE, facts=(archived(),))
    new = a_snapshot(TWO_OF_LATE, address="https://gitlab.opencode.de/town/thing", facts=(archived(False),))

    found = judge_all([("main", old, False), ("main", new, False)], NOW)

    assert found is not None
    assert found.vitality.level is Level.MAINTAINED
    assert found.goes_on_in == "https://gitlab.opencode.de/town/thing"


DAYS = some.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1))
PEOPLE = some.builds(Person, last=DAYS, organisation=some.none() | some.integers(0, 2))
ACTIVITIES = some.builds(
    Activity,
    first=some.none() | DAYS,
    last=some.none() | DAYS,
    until=some.just(TODAY),
    months=some.lists(some.integers(0, 9), max_size=60).map(tuple),
    people=some.lists(PEOPLE, max_size=4).map(tuple),
    commits=some.integers(0, 99),
    is_whole=some.booleans(),
)
RELEASES = some.lists(
    some.builds(Release, name=some.text(max_size=4), on=DAYS, is_preview=some.booleans()), max_size=4
)
SNAPSHOTS = some.builds(
    a_snapshot,
    some.none() | ACTIVITIES,
    releases=RELEASES.map(tuple),
    facts=some.sampled_from([(), (archived(),), (archived(False),)]),
    looked_at=some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=some.just(UTC)),
)
MOMENTS = some.datetimes(datetime(2020, 1, 1), datetime(2045, 1, 1), timezones=some.just(UTC))


@given(SNAPSHOTS, MOMENTS, MOMENTS, some.booleans())
def test_time_alone_never_raises_a_level(snapshot, one, other, shipped):
    earlier, later = sorted((one, other))

    before = judge(snapshot, earlier, shipped=shipped).level
    after = judge(snapshot, later, shipped=shipped).level

    assert RANK[after] <= RANK[before]


@given(SNAPSHOTS, MOMENTS, some.booleans(), DAYS)
def test_another_commit_never_makes_it_worse(snapshot, now, shipped, day):
    assume(snapshot.activity is not None)
    assume(day <= snapshot.looked_at.date())  # the reader keeps the others out
    activity = snapshot.activity
    more = replace(
        activity,
        last=max(filter(None, (activity.last, day))),
        people=(*activity.people, Person(last=day)),
        commits=activity.commits + 1,
    )

    before = judge(snapshot, now, shipped=shipped).level
    after = judge(replace(snapshot, activity=more), now, shipped=shipped).level

    assert RANK[after] >= RANK[before]


@given(SNAPSHOTS, some.integers(60, 400))
def test_without_a_commit_for_five_years_nothing_else_helps(snapshot, months):
    assume(snapshot.activity is not None)
    day = months_before(snapshot.looked_at.date(), months)
    people = tuple(replace(person, last=day) for person in snapshot.activity.people)
    silent = replace(snapshot, activity=replace(snapshot.activity, last=day, people=people))

    assert judge(silent, snapshot.looked_at, shipped=False).level in (Level.DORMANT, Level.ARCHIVED)


@given(SNAPSHOTS, MOMENTS)
def test_the_top_level_needs_a_yes_to_each_of_its_questions(snapshot, now):
    vitality = judge(snapshot, now, shipped=False)

    if vitality.level is Level.LIVELY:
        needed = (Sign.COMMIT_6, Sign.COMMIT_12, Sign.PEOPLE_12, Sign.RELEASE_12)
        assert {vitality.answer(sign).outcome for sign in needed} == {Outcome.YES}
        assert vitality.answer(Sign.OPEN).outcome is not Outcome.NO
