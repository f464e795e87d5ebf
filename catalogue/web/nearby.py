"""Who of a solution's users and providers is near a place that the address names."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import format_decimal, gettext, ngettext

from catalogue.domain.named_place import named_place
from catalogue.domain.register import Municipality
from catalogue.domain.solution import Solution
from catalogue.services.peers import Nearby, nearby
from catalogue.web.addresses import DISTANCES, USUAL_DISTANCE, read_keys, read_km, read_near
from catalogue.web.context import catalogue
from catalogue.web.shapes import Shape, body_shape

_ANYWHERE = 2000  # kilometres: whoever is nearest at all
_NAMED = 3  # on a card
_LISTED = 8  # on a profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the address and how far around it; `town` is whom it means, if it means one."""

    text: str
    km: int
    town: Municipality | None
    candidates: tuple[Municipality, ...] = ()

    @property
    def arguments(self) -> list[tuple[str, str]]:
        """The same in an address: the town by its key, so that nothing has to be guessed again."""
        if self.town is None:
            return []
        pairs = [("near", self.town.key)]
        return pairs if self.km == USUAL_DISTANCE else [*pairs, ("km", str(self.km))]


def read_place() -> Place:
    """The place that this address names."""
    text = read_near()
    found = named_place(text, catalogue().register) if text else None
    return Place(
        text=text,
        km=read_km(),
        town=found.found if found else None,
        candidates=found.candidates if found else (),
    )


def km_words(km: float | None) -> str:
    """A distance in whole kilometres; empty where it is not known, and for the place itself."""
    return "" if km is None or km < 0.5 else str(gettext("%(km)s km", km=format_decimal(round(km))))


def nearby_words(solution: Solution, here: Municipality, km: int) -> str:
    """On a card: who near the place runs it, else who offers it there; empty where nobody does."""
    found = nearby(catalogue(), solution, here, km=km)
    running = [one for one in found if one.runs_it]
    if not found:
        return ""
    names = _names(running or found)
    if running:
        return str(gettext("In Ihrer Nähe genutzt: %(names)s", names=names))
    return str(gettext("In Ihrer Nähe angeboten: %(names)s", names=names))


def _names(found: Iterable[Nearby]) -> str:
    several = [_name(one) for one in found]
    shown = ", ".join(several[:_NAMED])
    if len(several) <= _NAMED:
        return shown
    more = ngettext("und %(num)s weitere", "und %(num)s weitere", len(several) - _NAMED)
    return f"{shown} {more}"


def _name(one: Nearby) -> str:
    far = km_words(one.km)
    return f"{one.body.label} ({far})" if far else one.body.label


def nearby_shape(solution: Solution, place: Place) -> Shape:
    """On a profile: the field for a place, and who is near it."""
    register, key = catalogue().register, solution.id
    label = register.label(place.town.key) if place.town else ""
    everybody = nearby(catalogue(), solution, place.town, km=_ANYWHERE) if place.town else ()
    found = [one for one in everybody if one.km <= place.km]
    farther = min((one for one in everybody if one.runs_it), key=lambda one: one.km, default=None)
    return {
        "text": label or place.text,
        "label": label,
        "km": place.km,
        "distances": [{"value": km, "chosen": km == place.km} for km in DISTANCES],
        "rows": [_row(one) for one in found[:_LISTED]],
        "more": max(0, len(found) - _LISTED),
        "nearest": _row(farther) if farther and not found else None,
        "is_unknown": bool(place.text) and place.town is None,
        "candidates": [
            {
                "label": register.label(town.key),
                "url": url_for("pages.solution", key=key, near=town.key, _anchor="nearby"),
            }
            for town in place.candidates
        ],
        "kept": read_keys("list"),
        "is_asked": "near" in request.args,
    }


def _row(one: Nearby) -> Shape:
    return {**body_shape(one.body), "km": km_words(one.km), "runs_it": one.runs_it}
