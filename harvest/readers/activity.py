"""The history in numbers: commits by month, people without names, and the versions that were published."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from catalogue.domain.snapshot import Activity, Gap, Person, Question, Reason, Release, Voice
from harvest.sighting import Commit, ForgeSays, History, Tag

MONTHS = 60
PEOPLE_FOR = 36  # months
MOST_PEOPLE = 500
MOST_RELEASES = 100
EARLIEST = date(1985, 1, 1)  # before that there was nothing to import; clocks that start at 1970 are wrong
_VERSION = re.compile(
    r"(?:(?P<of>[a-z@][a-z0-9@.+_/-]{0,80}?)[-_/@])??"  # the package of a monorepo, or "release"
    r"(?P<v>v|ver|version|release|rel|r)?[-_. ]?"
    r"(?P<number>(?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{1,8}(?:[._][0-9]{1,8}){0,4})"
    r"(?P<rest>[-.+~_a-z][-.+~_a-z0-9]{0,60})?",
    re.IGNORECASE,
)
_PREVIEW = re.compile(
    r"(?<![a-z])(?:alpha|beta|rc|cr|pre|preview|prerelease|dev|snapshot|nightly|canary|next|milestone|test"
    r"|experimental|unstable|insiders|edge|a[0-9]|b[0-9]|m[0-9])",
    re.IGNORECASE,
)
# Tags that programs or teams set along their way; nobody can take such a state over as a version.
_NO_RELEASE = re.compile(
    r"(?<![a-z])(?:build|nightly|deploy(?:ed|ment)?|sprint|backup|archived?|staging|stage|wip|jenkins|ci|tmp|temp"
    r"|before|pre-?merge|autosave|demo|test)(?![a-z])",
    re.IGNORECASE,
)


def read_activity(history: History | None, until: date) -> Activity | Gap:
    """The commits of people, counted; `until` is the day of the look.

    A commit that is dated after the next day or before there was anything to import has a wrong clock: it
    counts as a commit, but says nothing about when.
    """
    if history is None:
        return Gap(question=Question.ACTIVITY, reason=Reason.UNREACHABLE, voice=Voice.HISTORY)
    human = [commit for commit in history.commits if not commit.is_bot]
    dated = [(day, commit) for commit in human if _is_plausible(day := _day(commit.when), until)]
    days = [day for day, _ in dated]
    return Activity(
        first=min(days, default=None) if history.is_whole else None,
        last=max(days, default=None),
        until=until,
        months=_months(days, until),
        people=_people(dated, until),
        commits=len(human),
        bot_commits=len(history.commits) - len(human),
        is_whole=history.is_whole,
    )


def read_releases(
    history: History | None, forge: ForgeSays | None, until: date
) -> tuple[tuple[Release, ...], int]:
    """The versions by tags and by the forge, the newest first, at most 100; and how many there are in all."""
    named = [release for tag in (history.tags if history else ()) if (release := release_of(tag))]
    found = {_key(release.name): release for release in named}
    for release in (forge.releases or ()) if forge else ():
        tagged = found.get(_key(release.name))
        on = min(release.on, tagged.on) if tagged and _is_plausible(tagged.on, until) else release.on
        preview = release.is_preview or _is_preview(release.name)
        found[_key(release.name)] = Release(
            name=release.name[:100], on=on, source="forge", is_preview=preview
        )
    dated = [release for release in found.values() if _is_plausible(release.on, until)]
    newest = sorted(dated, key=lambda release: (release.on, release.name), reverse=True)
    # A flood of previews must not push the last real version out of sight.
    kept = sorted(newest, key=lambda release: release.is_preview)[:MOST_RELEASES]
    return tuple(release for release in newest if release in set(kept)), len(found)


def release_of(tag: Tag) -> Release | None:
    """The version that a tag names: 1.2.0, v3, pkg@1.2.0, release/2024-05; None for other tags."""
    name = tag.name.removeprefix("refs/tags/")[:100]
    match = _VERSION.fullmatch(name)
    if not match or _NO_RELEASE.search(match["of"] or "") or not _is_version(match):
        return None
    return Release(name=name, on=_day(tag.when), is_preview=_is_preview(match["rest"] or ""))


def _is_version(match: re.Match[str]) -> bool:
    """A bare number after a name is no version (sprint-12); with a dot, a `v` or as a date it is."""
    number = match["number"]
    if not number.isdigit():
        return True
    if len(number) in (6, 8):
        return number.startswith(("19", "20"))
    if match["of"] is None:
        return len(number) <= (4 if match["v"] else 3)
    return len(number) <= 3 and match["v"] is not None


def _is_preview(text: str) -> bool:
    return _PREVIEW.search(text) is not None


def _key(name: str) -> str:
    return name.lower().removeprefix("refs/tags/").removeprefix("v")


def _day(when: datetime) -> date:
    """The day in UTC; what lies at the ends of the calendar cannot be shifted and stays as written."""
    try:
        return when.astimezone(UTC).date()
    except (OverflowError, ValueError):
        return when.date()


def _is_plausible(day: date, until: date) -> bool:
    return EARLIEST <= day <= until + timedelta(days=1)


def _months(days: Iterable[date], until: date) -> tuple[int, ...]:
    """Commits by calendar month from the first one with any, oldest first, the last one `until`'s."""
    last = until.year * 12 + until.month
    ages = Counter(max(0, last - day.year * 12 - day.month) for day in days)
    oldest = max((age for age in ages if age < MONTHS), default=-1)
    return tuple(ages[age] for age in range(oldest, -1, -1))


def _people(dated: Iterable[tuple[date, Commit]], until: date) -> tuple[Person, ...]:
    """Who committed within 36 months, the latest first; organisations are numbered as they appear."""
    recent = sorted(
        ((day, commit) for day, commit in dated if _months_between(day, until) <= PEOPLE_FOR),
        key=lambda pair: pair[0],
        reverse=True,
    )
    last: dict[int, date] = {}
    homes: dict[int, str] = {}
    for day, commit in recent:
        last.setdefault(commit.person, day)
        if commit.organisation:
            homes.setdefault(commit.person, commit.organisation)
    numbers = {home: number for number, home in enumerate(dict.fromkeys(homes.values()))}
    return tuple(
        Person(last=day, organisation=numbers.get(homes.get(person, "")))
        for person, day in list(last.items())[:MOST_PEOPLE]
    )


def _months_between(day: date, until: date) -> int:
    return (until.year - day.year) * 12 + until.month - day.month - (until.day < day.day)
