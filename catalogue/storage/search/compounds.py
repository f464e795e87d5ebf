"""German compounds taken apart by a curated list: "wasserzaehler" -> "wasser", "zaehler"."""

from collections.abc import Iterable
from functools import cache, lru_cache

from catalogue.storage.search import stems
from catalogue.storage.search.tokens import LONGEST_WORD, fold
from catalogue.storage.search.wordlists import list_of

SHORTEST = 6  # letters of a word that may be a compound
_LINKS = ("s", "es", "n", "en", "er", "e")
_PART, _SHORT, _LINK, _INFLECTED = 1.0, 1.0, 0.5, 0.3  # what parts cost; the cheapest way wins


class Splitter:
    """Takes words apart whose every part it knows; all other words stay whole."""

    def __init__(self, words: Iterable[str]) -> None:
        """`words` are base forms in any spelling."""
        self._words = {fold(word) for word in words}
        self._stems = {stems.german(word) for word in self._words if len(word) > 4}
        self._inner: dict[str, tuple[str, float]] = {}
        for word in sorted(self._words):
            self._add_inner(word)
        self._longest = max(map(len, self._inner), default=0)

    def _add_inner(self, word: str) -> None:
        """What a word looks like where another follows: as it is, with a link, or without its -e."""
        cost = _PART + (_SHORT if len(word) <= 3 else 0)
        self._inner[word] = (word, cost)
        for link in _LINKS:
            self._inner.setdefault(word + link, (word, cost + _LINK))
        if word.endswith("e") and len(word) > 4:
            self._inner.setdefault(word[:-1], (word, cost + _LINK))

    def __contains__(self, form: str) -> bool:
        """Whether the folded word is in the list."""
        return form in self._words

    def split(self, form: str) -> tuple[str, ...]:
        """The parts of a folded word as base forms, none where it is not a compound of known words."""
        if not SHORTEST <= len(form) <= LONGEST_WORD or form in self._words:
            return ()
        # best[i] is the cheapest way to read form[:i] as parts that another part follows.
        best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        found: tuple[float, tuple[str, ...]] | None = None
        for start in range(len(form)):
            if start not in best:
                continue
            cost, parts = best[start]
            last = self._last(form[start:])
            if last and (found is None or cost + last[1] < found[0]):
                found = (cost + last[1], (*parts, last[0]))
            for end in range(start + 3, min(start + self._longest, len(form) - 2) + 1):
                inner = self._inner.get(form[start:end])
                if inner and (end not in best or cost + inner[1] < best[end][0]):
                    best[end] = (cost + inner[1], (*parts, inner[0]))
        return found[1] if found and len(found[1]) > 1 else ()

    def _last(self, rest: str) -> tuple[str, float] | None:
        """The rest as a last part: in the list, or an inflection of what is in it."""
        if rest in self._words:
            return rest, _PART + (_SHORT if len(rest) <= 3 else 0)
        if len(rest) > 4 and stems.german(rest) in self._stems:
            return rest, _PART + _INFLECTED
        return None


@cache
def shipped() -> Splitter:
    """The splitter with the shipped list."""
    return Splitter(list_of("words"))


@lru_cache(maxsize=100_000)
def parts_of(form: str) -> tuple[str, ...]:
    """The parts of a folded word by the shipped list."""
    return shipped().split(form)
