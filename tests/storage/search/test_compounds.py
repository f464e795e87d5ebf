"""How many compounds are taken apart rightly, and how many words are left whole: `compounds.tsv`.

A third of the table is set apart by a hash of the word: nobody tunes lists or rules to it; it says what to
expect of words that nobody thought of. Whoever wants to see what goes wrong looks at the other part only.
"""

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.search import stems
from catalogue.storage.search.compounds import Splitter, parts_of, shipped
from catalogue.storage.search.tokens import LONGEST_WORD, fold
from catalogue.storage.search.wordlists import list_of

_TABLE = Path(__file__).with_name("compounds.tsv")
_REGISTER = Path(__file__).parents[3] / "catalogue" / "data" / "register" / "gemeinden.csv"
_LARGE_TOWN = 10_000


def _is_apart(word: str) -> bool:
    return hashlib.blake2b(word.encode(), digest_size=1).digest()[0] % 3 == 0


def _cases(*, compounds: bool, apart: bool) -> list[tuple[str, set[tuple[str, ...]]]]:
    """Words with the ways to take them apart that are right, as stems; whole is ()."""
    cases = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        word, _, ways = line.partition("\t")
        if line.startswith("#") or _is_apart(word) is not apart or bool(ways) is not compounds:
            continue
        split = [way.split() for way in ways.split("|")]
        cases.append((word, {_stems(way) if len(way) > 1 else () for way in split}))
    return cases


def _stems(parts: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stems.german(fold(part)) for part in parts)


def _wrong(cases: list[tuple[str, set[tuple[str, ...]]]]) -> list[str]:
    return [word for word, right in cases if _stems(parts_of(fold(word))) not in right]


@pytest.mark.parametrize("compounds", [True, False], ids=["compounds", "whole words"])
def test_words_are_taken_apart_rightly(compounds):
    cases = _cases(compounds=compounds, apart=False)

    assert len(cases) > 200
    assert _wrong(cases) == []


@pytest.mark.parametrize(("compounds", "share"), [(True, 0.94), (False, 0.99)], ids=["compounds", "whole"])
def test_words_that_nobody_tuned_to_are_taken_apart_rightly(compounds, share):
    cases = _cases(compounds=compounds, apart=True)

    right = 1 - len(_wrong(cases)) / len(cases)
    assert right >= share  # which ones are wrong is not shown: they are set apart


def test_towns_stay_whole():
    with _REGISTER.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["population"]) > _LARGE_TOWN]
    towns = [row["name"].split(",")[0] for row in rows]

    split = [town for town in towns if town.isalpha() and parts_of(fold(town))]

    assert split == []  # otherwise add them to data/search/whole.txt


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Städtebau", "stadt bau"),
        ("Häuserfassade", "haus fassade"),
        ("Gremienarbeit", "gremium arbeit"),
        ("Sprachkurs", "sprach kurs"),
        ("Landesregierung", "land regierung"),
        ("Baumaterialien", "bau material"),
        ("Haustüren", "haus tuer"),
        ("Umweltbeauftragter", "umwelt beauftragte"),
    ],
)
def test_what_stands_between_and_behind_parts_is_known(word, parts):
    assert parts_of(fold(word)) == tuple(parts.split())


def test_bound_words_stand_only_before_others():
    splitter = Splitter(["melde-", "stelle", "werk"])

    assert splitter.split("meldestelle") == ("melde", "stelle")
    assert splitter.split("werkmelde") == ()


def test_few_long_parts_are_better_than_many_short_ones():
    splitter = Splitter(["stadt", "teil", "stadtteil", "haus"])

    assert splitter.split("stadtteilhaus") == ("stadtteil", "haus")


@pytest.mark.parametrize("word", list_of("whole")[:50])
def test_words_of_the_list_stay_whole_in_every_form(word):
    assert parts_of(fold(word)) == ()
    assert parts_of(fold(word) + "s") == ()


@given(st.lists(st.sampled_from(["haus", "bau", "er", "s", "amt", "strasse", "n", "x", "en"]), max_size=20))
def test_hostile_words_are_taken_apart_or_left(pieces):
    word = "".join(pieces)[:LONGEST_WORD]
    parts = shipped().split(word)

    assert len(parts) != 1
    assert all(part in shipped() for part in parts)
