"""The index's own words: which there are, which begin like this, and which one a misspelt word means."""

from collections.abc import Collection, Iterable

from catalogue.storage.search import terms
from catalogue.storage.search.compounds import parts_of, shipped
from catalogue.storage.search.lexicon import SHORTEST_MISSPELT, Lexicon, Word, least_of
from catalogue.storage.search.nearby import TWO_ERRORS, Nearby

_OTHER_FIRST = 7  # letters from which on the first one may be wrong: Leute is not heute
_COMPOUND = 9  # letters from which on one part of a compound may be misspelt
MOST_BEGINNINGS = 12


class Vocabulary:
    """All words of the index. Immutable."""

    def __init__(self, lexicon: Lexicon, names: Collection[str] = (), more: Iterable[Word] = ()) -> None:
        """`names` are folded words that are right though no entry has them, such as towns; `more` are words
        with the entries that have them besides those of the lexicon."""
        self._lexicon = lexicon
        self._names = names if isinstance(names, frozenset) else frozenset(names)
        self._more = {word.form: word for word in more}
        size = len(lexicon) + sum(form not in lexicon for form in self._more)
        self._least = least_of(size)
        later = (Word(form, "", self.count(form)) for form in self._more)
        self._near = (lexicon.near, Nearby.of(word.form for word in later if word.may_be_meant(size)))

    def __contains__(self, form: str) -> bool:
        """Whether an entry has the folded word."""
        return form in self._lexicon or form in self._more

    def text(self, form: str) -> str:
        """The word as entries mostly write it."""
        place = self._lexicon.find(form)
        if place is not None:
            return self._lexicon[place].text
        return self._more[form].text if form in self._more else form

    def is_name(self, form: str) -> bool:
        """Whether the folded word is the name of a town or Land."""
        return form in self._names

    def count(self, form: str) -> int:
        """In how many entries the folded word is."""
        place = self._lexicon.find(form)
        known = self._lexicon[place].count if place is not None else 0
        return known + (self._more[form].count if form in self._more else 0)

    def beginning(self, form: str, limit: int = MOST_BEGINNINGS) -> list[str]:
        """Words that begin like this, the most frequent first."""
        later = [word for word in self._more if word.startswith(form)]
        places = self._lexicon.beginning(form, limit + len(later))
        found = [self._lexicon.forms[place] for place in places]
        if later:
            found = sorted({*found, *later}, key=lambda word: (-self.count(word), word))
        return found[:limit]

    def correct(self, form: str) -> str | None:
        """What a misspelt word most likely means, None where nothing is near or the word is right."""
        if len(form) < SHORTEST_MISSPELT or not form.isalpha() or self._is_right(form):
            return None
        errors = 2 if len(form) >= TWO_ERRORS else 1
        return self._nearest(form, errors) or self._near_compound(form)

    def _is_right(self, form: str) -> bool:
        return form in self._names or form in shipped() or terms.is_common(form) or bool(parts_of(form))

    def _nearest(self, form: str, errors: int) -> str | None:
        """The nearest word; of equals one with the same first letter, then the most frequent."""
        found = [
            (distance, word[0] != form[0], -count, word)
            for near in self._near
            for word, distance in near.find(form, errors)
            if (word[0] == form[0] or (distance < 2 and len(form) >= _OTHER_FIRST))
            and (count := self.count(word)) >= self._least
        ]
        return min(found)[3] if found else None

    def _near_compound(self, form: str) -> str | None:
        """A compound of two words of which one is misspelt once: parkplaz|sensoren."""
        if len(form) < _COMPOUND:
            return None
        for cut in range(SHORTEST_MISSPELT - 1, len(form) - SHORTEST_MISSPELT + 2):
            head, tail = form[:cut], form[cut:]
            if tail in shipped() or tail in self:
                better = self._nearest(head, 1) if len(head) >= SHORTEST_MISSPELT else None
                if better and parts_of(better + tail):
                    return better + tail
            if head in shipped() or head in self:
                better = self._nearest(tail, 1) if len(tail) >= SHORTEST_MISSPELT else None
                if better and parts_of(head + better):
                    return head + better
        return None
