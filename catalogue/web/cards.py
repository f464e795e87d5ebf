"""A solution in short as plain data: what is always the same of it, and what the question adds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote_plus, urlencode

from flask import get_template_attribute, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from catalogue.domain.solution import OpenSource
from catalogue.services.cards import Card
from catalogue.services.search import Analysed, analysed, unsaid
from catalogue.standards.markdown import plain
from catalogue.web import labels
from catalogue.web.addresses import FROM, MOST_COMPARED, ResultsAddress
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue
from catalogue.web.fact_words import short
from catalogue.web.nearby import Place, nearby_words
from catalogue.web.reasons import evidence_of, why
from catalogue.web.shapes import Shape, body_shape, date_words, topic_shapes
from catalogue.web.vitality import card_vitality

Runs = Sequence[tuple[str, bool]]
_PASSAGE = 200  # signs
# Pieces of the page that say the same whatever was asked, and the macros that make them.
_MACROS = "macros/solution.html"
_FRAGMENTS = {"offered_by": "card_providers", "foot": "card_foot", "facts": "card_facts"}


_NO_CHOICE: Mapping[str, object] = {
    "in_shortlist": False,
    "shortlist_url": "",
    "shortlist_full": False,
    "shortlist_said": "",
    "nearby": "",
    "is_counted": False,
}


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a card in the reader's language, ready to be marked."""

    name: Analysed
    summary: Analysed
    passage: Analysed


def card_shape(card: Card, choice: Mapping[str, object] = _NO_CHOICE) -> Shape:
    """A card; `choice` says whether and how it can be put on the shortlist."""
    shape: Shape = {**_frame(card), **choice, "by": card.by}
    if card.terms or card.reasons:
        shape |= _found_part(card, str(shape["summary"]))
    return shape


def card_shapes(
    cards: Iterable[Card], address: ResultsAddress, *, term: str = "", place: Place | None = None
) -> list[Shape]:
    """The cards of a list of results; each can be put on the shortlist that the address holds.

    `term` is what was searched for and `place` where; links to profiles carry both.
    """
    choices = _Choices(address, term, place)
    return [card_shape(card, choices.of(card)) for card in cards]


def prepare_card(card: Card) -> None:
    """Work out now what is kept of it in the reader's language."""
    _texts(card, str(_frame(card)["summary"]))
    evidence_of(card)


def _frame(card: Card) -> Mapping[str, object]:
    """What does not depend on the question; worked out once in a revision and language."""
    parts, key = catalogue().parts, ("card", current_language(), card.solution.id)
    known = parts.get(key)
    if known is None:
        frame = _made_frame(card)
        made = {name: get_template_attribute(_MACROS, macro)(frame) for name, macro in _FRAGMENTS.items()}
        known = parts.keep(key, {**frame, **made})
    return cast(Mapping[str, object], known)


def _made_frame(card: Card) -> Shape:
    solution, lang = card.solution, current_language()
    summary, summary_lang = solution.summary_de, "de"
    if lang == "en" and solution.summary_en:
        summary, summary_lang = solution.summary_en, "en"
    open_source = solution.open_source or OpenSource.NOT_CONFIRMED
    expression = solution.licence.expression if solution.licence else None
    return {
        "id": solution.id,
        "url": url_for("pages.solution", key=solution.id),
        "name": solution.name,
        "title": solution.name,
        "summary": summary,
        "summary_lang": summary_lang,
        "providers": [body_shape(body) for body in card.providers],
        "kind": solution.kind.value if solution.kind else "",
        "kind_label": labels.word(labels.KIND, solution.kind),
        "open_source": open_source.value,
        "open_source_label": labels.word(labels.OPEN_SOURCE, open_source),
        "licence_group": card.licence_group.value,
        "licence_label": labels.word(labels.LICENCE_GROUP, card.licence_group),
        "licence_expression": "" if expression in (None, "NONE", "NOASSERTION") else short(expression),
        "maturity": solution.maturity.value if solution.maturity else "",
        "maturity_label": labels.word(labels.MATURITY, solution.maturity),
        "summary_note": _other_language(summary_lang),
        **card_vitality(card.observed),
        "discontinued": solution.is_discontinued,
        "reuse_count": card.reuse.count,
        "reuse_confirmed": card.reuse.confirmed,
        "reuser_names": [body.label for body in card.reusers],
        "topics": topic_shapes(solution.topics),
        "reviewed": date_words(solution.reviewed),
        "highlights": [],
        "why": "",
    }


def _other_language(lang: str) -> str:
    """Words that say so where a text is not in the reader's language."""
    if lang == current_language():
        return ""
    return str(gettext("auf Deutsch") if lang == "de" else gettext("auf Englisch"))


def _found_part(card: Card, summary: str) -> Shape:
    """What the question adds: marked words, the passage that shows most, and in words why it was found."""
    terms, texts = card.terms, _texts(card, summary)
    in_name, in_summary = texts.name.matches(terms), texts.summary.matches(terms)
    # What title and summary do not say, the passage may; what it does not, a line does.
    rest = unsaid(terms, in_name.said | in_summary.said)
    in_passage = texts.passage.matches(rest) if rest else None
    said = in_passage.said if in_passage else rest
    name, short = in_name.runs(limit=None), in_summary.runs(limit=None)
    seen = {word.casefold() for word, hit in (*name, *short) if hit}
    return {
        "title": marked(name),
        "summary": marked(short),
        "highlights": [marked(in_passage.runs(limit=_PASSAGE))] if in_passage and said else [],
        "why": why(card, rest, unsaid(rest, said), seen),
    }


def _texts(card: Card, summary: str) -> _Texts:
    """Its texts; analysed once in a revision and language, which takes as long as half a page."""
    parts, key, solution = catalogue().parts, ("texts", current_language(), card.solution.id), card.solution
    known = parts.get(key)
    if known is None:
        text = (solution.text_en if current_language() == "en" else "") or solution.text_de
        known = parts.keep(key, _Texts(*map(analysed, (solution.name, summary, plain(text)))))
    return cast(_Texts, known)


def marked(runs: Runs) -> Markup:
    """The text with the matched words marked, safe to print."""
    # Each piece is escaped before it is put in: Markup's own format takes five times as long.
    pieces = (f"<mark>{escape(text)!s}</mark>" if hit else escape(text) for text, hit in runs)
    return Markup("".join(pieces))  # noqa: S704


class _Choices:
    """For each card of a list: whether it is on the shortlist, the address of the other choice, and words."""

    def __init__(self, address: ResultsAddress, term: str, place: Place | None) -> None:
        self._address, count = address, len(address.shortlist)
        self._url = address.url()
        self._added = gettext("Gemerkt, %(count)s von %(most)s", count=count, most=MOST_COMPARED)
        self._removed = gettext(
            "Nicht mehr gemerkt, noch %(count)s von %(most)s", count=count, most=MOST_COMPARED
        )
        self._term, self._place = term, place
        pairs = [("list", key) for key in address.shortlist]
        pairs += place.arguments if place else []
        pairs += [(FROM, term)] if term else []
        self._kept = urlencode(pairs)

    def of(self, card: Card) -> Mapping[str, object]:
        """Those of one card, its link with what it is to carry, and who near the place has it."""
        address, key, place = self._address, card.solution.id, self._place
        is_in = key in address.shortlist
        is_full = address.is_full and not is_in
        choice: Shape = {
            "in_shortlist": is_in,
            "shortlist_url": "" if is_full else address.toggled(key).url() if is_in else self._with(key),
            "shortlist_full": is_full,
            "shortlist_said": self._added if is_in else self._removed,
            "is_counted": bool(self._term),
            "nearby": nearby_words(card.solution, place.town, place.km) if place and place.town else "",
        }
        if self._kept:
            choice["url"] = f"{url_for('pages.solution', key=key)}?{self._kept}"
        return choice

    def _with(self, key: str) -> str:
        """The address with one more on the shortlist, which stands at its end."""
        return f"{self._url}{'&' if '?' in self._url else '?'}list={quote_plus(key)}"
