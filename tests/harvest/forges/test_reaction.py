"""How soon a project answers: only answers of others count, and what is not known is not reckoned with."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from harvest.forges.reaction import Comment, Issue, reaction

START = datetime(2026, 1, 1, tzinfo=UTC)
TEAM, ASKER, OTHER = 1, 2, 3


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def an_issue(number: int, *, opened: float = 0, by: int = ASKER, comments: int = 1, **more: object) -> Issue:
    return Issue(number=number, opened=day(opened), by=by, comments=comments, **more)


def a_comment(issue: int, on: float, by: int | None = TEAM) -> Comment:
    return Comment(issue=issue, on=day(on), by=by)


ANSWERED = ([an_issue(1), an_issue(2)], [a_comment(1, 1), a_comment(2, 3)])


@pytest.mark.parametrize(
    ("issues", "comments", "expected"),
    [
        ([an_issue(3)], [a_comment(3, 5)], (3.0, 3)),  # the median of 1, 3 and 5
        ([], [], (None, 2)),  # two say nothing yet
        ([an_issue(3)], [a_comment(3, 5, ASKER)], (None, 2)),  # nobody answers oneself
        ([an_issue(3)], [a_comment(3, 5, None)], (None, 2)),  # nor is a bot an answer
        ([an_issue(3, comments=2)], [a_comment(3, 4, None), a_comment(3, 5)], (3.0, 3)),
        ([an_issue(3, comments=2)], [a_comment(3, 5)], (None, 2)),  # the other one may have been earlier
        ([an_issue(3, comments=0, closed=day(5), closed_by=TEAM)], [], (3.0, 3)),  # closing is an answer
        ([an_issue(3, comments=0, closed=day(5), closed_by=ASKER)], [], (None, 2)),  # taken back
        ([an_issue(3, comments=0, closed=day(5))], [], (None, 2)),  # closed by nobody knows whom
        ([an_issue(3, comments=0)], [], (None, 2)),  # waiting, but not for long as far as one can see
        (
            [an_issue(3, comments=0), an_issue(4, opened=40)],  # waiting for 40 days, when 4 was opened
            [a_comment(4, 41)],
            (2.0, 4),  # the median of 1, 1, 3 and never
        ),
        (
            [an_issue(3, comments=0, by=TEAM), an_issue(4, opened=40)],  # a note of the team to itself
            [a_comment(4, 41)],
            (1.0, 3),
        ),
        (
            [an_issue(number, comments=0, by=OTHER) for number in (3, 4)]
            + [an_issue(5, opened=40, comments=0)],
            [],
            (None, 4),  # most of them wait
        ),
        ([an_issue(3, opened=9)], [a_comment(3, 8)], (None, 2)),  # an answer before the question is none
    ],
)
def test_the_reaction_is_the_median_of_what_is_known(issues, comments, expected):
    found = reaction([*ANSWERED[0], *issues], [*ANSWERED[1], *comments])

    assert (found.days, found.issues) == expected
    assert bool(found.why) == (found.days is None)


ISSUES = some.builds(
    Issue,
    number=some.integers(0, 5),
    opened=some.floats(0, 100).map(day),
    by=some.integers(0, 3),
    comments=some.integers(0, 3),
    closed=some.none() | some.floats(0, 100).map(day),
    closed_by=some.none() | some.integers(0, 3),
)
COMMENTS = some.builds(
    Comment,
    issue=some.integers(0, 5),
    on=some.floats(0, 100).map(day),
    by=some.none() | some.integers(0, 3),
)


@given(some.lists(ISSUES, max_size=8), some.lists(COMMENTS, max_size=12))
def test_a_reaction_is_a_number_of_days_from_three_issues_or_there_is_none(issues, comments):
    found = reaction(issues, comments)

    assert found.days is None or (0 <= found.days <= 100 and 3 <= found.issues <= len(issues))
