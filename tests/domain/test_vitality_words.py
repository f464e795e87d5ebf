"""Every sign, level and reason of vitality has its words in both languages."""

import pytest

from catalogue.domain.snapshot import Reason
from catalogue.domain.vitality import Level
from catalogue.domain.vitality_signs import Sign
from catalogue.domain.vitality_words import level_in_words, unknown_because, words_of


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_left_without_words(language):
    said = [words_of(sign, language) for sign in Sign]

    assert all(words.question.endswith("?") for words in said)
    assert all(words.rule.endswith(".") and words.change.endswith(".") for words in said)
    assert len({words.question for words in said}) == len(Sign)
    assert len({level_in_words(level, language)[0] for level in Level}) == len(Level)
    assert all(unknown_because(reason, language) for reason in Reason)


def test_the_two_languages_are_two():
    assert all(words_of(sign, "de") != words_of(sign, "en") for sign in Sign)
    assert all(unknown_because(reason, "de") != unknown_because(reason, "en") for reason in Reason)
