"""The passage of a text that shows best why it was found, with the words that matched marked."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from catalogue.storage.search import terms
from catalogue.storage.search.tokens import Token, tokenise

Run = tuple[str, bool]  # a piece of text, and whether it matched
CUT = "…"
# To analyse a text takes a hundred times as long as to mark it: a short one is kept here, others by whoever
# asks again. A text of two pages takes 15 kB.
_TEXTS, _WORDS = 2048, 50_000
_MOST_IN_PASSAGE = 20  # words; a text that repeats one word costs no more than any


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text and its words that say something: where each begins and ends, and which of them a term finds.

    Terms stand as their hashes, in order, each with the place of a word that has it: to look a dozen of them
    up takes a tenth of what it takes to go through the words.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"
    hashes: "array[int]"
    places: "array[int]"

    def matches(self, found: frozenset[str]) -> "Matches":
        """The words that have one of the terms; `found` are those of a `Hit`."""
        hashes, places, count = self.hashes, self.places, len(self.hashes)
        met: dict[int, list[str]] = {}
        for term in found:
            code = hash(term)
            at = bisect_left(hashes, code)
            while at < count and hashes[at] == code:
                met.setdefault(places[at], []).append(term)
                at += 1
        return Matches(self, met)


def analysed(text: str) -> Analysed:
    """The text ready to be marked again and again."""
    tokens = [token for token in tokenise(text) if token.more or not terms.is_stop_word(token)]
    rows = sorted(
        (code, place) for place, token in enumerate(tokens) for code in _hashes_of(token.form, token.more)
    )
    return Analysed(
        text,
        array("I", (token.start for token in tokens)),
        array("I", (token.end for token in tokens)),
        array("q", (code for code, _ in rows)),
        array("I", (place for _, place in rows)),
    )


_kept = lru_cache(maxsize=_TEXTS)(analysed)


@lru_cache(maxsize=_WORDS)
def _hashes_of(form: str, more: tuple[str, ...]) -> tuple[int, ...]:
    return tuple({hash(term) for term in terms.all_of(Token(form, 0, len(form), form, more))})


class Matches:
    """The words of a text that were found, for what it says and for what is marked."""

    __slots__ = ("_met", "_words", "said")

    def __init__(self, words: Analysed, met: Mapping[int, Sequence[str]]) -> None:
        """`met` are the terms by the place of the word; `said` will be all of them."""
        self._words, self._met = words, met
        self.said = frozenset(chain.from_iterable(met.values()))

    def runs(self, *, limit: int | None = 200) -> tuple[Run, ...]:
        """The best passage of about `limit` characters as runs; None shows all of the text.

        The runs are plain text and joined give the passage; whoever writes HTML escapes each. Without a match
        it is the beginning of the text.
        """
        words, places = self._words, sorted(self._met)
        start, end = 0, len(words.text)
        if limit is not None and end > limit:
            start, end = _passage(words, places, self._met, max(limit, 1))
        spans = [(words.starts[place], words.ends[place]) for place in places]
        return tuple(_runs(words.text, start, end, spans))


def mark(text: str, found: frozenset[str], *, limit: int | None = 200) -> tuple[Run, ...]:
    """The runs of a text, see `Matches`."""
    return _kept(text).matches(found).runs(limit=limit)


def said(text: str, found: frozenset[str]) -> frozenset[str]:
    """Those of the terms that the text says."""
    return _kept(text).matches(found).said


def unsaid(found: frozenset[str], met: frozenset[str]) -> frozenset[str]:
    """Those of `found` that nothing of `met` says in any way: in full, in another form, as part of a word."""
    words = {term[1:] for term in met}
    return frozenset(term for term in found if term[1:] not in words)


def _passage(
    words: Analysed, matched: Sequence[int], met: Mapping[int, Sequence[str]], limit: int
) -> tuple[int, int]:
    """Where the passage with the most different terms begins and ends, cut between words."""
    text = words.text
    if not matched or words.ends[matched[-1]] <= limit:
        return 0, _end_of(text, 0, limit)
    starts = [words.starts[place] for place in matched]
    best, best_place = -1, 0
    for place, start in enumerate(starts):
        last = min(bisect_right(starts, start + limit - 40), place + _MOST_IN_PASSAGE)
        different = len(frozenset().union(*(met[other] for other in matched[place:last])))
        if different > best:
            best, best_place = different, place
    start = _start_of(text, starts[best_place])
    return start, _end_of(text, start, limit)


def _start_of(text: str, first_match: int) -> int:
    """The beginning of the sentence, or of a word a little before the match."""
    near = max(0, first_match - 60)
    before = text[near:first_match]
    for stop in ("\n", ". ", "! ", "? "):
        if stop in before:
            return near + before.rindex(stop) + len(stop)
    return near + before.find(" ") + 1 if near else 0


def _end_of(text: str, start: int, limit: int) -> int:
    """The end of the last word that fits."""
    end = start + limit
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", start + limit // 2, end + 1)
    return space if space > 0 else end


def _runs(text: str, start: int, end: int, matched: Sequence[tuple[int, int]]) -> Iterator[Run]:
    if start > 0:
        yield CUT + " ", False
    place = start
    for first, last in matched:
        if first < place or last > end:
            continue
        if first > place:
            yield text[place:first], False
        yield text[first:last], True
        place = last
    if place < end:
        yield text[place:end].rstrip() if end < len(text) else text[place:end], False
    if end < len(text):
        yield " " + CUT, False
