"""Rules for the synonyms."""

import pytest
from builders import an_item, what_is_known

from catalogue.domain.synonym_rules import check_synonym_group, check_synonyms_together

KNOWN = what_is_known()
EVIDENCE = [{"source": "Sprachgebrauch"}]


def a_group(group_id="gdi", /, **fields):
    return an_item(group_id, **{"words": ["GDI", "SDI"], "evidence": EVIDENCE, **fields})


def spelling(word):
    return word.casefold().replace("-", " ")


def said(problems):
    return [(problem.field, problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (a_group(), []),
        (a_group(words=["Geodateninfrastruktur"], asked=["Karten teilen"]), []),
        (a_group(evidence=[{"address": "https://www.gdi-de.org/", "seen": "2026-11-20"}]), []),
        (a_group("GDI"), [("GDI", "id-form")]),
        (a_group(words=None), [("gdi.words", "field-empty")]),
        (an_item("gdi", evidence=EVIDENCE), [("gdi.words", "field-missing")]),
        (an_item("gdi", words=["GDI", "SDI"]), [("gdi.evidence", "field-missing")]),
        (a_group(words=["GDI"]), [("gdi.words", "words-few")]),
        (a_group(words=["GDI"], asked=[]), [("gdi.asked", "field-empty")]),
        (a_group(words="GDI, SDI"), [("gdi.words", "not-a-list")]),
        (a_group(words=["GDI", ["SDI"]]), [("gdi.words[1]", "not-a-text"), ("gdi.words", "words-few")]),
        (a_group(words=["GDI", "S"]), [("gdi.words[1]", "word-form")]),
        (a_group(words=["GDI", "3+4"]), [("gdi.words[1]", "word-form")]),
        (a_group(asked=["?"]), [("gdi.asked[0]", "word-form")]),
        (a_group(words=["GDI", "x" * 60]), []),
        (a_group(words=["GDI", "x" * 61]), [("gdi.words[1]", "text-long")]),
        (a_group(evidence=[{"seen": "2026"}]), [("gdi.evidence[0]", "evidence-empty")]),
        (a_group(word=["x"]), [("gdi.word", "field-unknown-near")]),
        (a_group(Synonyme=["x"]), [("gdi.Synonyme", "field-unknown-near")]),
    ],
)
def test_a_group_has_words_enough_and_evidence(group, expected):
    assert said(check_synonym_group(group, KNOWN)) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([a_group(), a_group("other", words=["INSPIRE", "Inspire-Richtlinie"])], []),
        ([a_group(words=["E-Akte", "e akte"])], [("gdi.words[1]", "word-same")]),
        ([a_group(asked=["E-Akte", "e akte"])], [("gdi.asked[1]", "word-same")]),
        ([a_group(words=["GDI", "GDI"])], []),  # said by the check of the list
        ([a_group(asked=["sdi"])], [("gdi.asked[0]", "word-both")]),
        ([a_group(), a_group("other", words=["x", "gdi"])], [("other.words[1]", "word-taken")]),
        ([a_group(asked=["x"]), a_group("other", words=["a", "b"], asked=["x"])], []),
        ([a_group(asked=["x"]), a_group("other", words=["x", "y"])], []),
        ([a_group(words="GDI", asked=[["x"]])], []),
    ],
)
def test_no_word_stands_twice(groups, expected):
    assert said(check_synonyms_together(groups, spelling)) == expected


def test_a_word_that_is_taken_names_the_group_that_has_it():
    (problem,) = check_synonyms_together([a_group(), a_group("other", words=["sdi", "x"])], spelling)

    assert problem.facts == {"value": "sdi", "other": "gdi", "first": "1"}
