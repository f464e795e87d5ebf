"""The map: who reuses what, where; all that it shows stands beside it as a list."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from catalogue.domain.bodies import Body
from catalogue.domain.reuse import Stage
from catalogue.services import reuse_places
from catalogue.services.reuse_places import Reach, Spread, Use
from catalogue.standards import boundaries
from catalogue.standards.ags import LAENDER
from catalogue.web import labels
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.pictures.ground import Ground, germany, land_ground, small_germany
from catalogue.web.pictures.map import Shade, Spot, draw_map, lasts_for, step_of, steps
from catalogue.web.pictures.svg import draw
from catalogue.web.shapes import Shape, body_shape, body_url, date_words, since_words

STAGES = (Stage.IN_USE, Stage.TRIAL, Stage.PLANNED)
MOST_SPOTS = 250  # on the map; the list has more
MOST_ROWS = 300  # in the list; each Land has one of its own


@pages.get("/map")
def map() -> ResponseReturnValue:  # noqa: A001  # the endpoint's name
    """Germany or one Land, with all reuses or those of one solution, at the stages that are chosen."""
    land = request.args.get("land", "")
    land = land if land in LAENDER else ""
    chosen = request.args.getlist("stage")
    stages = tuple(stage for stage in STAGES if stage.value in chosen) or reuse_places.COUNTED
    key = request.args.get("solution", "")
    reach = reuse_places.reach(catalogue(), key, stages) if key else None
    if key and reach is None:
        raise NotFound
    ground = land_ground(land) if land else germany()
    shown = _of_solution(reach, ground, land) if reach else _kept_of_all(stages, ground, land)
    return render_template(
        "pages/map.html",
        land=land,
        land_name=labels.land_name(land, current_language()),
        solution=reach.solution if reach else None,
        laender=[{"value": one, "label": _land(one), "chosen": one == land} for one in LAENDER],
        solutions=_choices(reach),
        stages=[_stage_choice(stage, stages) for stage in STAGES],
        ground=ground,
        source={"name": boundaries.SOURCE, "url": boundaries.SOURCE_URL},
        licence={"name": boundaries.LICENCE, "url": boundaries.LICENCE_URL},
        as_of=date_words(catalogue().state.published_at.date().isoformat()),
        noindex=bool(reach or chosen),
        **shown,
    )


def _choices(reach: Reach | None) -> list[Shape]:
    """The solutions to choose from, the chosen one among them in any case."""
    rows = [(key, name) for key, name, _ in reuse_places.solution_names(catalogue())]
    if reach and all(key != reach.solution.id for key, _ in rows):
        rows.insert(0, (reach.solution.id, reach.solution.name))
    chosen = reach.solution.id if reach else ""
    return [{"value": key, "label": name, "chosen": key == chosen} for key, name in rows]


def _stage_choice(stage: Stage, chosen: Collection[Stage]) -> Shape:
    return {"value": stage.value, "label": labels.word(labels.STAGE, stage), "chosen": stage in chosen}


def _land(key: str) -> str:
    return str(labels.land_name(key, current_language()))


def _kept_of_all(stages: Collection[Stage], ground: Ground, land: str) -> Shape:
    """Every reuse, worked out once for a revision: it takes the longest."""
    key = ("map", current_language(), land, *(stage.value for stage in stages))
    kept = catalogue().parts.get(key)
    if not isinstance(kept, dict):
        kept = _of_all(stages, ground, land)
        catalogue().parts.keep(key, kept)
    return kept


def _of_all(stages: Collection[Stage], ground: Ground, land: str) -> Shape:
    """Every reuse: shaded Länder, and each body as large as the number of its solutions."""
    found = reuse_places.spread(catalogue(), stages)
    rows = [(body, count) for body, count in found.bodies if not land or body.land == land]
    placed = [(body, count) for body, count in rows if _is_placed(body)]
    spots = [
        _spot(body, "place", _solutions(count), count=count, must=False)
        for body, count in placed[:MOST_SPOTS]
    ]
    shades = _district_shades(ground, _by_district(rows)) if land else _shades(found.by_land, "")
    return {
        "picture": draw(draw_map(ground, shades, spots, numbered=not land)),
        "description": _said_of_all(found),
        "by_land": _land_rows(found.by_land, "") if not land else [],
        "rows": [{**body_shape(body), "said": _solutions(count)} for body, count in rows[:MOST_ROWS]],
        "more": max(0, len(rows) - MOST_ROWS),
        "elsewhere": [body_shape(body) for body, _ in rows if not _is_placed(body)],
        "unnamed": found.unnamed,
        "drawn": MOST_SPOTS if len(placed) > MOST_SPOTS else 0,
        "total": sum(count for _, count in rows) + (0 if land else found.unnamed),
        "legend": _legend(shades),
        "providers": [],
        "has_lines": False,
    }


def _of_solution(reach: Reach, ground: Ground, land: str) -> Shape:
    """One solution: lines from those who provide it to those who reuse it."""
    uses = [(body, use) for body, use in reach.uses if not land or body.land == land]
    spots, arcs = spots_of(reach)
    shades = (
        _district_shades(ground, _by_district((body, 1) for body, _ in uses))
        if land
        else _shades(reach.by_land, reach.solution.id)
    )
    return {
        "picture": draw(draw_map(ground, shades, spots, arcs, numbered=not land)),
        "description": said_of(reach),
        "by_land": _land_rows(reach.by_land, reach.solution.id) if not land else [],
        "rows": [{**body_shape(body), **_use_words(use)} for body, use in uses[:MOST_ROWS]],
        "more": max(0, len(uses) - MOST_ROWS),
        "elsewhere": [body_shape(body) for body, _ in uses if not _is_placed(body)],
        "unnamed": reach.unnamed,
        "drawn": 0,
        "total": len(uses) + (0 if land else reach.unnamed),
        "legend": _legend(shades),
        "providers": [body_shape(body) for body in reach.providers],
        "has_lines": bool(arcs),
    }


def spots_of(reach: Reach) -> tuple[list[Spot], list[tuple[int, int]]]:
    """The places of a solution and the lines between them: its providers come first."""
    spots = [
        _spot(body, "provider", gettext("stellt bereit"), must=True)
        for body in reach.providers
        if _is_placed(body)
    ]
    givers = len(spots)
    for body, use in reach.uses[:MOST_SPOTS]:
        if _is_placed(body):
            spots.append(_spot(body, use.stage.value, labels.word(labels.STAGE, use.stage), must=False))
    arcs = [(giver, taker) for taker in range(givers, len(spots)) for giver in range(givers)]
    return spots, arcs


def small_map(solution_id: str) -> Shape | None:
    """The map of a profile; None where nobody who reuses the solution has a place on it."""
    reach = reuse_places.reach(catalogue(), solution_id, STAGES)
    if reach is None or not any(_is_placed(body) for body, _ in reach.uses):
        return None
    spots, arcs = spots_of(reach)
    bare = [_unlinked(spot) for spot in spots]
    shades = {area.key: Shade(count=0, said="") for area in small_germany().areas}
    return {
        "picture": draw(draw_map(small_germany(), shades, bare, arcs, numbered=False)),
        "ground": small_germany(),
        "description": said_of(reach),
        "url": url_for("pages.map", solution=solution_id, stage=[stage.value for stage in STAGES]),
    }


def _unlinked(spot: Spot) -> Spot:
    """The spot of a picture that is one link as a whole: without a name, except the provider's."""
    return Spot(
        lat=spot.lat, lon=spot.lon, label=spot.label if spot.must else "", said=spot.said, kind=spot.kind
    )


def _is_placed(body: Body) -> bool:
    return body.municipality is not None and body.municipality.lat is not None


def _spot(body: Body, kind: str, said: str, *, must: bool, count: int = 1) -> Spot:
    town = body.municipality
    if town is None or town.lat is None or town.lon is None:
        raise ValueError(f"{body.key} has no place")
    return Spot(
        lat=town.lat,
        lon=town.lon,
        label=body.label,
        said=f"{body.label}: {said}",
        kind=kind,
        url=body_url(body),
        count=count,
        must=must,
    )


def _shades(counts: Mapping[str, int], solution: str) -> dict[str, Shade]:
    """What each Land says, and its own map."""
    return {
        key: Shade(
            count=counts.get(key, 0),
            said=f"{_land(key)}: {_reuses(counts.get(key, 0))}",
            url=_land_url(key, solution),
        )
        for key in LAENDER
    }


def _district_shades(ground: Ground, counts: Mapping[str, int]) -> dict[str, Shade]:
    """What each district of a Land says."""
    return {
        part.key: Shade(
            count=counts.get(part.key, 0), said=f"{part.name}: {_reuses(counts.get(part.key, 0))}"
        )
        for part in ground.parts
    }


def _by_district(rows: Iterable[tuple[Body, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for body, count in rows:
        if body.municipality:
            counts[body.municipality.district] += count
    return counts


def _land_url(key: str, solution: str) -> str:
    return url_for("pages.map", land=key, solution=solution or None)


def _land_rows(counts: Mapping[str, int], solution: str) -> list[Shape]:
    return [
        {"label": _land(key), "url": _land_url(key, solution), "count": counts.get(key, 0)}
        for key in sorted(LAENDER, key=lambda key: (-counts.get(key, 0), _land(key)))
    ]


def _legend(shades: Mapping[str, Shade]) -> list[Shape]:
    lasts = lasts_for(max((shade.count for shade in shades.values()), default=0))
    return [{"step": step_of(first, lasts), "label": _range(first, last)} for first, last in steps(lasts)]


def _range(first: int, last: int | None) -> str:
    if last is None:
        return str(gettext("%(first)s und mehr", first=first))
    return str(first) if first == last else f"{first}–{last}"


def _use_words(use: Use) -> Shape:
    when = since_words(use.stage, use.since)
    return {"stage": use.stage.value, "said": labels.word(labels.STAGE, use.stage), "when": when}


def _reuses(count: int) -> str:
    return str(ngettext("%(num)s Nachnutzung", "%(num)s Nachnutzungen", count))


def _solutions(count: int) -> str:
    return str(ngettext("%(num)s Lösung", "%(num)s Lösungen", count))


def _said_of_all(found: Spread) -> str:
    """What the map shows, in sentences."""
    busiest = sorted(found.by_land.items(), key=lambda row: -row[1])[:3]
    named = [f"{_land(key)} ({count})" for key, count in busiest]
    total = sum(count for _, count in found.bodies)
    return " ".join(
        (
            _reuses(total) + ".",
            gettext("Die meisten gibt es in: %(laender)s.", laender=", ".join(named)) if named else "",
            gettext("Die Liste neben der Karte enthält dasselbe."),
        )
    )


def said_of(reach: Reach) -> str:
    """What the map of a solution shows, in sentences."""
    givers = ", ".join(body.label for body in reach.providers) or gettext("nicht bekannt")
    return " ".join(
        (
            gettext("%(name)s kommt von: %(givers)s.", name=reach.solution.name, givers=givers),
            gettext("Nachgenutzt oder geplant: %(takers)s.", takers=_takers(reach.uses))
            if reach.uses
            else "",
        )
    )


def _takers(uses: Sequence[tuple[Body, Use]]) -> str:
    return ", ".join(f"{body.label} ({labels.word(labels.STAGE, use.stage)})" for body, use in uses[:20])
