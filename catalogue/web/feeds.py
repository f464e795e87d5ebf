"""A search as an Atom feed (RFC 4287): what it finds, the latest change in the catalogue first."""

from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.services import browse
from catalogue.services.cards import Card
from catalogue.web.addresses import ResultsAddress, read_results_address
from catalogue.web.atom import clean, feed_answer, identity, moment, new_feed, text
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.hints import base_url
from catalogue.web.results import Results, results_of
from catalogue.web.shapes import topic_label

MOST_ENTRIES = 50
_LONGEST_TITLE = 200


@pages.get("/solutions.atom")
def solutions_feed() -> ResponseReturnValue:
    """The solutions that a search finds by its words, as a feed; the same address as the page's."""
    results = results_of(replace(read_results_address(), page=1, shortlist=(), size=0))
    address, index = results.address, catalogue().index
    result = index.search(replace(results.found.query, limit=len(index)))
    changed = {key: dates[1] for key, dates in catalogue().store.dates().items()}
    by_words = [hit.id for hit in result.hits if hit.by == "words" and hit.id in changed]
    latest = sorted(by_words, key=lambda key: changed[key], reverse=True)[:MOST_ENTRIES]
    return feed_answer(_feed(address, _title(results), browse.cards(catalogue(), latest)))


def _title(results: Results) -> str:
    """The search in words: "„Stadtplan“, Thema: Mobilität"."""
    words = [f"„{results.address.text}“"] if results.address.text else []
    for chip in results.chosen:
        said = f"{chip['facet_label']}: {chip['label']}"
        words.append(gettext("nicht %(what)s", what=said) if chip.get("excluded") else said)
    return ", ".join(words)[:_LONGEST_TITLE] or gettext("Alle Lösungen")


def _feed(address: ResultsAddress, title: str, cards: Iterable[Card]) -> Element:
    cards = list(cards)
    latest = max((card.last_changed for card in cards), default=catalogue().state.published_at)
    feed = new_feed(title, latest, own=address.url("pages.solutions_feed"), page=address.url())
    for card in cards:
        _entry(SubElement(feed, "entry"), card)
    return feed


def _entry(entry: Element, card: Card) -> None:
    solution, lang = card.solution, current_language()
    summary = solution.summary_en if lang == "en" and solution.summary_en else solution.summary_de
    page = url_for("pages.solution", key=solution.id)
    text(entry, "id", identity(page))
    text(entry, "title", solution.name)
    text(entry, "updated", moment(card.last_changed))
    text(entry, "published", moment(card.first_published))
    SubElement(entry, "link", rel="alternate", type="text/html", href=base_url() + page)
    text(entry, "summary", summary)
    for key in solution.topics:
        if key in catalogue().topics:
            SubElement(entry, "category", term=key, label=clean(topic_label(catalogue().topics[key])))
