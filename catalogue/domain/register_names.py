"""Names as people write them: folded spellings, namesakes told apart, and who is meant by a misspelt name."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

_BARE_LETTERS = str.maketrans({"ł": "l"})  # has no decomposition; Sorbian names are official
_LETTERS = _BARE_LETTERS | str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SEPARATORS = re.compile(r"[\W_]+")
_FIRST_WORDS = re.compile(r"[^(/]*?(?=\s+[a-zäöü(]|\s*[(/]|$)")
# What people write before the name of a town, whatever the town calls itself.
_TITLE = re.compile(r"(?:(?:landeshaupt|hanse|universitaets|kreis)?stadt|gemeinde|markt) (?=.)")
_SHORT_FOR_DISTRICT = re.compile(r"^(?:lk|kr) ")

CONTAINED = 0.9  # "Neuss" in "Rhein-Kreis Neuss"
CLOSE_ENOUGH = 0.75  # one wrong letter in four, or two letters swapped in a short name


def fold(text: str, *, bare: bool = False) -> str:
    """Lower-case words, one space between: "Köln-Süd" to "koeln sued", bare "koln sud"."""
    lower = text.casefold()
    if not lower.isascii():
        # Composed first: "ö" may also come as "o" and a combining mark (from macOS).
        composed = unicodedata.normalize("NFC", lower)
        parts = unicodedata.normalize("NFKD", composed.translate(_BARE_LETTERS if bare else _LETTERS))
        lower = "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
    return _SEPARATORS.sub(" ", lower).strip()


def head(name: str) -> str:
    """The name without addition: "Frankfurt" for "Frankfurt am Main" and for "Frankfurt (Oder)"."""
    if name.isalpha():
        return name
    match = _FIRST_WORDS.match(name)
    return (match.group() if match else "") or name


def tell_apart(forms: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Each key with the first of its forms that no other key has in the same place."""
    counts = [Counter(level) for level in zip(*forms.values(), strict=True)]
    for key, own in forms.items():
        label = next((form for form, count in zip(own, counts, strict=True) if count[form] == 1), None)
        if label is not None:
            yield key, label


class SpellingTable:
    """Spellings and the keys they stand for.

    Misspelt names are found with difflib, which takes 25 ms for all names. rapidfuzz would take 2 ms, and
    30 ms to import: too little gain for a library on this floor.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._exact: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._compared: set[str] = set()

    def add(self, name: str, key: str, weight: float = 1.0) -> None:
        """Let the name stand for the key, also when it is misspelt."""
        self._compared.add(self._enter(name, key, weight))

    def add_titled(self, titles: Iterable[str], name: str, key: str) -> None:
        """Let the name with one of the titles before it stand for the key, spelt exactly like this."""
        for title in titles:
            self._enter(f"{title} {name}", key, 1.0)

    def scores(self, name: str) -> dict[str, float]:
        """How well the name fits each key that may be meant, from `CLOSE_ENOUGH` (about) to 1."""
        query = _SHORT_FOR_DISTRICT.sub("landkreis ", fold(name.split(",", 1)[0])[:100])
        if not query:
            return {}
        queries = {query, _TITLE.sub("", query, count=1)}
        found: dict[str, float] = {}
        for spelling, score in self._near(queries):
            for key, weight in self._exact[spelling].items():
                found[key] = max(found.get(key, 0.0), score * weight)
        return found

    def _enter(self, name: str, key: str, weight: float) -> str:
        spelling = fold(name)
        keys = self._exact[spelling]
        keys[key] = max(keys.get(key, 0.0), weight)
        return spelling

    def _near(self, queries: set[str]) -> Iterator[tuple[str, float]]:
        """Spellings that are the query, contain it as words or, only where neither is, nearly are it."""
        exact = queries & self._exact.keys()
        yield from ((query, 1.0) for query in exact)
        contained = [
            spelling
            for query in queries
            for spelling in self._compared
            if query in spelling and f" {query} " in f" {spelling} " and query != spelling
        ]
        yield from ((spelling, CONTAINED) for spelling in contained)
        if not exact and not contained:
            for query in queries:
                yield from self._misspelt(query)

    def _misspelt(self, query: str) -> Iterator[tuple[str, float]]:
        # set_seq2 is analysed once and set_seq1 is not; the two quick ratios are upper bounds.
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(query)
        for spelling in self._compared:
            matcher.set_seq1(spelling)
            if matcher.real_quick_ratio() < CLOSE_ENOUGH or matcher.quick_ratio() < CLOSE_ENOUGH:
                continue
            ratio = matcher.ratio()
            if ratio >= CLOSE_ENOUGH:
                # Rounded, so that of two names about as near the larger town is meant.
                yield spelling, round(ratio, 2)
