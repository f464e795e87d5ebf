"""Whoosh, and the only module that knows it: writes the index and decodes posting lists from it.

Whoosh holds the index: fields, terms, frequencies, lengths, segments, deletions. Its own collectors loop in
Python over every match of every query; we decode the list of a term once into two arrays (documents and their
BM25F scores by Whoosh's formula), keep them, and combine arrays. That is a hundred times faster and gives the
same sets and scores, as `tests/storage/search/test_postings.py` shows.
"""

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats, index, query, scoring
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import ListMatcher
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length

from catalogue.storage.search.documents import FIELDS, WORDS, WORDS_WEIGHT
from catalogue.storage.search.kept import Kept

Numbers: TypeAlias = NDArray[np.int32]
Scores: TypeAlias = NDArray[np.float32]

# What the decoded lists may hold in memory, at nine bytes a posting; the oldest go first.
_MOST_BYTES = 12 * 1024 * 1024
IN_TEXT = 0.5  # how far a word is covered that stands only in the text, not in name, tags, summary or topics
# field -> its weight, and whether it is a leading one
_WEIGHTS = {**{one.name: (one.weight, one.leading) for one in FIELDS}, WORDS: (WORDS_WEIGHT, False)}
# Exact words of long texts weigh as much as those of short ones: they only tip the scales.
_FLATNESS = {**{f"{one.name}_B": one.flat for one in FIELDS}, f"{WORDS}_B": 0.0}
_LOCK_FILE = "MAIN_WRITELOCK"
_LENGTHS = np.array([byte_to_length(octet) for octet in range(256)], np.float32)


@dataclass(frozen=True, eq=False)
class Postings:
    """The documents of a term in ascending order; for each BM25F over all fields, and whether it stands
    in a leading field (name, tags, summary and the like) and not just somewhere in the text."""

    numbers: Numbers
    scores: Scores
    leading: NDArray[np.bool_]

    @property
    def cover(self) -> Scores:
        """How far each document covers a question for the term: wholly, or to `IN_TEXT`."""
        return np.where(self.leading, np.float32(1), np.float32(IN_TEXT))

    @cached_property
    def bits(self) -> int:
        """The documents as a bitset: bit n stands for document n."""
        return bits_of(self.numbers)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self.numbers)

    @property
    def nbytes(self) -> int:
        """What it takes in memory, in bytes, the bitset apart."""
        return int(self.numbers.nbytes + self.scores.nbytes + self.leading.nbytes) + 600


NOTHING = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros(0, np.bool_))


def write_postings(folder: Path, documents: Iterable[Mapping[str, Sequence[str]]]) -> None:
    """Write a Whoosh index of the documents, numbered in their order, in one segment."""
    _write(index.create_in(str(folder), _schema()), documents)


def change_postings(
    folder: Path,
    removed: Collection[int],
    documents: Iterable[Mapping[str, Sequence[str]]],
    *,
    kept: int | None = None,
) -> None:
    """Take documents out of an index of `write_postings` by number, and add others behind.

    The documents of the first `kept` segments (None: of all) keep their numbers. What is left of later ones
    comes next, without gaps, then the new documents; these stand in one segment together.
    """
    _write(index.open_dir(str(folder)), documents, removed, kept)


def sizes_of(folder: Path) -> list[int]:
    """How many numbers each segment of an index of `write_postings` has, removed documents included."""
    return [segment.doc_count_all() for segment in index.open_dir(str(folder))._segments()]


def _write(
    opened: Any,
    documents: Iterable[Mapping[str, Sequence[str]]],
    removed: Collection[int] = (),
    kept: int | None = None,
) -> None:
    # In files of their own the parts of a segment are read from the disk; put together they would be copied
    # into the memory of every process.
    writer = opened.writer(limitmb=256, compound=False)
    try:
        for number in removed:
            writer.delete_document(number)
        stay, join = writer.segments[:kept], writer.segments[len(writer.segments[:kept]) :]
        for segment in (one for one in join if one.doc_count()):
            with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
                writer.add_reader(reader)
        for document in documents:
            # Lists of terms go in as they are: the analysis is ours, and Whoosh pickles nothing of it.
            writer.add_document(**{name: list(values) for name, values in document.items()})
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=lambda _, __: stay)
    (Path(opened.storage.folder) / _LOCK_FILE).unlink(missing_ok=True)  # nobody waits for it


def _schema() -> Any:
    schema = fields.Schema()
    for one in FIELDS:
        schema.add(one.name, _field(formats.Frequency()))
    schema.add(WORDS, _field(formats.Positions()))
    return schema


def _field(form: Any) -> Any:
    one = fields.KEYWORD(scorable=True)
    one.format = form
    return one


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment as it is read: where its documents begin, and the length of each field in each of them."""

    reader: Any
    begin: int
    lengths: dict[str, Scores] = field(default_factory=dict)


class PostingsReader:
    """Reads an index of `write_postings`. Safe for threads."""

    def __init__(self, folder: Path) -> None:
        """Open the index. Raises whatever Whoosh raises where it is missing or damaged."""
        self._folder = folder
        self._searcher = index.open_dir(str(folder)).searcher(weighting=scoring.BM25F(**_FLATNESS))
        # Who swaps an index for a newer one cannot close it: somebody may still read. The last one does.
        self._close = finalize(self, self._searcher.close)
        self._lock = threading.Lock()
        self._kept: Kept[str, Postings] = Kept(_MOST_BYTES)
        reader = self._searcher.reader()
        self._segments = [_Segment(leaf, begin) for leaf, begin in reader.leaf_readers()]
        self._size = int(reader.doc_count_all())
        self._alive = np.ones(self._size, np.bool_)
        for leaf, begin in reader.leaf_readers():
            segment = leaf.segment()  # none, where there is no document
            for number in segment.deleted_docs() if segment else ():
                self._alive[begin + number] = False

    @property
    def size(self) -> int:
        """How many document numbers there are, those of removed documents included."""
        return self._size

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Which document numbers are of documents that are there."""
        return self._alive

    def get(self, term: str) -> Postings:
        """The documents of a term, `NOTHING` where it is in none."""
        found = self._kept.get(term)
        if found is not None:
            return found
        with self._lock:
            found = self._kept.get(term)  # somebody may have been quicker
            if found is None:
                found = self._decode(term)
                self._kept.put(term, found, found.nbytes)
            return found

    def frequent(self, least: int) -> list[str]:
        """The terms that are in at least so many documents of one field, the most frequent first."""
        with self._lock:
            reader = self._searcher.reader()
            counts: dict[str, int] = {}
            for one in FIELDS:
                for octets, info in reader.iter_field(one.name):
                    count = int(info.doc_frequency())
                    if count >= least:
                        term = octets.decode()
                        counts[term] = max(count, counts.get(term, 0))
        return sorted(counts, key=lambda term: -counts[term])

    def held(self) -> list[str]:
        """The terms whose lists are in memory, the oldest first."""
        with self._lock:
            return self._kept.keys()

    def phrase(self, words: Sequence[str]) -> int:
        """The documents, as bits, in which the exact terms follow each other."""
        with self._lock:
            matches = query.Phrase(WORDS, list(words)).docs(self._searcher)
            return bits_of(np.fromiter(matches, np.int32))

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            self._close()

    def _decode(self, term: str) -> Postings:
        total = np.zeros(self._size, np.float32)
        leading = np.zeros(self._size, np.bool_)
        for name, (weight, is_leading) in _WEIGHTS.items():
            scorer: Any = None
            for segment in self._segments:
                if (name, term) not in segment.reader:
                    continue
                scorer = scorer or self._searcher.weighting.scorer(self._searcher, name, term)
                numbers, weights = _raw(segment.reader.postings(name, term))
                lengths = self._lengths(segment, name)[numbers]
                b, k1 = scorer.B, scorer.K1
                norm = k1 * ((1 - b) + b * lengths / scorer.avgfl)
                numbers += segment.begin
                total[numbers] += weight * scorer.idf * (weights * (k1 + 1)) / (weights + norm)
                leading[numbers] |= is_leading
        if not self._alive.all():
            total[~self._alive] = 0
        found = np.flatnonzero(total).astype(np.int32)
        return Postings(found, total[found], leading[found]) if len(found) else NOTHING

    def _lengths(self, segment: _Segment, name: str) -> Scores:
        """How long the field is in each document of the segment, as Whoosh rounds it; read once."""
        if name not in segment.lengths:
            file = W3Codec.column_filename(segment.reader.segment(), f"_{name}_len")
            octets = np.zeros(segment.reader.doc_count_all(), np.uint8)
            written = np.fromfile(self._folder / file, np.uint8)  # without those at the end that have none
            octets[: len(written)] = written
            segment.lengths[name] = _LENGTHS[octets]
        return segment.lengths[name]


def _raw(matcher: Any) -> tuple[Numbers, Scores]:
    """Numbers and frequencies of a list of one segment, block by block: five times faster than one by one."""
    while matcher.children():
        (matcher,) = matcher.children()  # what leaves removed documents out; we do that for all lists at once
    if isinstance(matcher, ListMatcher):  # a list of one document
        return np.array(matcher._ids, np.int32), np.array(matcher._weights, np.float32)
    numbers, weights = [], []
    while True:
        matcher._read_ids()
        matcher._read_weights()
        numbers.append(np.array(matcher._ids, np.int32))
        weights.append(np.array(matcher._weights, np.float32))
        if matcher._lastblock:
            return np.concatenate(numbers), np.concatenate(weights)
        matcher._next_block()


def bits_of(numbers: Numbers | Sequence[int]) -> int:
    """A bitset of document numbers; takes time in proportion to the largest."""
    if not len(numbers):
        return 0
    mask = np.zeros(int(np.max(numbers)) + 1, np.bool_)
    mask[np.asarray(numbers)] = True
    return bits_of_mask(mask)


def bits_of_mask(mask: NDArray[np.bool_]) -> int:
    """A bitset of the places that are true."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(bits: int, size: int) -> NDArray[np.bool_]:
    """A bitset of document numbers below `size` as an array of truths."""
    octets = np.frombuffer(bits.to_bytes(size // 8 + 1, "little"), np.uint8)
    return np.unpackbits(octets, count=size, bitorder="little").view(np.bool_)


def numbers_of(bits: int) -> Numbers:
    """The document numbers of a bitset, ascending."""
    return np.flatnonzero(mask_of(bits, bits.bit_length())).astype(np.int32)
