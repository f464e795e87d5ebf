"""What the files of a repository say about its licence, each on its own, and what that comes to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from catalogue.standards.licence_files import Covers, Kind, LicenceFile, covers_of, licence_files
from catalogue.standards.licence_metadata import statements
from catalogue.standards.licence_text.identify import (
    NOASSERTION,
    NONE,
    Identified,
    identify_file,
    known_ids,
    shipped,
    spelt,
)
from catalogue.standards.licence_text.notices import named_in, tags
from catalogue.standards.licence_text.words import all_words_of, decode

LONGEST = 1_000_000  # bytes of a file that are read
HEADER = 4000  # bytes of source code that may hold a header
MENTION = 0.7  # never surer by a README
STATED = 0.9  # by metadata
_TEXT_CONFIDENCE = 0.85  # from here on a text or notice counts as one
_GNU = re.compile(r"-(?:only|or-later)$")
_HEADING = re.compile(r"^#{1,6}\s*(?:licen[cs]e|lizenz|licencia)|^(?:licen[cs]e|lizenz)\s*$", re.I | re.M)


class Strength(StrEnum):
    """How much a voice counts, the strongest first."""

    TEXT = "text"
    NOTICE = "notice"
    REUSE = "reuse"
    METADATA = "metadata"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class LicenceVoice:
    """One statement about the licence: which file and lines, what, how sure, about what."""

    path: str
    first_line: int
    last_line: int
    expression: str
    confidence: float
    strength: Strength
    covers: Covers = Covers.ALL
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Combined:
    """The licence of a repository as far as its files tell, with the reasons and what contradicts."""

    expression: str
    confidence: float
    reasons: tuple[str, ...]
    voices: tuple[LicenceVoice, ...] = ()
    contradictions: tuple[tuple[LicenceVoice, LicenceVoice], ...] = ()
    apart: tuple[LicenceVoice, ...] = ()  # documentation, data


def read_voices(paths: Sequence[str], files: Mapping[str, bytes]) -> tuple[LicenceVoice, ...]:
    """What each file says, strongest first. Files whose content is not given say nothing."""
    voices = [
        voice
        for one in licence_files(paths)
        if one.path in files
        for voice in _voices_of(one, files[one.path][:LONGEST])
    ]
    return tuple(sorted(voices, key=lambda voice: list(Strength).index(voice.strength)))


def _voices_of(file: LicenceFile, data: bytes) -> Iterable[LicenceVoice]:
    if file.kind in (Kind.TEXT, Kind.FOLDER):
        return _of_text(file, identify_file(data))
    text = decode(data[:HEADER] if file.kind is Kind.HEADER else data)
    if text is None:
        return ()
    if file.kind is Kind.HEADER or file.path.endswith(".license"):
        return _of_tags(file, text)
    if file.kind is Kind.README:
        return _of_readme(file, text)
    strength = Strength.REUSE if file.kind is Kind.REUSE else Strength.METADATA
    return _of_statements(file, text, strength)


def _name(file: LicenceFile) -> str:
    return file.path.rpartition("/")[2]


def _of_text(file: LicenceFile, found: Identified) -> Iterable[LicenceVoice]:
    if found.spdx in (NONE, NOASSERTION) and "empty" in found.notes:
        return
    expression, notes = found.spdx, found.notes
    stem = _name(file).rpartition(".")[0]
    if file.kind is Kind.FOLDER and _GNU.sub("", stem) == _GNU.sub("", expression):
        # In LICENSES/ the name of the file is the id that is meant.
        expression, notes = stem, tuple(note for note in notes if note != "later-may-apply")
    strong = found.confidence >= _TEXT_CONFIDENCE and "tag" not in notes
    yield LicenceVoice(
        *(file.path, *found.lines, expression, found.confidence),
        *(Strength.TEXT if strong else Strength.NOTICE, file.covers, notes),
    )


def _of_tags(file: LicenceFile, text: str) -> Iterable[LicenceVoice]:
    for expression, line in tags(text)[:3]:
        strength = Strength.REUSE
        yield LicenceVoice(file.path, line, line, spelt(shipped(), expression), 0.95, strength, file.covers)


def _of_statements(file: LicenceFile, text: str, strength: Strength) -> Iterable[LicenceVoice]:
    for said, line, covers in statements(_name(file), text):
        expression = expression_of(said)
        if expression:
            yield LicenceVoice(file.path, line, line, expression, STATED, strength, covers)


def _of_readme(file: LicenceFile, text: str) -> Iterable[LicenceVoice]:
    """The section about the licence; without one, sentences that name a licence."""
    heading = _HEADING.search(text)
    start = heading.start() if heading else 0
    section = text[start : start + 3000] if heading else text[:20000]
    before = text.count("\n", 0, start)
    words = all_words_of(section)
    for one in named_in(words.joined)[:5]:
        first, last = words.lines_between(one.start, one.end)
        around = words.joined[max(one.start - 80, 0) : one.start]
        sure = min(MENTION, one.confidence) if heading else min(0.5, one.confidence)
        yield LicenceVoice(
            *(file.path, before + first, before + last, one.spdx, sure),
            *(Strength.MENTION, covers_of(around), one.notes),
        )


def expression_of(said: str) -> str | None:
    """What metadata states, as SPDX spells it; None where it names no licence."""
    stated = " ".join(said.split())[:300]
    expression = spelt(shipped(), stated)
    known = set(known_ids(shipped()).values())
    ids = [word for word in re.findall(r"[\w.+-]+", expression) if word not in ("AND", "OR", "WITH")]
    if ids and all(_is_id(word, known) for word in ids):
        return expression
    named = named_in(all_words_of(f"license {stated}").joined)
    joined = list(dict.fromkeys(one.spdx for one in named))
    return (" OR " if " OR " in stated else " AND ").join(joined) if joined else None


def _is_id(word: str, known: set[str]) -> bool:
    return (
        word in known
        or _GNU.sub("-only", word) in known
        or word.startswith("LicenseRef-")
        or "xception" in word
    )


def combine_voices(voices: Sequence[LicenceVoice]) -> Combined:
    """The licence of the code from all voices; what contradicts it is listed, not hidden."""
    apart = tuple(one for one in voices if one.covers in (Covers.DOCUMENTATION, Covers.DATA))
    ours = [one for one in voices if one not in apart and one.expression not in (NONE, NOASSERTION)]
    if not ours:
        denied = any(one.expression == NONE for one in voices)
        return Combined(NONE if denied else NOASSERTION, 0.5, ("nothing-said",), tuple(voices), apart=apart)
    expression, confidence, reason = _decide(ours)
    against = tuple(
        (one, other)
        for one, other in combinations(ours[:12], 2)
        if not _agree(one.expression, other.expression) and not _offered(expression, one, other)
    )
    return Combined(expression, confidence, (reason,), tuple(voices), against, apart)


def _decide(ours: list[LicenceVoice]) -> tuple[str, float, str]:
    """Expression, confidence and the reason: the strongest voice, or how several belong together."""
    broad = [one for one in ours if one.strength is Strength.REUSE and one.covers is Covers.ALL]
    texts = [one for one in ours if one.strength in (Strength.TEXT, Strength.NOTICE)]
    root = [one for one in texts if "/" not in one.path] or texts
    ids = list(dict.fromkeys(one.expression for one in root))
    if {_GNU.sub("", one) for one in ids} == {"GPL-3.0", "LGPL-3.0"}:
        ids = [one for one in ids if one.startswith("LGPL")]
    if len(ids) == 1:
        return _or_later(ids[0], ours), root[0].confidence, "licence-file"
    if not ids:
        return ours[0].expression, ours[0].confidence, ours[0].strength.value
    said = [one.expression for one in ours if one not in texts and _parts(one.expression) == set(ids)]
    if said:
        return said[0], 0.9, "files-and-statement"
    if broad:
        return broad[0].expression, broad[0].confidence, "reuse"
    return " AND ".join(f"({one})" if " OR " in one else one for one in ids), 0.6, "nobody-says-how"


def _or_later(expression: str, ours: list[LicenceVoice]) -> str:
    """A GNU text alone does not tell; whoever says "or later" is believed."""
    later = re.sub("-only$", "-or-later", expression)
    return later if any(one.expression == later for one in ours) else expression


def _parts(expression: str) -> set[str]:
    return set(re.findall(r"[\w.+-]+", expression)) - {"AND", "OR", "WITH"}


def _agree(one: str, other: str) -> bool:
    return {_GNU.sub("", part) for part in _parts(one)} == {_GNU.sub("", part) for part in _parts(other)}


def _offered(expression: str, one: LicenceVoice, other: LicenceVoice) -> bool:
    """Two licences that the whole joins contradict each other no more."""
    whole = {_GNU.sub("", part) for part in _parts(expression)}
    both = {_GNU.sub("", part) for part in (*_parts(one.expression), *_parts(other.expression))}
    return len(whole) > 1 and both <= whole
