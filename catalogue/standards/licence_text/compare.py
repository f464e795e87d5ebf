"""Which licence texts stand in a text, and where: shares of pairs of words, then the best stretch."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from catalogue.standards.licence_text.pack import Index, pairs_of

LEAST = 0.34  # of a text's pairs that have to be found before it is looked at
MOST_CANDIDATES = 14
ACCEPTED = 0.80  # of the coefficient of Dice over the best stretch
PENALTY = 2  # what a pair that is missing, or one too many, takes away
NEAR = 0.01  # share of the pairs within which the common licence wins
LONG_RUN = 8  # pairs in a row that are not the licence's, from which on they are noted
SURE = 0.995
LIKE_ENOUGH = 0.95
SHORTEST = 12  # pairs: shorter rests hold no text
MOST_TEXTS = 8
SLACK = 20
HEAD_LENGTH = 3000
HEAD = 60  # pairs before the greatest text that are looked at on their own

_HITS = re.compile(rb"\x01+")

# Of almost equal texts of SPDX's list, these are the ones that people use.
COMMON = frozenset(
    (
        *("MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "BSD-4-Clause", "Apache-2.0"),
        *("GPL-2.0-only", "GPL-3.0-only", "LGPL-2.1-only", "LGPL-3.0-only", "AGPL-3.0-only"),
        *("MPL-2.0", "EUPL-1.1", "EUPL-1.2", "EPL-1.0", "EPL-2.0", "OFL-1.1", "CC0-1.0", "CC-BY-4.0"),
        *("CC-BY-SA-4.0", "CC-BY-3.0", "CC-BY-SA-3.0", "Unlicense", "BSL-1.0", "Zlib", "PSF-2.0", "WTFPL"),
    )
)


class Found(NamedTuple):
    """A licence text found: in which words, how alike (Dice), and what is missing or too much."""

    row: int
    spdx: str
    first: int
    last: int
    alike: float
    common: int
    score: float
    margin: float = 1.0
    added: int = 0  # the longest run of words in it that are not the licence's


def _stretch(hits: bytes) -> tuple[int, int]:
    """The first and last pair of the stretch where hits most outweigh misses; run by run."""
    best, best_first, best_last = 0, 0, -1
    total, first, after = 0, 0, 0
    for run in _HITS.finditer(hits):
        start, end = run.span()
        total -= start - after
        if total <= 0:
            total, first = 0, start
        total += end - start
        after = end
        if total > best:
            best, best_first, best_last = total, first, end - 1
    return best_first, best_last


def _narrowed(hits: bytes, first: int, last: int, length: int) -> tuple[int, int]:
    """The window of about this length with most hits, trimmed."""
    sums = [0, *accumulate(hits[first : last + 1])]
    gains = list(map(sub, sums[length:], sums))
    start = max(first + gains.index(max(gains)) - SLACK, first)
    shift, end = _stretch(hits[start : start + length + 2 * SLACK])
    return start + shift, start + end


def _added(hits: bytes, extra: int, missing: int) -> int:
    """How many pairs are the file's own: in a row, or in all where the text itself is there in full."""
    if extra <= LONG_RUN:
        return 0
    return extra if missing * 4 < extra else max(map(len, hits.split(b"\1")))


def _look(
    index: Index, row: int, pairs: list[int], known: frozenset[int], shared: frozenset[int]
) -> Found | None:
    """How far this text is in the pairs; `known` are the same, each once, and `shared` those of the text."""
    own = index.pairs(row)
    hits = b"\1" * len(pairs) if len(shared) == len(known) else bytes(map(shared.__contains__, pairs))
    first, last = _stretch(hits)
    if last < first:
        return None
    longest = index.rows[row].words
    if last - first > longest * 5 // 4 + 40:  # the same text several times, or much between
        first, last = _narrowed(hits, first, last, longest)
    there = known if last - first + 1 == len(pairs) else frozenset(pairs[first : last + 1])
    common = len(shared if there is known else shared & there)
    extra = len(there) - common
    alike = 2 * common / (len(own) + len(there))
    score = common - PENALTY * (extra + len(own) - common)
    added = _added(hits[first : last + 1], extra, len(own) - common)
    return Found(row, index.rows[row].spdx, first, last, alike, common, score, added=added)


def _rank(found: Found) -> tuple[float, bool, int]:
    return (found.score, found.spdx in COMMON, -len(found.spdx))


def _looks(index: Index, pairs: list[int], known: frozenset[int]) -> list[Found]:
    """The texts that may be in there, looked at closely; those that cannot be best any more are not.

    The likeliest comes first: after it, most others are out by their mere length or by
    the pairs that were looked up in vain.
    """
    looked: dict[int, Found | None] = {}
    hopes: list[tuple[int, int]] = []
    shared: dict[int, frozenset[int]] = {}
    best = 0.0
    for row, missing in index.likely(known, LEAST, MOST_CANDIDATES):
        size = index.rows[row].size
        if _score(min(size - missing, len(known)), size) < best * (1 - NEAR * PENALTY):
            continue
        shared[row] = index.pairs(row) & known
        hopes.append((_score(len(shared[row]), size), row))
        if not looked:
            looked[row] = _accepted(_look(index, row, pairs, known, shared[row]))
            best = max(best, _score_of(looked[row]))
    looks: list[Found] = []
    best = 0.0
    for hope, row in sorted(hopes, reverse=True):
        if hope < best * (1 - NEAR * PENALTY):
            break
        found = looked[row] if row in looked else _accepted(_look(index, row, pairs, known, shared[row]))
        if found:
            looks.append(found)
            best = max(best, found.score)
    return looks


def _score(common: int, size: int) -> int:
    """Of a text of this size of which so many pairs are there, and nothing is too much."""
    return common - PENALTY * (size - common)


def _accepted(found: Found | None) -> Found | None:
    return found if found and found.alike >= ACCEPTED else None


def _score_of(found: Found | None) -> float:
    return found.score if found else 0.0


def _choose(looks: list[Found]) -> Found | None:
    """The text that explains most, of almost equal ones the common one."""
    good = sorted(looks, key=_rank, reverse=True)
    if not good:
        return None
    best = good[0]
    if best.spdx not in COMMON and best.alike < SURE:
        least = best.score - NEAR * PENALTY * best.common
        near = [one for one in good if one.spdx in COMMON and one.score >= least and one.alike > LIKE_ENOUGH]
        best = near[0] if near else best
    others = [
        one for one in good if one.spdx != best.spdx and one.first <= best.last and one.last >= best.first
    ]
    margin = min((best.alike - one.alike for one in others), default=1.0)
    return best._replace(margin=margin)


def _whole(index: Index, pairs: list[int], known: frozenset[int]) -> Found | None:
    """The text that these pairs are to the last one; of several alike, the common one."""
    size = len(known)
    same = [
        Found(row, index.rows[row].spdx, 0, len(pairs) - 1, 1.0, size, size)
        for row in index.of_size(len(pairs) + 1, size)
        if index.pairs(row) == known
    ]
    return max(same, key=_rank, default=None)


def _in_head(index: Index, pairs: list[int]) -> Iterator[Found]:
    """The text at the beginning of a file in which a greater one follows: it is the file's own."""
    head = pairs[:HEAD_LENGTH]
    found = _choose(_looks(index, head, frozenset(head)))
    if found:
        yield found
        if found.first > HEAD:
            yield from _in_head(index, head[: found.first])


def find_texts(index: Index, words: array[int]) -> Iterator[Found]:
    """The licence texts in these words, the one that explains most first; a text may come twice.

    The words are numbers as the index has them.
    """
    numbers = words[:]
    for done in range(MOST_TEXTS):
        pairs = pairs_of(numbers).tolist()
        known = frozenset(pairs)
        if len(known) < SHORTEST:
            return
        found = _whole(index, pairs, known) or _choose(_looks(index, pairs, known))
        if found is None:
            return
        yield found
        if not done and found.first > HEAD:
            yield from _in_head(index, pairs[: found.first])
        length = found.last + 2 - found.first
        numbers[found.first : found.last + 2] = array("H", bytes(2 * length))


def nearest(index: Index, tokens: list[str]) -> Found | None:
    """The text most like these words, however unlike it may be."""
    pairs = pairs_of(index.numbers_of(tokens)).tolist()
    known = frozenset(pairs)
    rows = index.candidates(known, 0.2, MOST_CANDIDATES)
    looks = [look for row in rows if (look := _look(index, row, pairs, known, index.pairs(row) & known))]
    return max(looks, key=lambda look: look.alike, default=None)
