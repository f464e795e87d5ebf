"""The passage of a text that shows best why it was found, with the words that matched marked."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from catalogue.storage.search import terms
from catalogue.storage.search.tokens import Token, tokenise

Run = tuple[str, bool]  # a piece of text, and whether it matched
CUT = "…"


def mark(text: str, found: frozenset[str], *, limit: int | None = 200) -> tuple[Run, ...]:
    """The best passage of about `limit` characters as runs; None shows all of the text.

    `found` are the terms of a `Hit`. The runs are plain text and joined give the passage; whoever writes HTML
    escapes each. Without a match it is the beginning of the text.
    """
    tokens = tokenise(text)
    matches = [(token, met) for token in tokens if (met := _met(token, found))]
    start, end = 0, len(text)
    if limit is not None and len(text) > limit:
        start, end = _passage(text, matches, max(limit, 1))
    return tuple(_runs(text, start, end, [token for token, _ in matches]))


def _met(token: Token, found: frozenset[str]) -> frozenset[str]:
    return found & terms.all_of(token) if found else found


def _passage(text: str, matches: Sequence[tuple[Token, frozenset[str]]], limit: int) -> tuple[int, int]:
    """Where the passage with the most different terms begins and ends, cut between words."""
    if not matches or matches[-1][0].end <= limit:
        return 0, _end_of(text, 0, limit)
    starts = [token.start for token, _ in matches]
    best, best_place = -1, 0
    for place, start in enumerate(starts):
        # Twenty words are more than a passage holds; a text that repeats one word costs no more than any.
        last = min(bisect_right(starts, start + limit - 40), place + 20)
        different = len(frozenset().union(*(met for _, met in matches[place:last])))
        if different > best:
            best, best_place = different, place
    start = _start_of(text, matches[best_place][0].start)
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


def _runs(text: str, start: int, end: int, matched: Sequence[Token]) -> Iterator[Run]:
    if start > 0:
        yield CUT + " ", False
    place = start
    for token in matched:
        if token.start < place or token.end > end:
            continue
        if token.start > place:
            yield text[place : token.start], False
        yield text[token.start : token.end], True
        place = token.end
    if place < end:
        yield text[place:end].rstrip() if end < len(text) else text[place:end], False
    if end < len(text):
        yield " " + CUT, False
