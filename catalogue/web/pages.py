"""Pages about solutions: start, results, profile, comparison."""

from collections.abc import Sequence
from dataclasses import replace

from flask import render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from catalogue.domain.solution import Solution
from catalogue.services import browse
from catalogue.services.cards import Card
from catalogue.services.pictures import find_picture
from catalogue.web import labels
from catalogue.web.addresses import (
    LONGEST_TEXT,
    MOST_COMPARED,
    ResultsAddress,
    read_keys,
    read_results_address,
)
from catalogue.web.blueprint import pages
from catalogue.web.cards import card_shape, card_shapes
from catalogue.web.comparison import comparison_rows, plain_cell
from catalogue.web.context import catalogue, entries_folder
from catalogue.web.demand import note_opened, note_search
from catalogue.web.downloads import csv_file
from catalogue.web.facets import panel_shapes
from catalogue.web.nearby import Place, nearby_shape, read_place
from catalogue.web.profile import profile_shape
from catalogue.web.results import results_of
from catalogue.web.shapes import (
    page_shape,
    sort_shapes,
    topic_label,
)
from catalogue.web.story import hero_shape, latest_shapes, story_shape
from catalogue.web.ways_on import empty_shape, kept_search, spelling_shape, town_shapes


@pages.get("/", strict_slashes=False)  # a redirect would repeat the Host header
def home() -> ResponseReturnValue:
    """Search, topics, newest, most reused, figures."""
    start = browse.start(catalogue())
    return render_template(
        "pages/home.html",
        figures=start.figures,
        topics=[
            {
                "label": topic_label(topic),
                "url": url_for("pages.topic", key=topic.id),
                "count": count,
                "icon": topic.icon,
            }
            for topic, count in start.topics
            if count
        ],
        newest=[card_shape(card) for card in start.newest],
        most_reused=[card_shape(card) for card in start.most_reused],
        story=story_shape(),
        hero=hero_shape(),
        latest=latest_shapes(),
        register_size=len(catalogue().register.municipalities()),
    )


@pages.get("/solutions")
def solutions() -> ResponseReturnValue:
    """Results: text, filters, order and shortlist, all of them in the address."""
    address = _with_known_shortlist(read_results_address())
    results = results_of(address)
    found = results.found
    term = note_search(address, found.result)
    place = Place(text=address.near, km=address.km, town=results.place.found)
    cards = card_shapes(_as_asked(found), address, term=term, place=place)
    orders = {code: label for code, label in labels.SORT.items() if code in catalogue().index.sorts}
    return render_template(
        "pages/solutions.html",
        address=address,
        result=found.result,
        cards=[card for card in cards if card["by"] != "meaning"],
        by_meaning=[card for card in cards if card["by"] == "meaning"],
        facets=panel_shapes(results.facets),
        chosen=results.chosen,
        near=results.near,
        clear_url=address.cleared(),
        sorts=sort_shapes(address.sort.value, orders),
        pages=page_shape(address, found.result.total),
        shortlist=_shortlist(address),
        towns=town_shapes(address.text),
        spelling=spelling_shape(results),
        empty=None if found.result.total else empty_shape(results),
        kept=kept_search(address),
        longest_text=LONGEST_TEXT,
        noindex=not address.is_plain or bool(address.shortlist),
    )


def _as_asked(found: browse.Found) -> list[Card]:
    """The cards without reasons that the page says once above them: another spelling."""
    if not found.result.corrected:
        return list(found.cards)
    return [
        replace(card, reasons=tuple(reason for reason in card.reasons if reason.kind != "correction"))
        for card in found.cards
    ]


@pages.get("/solutions/<key>")
def solution(key: str) -> ResponseReturnValue:
    """The profile of one solution."""
    profile = browse.profile(catalogue(), key)
    if profile is None:
        raise NotFound
    note_opened(key)
    place = read_place()
    address = _with_known_shortlist(ResultsAddress(chosen={}, shortlist=read_keys("list")))
    toggled = replace(address.toggled(key), near=place.town.key if place.town else "", km=place.km)
    return render_template(
        "pages/solution.html",
        profile=profile,
        card=card_shape(profile.card),
        in_shortlist=key in address.shortlist,
        toggle_url=toggled.url("pages.solution", key=key),
        results_url=address.url(),
        shortlist=_shortlist(address),
        nearby=nearby_shape(profile.solution, place),
        **profile_shape(profile),
    )


def _shortlist(address: ResultsAddress) -> dict[str, object]:
    return {
        "count": len(address.shortlist),
        "most": MOST_COMPARED,
        "full": address.is_full,
        "url": address.compare_url(),
        "ids": address.shortlist,
    }


def _with_known_shortlist(address: ResultsAddress) -> ResultsAddress:
    """The address with what the catalogue has: an id that is gone takes no place on the shortlist."""
    known = tuple(solution.id for solution in _known(address.shortlist))
    return replace(address, shortlist=known[:MOST_COMPARED])


def _known(keys: Sequence[str]) -> list[Solution]:
    """The solutions of these ids, in their order, without those that the catalogue does not have."""
    return [stored.solution for stored in catalogue().store.solutions(keys)] if keys else []


@pages.get("/solutions/<key>/pictures/<name>")
def picture(key: str, name: str) -> ResponseReturnValue:
    """A screenshot that the published entry names, from the folder of the entries."""
    found = catalogue().store.solution(key)
    path = find_picture(entries_folder(), found.solution, name) if found else None
    if path is None:
        raise NotFound
    return send_file(path, max_age=3600)


@pages.get("/compare")
def compare() -> ResponseReturnValue:
    """Two to four solutions side by side."""
    wanted = read_keys("id")
    known = _known(wanted)
    kept = [solution.id for solution in known]
    profiles = browse.compared(catalogue(), kept[:MOST_COMPARED], most=MOST_COMPARED)
    # Solutions beyond the fourth stay in the address: where one is removed, the next one moves up.
    address = ResultsAddress(chosen={}, shortlist=tuple(kept))
    shown = replace(address, shortlist=address.shortlist[:MOST_COMPARED])

    return render_template(
        "pages/compare.html",
        columns=[
            {
                "name": profile.solution.name,
                "url": url_for("pages.solution", key=profile.solution.id),
                "providers": ", ".join(body.label for body in profile.card.providers),
                "remove_url": address.toggled(profile.solution.id).compare_url(),
            }
            for profile in profiles
        ],
        rows=comparison_rows(profiles),
        add_url=shown.url(),
        most=MOST_COMPARED,
        csv_url=shown.compare_url().replace("/compare", "/compare.csv", 1),
        left_out=[solution.name for solution in known[MOST_COMPARED:]],
        unknown=[key for key in wanted if key not in kept],
        shortlist=_shortlist(shown),
        noindex=True,
    )


@pages.get("/compare.csv")
def compare_csv() -> ResponseReturnValue:
    """The comparison as CSV for a council paper."""
    keys = [solution.id for solution in _known(read_keys("id"))]
    profiles = browse.compared(catalogue(), keys[:MOST_COMPARED], most=MOST_COMPARED)
    if not profiles:
        raise NotFound
    head = [gettext("Merkmal"), *(profile.solution.name for profile in profiles)]
    rows = [[row.label, *map(plain_cell, row.cells)] for row in comparison_rows(profiles)]
    return csv_file([head, *rows], gettext("vergleich.csv"))
