"""Why a solution was found, in one plain line; nothing where title or summary show it."""

from collections.abc import Callable, Iterator, Mapping, Set
from itertools import islice
from typing import TypeAlias, cast

from flask_babel import gettext

from catalogue.domain.bodies import Body
from catalogue.services.cards import Card
from catalogue.services.search import Analysed, Reason, analysed, said, unsaid
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue

_MOST_LINES, _MOST_VALUES = 2, 2
# What a value is called on the page, and every text that the index knows it by.
Values = Iterator[tuple[str, str]]
# Label of a field, all its texts in one, and its values.
Evidence: TypeAlias = tuple[tuple[str, Analysed, tuple[tuple[str, str], ...]], ...]


def why(card: Card, rest: frozenset[str], hidden: frozenset[str], marked: Set[str]) -> str:
    """The line. `rest` are the terms that title and summary do not say, `hidden` those of them that the
    passage does not say either; `marked` are the folded words that are marked in title and summary.
    """
    synonyms = {reason.found.casefold() for reason in card.reasons if reason.kind == "synonym"}
    lines = [*_fields(card, rest, hidden, synonyms)] if rest else []
    for reason in reversed(card.reasons):
        found = (reason.found or reason.word).casefold()
        is_seen = found in marked or any(found in line.casefold() for line in lines)
        if reason.kind in _SAID and not (reason.kind in _SEEN and is_seen):
            lines.insert(0, _SAID[reason.kind](reason))
    return " · ".join(list(dict.fromkeys(lines))[:_MOST_LINES])


_SAID: Mapping[str, Callable[[Reason], str]] = {
    "synonym": lambda reason: gettext("Gefunden über das Synonym „%(word)s“", word=reason.found),
    "correction": lambda reason: gettext("Schreibweise korrigiert: „%(word)s“", word=reason.found),
    "part": lambda reason: gettext("Im Wort „%(word)s“", word=reason.found),
    "beginning": lambda reason: gettext("Im Wort „%(word)s“", word=reason.found),
    "english": lambda reason: gettext("Im englischen Text: „%(word)s“", word=reason.found or reason.word),
    "meaning": lambda reason: gettext("Ähnliche Bedeutung"),
}
# Who sees the word marked need not be told.
_SEEN = ("correction", "part", "beginning", "english")


def _fields(card: Card, rest: frozenset[str], hidden: frozenset[str], told: Set[str]) -> Iterator[str]:
    """Where words that title and summary do not have were found, each once: provider, tags, …
    A value that is nothing but a synonym already `told` would only say it again.
    """
    for place, (label, text, values) in enumerate(evidence_of(card)):
        terms = hidden if place else rest  # that the provider has the name says more than any passage
        if met := text.matches(terms).said:  # mostly not: one look instead of twenty
            found = (
                name for name, known_by in values if name.casefold() not in told and said(known_by, terms)
            )
            if shown := "; ".join(islice(found, _MOST_VALUES)):
                yield f"{label}: {shown}"
            rest, hidden = unsaid(rest, met), unsaid(hidden, met)


def evidence_of(card: Card) -> Evidence:
    """The values of each field, and all their words in one text; worked out once in a revision."""
    parts, key = catalogue().parts, ("evidence", current_language(), card.solution.id)
    known = parts.get(key)
    if known is None:
        rows = [(label(), tuple(values(card))) for label, values in _FIELDS]
        evidence = tuple(
            (label, analysed(" ; ".join(text for _, text in found)), found) for label, found in rows if found
        )
        known = parts.keep(key, evidence)
    return cast(Evidence, known)


def _providers(card: Card) -> Values:
    return map(_body, card.providers)


def _body(body: Body) -> tuple[str, str]:
    land = labels.land_name(body.land, current_language())
    said = body.label if not land or land == body.label else f"{body.label}, {land}"
    short = body.organisation.short_name if body.organisation else None
    return said, " ; ".join(filter(None, (said, body.key, short, labels.land_name(body.land, "de"))))


def _tags(card: Card) -> Values:
    known = catalogue().topics
    yield from ((tag, tag) for tag in card.solution.tags)
    for topic in (known[key] for key in card.solution.topics if key in known):
        yield (topic.en if current_language() == "en" else topic.de), f"{topic.de} ; {topic.en}"


def _needs(card: Card) -> Values:
    return ((words, words) for words in (*card.solution.needs_de, *card.solution.needs_en))


def _technologies(card: Card) -> Values:
    return ((word, word) for word in (*card.solution.technologies, *card.solution.standards))


def _licence(card: Card) -> Values:
    expression = card.solution.licence.expression if card.solution.licence else None
    if expression:
        yield expression, f"{expression} ; {expression.split('-')[0]}-Lizenz"


def _others(card: Card) -> Values:
    solution, known = card.solution, catalogue()
    bodies = (
        *(reuse.body for reuse in solution.reuses if reuse.is_named),
        *(support.body for support in solution.support),
    )
    yield from (_body(known.bodies.get(key)) for key in dict.fromkeys(bodies))
    for key in solution.model_projects:
        if key in known.model_projects:
            yield known.model_projects[key].name, known.model_projects[key].name


_FIELDS: tuple[tuple[Callable[[], str], Callable[[Card], Values]], ...] = (
    (lambda: gettext("Anbieter"), _providers),
    (lambda: gettext("Schlagwort"), _tags),
    (lambda: gettext("Typische Fragen und Suchworte"), _needs),
    (lambda: gettext("Technik"), _technologies),
    (lambda: gettext("Lizenz"), _licence),
    (lambda: gettext("Beteiligt"), _others),
)
