"""The words of an index in columns: as if they were made of all words at once, wherever they came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.search import lexicon as lexicon_module
from catalogue.storage.search.completions import Completions
from catalogue.storage.search.lexicon import Lexicon, Word
from catalogue.storage.search.spelling import Vocabulary

FORMS = st.text("ab", min_size=1, max_size=7)
COUNTS = st.dictionaries(FORMS, st.integers(1, 4), max_size=40)


def words_of(counts: dict[str, int]) -> list[Word]:
    return [Word(form, form.title() if len(form) % 2 else form, count) for form, count in counts.items()]


def together(first: dict[str, int], later: dict[str, int]) -> list[Word]:
    return words_of({form: first.get(form, 0) + later.get(form, 0) for form in {**first, **later}})


@given(COUNTS, COUNTS, FORMS)
def test_words_that_came_later_are_known_as_if_they_had_been_there(
    first: dict[str, int], later: dict[str, int], asked: str
):
    grown = Vocabulary(Lexicon.of(words_of(first)), (), words_of(later))
    whole = Vocabulary(Lexicon.of(together(first, later)))

    assert (asked in grown, grown.count(asked)) == (asked in whole, whole.count(asked))
    assert grown.text(asked) == whole.text(asked)
    assert grown.beginning(asked, 5) == whole.beginning(asked, 5)
    assert grown.correct(asked) == whole.correct(asked)


@given(COUNTS, COUNTS, FORMS)
def test_words_that_came_later_are_suggested_as_if_they_had_been_there(
    first: dict[str, int], later: dict[str, int], start: str
):
    grown = Completions(Lexicon.of(words_of(first)), words_of(later))
    whole = Completions(Lexicon.of(together(first, later)))

    assert grown.first(start) == whole.first(start)
    assert (start in grown) == (start in whole) == bool(grown.first(start))


def test_a_rare_word_counts_as_right_once_a_second_entry_has_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lexicon_module, "_MANY_WORDS", 2)
    lexicon = Lexicon.of([Word("sensor", "Sensor", 1), Word("klima", "Klima", 3), Word("baum", "Baum", 1)])

    assert Vocabulary(lexicon).correct("sensr") is None
    assert Vocabulary(lexicon, (), [Word("sensor", "Sensor", 1)]).correct("sensr") == "sensor"


def test_a_small_index_that_grows_large_trusts_rare_words_no_longer(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lexicon_module, "_MANY_WORDS", 2)
    lexicon = Lexicon.of([Word("sensor", "Sensor", 1), Word("klima", "Klima", 3)])

    assert Vocabulary(lexicon).correct("sensr") == "sensor"
    assert Vocabulary(lexicon, (), [Word("baum", "Baum", 1)]).correct("sensr") is None


@given(COUNTS)
def test_what_is_read_is_what_was_written(tmp_path_factory: pytest.TempPathFactory, counts: dict[str, int]):
    path = tmp_path_factory.mktemp("words") / "words.npz"
    Lexicon.of(words_of(counts)).save(path)

    read = Lexicon.load(path)

    assert [read[place] for place in range(len(read))] == sorted(words_of(counts), key=lambda w: w.form)
    assert all(form in read for form in counts)
    assert {w.form for w in Completions(read).first("a")} == {
        w.form for w in Completions(Lexicon.of(words_of(counts))).first("a")
    }
