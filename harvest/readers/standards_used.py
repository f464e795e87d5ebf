"""Standards and interfaces that a repository uses, each with the place that shows it."""

import re
from collections.abc import Iterator, Sequence

from catalogue.domain.snapshot import Fact, Gap, Question, Voice, Where
from harvest.readers.packages import Dependency, dependencies_of
from harvest.readers.reading import by_depth, is_foreign, lines_of, not_there, text_of
from harvest.readers.standards_table import NAMES, PACKAGES, PATHS, WORDS
from harvest.sighting import Sighting

MOST = 25
MOST_PROSE = 300_000  # bytes of all pages together
_PROSE = re.compile(
    r"((\.github|\.gitlab|docs?)/)?readme([-_.][a-z]{2})?(\.(md|markdown|rst|txt|adoc|org))?"
    r"|docs?/([^/]+/)?[^/]+\.(md|rst|adoc)|[^/]+/readme\.(md|rst|adoc)"
)
_NO_PROSE = re.compile(
    r"(.*/)?adr/.*|.*(changelog|contributing|code_of_conduct|licen[cs]e)[^/]*", re.IGNORECASE
)
# Said not to be there, or not yet.
_DENIED = re.compile(
    r"\b(no|not|without|ohne|kein\w{0,3}|nicht|planned|geplant|roadmap|todo|future|künftig|zukünftig"
    r"|instead of"
    r"|statt|deprecated|unsupported|removed|e\.g\.|z\. ?B\.)\b|\[ \]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\]\([^()]{0,500}\)|https?://[^\s)>\"']{1,500}|!\[[^\[\]]{0,200}\]|`[^`]{0,200}`")


def read_standards(sighting: Sighting) -> Iterator[Fact | Gap]:
    """One fact for each standard by its best evidence: a file, a dependency, or words in the README."""
    found: dict[str, Fact] = {}
    for fact in (*_by_paths(sighting), *_by_packages(sighting), *_by_words(sighting)):
        name = str(fact.value["id"]) if isinstance(fact.value, dict) else ""
        found.setdefault(name, fact)
    yield from list(found.values())[:MOST]
    if not found:
        yield not_there(sighting.tree, Question.STANDARDS, f"none of {len(NAMES)} that we know")


def _fact(name: str, rule: str, voice: Voice, where: Where, confidence: float) -> Fact:
    value = {"id": name, "rule": rule}
    return Fact(question=Question.STANDARDS, value=value, voice=voice, where=where, confidence=confidence)


def _by_paths(sighting: Sighting) -> Iterator[Fact]:
    own = sorted((p for p in sighting.tree.paths if len(p) < 300 and not is_foreign(p)), key=by_depth)
    for name, pattern in PATHS.items():
        path = next((p for p in own if pattern.fullmatch(p.lower())), None)
        if path:
            yield _fact(name, "file", Voice.TREE, Where(path=path), 1.0)


def _by_packages(sighting: Sighting) -> Iterator[Fact]:
    dependencies: Sequence[Dependency] = tuple(dependencies_of(sighting.tree))
    for name, pattern in PACKAGES.items():
        used = next((one for one in dependencies if pattern.fullmatch(one.name.lower())), None)
        if used:
            where = Where(path=used.path, first_line=used.line, key=used.name)
            yield _fact(name, "dependency", Voice.METADATA, where, 0.9)


def _by_words(sighting: Sighting) -> Iterator[Fact]:
    """The first line that names a standard without denying it; an address or code is no statement."""
    left = MOST_PROSE
    has_readme = any("/" not in path and path.lower().startswith("readme") for path in sighting.tree.files)
    for path in sorted(sighting.tree.files, key=by_depth):
        if has_readme and path.startswith((".github/", ".gitlab/")):
            continue  # beside another README it is about the workflows
        if not _PROSE.fullmatch(path.lower()) or _NO_PROSE.fullmatch(path):
            continue
        confidence = 0.7 if path.count("/") == 0 else 0.5
        data = sighting.tree.files[path][:left]
        left -= len(data)
        for number, line in _prose(data):
            for name, pattern in WORDS.items():
                if pattern.search(line):
                    where = Where(path=path, first_line=number)
                    yield _fact(name, "named", Voice.README, where, confidence)


def _prose(data: bytes) -> Iterator[tuple[int, str]]:
    is_code = False
    for number, line in lines_of(text_of(data)):
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        plain = _ADDRESS.sub("] ", line)
        if not is_code and not _DENIED.search(plain):
            yield number, plain
