"""Licence texts as one compact table: the words they use, and the pairs of words of each text.

`pack` writes what `Index` reads; `catalogue/data/licences/SOURCE.md` says of which texts it is made.
Layout: one line of JSON, then the sections in the order of `SECTIONS`, numbers little endian.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from catalogue.standards.licence_text.words import words_of

SECTIONS = ("words", "keys", "shared", "lists", "pairs")
COMMONEST = 60  # texts that a pair may be in, to tell anything
BEHIND = 0.45  # how far behind the best share a text may be
FEWEST = 24  # pairs of a text that are looked up to find it
_LITTLE = array("H", [1]).tobytes()[0] == 1  # the order of bytes of this machine
_MIX = 2654435761  # Knuth's: spreads neighbouring numbers over 32 bits


class NoTable(ValueError):
    """The bytes are no table of this layout."""


class Text(NamedTuple):
    """A licence text, or a part of one that often stands alone."""

    spdx: str
    text: str
    language: str = "en"
    part: str = ""


class Row(NamedTuple):
    """What the table says of a text: where its pairs lie, how many of them are looked up."""

    spdx: str
    language: str
    part: str
    first: int
    size: int
    looked_up: int
    words: int


def pairs_of(numbers: array[int]) -> array[int]:
    """Each word with the one after it, as one number; the halves are cast, which no loop could beat."""
    half = len(numbers) // 2 * 2
    odd = (len(numbers) - 1) // 2 * 2
    both = array("I", bytes(0))
    even_pairs = array("I", numbers[:half].tobytes())
    odd_pairs = array("I", numbers[1 : 1 + odd].tobytes()) if odd > 0 else both
    merged = array("I", bytes(4 * (len(even_pairs) + len(odd_pairs))))
    merged[0::2] = even_pairs
    merged[1::2] = odd_pairs
    return merged


def _little(numbers: array[int]) -> bytes:
    if not _LITTLE:
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _unlittle(typecode: str, data: bytes | memoryview) -> array[int]:
    numbers: array[int] = array(typecode)
    numbers.frombytes(data)
    if not _LITTLE:
        numbers.byteswap()
    return numbers


def _sample(pairs: Sequence[int], texts: Mapping[int, int]) -> list[int]:
    """The same pairs of similar texts, about `FEWEST` of each or more, and none that is everywhere."""
    rare = [pair for pair in pairs if texts[pair] <= COMMONEST]
    rare = rare if len(rare) >= FEWEST else sorted(pairs, key=lambda pair: texts[pair])[:FEWEST]
    share = 1
    while len(rare) // (share * 2) >= FEWEST:
        share *= 2
    limit = (1 << 32) // share
    chosen = [pair for pair in rare if pair * _MIX % (1 << 32) < limit]
    return chosen if len(chosen) >= FEWEST // 2 else rare[:FEWEST]


def pack(texts: Iterable[Text], version: str) -> bytes:
    """The table of these texts."""
    words: dict[str, int] = {"": 0}
    rows: list[tuple[str, str, str, int, int, int]] = []
    pairs = array("I")
    postings: defaultdict[int, list[int]] = defaultdict(list)
    tokens_of, pairs_in = [], []
    for text in texts:
        tokens = words_of(text.text).tokens
        numbers = array("H", [words.setdefault(token, len(words)) for token in tokens])
        tokens_of.append((text, len(tokens)))
        pairs_in.append(sorted(set(pairs_of(numbers))))
    everywhere = Counter(pair for own in pairs_in for pair in own)
    for number, ((text, length), own) in enumerate(zip(tokens_of, pairs_in, strict=True)):
        sample = _sample(own, everywhere)
        for pair in sample:
            postings[pair].append(number)
        rows.append((text.spdx, text.language, text.part, len(own), len(sample), length))
        pairs.extend(own)
    lists: dict[tuple[int, ...], int] = {}
    flat = array("H")
    shared = array("I")
    for pair in sorted(postings):
        key = tuple(postings[pair])
        if key not in lists:
            lists[key] = len(flat)
            flat.extend((len(key), *key))
        shared.append(lists[key])
    parts = (
        "\n".join(words).encode(),
        *(_little(array("I", sorted(postings))), _little(shared), _little(flat), _little(pairs)),
    )
    head = {"version": version, "sizes": [len(part) for part in parts], "texts": rows}
    return json.dumps(head, ensure_ascii=False).encode() + b"\n" + b"".join(parts)


class Index:
    """The table, ready to be asked which texts share pairs with a given one."""

    def __init__(self, data: bytes) -> None:
        head = data[: data.find(b"\n") + 1]
        rest = memoryview(data)[len(head) :]
        try:
            said = json.loads(head)
            sizes, rows = said["sizes"], said["texts"]
        except (ValueError, KeyError, TypeError):
            raise NoTable("no table of licence texts") from None
        if sum(sizes) != len(rest):
            raise NoTable("the table of licence texts is cut off")
        parts: dict[str, memoryview] = {}
        place = 0
        for name, size in zip(SECTIONS, sizes, strict=True):
            parts[name] = rest[place : place + size]
            place += size
        self.version = str(said["version"])
        vocabulary = str(parts["words"], "utf-8").split("\n")
        self._numbers = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
        self._postings = dict(
            zip(_unlittle("I", parts["keys"]), _unlittle("I", parts["shared"]), strict=True)
        )
        self._lists = _unlittle("H", parts["lists"])
        self._pairs = parts["pairs"]
        self._known: dict[int, frozenset[int]] = {}
        self.rows: list[Row] = []
        first = 0
        for spdx, language, part, count, looked_up, length in rows:
            self.rows.append(Row(spdx, language, part, first, count, looked_up, length))
            first += count
        self._looked_up = [row.looked_up for row in self.rows]
        self._sizes: dict[tuple[int, int], list[int]] = {}
        for number, row in enumerate(reversed(self.rows), 1):  # the later of two equal ones comes first
            self._sizes.setdefault((row.words, row.size), []).append(len(self.rows) - number)

    def numbers_of(self, tokens: Sequence[str]) -> array[int]:
        """The numbers of the words; 0 for a word that no licence uses."""
        return array("H", list(map(self._numbers.get, tokens, repeat(0))))

    def pairs(self, row: int) -> frozenset[int]:
        """The pairs of words of a text."""
        if row not in self._known:
            meant = self.rows[row]
            data = self._pairs[meant.first * 4 : (meant.first + meant.size) * 4]
            self._known[row] = frozenset(_unlittle("I", data))
        return self._known[row]

    def of_size(self, words: int, pairs: int) -> Sequence[int]:
        """The texts of so many words and different pairs of them: seldom more than one."""
        return self._sizes.get((words, pairs), ())

    def candidates(self, pairs: frozenset[int], least: float, most: int) -> list[int]:
        """The texts of which at least this share seems to be contained, most likely first."""
        return [row for row, _ in self.likely(pairs, least, most)]

    def likely(self, pairs: frozenset[int], least: float, most: int) -> list[tuple[int, int]]:
        """As `candidates`, each with the number of its pairs that were looked up in vain."""
        hits: dict[int, int] = {}
        places = Counter(map(self._postings.__getitem__, self._postings.keys() & pairs))
        for place, times in places.items():
            for row in self._lists[place + 1 : place + 1 + self._lists[place]]:
                hits[row] = hits.get(row, 0) + times
        looked_up = self._looked_up
        shares = [
            (share, count, row) for row, count in hits.items() if (share := count / looked_up[row]) >= least
        ]
        shares.sort(reverse=True)
        enough = shares[0][0] - BEHIND if shares else 0.0
        return [(row, looked_up[row] - count) for share, count, row in shares[:most] if share >= enough]
