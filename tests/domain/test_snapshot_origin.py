"""Snapshots made elsewhere are taken only where they can be what they say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from catalogue.domain.snapshot import Activity, Fact, Person, Plain, Question, Release, Snapshot, Voice
from catalogue.domain.snapshot_origin import why_refused

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER, DAY_AFTER = NOW + timedelta(days=2), date(2026, 11, 22)
GOOD = Snapshot(
    asked="https://git.example.org/a", address="https://git.example.org/b", looked_at=NOW, branch="main",
    commit="c" * 40, committed_at=NOW, refs="",
)  # fmt: skip
ACTIVITY = Activity(first=None, last=NOW.date(), until=NOW.date(), months=(1,), people=(), commits=1)


def mailbox(value: Plain) -> Snapshot:
    fact = Fact(question=Question.CONTACT, value=value, voice=Voice.PUBLICCODE)
    return replace(GOOD, facts=(fact,))


@pytest.mark.parametrize(
    "snapshot",
    [
        GOOD,
        replace(GOOD, looked_at=NOW + timedelta(hours=14)),  # a clock in another time zone
        replace(GOOD, committed_at=None, activity=ACTIVITY),
        mailbox({"email": "info@stadt-musterstadt.de"}),
        mailbox({"page": "https://stadt-musterstadt.de/kontakt"}),
        mailbox("nonsense"),
    ],
)
def test_what_can_be_is_taken(snapshot: Snapshot) -> None:
    assert why_refused(snapshot, NOW) is None


@pytest.mark.parametrize(
    ("snapshot", "word"),
    [
        (replace(GOOD, asked="copies/tool"), "asked"),
        (replace(GOOD, address="http://git.example.org/b"), "address"),
        (replace(GOOD, address="https://192.168.0.1/b"), "address"),
        (replace(GOOD, looked_at=LATER), "future"),
        (replace(GOOD, committed_at=LATER), "future"),
        (replace(GOOD, releases=(Release(name="9", on=DAY_AFTER),)), "future"),
        (replace(GOOD, activity=replace(ACTIVITY, last=DAY_AFTER)), "future"),
        (replace(GOOD, activity=replace(ACTIVITY, people=(Person(last=DAY_AFTER),))), "future"),
        (mailbox({"email": "erika.mustermann@stadt-musterstadt.de"}), "person"),
        (mailbox({"email": "heinz1970@gmx.de"}), "person"),
        (mailbox({"email": ["info@stadt-musterstadt.de"]}), "person"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(snapshot: Snapshot, word: str) -> None:
    assert word in str(why_refused(snapshot, NOW))
