"""Names of solutions as somebody types them: "hal plan" and "HALPlan" are HAL-Plan, "isi" is ISI - ..."""

import re
from collections.abc import Iterable, Iterator

from catalogue.storage.search.tokens import Token, tokenise

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_EXPLANATION = re.compile(r"\s[-–—]\s")  # "DIPAS - Digitales Partizipationssystem"
_OR = re.compile(r"\s/\s")  # "ParkAPI / ParkenDD"


def key_of(words: Iterable[Token]) -> str:
    """Words without spaces and hyphens."""
    return "".join(word.form for word in words)


def keys_of(name: str) -> frozenset[str]:
    """What counts as the exact name: all of it, and its parts that are names by themselves."""
    return frozenset(filter(None, (key_of(tokenise(part)) for part in _parts(name))))


def _parts(name: str) -> Iterator[str]:
    yield name
    bare = _IN_BRACKETS.sub("", name)
    yield bare
    for part in _OR.split(bare):
        yield part
        yield _EXPLANATION.split(part, maxsplit=1)[0]


class Names:
    """Finds the solutions that have a name."""

    def __init__(self, keys: Iterable[str]) -> None:
        """`keys` are those of each document, with spaces between, in the order of their numbers."""
        self._numbers: dict[str, tuple[int, ...]] = {}
        for number, of_document in enumerate(keys):
            for key in of_document.split():
                self._numbers[key] = (*self._numbers.get(key, ()), number)

    def find(self, words: Iterable[Token]) -> tuple[int, ...]:
        """The documents whose name the words are, all of them and nothing else."""
        return self._numbers.get(key_of(words), ())
