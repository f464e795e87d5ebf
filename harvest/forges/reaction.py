"""How soon a project answers: the days from an issue's opening to the first answer by somebody else.

What is measured, the same for every forge: of the newest issues (no pull requests, none opened by a bot)
those whose comments are all known, the time until the first comment of a person other than the reporter,
or until such a person closed the issue. Issues that the reporter closed unanswered are left out. An issue
that has waited for more than 30 days, seen from the newest event on the pages read, counts as waiting
longer than any other, unless its reporter answers other people's issues: that is a note of the team to
itself. The value is the median; there is none with fewer than three issues, nor where most of them wait.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from catalogue.domain.snapshot import Plain
from harvest.forges.answers import count, when

FEWEST = 3
PATIENCE = timedelta(days=30)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue in the little that is needed; people are numbers, as `answers.person` makes them."""

    number: int
    opened: datetime
    by: int
    comments: int
    closed: datetime | None = None
    closed_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment on an issue; `by` is None where a bot or nobody known wrote it."""

    issue: int
    on: datetime
    by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The median in days, None where there is none; `issues` is how many were reckoned with."""

    days: float | None
    issues: int
    why: str = ""


def issues_from(plain: object) -> tuple[Issue, ...]:
    """The issues that an adapter picked, whoever remembered them since."""
    found = (_issue(item) for item in (plain if isinstance(plain, list | tuple) else ()))
    return tuple(issue for issue in found if issue)


def _issue(item: object) -> Issue | None:
    if not isinstance(item, Mapping):
        return None
    number, by = count(item.get("number")), count(item.get("by"))
    opened = when(item.get("opened"))
    if number is None or by is None or opened is None:
        return None
    return Issue(
        number=number,
        opened=opened,
        by=by,
        comments=count(item.get("comments")) or 0,
        closed=when(item.get("closed")),
        closed_by=count(item.get("closed_by")),
    )


def comments_from(plain: object) -> tuple[Comment, ...]:
    """The comments that an adapter picked, whoever remembered them since."""
    found = (_comment(item) for item in (plain if isinstance(plain, list | tuple) else ()))
    return tuple(comment for comment in found if comment)


def _comment(item: object) -> Comment | None:
    if not isinstance(item, Mapping):
        return None
    issue, on = count(item.get("issue")), when(item.get("on"))
    if issue is None or on is None:
        return None
    return Comment(issue=issue, on=on, by=count(item.get("by")))


def reaction(issues: Sequence[Issue], comments: Sequence[Comment]) -> Reaction:
    """The median time to the first answer, by the rule at the top of this module."""
    known = Counter(comment.issue for comment in comments)
    told = [issue for issue in issues if known[issue.number] >= issue.comments]
    answers = {issue.number: _answers(issue, comments) for issue in told}
    team = {by for found in answers.values() for _, by in found}
    newest = max((moment for moment in _moments(issues, comments)), default=None)
    waits: list[float] = []
    for issue in told:
        if found := answers[issue.number]:
            waits.append((min(on for on, _ in found) - issue.opened) / _DAY)
        elif newest and not issue.closed and issue.by not in team and newest - issue.opened > PATIENCE:
            waits.append(math.inf)
    if len(waits) < FEWEST:
        return Reaction(
            days=None, issues=len(waits), why=f"{len(waits)} issues with a known answer, 3 needed"
        )
    days = median(waits)
    if math.isinf(days):
        return Reaction(days=None, issues=len(waits), why=f"most of {len(waits)} issues wait for an answer")
    return Reaction(days=round(days, 2), issues=len(waits))


def _answers(issue: Issue, comments: Iterable[Comment]) -> list[tuple[datetime, int]]:
    """What others than the reporter did about the issue: when and who."""
    found = [(c.on, c.by) for c in comments if c.issue == issue.number and c.by not in (None, issue.by)]
    if issue.closed and issue.closed_by not in (None, issue.by):
        found.append((issue.closed, issue.closed_by))
    return [(on, by) for on, by in found if by is not None and on >= issue.opened]


def _moments(issues: Iterable[Issue], comments: Iterable[Comment]) -> Iterable[datetime]:
    for issue in issues:
        yield issue.opened
        if issue.closed:
            yield issue.closed
    for comment in comments:
        yield comment.on


def picked_issue(
    *,
    number: object,
    opened: str | None,
    by: int | None,
    comments: object,
    closed: str | None = None,
    closed_by: int | None = None,
) -> Plain:
    """An issue as it is remembered; None where its number, opening or reporter is unknown."""
    known = count(number)
    if known is None or opened is None or by is None:
        return None
    plain: dict[str, Plain] = {"number": known, "opened": opened, "by": by, "comments": count(comments) or 0}
    if closed:
        plain["closed"] = closed
    if closed_by is not None:
        plain["closed_by"] = closed_by
    return plain


def picked_comment(*, issue: object, on: str | None, by: int | None) -> Plain:
    """A comment as it is remembered; None where its issue or its moment is unknown."""
    known = count(issue)
    return None if known is None or on is None else {"issue": known, "on": on, "by": by}
