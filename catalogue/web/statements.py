"""Statements as plain data: the value in words, who says so, where exactly, and as of when."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext

from catalogue.domain.provenance import Answer, Statement
from catalogue.domain.snapshot import Voice, Where
from catalogue.domain.solution import Solution
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.email import is_mail_address
from catalogue.web import labels
from catalogue.web.fact_words import short, shown_address, value_words
from catalogue.web.shapes import Shape, date_words
from catalogue.web.voices import QUESTION, note_words, speaker, voice_name

MOST_VOICES = 6  # that contradict each other in one sentence


def source_of(statement: Statement, solution: Solution) -> Shape:
    """Who says it, as `ui.provenance` shows it: the voice, the place as a link, and the day."""
    if statement.voice is Voice.ENTRY and statement.as_of is None:
        return {"label": voice_name(Voice.ENTRY), "date": date_words(solution.reviewed)}
    return source_shape(statement)


def source_shape(statement: Statement) -> Shape:
    """The same, as far as the statement itself tells it."""
    day, voice = day_words(statement.as_of), voice_name(statement.voice)
    if statement.voice is Voice.ENTRY:
        return {"label": voice, "date": day}
    place = place_words(statement.where) or shown_address(statement.where.address or statement.address or "")
    name = (statement.where.path or "").rpartition("/")[2].casefold()
    return {
        # "README, README.md" says nothing twice.
        "voice": "" if name.startswith(voice.casefold()) or not place else voice,
        "label": place or voice,
        "url": checked(statement.link or statement.address),
        "date": day,
    }


def sources_of(statements: Iterable[Statement], solution: Solution) -> list[Shape]:
    """The same of several, each once."""
    shapes = [source_of(statement, solution) for statement in statements]
    return [shape for i, shape in enumerate(shapes) if shape not in shapes[:i]]


def all_of(answer: Answer | None) -> tuple[Statement, ...]:
    """Every statement of an answer, the believed one first."""
    return (answer.said, *answer.agreeing, *answer.contradicting) if answer else ()


def place_words(where: Where) -> str:
    """The file and its lines."""
    if where.path is None:
        return ""
    path, first, last = short(where.path, 120), where.first_line, where.last_line
    if first is None:
        return path
    if last is None or last <= first:
        return str(gettext("%(path)s, Zeile %(line)s", path=path, line=first))
    return str(gettext("%(path)s, Zeilen %(first)s bis %(last)s", path=path, first=first, last=last))


def day_words(day: date | None) -> str:
    """A day in words."""
    return date_words(day.isoformat()) if day else ""


def month_words(day: date) -> str:
    """A month in words, as in "Stand April 2026"."""
    return date_words(day.isoformat()[:7])


def checked(address: object) -> str | None:
    """The address, where it is one that we would link to."""
    try:
        return parse_address(str(address)).text if address else None
    except BadAddress:
        return None


def checked_mail(text: object) -> str | None:
    """The mail address, where it has the form of one and nothing beside it."""
    return text if isinstance(text, str) and is_mail_address(text) else None


def contradiction_shape(answer: Answer, solution: Solution) -> Shape:
    """A contradiction as one plain sentence, what is shown, and each voice with its value and place."""
    shown = gettext(
        "Gezeigt wird %(value)s, laut %(voice)s.",
        value=value_words(answer.question, answer.value),
        voice=voice_name(answer.said.voice),
    )
    return {
        "question": labels.word(QUESTION, answer.question),
        "text": contradiction_words(answer),
        "shown": shown,
        "statements": [
            {
                "value": value_words(answer.question, statement.value),
                "note": note_words(statement.notes),
                "sources": [source_of(statement, solution)],
            }
            for statement in _spoken(answer)
        ],
    }


def contradiction_words(answer: Answer) -> str:
    """Who says what, in one sentence."""
    said: dict[Voice, list[str]] = {}
    for statement in _spoken(answer):
        said.setdefault(statement.voice, []).append(value_words(answer.question, statement.value))
    parts = [
        gettext(
            "%(speaker)s nennt %(value)s",
            speaker=speaker(voice, first=i == 0),
            value=gettext(" und ").join(values),
        )
        for i, (voice, values) in enumerate(said.items())
    ]
    return ", ".join(parts) + "."


def _spoken(answer: Answer) -> Sequence[Statement]:
    """The believed statement and those against it, the entry first, each pair of voice and value once."""
    kept: dict[tuple[str, str], Statement] = {}
    everybody = (answer.said, *answer.contradicting)
    for statement in sorted(everybody, key=lambda one: one.voice is not Voice.ENTRY):
        kept.setdefault((statement.voice, str(statement.value)), statement)
    return list(kept.values())[:MOST_VOICES]
