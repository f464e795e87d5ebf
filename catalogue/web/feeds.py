"""A search as an Atom feed (RFC 4287): what it finds, the latest change in the catalogue first."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.services import browse
from catalogue.services.cards import Card
from catalogue.web.addresses import ResultsAddress, read_results_address
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.hints import base_url
from catalogue.web.results import Results, results_of
from catalogue.web.shapes import topic_label

MOST_ENTRIES = 50
_LONGEST_TITLE = 200
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@pages.get("/solutions.atom")
def solutions_feed() -> ResponseReturnValue:
    """The solutions that a search finds by its words, as a feed; the same address as the page's."""
    results = results_of(replace(read_results_address(), page=1, shortlist=(), size=0))
    address, index = results.address, catalogue().index
    result = index.search(replace(results.found.query, limit=len(index)))
    changed = {key: dates[1] for key, dates in catalogue().store.dates().items()}
    by_words = [hit.id for hit in result.hits if hit.by == "words" and hit.id in changed]
    latest = sorted(by_words, key=lambda key: changed[key], reverse=True)[:MOST_ENTRIES]
    feed = _feed(address, _title(results), browse.cards(catalogue(), latest))
    text = tostring(feed, encoding="utf-8", xml_declaration=True)
    answer = Response(text, content_type="application/atom+xml; charset=utf-8")
    answer.headers["Content-Language"] = current_language()
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _title(results: Results) -> str:
    """The search in words: "„Stadtplan“, Thema: Mobilität"."""
    words = [f"„{results.address.text}“"] if results.address.text else []
    for chip in results.chosen:
        said = f"{chip['facet_label']}: {chip['label']}"
        words.append(gettext("nicht %(what)s", what=said) if chip.get("excluded") else said)
    return ", ".join(words)[:_LONGEST_TITLE] or gettext("Alle Lösungen")


def _feed(address: ResultsAddress, title: str, cards: Iterable[Card]) -> Element:
    cards = list(cards)
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": current_language()})
    own = address.url("pages.solutions_feed")
    _text(feed, "id", _id(own))
    _text(feed, "title", f"{gettext('Nachnutzungskatalog')} – {title}")
    latest = max((card.last_changed for card in cards), default=catalogue().state.published_at)
    _text(feed, "updated", _moment(latest))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=base_url() + own)
    SubElement(feed, "link", rel="alternate", type="text/html", href=base_url() + address.url())
    _text(SubElement(feed, "author"), "name", gettext("Nachnutzungskatalog"))
    for card in cards:
        _entry(SubElement(feed, "entry"), card)
    return feed


def _entry(entry: Element, card: Card) -> None:
    solution, lang = card.solution, current_language()
    summary = solution.summary_en if lang == "en" and solution.summary_en else solution.summary_de
    page = url_for("pages.solution", key=solution.id)
    _text(entry, "id", _id(page))
    _text(entry, "title", solution.name)
    _text(entry, "updated", _moment(card.last_changed))
    _text(entry, "published", _moment(card.first_published))
    SubElement(entry, "link", rel="alternate", type="text/html", href=base_url() + page)
    _text(entry, "summary", summary)
    for key in solution.topics:
        if key in catalogue().topics:
            SubElement(entry, "category", term=key, label=_clean(topic_label(catalogue().topics[key])))


def _id(address: str) -> str:
    """The same for the same page or search, wherever the catalogue stands."""
    return uuid5(NAMESPACE_URL, f"reuse-catalogue:{address}").urn


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = _clean(words)


def _clean(words: str) -> str:
    """The text without the signs that XML cannot hold."""
    return _NOT_XML.sub("", words)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
