"""Who takes part, as plain data: municipalities and organisations with what they offer and reuse."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TypeAlias

from catalogue.domain.bodies import Body
from catalogue.domain.register import Municipality
from catalogue.services.figures import Participation
from catalogue.standards.ags import LAENDER
from catalogue.standards.text import sort_key
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue
from catalogue.web.shapes import Shape, body_shape

Row: TypeAlias = tuple[Body, Participation]


def takes_part(part: Participation) -> bool:
    """Whether it offers or reuses something now; partners, plans and ended reuses are shown, not counted."""
    return bool(part.provides or part.reuses)


def totals(rows: Iterable[Row]) -> Mapping[str, int]:
    """How many municipalities, districts and organisations take part; `others` are named in other ways."""
    count: Counter[str] = Counter()
    for body, part in rows:
        kind = "organisation" if body.municipality is None else body.municipality.kind.value
        count[kind if takes_part(part) else "others"] += 1
    return {kind: count[kind] for kind in ("municipality", "district", "organisation", "others")}


def laender_shapes(rows: Iterable[Row], chosen: str) -> list[Shape]:
    """The Länder with the number of municipalities and districts that take part."""
    count = Counter(body.land for body, part in rows if body.is_official and takes_part(part))
    return [
        {"value": key, "label": _land(key), "count": count[key], "chosen": key == chosen} for key in LAENDER
    ]


def groups_by_land(rows: Iterable[Row]) -> list[Shape]:
    """Municipalities and districts under the name of their Land, both by name."""
    towns = [(body, part) for body, part in rows if body.is_official]
    towns.sort(key=lambda row: (sort_key(_land(row[0].land)), sort_key(row[0].label)))
    return [
        {"key": land, "label": _land(land), "rows": [town_shape(body, part) for body, part in members]}
        for land, members in groupby(towns, key=lambda row: row[0].land)
    ]


def groups_by_kind(rows: Iterable[Row]) -> list[Shape]:
    """Organisations by kind, in the order of the kinds' table."""
    kinds: dict[str, list[Shape]] = {kind: [] for kind in labels.BODY_KIND}
    for body, part in sorted(rows, key=lambda row: sort_key(row[0].label)):
        if not body.is_official:
            kinds.setdefault(body.kind, []).append({**body_shape(body), **counts(part)})
    named = {labels.word(labels.BODY_KIND, kind): found for kind, found in kinds.items() if found}
    return [{"kind": kind, "rows": found} for kind, found in named.items()]


def counts(part: Participation | None) -> Shape:
    """In how many solutions it takes part and how; zero for whoever is not in the catalogue."""
    return {
        "provides": part.provides if part else 0,
        "reuses": part.reuses if part else 0,
        "involved": part.involved if part else 0,
    }


def town_shape(body: Body, part: Participation | None) -> Shape:
    """A municipality or district of a list; `body` is one of the register."""
    town = body.municipality
    return {
        **body_shape(body),
        "key": body.key,
        "population": town.population if town else None,
        "designation": labels.designation_word(town) if town else "",
        **counts(part),
    }


def near_shape(town: Municipality, part: Participation | None) -> Shape:
    """A neighbour, or a town like this one."""
    return town_shape(catalogue().bodies.get(town.key), part)


def _land(key: str | None) -> str:
    return labels.land_name(key, current_language())
