"""What the index keeps beside Whoosh's files: values to narrow and sort by, vocabulary, and a manifest."""

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from weakref import WeakValueDictionary

from catalogue.domain.synonyms import SynonymGroup
from catalogue.storage.search.collecting import no_collecting
from catalogue.storage.search.kept import Kept
from catalogue.storage.search.lexicon import Lexicon, Word
from catalogue.storage.search.wordlists import INDEX_LISTS, list_of

FORMAT_VERSION = "5"  # change it whenever fields, terms or facts change; word lists are noticed by themselves
_FACTS, _MANIFEST = FILES = ("facts.json", "manifest.json")
# What is written once, when an index is built, and taken over by all that build on it.
_LEXICON, _REGISTER = "words.npz", "register.json"
_SETTLED = 2.0  # seconds after which a file that was written again has another time

T = TypeVar("T", Lexicon, "Surroundings")


class IndexUnusable(Exception):
    """The index is missing, damaged or of another version of the program; it can be built anew."""


class DocumentFacts(NamedTuple):
    """One solution, as far as it decides on order and facets. `published`, `changed` (in the catalogue) and
    `last_activity` (in its repositories) are ISO 8601 in UTC or empty; `latest` the date of the latest
    milestone or empty. `name_keys` (see `names`) and `name_words` (see `suggest.words_of`) stand with spaces
    between them."""

    id: str
    name: str
    name_words: str
    name_keys: str
    published: str
    latest: str
    reused: int
    confirmed: int
    standing: float
    changed: str = ""
    last_activity: str = ""


# Stands for a document that is gone; the numbers of the others stay as they are.
HOLE = DocumentFacts(
    id="",
    name="",
    name_words="",
    name_keys="",
    published="",
    latest="",
    reused=0,
    confirmed=0,
    standing=0.0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLabel:
    """A topic's words, for suggestions, and the broader topic that it is part of."""

    id: str
    de: str
    en: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All facts of an index.

    `having` are the numbers of the documents by facet and value. `words` are those of the documents that came
    after the lexicon was written; `basis` is a fingerprint of what solutions refer to; `parts` says of how
    many segments the postings are.
    """

    documents: tuple[DocumentFacts, ...]
    having: Mapping[str, Mapping[str, Sequence[int]]]
    words: tuple[Word, ...]
    topics: tuple[TopicLabel, ...]
    synonyms: tuple[SynonymGroup, ...] = ()
    basis: str = ""
    parts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Surroundings:
    """What the register says, whatever the solutions are: `names` are folded words that are right though no
    solution has them, `places` the points (latitude, longitude) of municipalities and districts by key."""

    names: frozenset[str]
    places: Mapping[str, tuple[float, float]]


def save_lexicon(folder: Path, words: Iterable[Word], surroundings: Surroundings) -> None:
    """Write what all later parts of the index share."""
    Lexicon.of(words).save(folder / _LEXICON)
    content = {"names": sorted(surroundings.names), "places": surroundings.places}
    (folder / _REGISTER).write_text(json.dumps(content), encoding="utf-8")


def save_facts(folder: Path, facts: Facts, digests: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write the facts and, last of all, the manifest over every file of the folder.

    `digests` are those of files that were taken over from an older index as they are.
    """
    # Column by column and word lists as one text: a third of the time and memory of rows.
    content = {
        "documents": {
            name: [getattr(one, name) for one in facts.documents] for name in DocumentFacts._fields
        },
        "having": facts.having,
        "words": [
            "\n".join(word.form for word in facts.words),
            "\n".join(word.text for word in facts.words),
            [word.count for word in facts.words],
        ],
        "topics": [asdict(topic) for topic in facts.topics],
        "synonyms": [(group.id, group.words, group.asked) for group in facts.synonyms],
        "basis": facts.basis,
        "parts": facts.parts,
    }
    with no_collecting():
        (folder / _FACTS).write_text(json.dumps(content), encoding="utf-8")
    files = {path.name: digests.get(path.name) or _digest(path) for path in _files(folder)}
    manifest = {"version": format_version(), "files": files}
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """All that an index keeps beside Whoosh's files."""

    facts: Facts
    lexicon: Lexicon
    surroundings: Surroundings


def load_facts(folder: Path) -> Loaded:
    """Read the facts. Raises `IndexUnusable` unless every file is there and as it was written."""
    digests = digests_of(folder)
    for name in digests:
        _verify(folder, name, digests)
    try:
        return Loaded(
            facts=_read(folder),
            lexicon=_shared(_lexicons, digests[_LEXICON], lambda: Lexicon.load(folder / _LEXICON)),
            surroundings=_shared(
                _surroundings, digests[_REGISTER], lambda: _read_surroundings(folder / _REGISTER)
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"{folder}: {error}") from error


# By digest, while an open index has them: the next generation mostly has the same.
_lexicons: WeakValueDictionary[str, Lexicon] = WeakValueDictionary()
_surroundings: WeakValueDictionary[str, Surroundings] = WeakValueDictionary()


def _shared(known: WeakValueDictionary[str, T], digest: str, load: Callable[[], T]) -> T:
    found = known.get(digest)
    if found is None:
        found = known[digest] = load()
    return found


def _read_surroundings(path: Path) -> Surroundings:
    content = json.loads(path.read_text(encoding="utf-8"))
    return Surroundings(
        names=frozenset(content["names"]),
        places={key: (lat, lon) for key, (lat, lon) in content["places"].items()},
    )


def facts_alone(folder: Path) -> tuple[Facts, dict[str, str]]:
    """Read the facts without a look at the other files, and the digests that those should have.

    Raises `IndexUnusable` unless the facts are as they were written.
    """
    digests = digests_of(folder)
    _verify(folder, _FACTS, digests)
    with no_collecting():
        return _read(folder), digests


def _verify(folder: Path, name: str, digests: Mapping[str, str]) -> None:
    try:
        is_sound = _digest(folder / name) == digests.get(name)
    except OSError as error:
        raise IndexUnusable(f"{folder}: {error}") from error
    if not is_sound:
        raise IndexUnusable(f"{folder}: {name} is damaged")


def digests_of(folder: Path) -> dict[str, str]:
    """The digest of each file as it was written. Raises `IndexUnusable` for an index of another version."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["version"] != format_version():
            raise IndexUnusable(f"{folder}: written by another version ({manifest['version']!r})")
        return {str(name): str(digest) for name, digest in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnusable(f"{folder}: {error}") from error


def _read(folder: Path) -> Facts:
    try:
        content = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
        documents, (forms, texts, counts) = content["documents"], content["words"]
        return Facts(
            documents=tuple(
                map(
                    DocumentFacts._make,
                    zip(*(documents[name] for name in DocumentFacts._fields), strict=True),
                )
            ),
            having=content["having"],
            words=tuple(map(Word, _lines(forms), _lines(texts), counts)),
            topics=tuple(TopicLabel(**topic) for topic in content["topics"]),
            synonyms=tuple(
                SynonymGroup(key, tuple(words), tuple(asked)) for key, words, asked in content["synonyms"]
            ),
            basis=content["basis"],
            parts=content["parts"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnusable(f"{folder}: {error}") from error


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


@cache
def format_version() -> str:
    """The version of an index built today: the code's and that of the word lists."""
    lists = "\n".join(word for name in INDEX_LISTS for word in list_of(name))
    return f"{FORMAT_VERSION}-{hashlib.blake2b(lists.encode(), digest_size=4).hexdigest()}"


def words_of(seen: Mapping[str, Counter[str]]) -> tuple[Word, ...]:
    """The vocabulary from spellings counted by folded word."""
    return tuple(
        Word(form, texts.most_common(1)[0][0], texts.total()) for form, texts in sorted(seen.items())
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name != _MANIFEST)


def _digest(path: Path) -> str:
    """The digest of a file. It is known of one that this process has read and nobody has written since: a new
    generation shares its largest files with the one before."""
    seen = path.stat()
    file_id, state = (seen.st_dev, seen.st_ino), (seen.st_size, seen.st_mtime_ns)
    known = _digests.get(file_id)
    if known and known[0] == state:
        return known[1]
    with path.open("rb") as file:  # in pieces: the postings are larger than all else that is in memory
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    if time.time() - seen.st_mtime > _SETTLED:
        with _lock:
            _digests.put(file_id, (state, digest), 1)
    return digest


# By device and number of the file: its size and time, and the digest.
_digests: Kept[tuple[int, int], tuple[tuple[int, int], str]] = Kept(1000)
_lock = threading.Lock()
