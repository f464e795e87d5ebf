"""The results of an address: once for the page and, as JSON, for programs."""

from dataclasses import dataclass, replace
from functools import cached_property

from flask import Response, jsonify, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from catalogue.domain.named_place import NamedPlace, named_place
from catalogue.services import browse
from catalogue.services.search import Near, Who
from catalogue.web.addresses import DISTANCES, USUAL_DISTANCE, ResultsAddress, read_results_address
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.facets import chosen_shapes, facet_shapes
from catalogue.web.shapes import Shape

# "Municipalities that ... the solution", and how a chip says it.
_WHO = {
    Who.ANYBODY: lazy_gettext("anbieten oder nutzen"),
    Who.REUSERS: lazy_gettext("nutzen oder erproben"),
    Who.PROVIDERS: lazy_gettext("anbieten"),
}
_SAID = {
    Who.ANYBODY: lazy_gettext("%(km)s km um %(place)s"),
    Who.REUSERS: lazy_gettext("%(km)s km um %(place)s, dort genutzt"),
    Who.PROVIDERS: lazy_gettext("%(km)s km um %(place)s, dort angeboten"),
}


@dataclass(frozen=True, kw_only=True)
class Results:
    """A page of results with its filters in words. `place` is whom `address.near` means."""

    address: ResultsAddress
    place: NamedPlace
    found: browse.Found
    facets: list[Shape]

    @cached_property
    def near(self) -> Shape:
        """The place for its field: what was typed, whom it means, or why it means nobody."""
        register, address, place = catalogue().register, self.address, self.place
        label = register.label(place.found.key) if place.found else ""
        problem = ""
        if address.near and not place.found:
            problem = _problem(address.near, bool(place.candidates))
        return {
            "text": label or address.near,
            "said": str(_SAID[address.who]) % {"km": address.km, "place": label} if label else "",
            "problem": problem,
            "candidates": [
                {"label": register.label(town.key), "url": address.around(town.key)}
                for town in place.candidates
            ],
            "distances": [
                {
                    "value": "" if km == USUAL_DISTANCE else str(km),
                    "label": f"{km} km",
                    "chosen": km == address.km,
                }
                for km in DISTANCES
            ],
            "whos": [
                {
                    "value": "" if who is Who.ANYBODY else who.value,
                    "label": str(label),
                    "chosen": who is address.who,
                }
                for who, label in _WHO.items()
            ],
        }

    @property
    def chosen(self) -> list[Shape]:
        """What narrows the results down, as chips."""
        return chosen_shapes(self.address, self.facets, str(self.near["said"]))


def _problem(text: str, is_offered: bool) -> str:
    if is_offered:
        return str(
            gettext(
                "Welchen Ort meinen Sie mit „%(text)s“? Der Umkreis gilt, sobald Sie einen wählen:", text=text
            )
        )
    return str(
        gettext("Einen Ort „%(text)s“ kennen wir nicht. Gezeigt werden Lösungen aus allen Orten.", text=text)
    )


def results_of(address: ResultsAddress) -> Results:
    """Search for what an address asks."""
    known = catalogue()
    place = named_place(address.near, known.register) if address.near else NamedPlace()
    near = Near(place.found.key, address.km, address.who) if place.found else None
    found = browse.find(known, address.query(near))
    return Results(address=address, place=place, found=found, facets=facet_shapes(found.result.facets))


def _near_data(results: Results) -> Shape:
    place, address = results.place.found, results.address
    return {
        "key": place.key if place else "",
        "label": results.near["text"],
        "km": address.km,
        "who": address.who.value,
    }


@pages.get("/solutions.json")
def solutions_json() -> ResponseReturnValue:
    """The results for programs, at the same address as the page; see docs/results-as-json.md."""
    results = results_of(read_results_address())
    address, result, place = results.address, results.found.result, results.place.found
    names = {card.solution.id: card.solution.name for card in results.found.cards}
    is_last = address.page * address.size >= result.total
    following = replace(address, page=address.page + 1)
    answer: Response = jsonify(
        {
            "query": address.text,
            "corrected": result.corrected,
            "near": _near_data(results) if place else None,
            "total": result.total,
            "hits": [
                {
                    "id": hit.id,
                    "name": names[hit.id],
                    "url": url_for("pages.solution", key=hit.id),
                    "score": round(hit.score, 4),
                    "by": hit.by,
                    "reasons": [
                        {"kind": reason.kind, "word": reason.word, "found": reason.found}
                        for reason in hit.reasons
                    ],
                }
                for hit in result.hits
                if hit.id in names
            ],
            "facets": results.facets,
            "next": None if is_last else following.url("pages.solutions_json"),
        }
    )
    answer.headers["Content-Language"] = current_language()
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
