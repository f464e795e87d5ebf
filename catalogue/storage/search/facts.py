"""What the index keeps beside Whoosh's files: values to narrow and sort by, vocabulary, and a manifest."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from catalogue.storage.search.spelling import Word
from catalogue.storage.search.wordlists import WORD_LISTS, list_of

FORMAT_VERSION = "2"  # change it whenever fields, terms or facts change; word lists are noticed by themselves
_FACTS, _MANIFEST = "facts.json", "manifest.json"


class IndexUnusable(Exception):
    """The index is missing, damaged or of another version of the program; it can be built anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """One solution, as far as it decides on order and facets. `published` is ISO 8601 in UTC or empty;
    `latest` the date of the latest milestone or empty."""

    id: str
    name: str
    name_keys: Sequence[str]  # see `names`
    published: str
    latest: str
    reused: int
    confirmed: int
    standing: float
    facets: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLabel:
    """A topic's words, for suggestions."""

    id: str
    de: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All facts of an index. `names` are folded words that are right though no solution has them."""

    documents: tuple[DocumentFacts, ...]
    words: tuple[Word, ...]
    names: tuple[str, ...]
    topics: tuple[TopicLabel, ...]


def save_facts(folder: Path, facts: Facts) -> None:
    """Write the facts and, last of all, the manifest over every file of the folder."""
    content = {
        "documents": [asdict(document) for document in facts.documents],
        "words": [(word.form, word.text, word.count) for word in facts.words],
        "names": facts.names,
        "topics": [asdict(topic) for topic in facts.topics],
    }
    (folder / _FACTS).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    manifest = {"version": format_version(), "files": {path.name: _digest(path) for path in _files(folder)}}
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def load_facts(folder: Path) -> Facts:
    """Read the facts. Raises `IndexUnusable` unless every file is there and as it was written."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["version"] != format_version():
            raise IndexUnusable(f"{folder}: written by another version ({manifest['version']!r})")
        for name, digest in manifest["files"].items():
            if _digest(folder / name) != digest:
                raise IndexUnusable(f"{folder}: {name} is damaged")
        content = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
        return Facts(
            documents=tuple(DocumentFacts(**document) for document in content["documents"]),
            words=tuple(Word(*word) for word in content["words"]),
            names=tuple(content["names"]),
            topics=tuple(TopicLabel(**topic) for topic in content["topics"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnusable(f"{folder}: {error}") from error


def format_version() -> str:
    """The version of an index built today: the code's and that of the word lists."""
    lists = "\n".join(word for name in WORD_LISTS for word in list_of(name))
    return f"{FORMAT_VERSION}-{hashlib.blake2b(lists.encode(), digest_size=4).hexdigest()}"


def words_of(seen: Mapping[str, Counter[str]]) -> tuple[Word, ...]:
    """The vocabulary from spellings counted by folded word."""
    return tuple(
        Word(form, texts.most_common(1)[0][0], texts.total()) for form, texts in sorted(seen.items())
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name != _MANIFEST)


def _digest(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
