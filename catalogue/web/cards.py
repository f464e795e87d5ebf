"""A solution in short as plain data: what is always the same of it, and what the question adds."""

from collections.abc import Mapping, Sequence

from flask import get_template_attribute, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from catalogue.domain.solution import OpenSource
from catalogue.services.cards import Card
from catalogue.services.search import mark, said, unsaid
from catalogue.standards.markdown import plain
from catalogue.web import labels
from catalogue.web.addresses import MOST_COMPARED, ResultsAddress
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue
from catalogue.web.reasons import why
from catalogue.web.shapes import Shape, body_shape, date_words, topic_shapes
from catalogue.web.statements import short
from catalogue.web.vitality import card_vitality

Runs = Sequence[tuple[str, bool]]
_PASSAGE = 200  # signs
# Pieces of the page that say the same whatever was asked, and the macros that make them.
_MACROS = "macros/solution.html"
_FRAGMENTS = {"offered_by": "card_providers", "foot": "card_foot", "facts": "card_facts"}


def card_shape(card: Card, *, address: ResultsAddress | None = None) -> Shape:
    """A card; with `address` it can be put on the shortlist that the address holds."""
    shape: Shape = {**_frame(card), **_shortlist_part(card.solution.id, address), "by": card.by}
    if address and address.shortlist:
        kept = ResultsAddress(chosen={}, shortlist=address.shortlist)
        shape["url"] = kept.url("pages.solution", key=card.solution.id)
    if card.terms or card.reasons:
        shape |= _found_part(card, str(shape["summary"]))
    return shape


def _frame(card: Card) -> Mapping[str, object]:
    """What does not depend on the question; worked out once in a revision and language."""
    parts, key = catalogue().parts, ("card", current_language(), card.solution.id)
    known = parts.get(key)
    if known is None:
        frame = _made_frame(card)
        made = {name: get_template_attribute(_MACROS, macro)(frame) for name, macro in _FRAGMENTS.items()}
        known = parts.keep(key, {**frame, **made})
    return known


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


def _found_part(card: Card, summary: str) -> Shape:
    """What the question adds: marked words, the passage that shows most, and in words why it was found."""
    solution, terms = card.solution, card.terms
    # What title and summary do not say, the passage may; what it does not, a line does.
    rest = unsaid(terms, said(solution.name, terms) | said(summary, terms))
    text = plain((solution.text_en if current_language() == "en" else "") or solution.text_de)
    in_passage = said(text, rest) if rest else rest
    name, short = mark(solution.name, terms, limit=None), mark(summary, terms, limit=None)
    seen = {word for word, hit in (*name, *short) if hit}
    return {
        "title": marked(name),
        "summary": marked(short),
        "highlights": [marked(mark(text, rest, limit=_PASSAGE))] if in_passage else [],
        "why": why(card, rest, unsaid(rest, in_passage), {word.casefold() for word in seen}),
    }


def marked(runs: Runs) -> Markup:
    """The text with the matched words marked, safe to print."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(text) if hit else escape(text) for text, hit in runs
    )


def _shortlist_part(key: str, address: ResultsAddress | None) -> Shape:
    """Whether the card is on the shortlist, the address of the other choice, and words for the choice."""
    if address is None:
        return {"in_shortlist": False, "shortlist_url": "", "shortlist_full": False, "shortlist_said": ""}
    is_in, count = key in address.shortlist, len(address.shortlist)
    said = (
        gettext("Gemerkt, %(count)s von %(most)s", count=count, most=MOST_COMPARED)
        if is_in
        else gettext("Nicht mehr gemerkt, noch %(count)s von %(most)s", count=count, most=MOST_COMPARED)
    )
    is_full = address.is_full and not is_in
    return {
        "in_shortlist": is_in,
        "shortlist_url": "" if is_full else address.toggled(key).url(),
        "shortlist_full": is_full,
        "shortlist_said": said,
    }
