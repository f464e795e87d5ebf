"""Which words share a stem: the pairs of `stems.tsv`, and what the lists promise."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.search import stems
from catalogue.storage.search.tokens import fold
from catalogue.storage.search.verbs import infinitive_of
from catalogue.storage.search.wordlists import list_of

_TABLE = Path(__file__).with_name("stems.tsv")


def _pairs(sign: str) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines()]
    return [(one, other) for kind, one, other in (line for line in lines if len(line) == 3) if kind == sign]


def _share(one: str, other: str) -> bool:
    return stems.german(fold(one)) == stems.german(fold(other))


def test_words_of_one_meaning_share_a_stem():
    pairs = _pairs("+")

    assert len(pairs) > 300
    assert [pair for pair in pairs if not _share(*pair)] == []


def test_words_of_different_meanings_do_not():
    pairs = _pairs("-")

    assert len(pairs) > 150
    assert [pair for pair in pairs if _share(*pair)] == []


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("meldet", "melden"),
        ("gemeldeten", "melden"),
        ("angemeldet", "anmelden"),
        ("anzumelden", "anmelden"),
        ("mitzureden", "mitreden"),
        ("vorbereitet", "vorbereiten"),
        ("vorzubereiten", "vorbereiten"),
        ("beschrieben", "beschreiben"),
        ("zurueckgegeben", "zurueckgeben"),
        ("beauftragter", "beauftragen"),
        ("gebiet", None),
        ("gericht", None),
        ("zukunft", None),
        ("angelegenheit", None),
        ("bucht", None),  # a bay
    ],
)
def test_forms_lead_to_their_infinitive(form, infinitive):
    assert infinitive_of(form) == infinitive


@pytest.mark.parametrize("prefix", ["an", "mit", "zurueck", "zusammen"])
@pytest.mark.parametrize("verb", ["melden", "planen", "schreiben", "rechnen", "sammeln", "laden"])
def test_every_verb_is_found_behind_its_prefix(prefix, verb):
    infinitive = prefix + verb

    assert infinitive_of(f"{prefix}zu{verb}") == infinitive
    assert stems.german(f"{prefix}zu{verb}") == stems.german(infinitive)


def test_families_name_no_word_twice():
    words = [fold(word) for line in list_of("families") for word in line.split()]

    assert sorted(words) == sorted(set(words))


@given(st.text(alphabet="abeginorstuvz", max_size=30))
def test_any_text_has_a_stem_no_longer_than_its_verb(text):
    assert len(stems.german(text)) <= len(text) + len("ieren")
