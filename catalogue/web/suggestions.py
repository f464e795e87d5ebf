"""Suggestions while somebody types, as JSON for the search field."""

from collections.abc import Callable, Iterable, Iterator

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.domain.named_bodies import Choice, find_bodies
from catalogue.services.naming import find_solutions
from catalogue.services.search import SuggestionKind, mark_beginnings
from catalogue.web import labels
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue

_SHORTEST, _LONGEST = 2, 100  # signs
_MOST, _MOST_TOWNS, _LOOKED_AT = 7, 2, 4


@pages.get("/suggest")
def suggest() -> ResponseReturnValue:
    """Solutions, topics, municipalities, technologies and words that the text may be the beginning of.

    A list of `{"label", "url", "kind", "parts"}`; `parts` are its pieces, each with whether it matched.
    """
    text = request.args.get("q", "").strip()[:_LONGEST]
    found = list(_found(text)) if len(text) >= _SHORTEST else []
    return _as_json(
        {"label": label, "url": url, "kind": kind, "parts": mark_beginnings(label, text)}
        for label, url, kind in found
    )


@pages.get("/suggest/municipalities")
def suggest_municipalities() -> ResponseReturnValue:
    """Municipalities, districts and organisations that the text may be the beginning of, to pick from."""
    return _to_pick(lambda text: find_bodies(text, catalogue().bodies, _MOST))


@pages.get("/suggest/solutions")
def suggest_solutions() -> ResponseReturnValue:
    """Solutions that the text may be the beginning of, to pick from."""
    return _to_pick(lambda text: find_solutions(text, catalogue(), current_language(), _MOST))


def _to_pick(find: Callable[[str], Iterable[Choice]]) -> ResponseReturnValue:
    """A list of `{"label", "key", "parts"}`; the label is a name that the form understands."""
    text = request.args.get("q", "").strip()[:_LONGEST]
    found = find(text) if len(text) >= _SHORTEST else ()
    return _as_json(
        {"label": one.label, "key": one.key, "parts": mark_beginnings(one.label, text)} for one in found
    )


def _as_json(rows: Iterable[dict[str, object]]) -> Response:
    answer = jsonify(list(rows))
    answer.headers["Content-Language"] = current_language()
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _found(text: str) -> Iterator[tuple[str, str, str]]:
    """Label, address and kind of each, kind by kind: what one can go to before what one can search for."""
    items = catalogue().index.suggest(text, _MOST, lang=current_language())
    shown = [(item.kind, (item.label, _url(item.kind, item.id), _word(item.kind))) for item in items]
    first = (SuggestionKind.SOLUTION, SuggestionKind.TOPIC)
    yield from (row for kind, row in shown if kind in first)
    yield from _towns(text)
    yield from (row for kind, row in shown if kind not in first)


def _towns(text: str) -> Iterator[tuple[str, str, str]]:
    """The largest; those written as it was typed first: "Stadthagen" before "Städteregion Aachen"."""
    register = catalogue().register
    found = [(register.label(town.key), town.key) for town in register.search(text, _LOOKED_AT)]
    found.sort(key=lambda row: not any(hit for _, hit in mark_beginnings(row[0], text)))
    for label, key in found[:_MOST_TOWNS]:
        yield label, url_for("pages.municipality", key=key), gettext("Kommune")


def _url(kind: SuggestionKind, key: str) -> str:
    if kind is SuggestionKind.SOLUTION:
        return url_for("pages.solution", key=key)
    if kind is SuggestionKind.TOPIC:
        return url_for("pages.topic", key=key)
    if kind is SuggestionKind.TECHNOLOGY:
        return url_for("pages.solutions", technology=key)
    return url_for("pages.solutions", q=key)


def _word(kind: SuggestionKind) -> str:
    """What the kind is called."""
    return labels.word(labels.SUGGESTION, kind.value)
