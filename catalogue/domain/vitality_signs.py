"""The questions about signs of life, each answered from one snapshot: yes, no or unknown, with evidence."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from catalogue.domain.snapshot import Activity, Fact, Question, Reason, Release, Snapshot, Where

FRESH_FOR = timedelta(days=31)  # an older look cannot say that nothing has happened since
QUICK = 14  # days to the first answer
FEWEST_ISSUES = 3


class Sign(StrEnum):
    """A question about signs of life; yes is always the good answer. Words: `vitality_words`."""

    COMMIT_6 = "commit-6"
    COMMIT_12 = "commit-12"
    PEOPLE_12 = "people-12"
    ORGANISATIONS_12 = "organisations-12"
    RELEASES = "releases"
    RELEASE_12 = "release-12"
    CHANGELOG = "changelog"
    CONTINUOUS_INTEGRATION = "continuous-integration"
    TESTS = "tests"
    PACKAGING = "packaging"
    OPERATION = "operation"
    SECURITY_POLICY = "security-policy"
    REACTION = "reaction"
    OPEN = "open"  # not archived
    AGE = "age"


class Outcome(StrEnum):
    """The answer to one question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question with its answer and the evidence: where, how many, of which day; `because` if unknown.

    `number` counts commits, people, organisations, releases, months of age or days until an answer.
    """

    sign: Sign
    outcome: Outcome
    where: Where | None = None
    number: float | None = None
    on: date | None = None
    because: Reason | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A snapshot and the day for which it is judged."""

    snapshot: Snapshot
    as_of: date

    @property
    def looked_on(self) -> date:
        """The day of the look."""
        return self.snapshot.looked_at.date()

    @property
    def activity(self) -> Activity | None:
        """The history in numbers."""
        return self.snapshot.activity

    @property
    def last(self) -> date | None:
        """The day of the last commit of a person that is not dated after the look."""
        days = [self.activity.last] if self.activity and self.activity.last else []
        days += [person.last for person in self.activity.people] if self.activity else []
        return max((day for day in days if not self.is_future(day)), default=None)

    @property
    def is_fresh(self) -> bool:
        """Whether the look is young enough to say that nothing has happened since."""
        return self.as_of - self.looked_on <= FRESH_FOR

    def is_future(self, day: date) -> bool:
        """Whether a day lies more than one after the look: somebody's clock was wrong, for ever."""
        return (day - self.looked_on).days > 1

    def is_within(self, day: date, months: int) -> bool:
        """Whether a day lies in the months before the day of judging."""
        return not self.is_future(day) and day >= months_before(self.as_of, months)

    def releases(self) -> list[Release]:
        """The versions that are no previews and not dated after the look."""
        return [one for one in self.snapshot.releases if not one.is_preview and not self.is_future(one.on)]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month. The calendar begins in year 1."""
    count = max(day.year * 12 + day.month - 1 - months, 12)
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _yes_or_no(is_yes: bool) -> Outcome:
    return Outcome.YES if is_yes else Outcome.NO


def _unknown(sign: Sign, because: Reason) -> Answered:
    return Answered(sign=sign, outcome=Outcome.UNKNOWN, because=because)


def _no_history(look: Look, sign: Sign) -> Answered:
    gaps = look.snapshot.gaps_on(Question.ACTIVITY)
    return _unknown(
        sign, gaps[0].reason if gaps else Reason.UNREADABLE if look.activity else Reason.NOT_ASKED
    )


def _commit(look: Look, sign: Sign) -> Answered:
    """A commit of a person within 6 or 12 months."""
    if look.last is None or look.activity is None:
        return _no_history(look, sign)
    months = 6 if sign is Sign.COMMIT_6 else 12
    is_yes = look.is_within(look.last, months)
    if not is_yes and not look.is_fresh:
        return _unknown(sign, Reason.UNREACHABLE)
    number = sum(look.activity.months[-months:]) if look.is_within(look.activity.until, 1) else None
    return Answered(sign=sign, outcome=_yes_or_no(is_yes), number=number, on=look.last)


def _people(look: Look, sign: Sign) -> Answered:
    """At least two people, or two organisations, with a commit within 12 months."""
    if look.last is None or look.activity is None:
        return _no_history(look, sign)
    active = [person for person in look.activity.people if look.is_within(person.last, 12)]
    homes = {person.organisation for person in active} - {None}
    count = len(active) if sign is Sign.PEOPLE_12 else len(homes)
    if count >= 2:
        return Answered(sign=sign, outcome=Outcome.YES, number=count, on=look.last)
    if not look.is_fresh:
        return _unknown(sign, Reason.UNREACHABLE)
    if not look.activity.is_whole:
        return _unknown(sign, Reason.TOO_LARGE)
    if sign is Sign.ORGANISATIONS_12 and any(person.organisation is None for person in active):
        return _unknown(sign, Reason.PERSONAL)  # a private address does not say for whom somebody works
    return Answered(sign=sign, outcome=Outcome.NO, number=count, on=look.last)


def _release(look: Look, sign: Sign) -> Answered:
    """A version that is no preview, at all or within 12 months."""
    releases = look.releases()
    last = max((release.on for release in releases), default=None)
    if last is None:
        return _no_release(look, sign)
    is_yes = sign is Sign.RELEASES or look.is_within(last, 12)
    if not is_yes and not look.is_fresh:
        return _unknown(sign, Reason.UNREACHABLE)
    months = None if sign is Sign.RELEASES else 12
    number = sum(months is None or look.is_within(release.on, months) for release in releases)
    return Answered(sign=sign, outcome=_yes_or_no(is_yes), number=number, on=last)


def _no_release(look: Look, sign: Sign) -> Answered:
    if look.activity is None:
        return _no_history(look, sign)
    if not look.is_fresh or not look.activity.is_whole:
        return _unknown(sign, Reason.UNREACHABLE if not look.is_fresh else Reason.TOO_LARGE)
    if any(look.is_future(release.on) for release in look.snapshot.releases):
        return _unknown(sign, Reason.UNREADABLE)
    return Answered(sign=sign, outcome=Outcome.NO, number=0)


_SEEN_IN_TREE: Mapping[Sign, Question] = {
    Sign.CHANGELOG: Question.CHANGELOG,
    Sign.CONTINUOUS_INTEGRATION: Question.CONTINUOUS_INTEGRATION,
    Sign.TESTS: Question.TESTS,
    Sign.PACKAGING: Question.PACKAGING,
    Sign.OPERATION: Question.OPERATION,
    Sign.SECURITY_POLICY: Question.SECURITY_POLICY,
}


def _seen(look: Look, sign: Sign) -> Answered:
    """Something that the look found in the repository, or looked for in vain."""
    question, looked_on = _SEEN_IN_TREE[sign], look.looked_on
    if facts := look.snapshot.facts_on(question):
        return Answered(sign=sign, outcome=Outcome.YES, where=facts[0].where, number=len(facts), on=looked_on)
    reasons = [gap.reason for gap in look.snapshot.gaps_on(question)]
    if reasons and all(reason is Reason.ABSENT for reason in reasons):
        return Answered(sign=sign, outcome=Outcome.NO, number=0, on=looked_on)
    because = next((reason for reason in reasons if reason is not Reason.ABSENT), Reason.NOT_ASKED)
    return _unknown(sign, because)


def _reaction(look: Look, sign: Sign) -> Answered:
    """Median of days until somebody else answers an issue, of at least three issues."""
    facts = look.snapshot.facts_on(Question.REACTION)
    days, issues = _numbers(facts[0]) if facts else (None, 0.0)
    if days is None or issues < FEWEST_ISSUES:
        reasons = [gap.reason for gap in look.snapshot.gaps_on(Question.REACTION)]
        return _unknown(sign, reasons[0] if reasons else Reason.ABSENT if facts else Reason.NOT_ASKED)
    on = look.looked_on
    return Answered(sign=sign, outcome=_yes_or_no(days <= QUICK), where=facts[0].where, number=days, on=on)


def _numbers(fact: Fact) -> tuple[float | None, float]:
    value = fact.value if isinstance(fact.value, Mapping) else {}
    days, issues = value.get("days"), value.get("issues")
    return (
        float(days) if isinstance(days, int | float) else None,
        float(issues) if isinstance(issues, int | float) else 0.0,
    )


def _open(look: Look, sign: Sign) -> Answered:
    """Not archived, as far as somebody says."""
    facts = look.snapshot.facts_on(Question.ARCHIVED)
    on = look.looked_on
    for fact in facts:
        if fact.value is True:
            return Answered(sign=sign, outcome=Outcome.NO, where=fact.where, on=on)
    if facts:
        return Answered(sign=sign, outcome=Outcome.YES, where=facts[0].where, on=on)
    gaps = look.snapshot.gaps_on(Question.ARCHIVED)
    return _unknown(sign, gaps[0].reason if gaps else Reason.NOT_ASKED)


def _age(look: Look, sign: Sign) -> Answered:
    """The first commit is at least 12 months old."""
    first = look.activity.first if look.activity else None
    if look.activity is None or (first is None and look.activity.is_whole):
        return _no_history(look, sign)
    if first is None or look.is_future(first):
        return _unknown(sign, Reason.TOO_LARGE if first is None else Reason.UNREADABLE)
    months = (look.as_of.year - first.year) * 12 + look.as_of.month - first.month
    months -= look.as_of.day < first.day
    return Answered(
        sign=sign, outcome=_yes_or_no(not look.is_within(first, 12)), number=max(0, months), on=first
    )


ASK: Mapping[Sign, Callable[[Look, Sign], Answered]] = {
    Sign.COMMIT_6: _commit,
    Sign.COMMIT_12: _commit,
    Sign.PEOPLE_12: _people,
    Sign.ORGANISATIONS_12: _people,
    Sign.RELEASES: _release,
    Sign.RELEASE_12: _release,
    **dict.fromkeys(_SEEN_IN_TREE, _seen),
    Sign.REACTION: _reaction,
    Sign.OPEN: _open,
    Sign.AGE: _age,
}
