"""What the files of a repository say about its licence: texts first, then headers, metadata and mentions."""

from collections.abc import Iterator, Mapping

from catalogue.domain.snapshot import Fact, Gap, Question, Reason, Voice, Where
from catalogue.standards.licence_files import Covers, Kind, licence_files
from catalogue.standards.licence_layout import (
    LicenceVoice,
    Strength,
    combine_voices,
    read_voices,
)
from harvest.readers.reading import not_there
from harvest.sighting import Sighting

MOST_OF_A_KIND = 3
_UNKNOWN = "NOASSERTION"
_NO_ANSWER = (_UNKNOWN, "LicenseRef-LICENSE")  # "SEE LICENSE IN LICENSE"
_SPEAKS: Mapping[Strength, Voice] = {
    Strength.TEXT: Voice.LICENCE_FILE,
    Strength.NOTICE: Voice.LICENCE_FILE,
    Strength.REUSE: Voice.REUSE,
    Strength.METADATA: Voice.METADATA,
    Strength.MENTION: Voice.README,
}


def read_licence(sighting: Sighting) -> Iterator[Fact | Gap]:
    """The licence by each voice, that of the licence files together first; what covers a part is noted."""
    tree = sighting.tree
    voices = read_voices(tree.paths, tree.files)
    yield from _of_files(voices)
    for strength in (Strength.REUSE, Strength.METADATA, Strength.MENTION):
        several = [one for one in voices if one.strength is strength and one.expression not in _NO_ANSWER]
        said = {one.expression: one for one in reversed(several)}  # the first place of each
        for one in list(said.values())[::-1][:MOST_OF_A_KIND]:
            yield _fact(one, one.expression, one.confidence)
    texts = [one for one in voices if _SPEAKS[one.strength] is Voice.LICENCE_FILE]
    if not texts:
        yield from _no_text(sighting)


def _of_files(voices: tuple[LicenceVoice, ...]) -> Iterator[Fact | Gap]:
    """One fact for all licence files together, at the place of the one that decides."""
    texts = tuple(one for one in voices if _SPEAKS[one.strength] is Voice.LICENCE_FILE)
    if not texts:
        return
    whole = combine_voices(tuple(one for one in voices if one.strength is not Strength.MENTION))
    first = next((one for one in texts if one.expression in whole.expression), texts[0])
    if whole.expression == _UNKNOWN:
        yield Gap(
            question=Question.LICENCE,
            reason=Reason.UNREADABLE,
            voice=Voice.LICENCE_FILE,
            where=_where(texts[0]),
        )
        return
    yield _fact(first, whole.expression, whole.confidence, whole.reasons)
    for one in whole.apart[:MOST_OF_A_KIND]:
        if one.strength in (Strength.TEXT, Strength.NOTICE) and one.expression != _UNKNOWN:
            yield _fact(one, one.expression, one.confidence)


def _fact(voice: LicenceVoice, expression: str, confidence: float, reasons: tuple[str, ...] = ()) -> Fact:
    covers = () if voice.covers is Covers.ALL else (f"covers-{voice.covers.value}",)
    notes = (*voice.notes, *covers, *(one for one in reasons if one != "licence-file"))
    return Fact(
        question=Question.LICENCE,
        value=expression,
        voice=_SPEAKS[voice.strength],
        where=_where(voice),
        confidence=round(confidence, 3),
        notes=tuple(dict.fromkeys(notes)),
    )


def _where(voice: LicenceVoice) -> Where:
    return Where(path=voice.path, first_line=voice.first_line, last_line=voice.last_line)


def _no_text(sighting: Sighting) -> Iterator[Gap]:
    """No licence file, or one that could not be read."""
    tree = sighting.tree
    for one in licence_files(tree.paths):
        if one.kind is Kind.TEXT and one.path not in tree.files:
            reason = Reason.TOO_LARGE if one.path in tree.too_large else Reason.UNREACHABLE
            where = Where(path=one.path)
            yield Gap(question=Question.LICENCE, reason=reason, voice=Voice.LICENCE_FILE, where=where)
            return
    yield not_there(tree, Question.LICENCE, "no licence file", Voice.LICENCE_FILE)
