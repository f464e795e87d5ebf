"""What a new snapshot keeps of the old one, and what happened between the two."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from catalogue.domain.snapshot import (
    Activity,
    Fact,
    Gap,
    Plain,
    Question,
    Reason,
    Release,
    Snapshot,
    Voice,
)
from catalogue.domain.snapshot_changes import Change, ChangeKind, carried, changes, is_emptied

ADDRESS = "https://git.example/town/tool"


def fact(question: Question, value: Plain, voice: Voice) -> Fact:
    return Fact(question=question, value=value, voice=voice)


def gap(question: Question, reason: Reason, voice: Voice) -> Gap:
    return Gap(question=question, reason=reason, voice=voice)


def a_snapshot(day: int, *known: Fact | Gap, **more: object) -> Snapshot:
    looked = datetime(2026, 11, day, 6, 0, tzinfo=UTC)
    base = Snapshot(
        asked=ADDRESS, address=ADDRESS, looked_at=looked, branch="main", commit=f"{day:040x}",
        committed_at=looked, refs=str(day),
        facts=tuple(one for one in known if isinstance(one, Fact)),
        gaps=tuple(one for one in known if isinstance(one, Gap)),
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def activity(last: date) -> Activity:
    return Activity(first=date(2020, 1, 1), last=last, until=last, months=(1,), people=(), commits=1)


ARCHIVED = fact(Question.ARCHIVED, True, Voice.FORGE)
MIT = fact(Question.LICENCE, "MIT", Voice.LICENCE_FILE)
GPL = fact(Question.LICENCE, "GPL-3.0-only", Voice.LICENCE_FILE)
VALID = fact(Question.PUBLICCODE, {"valid": True, "errors": 0, "warnings": 0}, Voice.PUBLICCODE)
INVALID = fact(Question.PUBLICCODE, {"valid": False, "errors": 2, "warnings": 0}, Voice.PUBLICCODE)


def test_a_silent_forge_takes_nothing_away() -> None:
    old = a_snapshot(1, ARCHIVED)
    new = a_snapshot(2, gap(Question.ARCHIVED, Reason.LIMITED, Voice.FORGE))

    kept = carried(old, new)

    assert [(f.value, f.seen) for f in kept.facts] == [(True, date(2026, 11, 1))]
    assert kept.gaps == new.gaps


def test_what_was_carried_twice_keeps_the_day_on_which_it_was_seen() -> None:
    silent = gap(Question.ARCHIVED, Reason.UNREACHABLE, Voice.FORGE)

    kept = carried(carried(a_snapshot(1, ARCHIVED), a_snapshot(2, silent)), a_snapshot(3, silent))

    assert kept.facts[0].seen == date(2026, 11, 1)


def test_what_is_not_there_any_more_is_not_carried() -> None:
    kept = carried(
        a_snapshot(1, MIT), a_snapshot(2, gap(Question.LICENCE, Reason.ABSENT, Voice.LICENCE_FILE))
    )

    assert kept.facts == ()


def test_a_broken_publiccode_does_not_replace_what_the_last_good_one_said() -> None:
    old = a_snapshot(1, VALID, fact(Question.NAME, "Tool", Voice.PUBLICCODE), MIT)
    new = a_snapshot(2, gap(Question.PUBLICCODE, Reason.UNREADABLE, Voice.PUBLICCODE), MIT)

    kept = carried(old, new)

    assert {(f.question, f.seen) for f in kept.facts if f.voice is Voice.PUBLICCODE} == {
        (Question.NAME, date(2026, 11, 1)),
        (Question.PUBLICCODE, date(2026, 11, 1)),
    }


def test_a_forge_that_says_nothing_keeps_all_that_it_said() -> None:
    topics = fact(Question.TOPICS, ("oparl",), Voice.FORGE)
    silent = gap(Question.ARCHIVED, Reason.NOT_ASKED, Voice.FORGE)

    kept = carried(a_snapshot(1, ARCHIVED, topics), a_snapshot(2, silent))

    assert {f.question for f in kept.facts} == {Question.ARCHIVED, Question.TOPICS}


def test_what_a_forge_does_not_say_any_more_is_not_carried() -> None:
    topics = fact(Question.TOPICS, ("oparl",), Voice.FORGE)
    unclear = gap(Question.ARCHIVED, Reason.UNREADABLE, Voice.FORGE)

    kept = carried(a_snapshot(1, topics), a_snapshot(2, fact(Question.SUMMARY, "x", Voice.FORGE), unclear))

    assert [f.question for f in kept.facts] == [Question.SUMMARY]


def test_what_the_old_forge_said_does_not_follow_a_repository_to_another_one() -> None:
    silent = gap(Question.ARCHIVED, Reason.NOT_ASKED, Voice.FORGE)

    kept = carried(a_snapshot(1, ARCHIVED), a_snapshot(2, silent, address="https://elsewhere.example/tool"))

    assert kept.facts == ()


def test_a_mailbox_that_gave_way_to_a_person_is_not_carried() -> None:
    mailbox = fact(Question.CONTACT, {"email": "info@stadt.example"}, Voice.PUBLICCODE)

    kept = carried(
        a_snapshot(1, mailbox), a_snapshot(2, gap(Question.CONTACT, Reason.PERSONAL, Voice.PUBLICCODE))
    )

    assert kept.facts == ()


def test_a_history_that_could_not_be_read_leaves_the_old_one() -> None:
    old = replace(
        a_snapshot(1, activity=activity(date(2026, 10, 1))),
        releases=(a_release("1.0", 1),),
        releases_in_all=1,
    )

    kept = carried(old, a_snapshot(2))

    assert kept.activity == old.activity
    assert (kept.releases, kept.releases_in_all) == (old.releases, 1)


def test_a_moved_repository_keeps_its_old_addresses() -> None:
    kept = carried(
        a_snapshot(1, aliases=("https://git.example/older",)), a_snapshot(2, address=f"{ADDRESS}-2")
    )

    assert kept.aliases == ("https://git.example/older", ADDRESS)


def test_a_repository_without_commits_never_follows_one_with_commits() -> None:
    assert is_emptied(a_snapshot(1), a_snapshot(2, commit=None))
    assert not is_emptied(None, a_snapshot(2, commit=None))
    assert not is_emptied(a_snapshot(1, commit=None), a_snapshot(2))


def a_release(name: str, day: int, *, preview: bool = False) -> Release:
    return Release(name=name, on=date(2026, 11, day), is_preview=preview)


def test_a_first_look_has_seen_nothing_happen() -> None:
    assert changes(None, a_snapshot(1, MIT, ARCHIVED)) == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((MIT,), (MIT,), []),
        ((MIT,), (GPL,), [(ChangeKind.LICENCE, "MIT", "GPL-3.0-only")]),
        ((MIT,), (gap(Question.LICENCE, Reason.ABSENT, Voice.LICENCE_FILE),),
         [(ChangeKind.LICENCE, "MIT", None)]),
        ((MIT,), (gap(Question.LICENCE, Reason.TOO_LARGE, Voice.LICENCE_FILE),), []),  # could not look
        ((), (ARCHIVED,), [(ChangeKind.ARCHIVED, None, None)]),
        ((ARCHIVED,), (fact(Question.ARCHIVED, False, Voice.FORGE),), [(ChangeKind.REVIVED, None, None)]),
        ((ARCHIVED,), (), []),
        ((), (VALID,), [(ChangeKind.DESCRIBED, None, None)]),
        ((VALID,), (INVALID,), [(ChangeKind.BROKEN, None, None)]),
        ((INVALID,), (VALID,), [(ChangeKind.MENDED, None, None)]),
        ((VALID,), (gap(Question.PUBLICCODE, Reason.ABSENT, Voice.PUBLICCODE),),
         [(ChangeKind.UNDESCRIBED, None, None)]),
        ((VALID,), (gap(Question.PUBLICCODE, Reason.UNREACHABLE, Voice.PUBLICCODE),), []),
        ((fact(Question.MATURITY, "beta", Voice.PUBLICCODE),),
         (fact(Question.MATURITY, "stable", Voice.PUBLICCODE),),
         [(ChangeKind.MATURITY, "beta", "stable")]),
    ],
)  # fmt: skip
def test_what_has_happened_is_told(
    before: tuple[Fact | Gap, ...], after: tuple[Fact | Gap, ...], expected: list[tuple[object, ...]]
) -> None:
    found = changes(a_snapshot(1, *before), a_snapshot(2, *after))

    assert [(change.kind, change.before, change.after) for change in found] == expected
    assert all(change.on == date(2026, 11, 2) for change in found)


def test_new_releases_are_told_with_their_own_day_and_old_tags_are_not() -> None:
    old = a_snapshot(20, releases=(a_release("1.0", 10),))
    new = a_snapshot(
        25,
        releases=(a_release("1.2-rc1", 24, preview=True), a_release("1.1", 22), a_release("1.0", 10),
                  a_release("0.1", 1)),
    )  # fmt: skip

    assert changes(old, new) == (
        Change(kind=ChangeKind.RELEASE, on=date(2026, 11, 22), after="1.1", voice=Voice.HISTORY),
    )


def test_the_same_commit_read_otherwise_is_no_change_of_the_repository() -> None:
    old, new = a_snapshot(1, MIT, INVALID), a_snapshot(2, GPL, VALID, commit=f"{1:040x}")

    assert changes(old, new) == ()


@pytest.mark.parametrize(
    ("lost", "seen"),
    [
        (gap(Question.LICENCE, Reason.TOO_LARGE, Voice.LICENCE_FILE), MIT),
        (gap(Question.PUBLICCODE, Reason.UNREACHABLE, Voice.PUBLICCODE), VALID),
        (
            gap(Question.PUBLICCODE, Reason.UNREADABLE, Voice.PUBLICCODE),
            fact(Question.MATURITY, "beta", Voice.PUBLICCODE),
        ),
    ],
)
def test_what_could_not_be_looked_at_before_has_not_appeared_since(lost: Gap, seen: Fact) -> None:
    assert changes(a_snapshot(1, lost), a_snapshot(2, seen)) == ()


def test_a_copy_without_tags_makes_no_old_release_a_new_one() -> None:
    old = a_snapshot(10, activity=activity(date(2026, 11, 10)))
    new = a_snapshot(20, releases=(a_release("2.0", 15), a_release("1.0", 5)))

    assert [change.after for change in changes(old, new)] == ["2.0"]
    assert changes(replace(old, activity=None), new) == ()


def test_commits_after_a_long_silence_are_told() -> None:
    old, new = activity(date(2024, 1, 1)), activity(date(2026, 11, 1))

    found = changes(a_snapshot(1, activity=old), a_snapshot(2, activity=new))

    assert [change.kind for change in found] == [ChangeKind.COMMITS]
    assert not changes(a_snapshot(1, activity=new), a_snapshot(2, activity=activity(date(2026, 11, 2))))


def test_a_move_is_told_with_both_addresses() -> None:
    found = changes(a_snapshot(1), a_snapshot(2, address="https://git.example/new"))

    assert [(change.kind, change.before, change.after) for change in found] == [
        (ChangeKind.MOVED, ADDRESS, "https://git.example/new")
    ]
