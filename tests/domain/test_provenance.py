"""Whom we believe: the table holds, more exact words refine, and contradictions are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.domain.entry import Value
from catalogue.domain.provenance import (
    BELIEVED,
    Looked,
    Statement,
    answer,
    answers,
    licence_of,
    main_repositories,
    same_licence,
    statements_in,
)
from catalogue.domain.snapshot import Fact, Plain, Question, Snapshot, Voice, Where
from catalogue.domain.solution import Repository
from tests.builders import a_solution

ADDRESS = "https://git.example/town/tool"


def said(voice: Voice, value: Plain, confidence: float = 1.0) -> Statement:
    return Statement(voice=voice, value=value, confidence=confidence)


def looked(*facts: Fact, role: str = "main", licence: str | None = None, address: str = ADDRESS) -> Looked:
    snapshot = Snapshot(
        asked=address, address=address, looked_at=datetime(2026, 11, 20, tzinfo=UTC), branch="main",
        commit="c" * 40, committed_at=None, refs="", facts=facts,
    )  # fmt: skip
    return Looked(repository=Repository(address=address, role=role, licence=licence), snapshot=snapshot)


def licence_file(value: str) -> Fact:
    return Fact(
        question=Question.LICENCE, value=value, voice=Voice.LICENCE_FILE,
        where=Where(path="LICENSE", first_line=1, last_line=20),
    )  # fmt: skip


def believed(statements: Iterable[Statement]) -> Plain:
    found = answer(Question.LICENCE, statements)
    assert found
    return found.value


def test_nobody_says_anything_is_no_answer() -> None:
    assert answer(Question.LICENCE, ()) is None


def test_what_an_earlier_look_saw_is_not_linked_at_the_commit_of_the_last_one() -> None:
    here, at = "https://github.com/town/tool", date(2026, 11, 1)
    fresh, earlier = licence_file("MIT"), replace(licence_file("MIT"), seen=at)

    found = statements_in(looked(fresh, earlier, address=here), Question.LICENCE)

    assert [(one.commit, one.link, one.as_of) for one in found] == [
        ("c" * 40, f"{here}/blob/{'c' * 40}/LICENSE#L1-L20", date(2026, 11, 20)),
        (None, None, at),
    ]


@given(some.permutations(BELIEVED[Question.LICENCE]))
def test_the_order_of_belief_does_not_hang_on_the_order_of_reading(voices: list[Voice]) -> None:
    ids = dict(zip(BELIEVED[Question.LICENCE], ("MIT", "ISC", "0BSD", "Zlib", "X11", "BSL-1.0", "NCSA",
                                                "PostgreSQL", "Unlicense"), strict=True))  # fmt: skip

    found = answer(Question.LICENCE, [said(voice, ids[voice]) for voice in voices])

    assert found
    assert found.said.voice is Voice.LICENCE_FILE
    assert {one.voice for one in found.contradicting} == set(voices) - {Voice.LICENCE_FILE}


def test_an_unsure_reading_speaks_after_everybody_else() -> None:
    assert (
        believed([said(Voice.LICENCE_FILE, "MIT", 0.6), said(Voice.README, "GPL-3.0-only")]) == "GPL-3.0-only"
    )
    assert believed([said(Voice.LICENCE_FILE, "MIT", 0.6)]) == "MIT"


def test_a_mention_contradicts_nobody() -> None:
    found = answer(
        Question.LICENCE,
        [
            said(Voice.LICENCE_FILE, "MIT"),
            said(Voice.README, "CC-BY-4.0", 0.7),
            said(Voice.METADATA, "ISC", 0.9),
        ],
    )

    assert found
    assert [one.value for one in found.contradicting] == ["ISC"]


def test_or_later_makes_the_text_of_a_licence_more_exact_and_contradicts_nothing() -> None:
    found = answer(
        Question.LICENCE,
        [said(Voice.LICENCE_FILE, "GPL-3.0-only"), said(Voice.PUBLICCODE, "GPL-3.0-or-later")],
    )

    assert found
    assert (found.value, found.said.voice, found.contradicting) == ("GPL-3.0-or-later", Voice.PUBLICCODE, ())
    assert [one.voice for one in found.agreeing] == [Voice.LICENCE_FILE]


def test_the_entry_speaks_for_the_whole_solution_where_a_file_speaks_for_a_part() -> None:
    assert believed([said(Voice.LICENCE_FILE, "MIT"), said(Voice.ENTRY, "MIT AND Apache-2.0")]) == (
        "MIT AND Apache-2.0"
    )
    assert believed([said(Voice.LICENCE_FILE, "MIT"), said(Voice.README, "MIT AND ISC")]) == "MIT"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("MIT", "MIT", True),
        ("MIT", "mit", True),  # ids are matched whatever their case
        ("MIT", "GPL-3.0-only", False),
        ("GPL-3.0-only", "GPL-3.0-or-later", True),  # the text is the same
        ("GPL-3.0-only", "GPL-2.0-or-later", False),
        ("MIT", "MIT AND Apache-2.0", True),  # a part of the solution
        ("EUPL-1.2 OR AGPL-3.0-only", "EUPL-1.2", True),  # one of the choices
        ("NONE", "MIT", False),  # nothing granted against something stated
        ("proprietary stuff", "MIT", False),
        ("proprietary stuff", "proprietary stuff", True),
        ("LicenseRef-Town", "MIT", False),
        (None, "MIT", False),
    ],
)
def test_two_licences_can_both_be_right(one: Plain, other: Plain, same: bool) -> None:
    assert same_licence(one, other) is same
    assert same_licence(other, one) is same


def test_the_licence_file_of_the_main_repository_is_believed_before_the_entry() -> None:
    solution = a_solution(
        licence={"expression": "MIT", "source": "README"},
        repositories=[{"address": ADDRESS, "role": "main"}],
    )

    found = answers(solution, [looked(licence_file("GPL-3.0-only"))], reviewed=date(2026, 1, 2))

    licence = found[Question.LICENCE]
    assert licence.value == "GPL-3.0-only"
    assert licence.said.where.path == "LICENSE"
    assert [(one.voice, one.value, one.as_of) for one in licence.contradicting] == [
        (Voice.ENTRY, "MIT", date(2026, 1, 2))
    ]


def test_a_component_does_not_speak_for_the_solution() -> None:
    solution = a_solution(
        licence={"expression": "MIT", "source": "README"},
        repositories=[
            {"address": ADDRESS, "role": "main"},
            {"address": f"{ADDRESS}-part", "role": "component"},
        ],
    )

    found = answers(
        solution, [looked(licence_file("GPL-3.0-only"), role="component", address=f"{ADDRESS}-part")]
    )

    assert (found[Question.LICENCE].value, found[Question.LICENCE].contradicting) == ("MIT", ())


def test_without_a_main_repository_the_mirror_speaks_and_then_the_components() -> None:
    mirror = {"address": "https://a.example/m", "role": "mirror"}
    part = {"address": "https://a.example/p", "role": "component"}
    group = {"address": "https://a.example/g", "role": "group"}

    def speaking(*repositories: Mapping[str, Value]) -> list[str]:
        return [one.role for one in main_repositories(a_solution(repositories=repositories))]

    assert speaking(part, mirror, group) == ["mirror"]
    assert speaking(group, part) == ["component"]
    assert speaking(group) == []


def test_a_stated_maturity_in_publiccode_goes_before_the_entry_and_the_difference_shows() -> None:
    solution = a_solution(maturity="stable", repositories=[{"address": ADDRESS, "role": "main"}])
    beta = Fact(question=Question.MATURITY, value="beta", voice=Voice.PUBLICCODE)

    found = answers(solution, [looked(beta)])[Question.MATURITY]

    assert (found.value, [one.value for one in found.contradicting]) == ("beta", ["stable"])


def test_several_contacts_stand_side_by_side() -> None:
    solution = a_solution(repositories=[{"address": ADDRESS, "role": "main"}])
    mail = Fact(question=Question.CONTACT, value={"email": "it@town.example"}, voice=Voice.SECURITY)

    found = answers(solution, [looked(mail)])[Question.CONTACT]

    assert found.contradicting == ()
    assert {"email": "it@town.example"} in [found.value, *(one.value for one in found.agreeing)]


def test_what_the_entry_says_of_one_repository_is_compared_with_its_own_licence_file() -> None:
    found = licence_of(looked(licence_file("AGPL-3.0-only"), licence="MIT", role="component"))

    assert found
    assert (found.value, [one.value for one in found.contradicting]) == ("AGPL-3.0-only", ["MIT"])
    assert licence_of(Looked(repository=Repository(address=ADDRESS, role="main"), snapshot=None)) is None
