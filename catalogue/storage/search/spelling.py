"""The index's own words: which there are, which begin like this, and which one a misspelt word means."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalogue.storage.search.compounds import parts_of, shipped

_SHORTEST = 5  # letters of a word that may be misspelt; shorter ones are near to anything
_OTHER_FIRST = 7  # letters from which on the first one may be wrong: Leute is not heute
_TWO_ERRORS = 9  # letters from which on a word may hold two errors
_COMPOUND = 9  # letters from which on one part of a compound may be misspelt
MOST_BEGINNINGS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the index: folded, as mostly written, and in how many entries."""

    form: str
    text: str
    count: int


class Vocabulary:
    """All words of the index. Immutable."""

    def __init__(self, words: Iterable[Word], names: Collection[str] = ()) -> None:
        """`names` are folded words that are right though no entry has them, such as towns."""
        self._words: Mapping[str, Word] = MappingProxyType({word.form: word for word in words})
        self._sorted = sorted(self._words)
        self._names = frozenset(names)
        by_length: dict[int, list[str]] = {}
        for form in self._sorted:
            if len(form) >= _SHORTEST and form.isalpha():
                by_length.setdefault(len(form), []).append(form)
        self._by_length = by_length

    def __contains__(self, form: str) -> bool:
        """Whether an entry has the folded word."""
        return form in self._words

    def text(self, form: str) -> str:
        """The word as entries mostly write it."""
        return self._words[form].text if form in self._words else form

    def beginning(self, form: str, limit: int = MOST_BEGINNINGS) -> list[str]:
        """Words that begin like this, the most frequent first."""
        start = bisect_left(self._sorted, form)
        end = bisect_left(self._sorted, form + "\U0010ffff", start)
        return sorted(self._sorted[start:end], key=lambda word: -self._words[word].count)[:limit]

    def correct(self, form: str) -> str | None:
        """What a misspelt word most likely means, None where nothing is near or the word is right."""
        if len(form) < _SHORTEST or not form.isalpha() or self._is_right(form):
            return None
        errors = 2 if len(form) >= _TWO_ERRORS else 1
        return self._near(form, errors) or self._near_compound(form)

    def _is_right(self, form: str) -> bool:
        return form in self._names or form in shipped() or bool(parts_of(form))

    def _near(self, form: str, errors: int) -> str | None:
        """The nearest word; of equals one with the same first letter, then the most frequent."""
        found: list[tuple[float, bool, int, str]] = []
        for length in range(len(form) - errors, len(form) + errors + 1):
            near = process.extract(
                form, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=errors, limit=20
            )
            for word, distance, _ in near:
                if word[0] == form[0] or (distance < 2 and len(form) >= _OTHER_FIRST):
                    found.append((distance, word[0] != form[0], -self._words[word].count, word))
        return min(found)[3] if found else None

    def _near_compound(self, form: str) -> str | None:
        """A compound of two words of which one is misspelt once: parkplaz|sensoren."""
        if len(form) < _COMPOUND:
            return None
        for cut in range(_SHORTEST - 1, len(form) - _SHORTEST + 2):
            head, tail = form[:cut], form[cut:]
            if tail in shipped() or tail in self._words:
                better = self._near(head, 1) if len(head) >= _SHORTEST else None
                if better and parts_of(better + tail):
                    return better + tail
            if head in shipped() or head in self._words:
                better = self._near(tail, 1) if len(tail) >= _SHORTEST else None
                if better and parts_of(head + better):
                    return head + better
        return None
