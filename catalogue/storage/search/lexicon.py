"""The words of an index in columns, which lie on the disk as they are used: opening them makes nothing anew.

They are those that the index was built of. What a later part of it says besides comes with its facts.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalogue.domain.beginnings import Beginnings
from catalogue.storage.search.nearby import Nearby, Table, table_of

SHORTEST_MISSPELT = 5  # letters of a word that may be misspelt; shorter ones are near to anything
# In a large catalogue a word that one entry alone has is as likely a slip itself.
_MANY_WORDS, _SURE = 20_000, 2
_SHORTEST_SUGGESTED = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the index: folded, as mostly written, and in how many entries."""

    form: str
    text: str
    count: int

    @property
    def is_suggested(self) -> bool:
        """Whether to suggest it: a noun or a name. What was joined from two words is in small letters."""
        return len(self.form) >= _SHORTEST_SUGGESTED and self.form.isalpha() and self.text[:1].isupper()

    def may_be_meant(self, size: int) -> bool:
        """Whether a misspelt word may mean it, in an index of so many words."""
        return self.count >= least_of(size) and len(self.form) >= SHORTEST_MISSPELT and self.form.isalpha()


def least_of(size: int) -> int:
    """In how many entries a word must be to be taken for right, in an index of so many words."""
    return _SURE if size > _MANY_WORDS else 1


class Lexicon:
    """Words in the order of the alphabet. Immutable."""

    def __init__(
        self,
        forms: list[str],
        texts: tuple[bytes, NDArray[np.int32]],
        counts: NDArray[np.int32],
        near: Table,
        suggested: NDArray[np.int32],
    ) -> None:
        """Use `Lexicon.of` or `Lexicon.load`. `texts` are one after the other, with the end of each;
        `suggested` are the places of the words worth suggesting, the most frequent first."""
        self.forms = forms
        self._texts, self._ends = texts
        self._counts = array("i", counts.astype(np.int32).tobytes())
        self._near = near
        self._suggested = suggested

    @classmethod
    def of(cls, words: Iterable[Word]) -> "Lexicon":
        """The words, in any order."""
        known = sorted(words, key=lambda word: word.form)
        texts = [word.text.encode() for word in known]
        suggested = [place for place, word in enumerate(known) if word.is_suggested]
        suggested.sort(key=lambda place: -known[place].count)
        return cls(
            [word.form for word in known],
            (b"".join(texts), np.cumsum([0, *map(len, texts)])[1:].astype(np.int32)),
            np.array([word.count for word in known], np.int32),
            table_of((n, word.form) for n, word in enumerate(known) if word.may_be_meant(len(known))),
            np.array(suggested, np.int32),
        )

    def save(self, path: Path) -> None:
        """Write it into a file."""
        hashes, places = self._near
        with path.open("wb") as file:
            np.savez(
                file,
                forms=np.frombuffer("\n".join(self.forms).encode(), np.uint8),
                texts=np.frombuffer(self._texts, np.uint8),
                ends=self._ends,
                counts=np.frombuffer(self._counts, np.int32),
                hashes=hashes,
                places=places,
                suggested=self._suggested,
            )

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """Read what `save` wrote. Raises OSError, ValueError or KeyError for anything else."""
        with np.load(path, allow_pickle=False) as columns:
            forms = columns["forms"].tobytes().decode()
            return cls(
                forms.split("\n") if forms else [],
                (columns["texts"].tobytes(), columns["ends"]),
                columns["counts"],
                (columns["hashes"], columns["places"]),
                columns["suggested"],
            )

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.forms)

    def find(self, form: str) -> int | None:
        """The place of a folded word."""
        place = bisect_left(self.forms, form)
        return place if place < len(self.forms) and self.forms[place] == form else None

    def __contains__(self, form: str) -> bool:
        """Whether an entry has the folded word."""
        return self.find(form) is not None

    def __getitem__(self, place: int) -> Word:
        """The word at a place."""
        begin = self._ends[place - 1] if place else 0
        text = self._texts[begin : self._ends[place]].decode()
        return Word(self.forms[place], text, self._counts[place])

    def beginning(self, form: str, limit: int) -> list[int]:
        """The places of words that begin like this, the most frequent first."""
        start = bisect_left(self.forms, form)
        end = bisect_left(self.forms, form + "\U0010ffff", start)
        counts = np.frombuffer(self._counts, np.int32)[start:end]
        places: list[int] = (np.argsort(-counts, kind="stable")[:limit] + start).tolist()
        return places

    @cached_property
    def near(self) -> Nearby:
        """Finds words that a misspelt one may mean, and some of those too rare for that."""
        return Nearby(self.forms, self._near)

    @cached_property
    def suggested(self) -> "Suggested":
        """The words worth suggesting."""
        return Suggested(self, self._suggested)


class Suggested:
    """The words of a lexicon that are worth suggesting, by their beginnings. Immutable."""

    def __init__(self, lexicon: Lexicon, places: NDArray[np.int32]) -> None:
        """`places` are theirs, the most frequent first."""
        self._lexicon, self._places = lexicon, array("i", places.astype(np.int32).tobytes())
        order = np.argsort(places)
        forms = [lexicon.forms[place] for place in places[order].tolist()]
        self.beginnings = Beginnings.of_sorted(forms, array("I", order.astype(np.uint32).tobytes()))

    def words(self, numbers: Sequence[int]) -> list[Word]:
        """The words of numbers that `beginnings` found."""
        return [self._lexicon[self._places[number]] for number in numbers]
