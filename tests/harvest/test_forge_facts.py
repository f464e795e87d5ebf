"""What the forge says becomes facts; what it does not say stays a gap with its reason."""

from sightings import a_sighting, reasons, values

from catalogue.domain.snapshot import Gap, Question, Reason, Voice
from harvest.readers.forge_facts import read_forge
from harvest.sighting import ForgeSays


def test_what_the_forge_says_becomes_facts():
    says = ForgeSays(
        forge="github",
        is_archived=False,
        description="  Counts\u202e trees\n ",
        homepage="town.de",
        topics=("Smart-City", "smart-city", ""),
        licence="MIT",
        fork_of="https://github.com/other/thing",
        reaction_days=2.345,
        reaction_issues=7,
    )

    found = list(read_forge(a_sighting(forge=says)))

    assert values(found, Question.ARCHIVED) == [False]
    assert values(found, Question.SUMMARY) == ["Counts trees"]
    assert values(found, Question.HOMEPAGE) == ["https://town.de/"]
    assert values(found, Question.TOPICS) == [("smart-city",)]
    assert values(found, Question.LICENCE) == ["MIT"]
    assert values(found, Question.REACTION) == [{"days": 2.3, "issues": 7}]
    assert values(found, Question.ORIGIN) == [{"kind": "fork", "address": "https://github.com/other/thing"}]
    assert values(found, Question.MOVED) == []


def test_what_the_forge_leaves_open_is_no_fact():
    gap = Gap(question=Question.REACTION, reason=Reason.LIMITED, voice=Voice.FORGE)

    found = list(
        read_forge(a_sighting(forge=ForgeSays(forge="gitlab", homepage="javascript:x", gaps=(gap,))))
    )

    assert found == [gap]


def test_a_repository_that_answers_elsewhere_has_moved():
    asked = "https://github.com/town/old"

    by_redirect = read_forge(a_sighting(asked=asked, forge=ForgeSays(forge="github")))
    by_forge = ForgeSays(forge="github", address="https://github.com/city/thing")
    only_spelled_otherwise = a_sighting(
        asked="https://github.com/Town/Thing.git", forge=ForgeSays(forge="github")
    )

    assert values(by_redirect, Question.MOVED) == ["https://github.com/town/thing"]
    assert values(read_forge(a_sighting(forge=by_forge)), Question.MOVED) == ["https://github.com/city/thing"]
    assert values(read_forge(only_spelled_otherwise), Question.MOVED) == []


def test_where_no_forge_was_asked_nobody_says_that_it_is_open():
    found = list(read_forge(a_sighting()))
    limited = Gap(question=Question.ARCHIVED, reason=Reason.LIMITED, voice=Voice.FORGE)
    after_trouble = list(read_forge(a_sighting(gaps=(limited,))))

    assert reasons(found, Question.ARCHIVED) == ["not-asked"]
    assert reasons(after_trouble, Question.ARCHIVED) == []  # the look has its own reason
