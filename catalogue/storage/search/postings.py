"""Whoosh, and the only module that knows it: writes the index and decodes posting lists from it.

Whoosh holds the index and scores it by BM25F. Its own collectors loop in Python over every match of every
query; we decode the list of a term once (a bitset and a score per document), keep it, and combine lists.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh import fields, formats, index, query, scoring

from catalogue.storage.search.documents import FIELDS, WORDS, WORDS_WEIGHT

_CACHED_TERMS = 4096
_WEIGHTS = {**{field.name: field.weight for field in FIELDS}, WORDS: WORDS_WEIGHT}
# Exact words of long texts weigh as much as those of short ones: they only tip the scales.
_FLATNESS = {**{f"{field.name}_B": field.flat for field in FIELDS}, f"{WORDS}_B": 0.0}


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a term: bit n stands for document n; `scores` holds BM25F over all fields."""

    bits: int
    scores: Mapping[int, float]


NOTHING = Postings(0, {})


def write_postings(folder: Path, documents: Iterable[Mapping[str, Sequence[str]]]) -> None:
    """Write a Whoosh index of the documents, numbered in their order, in one segment."""
    writer = index.create_in(str(folder), _schema()).writer(limitmb=256)
    try:
        for document in documents:
            # Lists of terms go in as they are: the analysis is ours, and Whoosh pickles nothing of it.
            writer.add_document(**{name: list(values) for name, values in document.items()})
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    (folder / "MAIN_WRITELOCK").unlink(missing_ok=True)  # nobody writes here again


def _schema() -> Any:
    schema = fields.Schema()
    for field in FIELDS:
        schema.add(field.name, _field(formats.Frequency()))
    schema.add(WORDS, _field(formats.Positions()))
    return schema


def _field(form: Any) -> Any:
    field = fields.KEYWORD(scorable=True)
    field.format = form
    return field


class PostingsReader:
    """Reads an index of `write_postings`. Safe for threads."""

    def __init__(self, folder: Path) -> None:
        """Open the index. Raises whatever Whoosh raises where it is missing or damaged."""
        self._searcher = index.open_dir(str(folder)).searcher(weighting=scoring.BM25F(**_FLATNESS))
        self._lock = threading.Lock()
        self._cache: OrderedDict[str, Postings] = OrderedDict()

    @property
    def count(self) -> int:
        """How many documents there are."""
        return int(self._searcher.doc_count_all())

    def get(self, term: str) -> Postings:
        """The documents of a term, `NOTHING` where it is in none."""
        with self._lock:
            if term in self._cache:
                self._cache.move_to_end(term)
                return self._cache[term]
            found = self._cache[term] = self._decode(term)
            if len(self._cache) > _CACHED_TERMS:
                self._cache.popitem(last=False)
            return found

    def phrase(self, words: Sequence[str]) -> int:
        """The documents, as bits, in which the exact terms follow each other."""
        with self._lock:
            matches = query.Phrase(WORDS, list(words)).docs(self._searcher)
            return sum(1 << int(number) for number in set(matches))

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            self._searcher.close()

    def _decode(self, term: str) -> Postings:
        reader = self._searcher.reader()
        scores: dict[int, float] = {}
        for field, weight in _WEIGHTS.items():
            if (field, term) not in reader:
                continue
            matcher = self._searcher.postings(field, term)
            while matcher.is_active():
                number = int(matcher.id())
                scores[number] = scores.get(number, 0.0) + weight * float(matcher.score())
                matcher.next()
        return Postings(bits_of(scores), scores) if scores else NOTHING


def bits_of(numbers: Iterable[int]) -> int:
    """A bitset of document numbers; takes time in proportion to their count and the largest."""
    listed = list(numbers)
    if not listed:
        return 0
    octets = bytearray(max(listed) // 8 + 1)
    for number in listed:
        octets[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(octets, "little")


def numbers_of(bits: int) -> list[int]:
    """The document numbers of a bitset, ascending."""
    numbers: list[int] = []
    for place, octet in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while octet:
            low = octet & -octet
            numbers.append(place * 8 + low.bit_length() - 1)
            octet ^= low
    return numbers
