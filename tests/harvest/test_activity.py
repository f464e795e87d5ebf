"""The history in numbers: people without names, months, and versions told from other tags."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.domain.snapshot import Activity, Gap, Reason, Release
from harvest.readers.activity import read_activity, read_releases, release_of
from harvest.sighting import Commit, ForgeSays, History, Tag

UNTIL = date(2026, 11, 20)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_commit(day: str, person: int = 1, organisation: str | None = None, is_bot: bool = False) -> Commit:
    return Commit(when=at(day), person=person, organisation=organisation, is_bot=is_bot)


def counted(*commits: Commit, is_whole: bool = True) -> Activity:
    found = read_activity(History(commits=commits, tags=(), is_whole=is_whole), UNTIL)
    assert isinstance(found, Activity)
    return found


def test_commits_are_counted_by_calendar_month_up_to_this_one():
    found = counted(a_commit("2026-11-01"), a_commit("2026-09-30"), a_commit("2026-09-02"))

    assert found.months == (2, 0, 1)
    assert (found.first, found.last, found.commits) == (date(2026, 9, 2), date(2026, 11, 1), 3)


def test_what_is_older_than_five_years_is_counted_but_not_by_month():
    found = counted(a_commit("2026-11-01"), a_commit("2012-01-01"))

    assert (found.months, found.first, found.commits) == ((1,), date(2012, 1, 1), 2)
    assert counted(a_commit("2012-01-01")).months == ()


def test_bots_are_nobody():
    found = counted(a_commit("2026-11-19", person=7, is_bot=True), a_commit("2026-01-01"))

    assert (found.last, found.commits, found.bot_commits, len(found.people)) == (date(2026, 1, 1), 1, 1, 1)


def test_people_keep_their_last_day_and_a_number_for_their_organisation():
    found = counted(
        a_commit("2026-11-01", 1, "stadt.example"),
        a_commit("2026-10-01", 2),
        a_commit("2026-09-01", 1),
        a_commit("2026-08-01", 3, "firma.example"),
        a_commit("2026-08-01", 4, "stadt.example"),
        a_commit("2020-08-01", 5, "alt.example"),
    )

    seen = [(person.last, person.organisation) for person in found.people]
    assert seen[:2] == [(date(2026, 11, 1), 0), (date(2026, 10, 1), None)]
    assert sorted(number for _, number in seen[2:]) == [0, 1]


def test_a_wrong_clock_counts_as_a_commit_and_dates_nothing():
    found = counted(a_commit("2038-01-19"), a_commit("2026-10-05"), a_commit("1970-01-01"))

    assert (found.first, found.last, found.commits) == (date(2026, 10, 5), date(2026, 10, 5), 3)
    assert found.months == (1, 0)


def test_a_cut_history_does_not_know_when_it_began():
    assert counted(a_commit("2026-10-05"), is_whole=False).first is None


def test_no_history_is_a_gap_and_an_empty_one_is_not():
    gap = read_activity(None, UNTIL)

    assert isinstance(gap, Gap)
    assert gap.reason is Reason.UNREACHABLE
    assert counted().last is None


@pytest.mark.parametrize(
    ("name", "is_preview"),
    [
        ("1.2.0", False),
        ("v1.2", False),
        ("V2.0.0", False),
        ("v3", False),
        ("release-1.2.0", False),
        ("release/2024-05", False),
        ("2024.1.0", False),
        ("2024-05-17", False),
        ("20240517", False),
        ("pkg@1.2.0", False),
        ("@scope/pkg@1.2.0", False),
        ("tools/java-tools_1.3.0", False),
        ("chart-0.4.1", False),
        ("v4.31.0-1", False),
        ("v20211213-2", False),
        ("v2306", False),  # year and month
        ("1.2.0-RELEASE", False),
        ("1.2.0.Final", False),
        ("v1.2.0+build5", False),
        ("1.0.0-rc.1", True),
        ("1.0.0rc1", True),
        ("v1.0.0-rc-1", True),
        ("v2.0.0-beta", True),
        ("2.0a3", True),
        ("1.5-SNAPSHOT", True),
        ("3.0.0-alpha.12", True),
        ("1.0-M2", True),
    ],
)
def test_a_tag_that_looks_like_a_version_is_one(name, is_preview):
    release = release_of(Tag(name=name, when=at("2026-01-01")))

    assert release is not None
    assert release.is_preview is is_preview


@pytest.mark.parametrize(
    "name",
    [
        "sprint-12", "build-1234", "latest", "main", "deploy-2024-05-17", "backup/2024.1",
        "before-refactoring", "nightly-20240101", "ticket-4711", "a1b2c3d", "123456789", "", "v",
        "production", "jenkins-app-1.2",
    ],
)  # fmt: skip
def test_other_tags_are_no_versions(name):
    assert release_of(Tag(name=name, when=at("2026-01-01"))) is None


def releases(tags: list[str], of_forge: list[Release] | None = None) -> list[tuple[str, str]]:
    history = History(commits=(), tags=tuple(Tag(name=name, when=at("2026-02-01")) for name in tags))
    forge = ForgeSays(forge="github", releases=tuple(of_forge) if of_forge is not None else None)
    return [(release.name, release.source) for release in read_releases(history, forge, UNTIL)[0]]


def test_a_version_that_git_and_the_forge_know_is_one():
    of_forge = [Release(name="1.0.0", on=date(2026, 3, 1)), Release(name="Sommer", on=date(2026, 4, 1))]

    assert releases(["v1.0.0", "v0.9.0"], of_forge) == [
        ("Sommer", "forge"),
        ("v0.9.0", "tag"),
        ("1.0.0", "forge"),
    ]
    assert releases(["v1.0.0"]) == [("v1.0.0", "tag")]


def test_a_flood_of_tags_is_counted_and_cut_but_keeps_the_real_version():
    tags = [Tag(name=f"2.0.0-rc.{i}", when=at("2026-02-01")) for i in range(5000)]
    tags.append(Tag(name="1.0.0", when=at("2024-01-01")))

    kept, in_all = read_releases(History(commits=(), tags=tuple(tags)), None, UNTIL)

    assert (len(kept), in_all) == (100, 5001)
    assert kept[-1].name == "1.0.0"


def test_a_version_of_the_future_is_counted_and_not_shown():
    history = History(commits=(), tags=(Tag(name="1.0", when=at("2038-01-19")),))

    assert read_releases(history, None, UNTIL) == ((), 1)


MOMENTS = some.datetimes(timezones=some.just(UTC) | some.timezones())
COMMITS = some.builds(
    Commit,
    when=MOMENTS,
    person=some.integers(0, 5),
    organisation=some.none() | some.text(max_size=3),
    is_bot=some.booleans(),
)


@given(some.lists(COMMITS, max_size=20).map(tuple), some.booleans())
def test_whatever_the_dates_the_numbers_agree_with_each_other(commits, is_whole):
    found = counted(*commits, is_whole=is_whole)

    assert found.commits + found.bot_commits == len(commits)
    assert sum(found.months) <= found.commits
    assert len(found.months) <= 60
    assert len(found.people) <= 6
    assert found.last is None or found.last <= UNTIL + timedelta(days=1)


@given(some.text(max_size=120), MOMENTS)
def test_no_name_of_a_tag_makes_it_stumble(name, when):
    release = release_of(Tag(name=name, when=when))

    assert release is None or any(sign.isdigit() for sign in release.name)
