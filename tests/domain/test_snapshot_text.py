"""Snapshots survive being kept as plain data, and what is no snapshot is refused with its place."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
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
from catalogue.domain.snapshot_text import BadSnapshot, plain_from_snapshot, snapshot_from_plain

LOOKED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
TEXT = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DAYS = some.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))
COUNTS = some.integers(min_value=0, max_value=9999)
VALUES = some.recursive(
    some.none() | some.booleans() | COUNTS | TEXT,
    lambda inner: some.lists(inner, max_size=3).map(tuple) | some.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
).filter(lambda value: value is not None)
WHERE = some.builds(
    Where, path=some.none() | TEXT, first_line=some.none() | COUNTS, last_line=some.none() | COUNTS
)
FACTS = some.builds(
    Fact,
    question=some.sampled_from(Question),
    value=VALUES,
    voice=some.sampled_from(Voice),
    where=WHERE,
    confidence=some.floats(0, 1),
    notes=some.lists(TEXT, max_size=2).map(tuple),
    seen=some.none() | DAYS,
)
GAPS = some.builds(
    Gap,
    question=some.sampled_from(Question),
    reason=some.sampled_from(Reason),
    voice=some.sampled_from(Voice),
    where=WHERE,
    detail=TEXT,
)
ACTIVITIES = some.builds(
    Activity,
    first=some.none() | DAYS,
    last=some.none() | DAYS,
    until=DAYS,
    months=some.lists(COUNTS, max_size=60).map(tuple),
    people=some.lists(some.builds(Person, last=DAYS, organisation=some.none() | COUNTS), max_size=3).map(
        tuple
    ),
    commits=COUNTS,
    bot_commits=COUNTS,
    is_whole=some.booleans(),
)
SNAPSHOTS = some.builds(
    Snapshot,
    asked=TEXT,
    address=TEXT,
    looked_at=some.just(LOOKED),
    branch=some.none() | TEXT,
    commit=some.none() | TEXT,
    committed_at=some.none() | some.just(LOOKED),
    refs=TEXT,
    forge=some.none() | TEXT,
    root=some.none() | TEXT,
    activity=some.none() | ACTIVITIES,
    releases=some.lists(some.builds(Release, name=TEXT, on=DAYS, is_preview=some.booleans()), max_size=3).map(
        tuple
    ),
    releases_in_all=COUNTS,
    facts=some.lists(FACTS, max_size=3).map(tuple),
    gaps=some.lists(GAPS, max_size=3).map(tuple),
    aliases=some.lists(TEXT, max_size=2).map(tuple),
)


@given(SNAPSHOTS)
def test_a_snapshot_survives_being_kept_as_json(snapshot: Snapshot) -> None:
    kept = json.loads(json.dumps(plain_from_snapshot(snapshot)))

    assert plain_from_snapshot(snapshot_from_plain(kept)) == plain_from_snapshot(snapshot)
    assert snapshot_from_plain(kept).activity == snapshot.activity
    assert snapshot_from_plain(kept).gaps == snapshot.gaps


SMALL = plain_from_snapshot(
    Snapshot(
        asked="https://a.example/x", address="https://a.example/x", looked_at=LOOKED,
        branch=None, commit=None, committed_at=None, refs="",
        facts=(Fact(question=Question.NAME, value="X", voice=Voice.README),),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": 2}, "format"),  # a later program wrote it
        ({"looked_at": "2026-11-20T08:30:00"}, "snapshot.looked_at"),  # nobody knows which hour that was
        ({"looked_at": "yesterday"}, "snapshot.looked_at"),
        ({"address": None}, "snapshot.address"),
        ({"address": 7}, "snapshot.address"),
        ({"facts": {}}, "snapshot.facts"),
        ({"facts": [{"question": "colour", "value": 1, "voice": "readme"}]}, "snapshot.facts[0].question"),
        ({"facts": [{"question": "name", "value": "x", "voice": "readme", "confidence": 2}]},
         "snapshot.facts[0].confidence"),
        ({"activity": {"until": "2026-11-20", "months": [-1], "commits": 1}}, "snapshot.activity.months[0]"),
        ({"releases": ["1.0"]}, "snapshot.releases[0]"),
        ({"looked_at": "9999-12-31T23:59:59-12:00"}, "snapshot.looked_at"),  # no time in UTC
        ({"committed_at": "0001-01-01T00:00:00+14:00"}, "snapshot.committed_at"),
        ({"branch": "a\0b"}, "snapshot.branch"),
        ({"branch": "\ud800"}, "snapshot.branch"),
        ({"aliases": ["x"] * 3000}, "snapshot.aliases"),
        ({"releases_in_all": 10**40}, "snapshot.releases_in_all"),
        ({"facts": [{"question": "name", "value": float("inf"), "voice": "readme"}]},
         "snapshot.facts[0].value"),
        ({"facts": [{"question": "name", "value": {"\0": 1}, "voice": "readme"}]}, "snapshot.facts[0].value"),
        ({"facts": [{"question": "name", "value": json.loads("[" * 300 + "]" * 300), "voice": "readme"}]},
         "snapshot.facts[0].value"),
    ],
)  # fmt: skip
def test_what_is_no_snapshot_is_refused_with_its_place(change: dict[str, object], place: str) -> None:
    with pytest.raises(BadSnapshot) as refused:
        snapshot_from_plain({**SMALL, **change})

    assert refused.value.place == place


def test_keys_of_later_programs_are_passed_over() -> None:
    assert snapshot_from_plain({**SMALL, "weather": "fine"}) == snapshot_from_plain(SMALL)


def test_facts_and_gaps_are_found_by_their_question() -> None:
    gap = Gap(question=Question.LICENCE, reason=Reason.UNREACHABLE, voice=Voice.FORGE)
    snapshot = replace(snapshot_from_plain(SMALL), gaps=(gap,))

    assert [fact.value for fact in snapshot.facts_on(Question.NAME)] == ["X"]
    assert snapshot.facts_on(Question.LICENCE) == ()
    assert snapshot.gaps_on(Question.LICENCE) == (gap,)
