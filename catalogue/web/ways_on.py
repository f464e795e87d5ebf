"""What stands around a list of results: town pages, other ways to ask, help where nothing was found."""

import re
from collections.abc import Iterable
from dataclasses import replace

from flask import url_for
from flask_babel import gettext

from catalogue.domain.named_place import named_place
from catalogue.domain.register import Municipality
from catalogue.domain.register_names import fold, head
from catalogue.services import alternatives
from catalogue.services.alternatives import Alternative
from catalogue.services.search import Spelling
from catalogue.standards.text import sort_key
from catalogue.web import labels
from catalogue.web.addresses import ResultsAddress
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue, settings
from catalogue.web.hints import demand_url, question_url
from catalogue.web.results import Results
from catalogue.web.shapes import Shape, topic_label

_FROM = re.compile(
    r"\b(?:aus|in|von|für|bei|from|of|for)\s+(?:(?:der\s+)?(?:stadt|gemeinde)\s+)?(\S+(?:\s+\S+){0,3}?)[\s?!.]*$",
    re.IGNORECASE,
)
_LONGEST_TAIL = 80  # signs
# Words that are part of the names of towns and name none.
_NO_NAMES = {"stadt", "gemeinde", "markt", "kreis", "landkreis", "region", "land", "am", "im", "an", "der"}


def town_shapes(text: str) -> list[Shape]:
    """Municipalities that the search names: their pages may say more than any solution."""
    register = catalogue().register
    words = set(sort_key(text).split())
    if words <= _NO_NAMES:
        return []
    found = [
        town
        for town in register.search(text, 20)
        if words <= {town.key, town.postcode, *re.findall(r"\w+", sort_key(register.label(town.key)))}
    ][:3] or _said_to_be_from(text)
    return [
        {"label": register.label(town.key), "url": url_for("pages.municipality", key=town.key)}
        for town in found
    ]


def _said_to_be_from(text: str) -> list[Municipality]:
    """The town of "Software aus Köln", "apps in Halle (Saale)": only one that is named in full and alone."""
    match = _FROM.search(text[-_LONGEST_TAIL:])
    place = named_place(match[1], catalogue().register).found if match else None
    if match is None or place is None:
        return []
    names = {place.short_name, head(place.short_name), catalogue().register.label(place.key)}
    return [place] if fold(match[1]) in {fold(name) for name in names} else []


def spelling_shape(results: Results) -> Shape | None:
    """The question as it was meant, and the way to search for it as it was typed."""
    address, result = results.address, results.found.result
    if result.corrected:
        corrected = replace(address, text=result.corrected, page=1)
        typed = replace(address, spelling=Spelling.AS_TYPED, page=1)
        return {"words": result.corrected, "url": corrected.url(), "typed_url": typed.url(), "count": None}
    meant = alternatives.correction(catalogue(), results.found.query)
    if meant is None:
        return None
    corrected = replace(address, text=meant.query.text, spelling=Spelling.CORRECTED, page=1)
    return {"words": meant.query.text, "url": corrected.url(), "typed_url": "", "count": meant.total}


def empty_shape(results: Results) -> Shape:
    """What helps on where nothing was found: fewer filters, fewer words, topics, the office."""
    known, query, address = catalogue(), results.found.query, results.address
    looser = alternatives.looser(known, query)
    # Where fewer filters find something, the words are right and the filters in the way.
    fewer = () if looser else alternatives.fewer_words(known, query)
    topics = alternatives.related_topics(known, address.text)
    if not (topics or looser or fewer):
        topics = tuple(known.topics.values())
    return {
        "looser": [_looser_shape(results, other) for other in looser],
        "fewer": [
            {
                "words": other.query.text,
                "url": replace(address, text=other.query.text, page=1).url(),
                "count": other.total,
            }
            for other in fewer
        ],
        "topics": [
            {"label": topic_label(topic), "url": url_for("pages.topic", key=topic.id)} for topic in topics
        ],
        "demand_url": demand_url(address.text),
        "question_url": question_url(address.text),
        "office": settings().office_email,
    }


def _looser_shape(results: Results, other: Alternative) -> Shape:
    address, query = results.address, other.query
    chosen = {name: values for name, values in address.chosen.items() if name in query.chosen}
    excluded = {name: values for name, values in address.excluded.items() if name in query.excluded}
    looser = replace(
        address, chosen=chosen, excluded=excluded, near=address.near if query.near else "", page=1
    )
    left_out = [
        *(_without_chosen(name, kept) for name, kept in address.chosen.items() if name not in chosen),
        *(_without_excluded(name, kept) for name, kept in address.excluded.items() if name not in excluded),
    ]
    if results.found.query.near and not query.near:
        left_out.append(gettext("ohne Umkreis „%(near)s“", near=results.near["said"]))
    label = left_out[0] if len(left_out) == 1 else gettext("ohne alle Filter")
    return {"label": label, "url": looser.url(), "count": other.total}


def _without_chosen(name: str, values: Iterable[str]) -> str:
    facet, words = labels.word(labels.FACET, name), _words(name, values)
    return str(gettext("ohne %(facet)s „%(values)s“", facet=facet, values=words))


def _without_excluded(name: str, values: Iterable[str]) -> str:
    facet, words = labels.word(labels.FACET, name), _words(name, values)
    return str(gettext("ohne Ausschluss %(facet)s „%(values)s“", facet=facet, values=words))


def _words(name: str, values: Iterable[str]) -> str:
    topics = {key: topic_label(topic) for key, topic in catalogue().topics.items()}
    return ", ".join(labels.facet_value(name, value, current_language(), topics) for value in values)


def kept_search(address: ResultsAddress) -> Shape:
    """The addresses under which this search can be kept: without page and shortlist, as a page and a feed."""
    plain = replace(address, page=1, shortlist=())
    return {"url": plain.url(), "feed_url": plain.url("pages.solutions_feed")}
