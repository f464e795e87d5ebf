"""What the start page tells of reuse: one transfer from near, all from far, and the latest ones."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext

from catalogue.domain.bodies import Body
from catalogue.domain.outlines import Point
from catalogue.domain.reuse import Relation, Reuse, Stage, Standing
from catalogue.domain.solution import Solution
from catalogue.services import browse, reuse_places
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue
from catalogue.web.pictures.ground import Ground, around, small_germany
from catalogue.web.pictures.story import draw_all, draw_story
from catalogue.web.pictures.svg import draw
from catalogue.web.reuse_rows import when
from catalogue.web.shapes import Shape, body_url, date_words

# The start page tells this solution's story, as long as the catalogue has it and the town that took it over.
EXAMPLE, EXAMPLE_GIVER, EXAMPLE_TOWN = "hal-plan", "15002000", "15003000"
_FRAME = (50.92, 10.0, 53.05, 13.55)  # south, west, north, east of the story's map
_LATEST = 6
_MOST_LINES = 300


def story_shape() -> Shape | None:
    """The story with its present standing; None where an entry no longer tells it."""
    known = catalogue()
    giver, town = known.bodies.get(EXAMPLE_GIVER), known.bodies.get(EXAMPLE_TOWN)
    for card in browse.cards(known, [EXAMPLE]):
        reuse = _reuse(card.solution)
        if reuse:
            return {
                "url": url_for("pages.solution", key=EXAMPLE),
                "map_url": url_for("pages.map", solution=EXAMPLE),
                "giver": {"label": giver.label, "url": body_url(giver)},
                "town": {"label": town.label, "url": body_url(town)},
                "name": card.solution.name,
                "stage": reuse.stage.value if reuse.stage else "",
                "stage_label": labels.word(labels.STAGE, reuse.stage),
                "when": when(reuse),
                "standing": _standing(reuse),
                "is_sure": reuse.standing is not Standing.STATED,
                "has_ended": reuse.stage is Stage.ENDED,
                "is_planned": reuse.stage in (Stage.PLANNED, Stage.INTERESTED),
                **_picture(card.solution, giver, town),
            }
    return None


def _reuse(solution: Solution) -> Reuse | None:
    """What is known of the town: its first row that says it uses the solution, or means to."""
    rows = (row for row in solution.reuses if row.body == EXAMPLE_TOWN and row.relation is Relation.USES)
    return next(rows, None)


def _standing(reuse: Reuse) -> str:
    """Who says so."""
    if reuse.standing is Standing.CONFIRMED:
        return str(gettext("von der Stadt gemeldet und geprüft"))
    if reuse.standing is Standing.SOURCED:
        return str(gettext("durch eine Quelle bestätigt"))
    return str(gettext("genannt, von der Stadt noch nicht bestätigt"))


def _picture(solution: Solution, giver: Body, town: Body) -> Shape:
    ground = around(*_FRAME)
    start, end = _point(ground, giver), _point(ground, town)
    if not start or not end:
        return {"picture": "", "ground": ground}
    keys = sorted(catalogue().bodies.canonical(solution.reuse_bodies) - {giver.key, town.key})
    found = (_point(ground, catalogue().bodies.get(key)) for key in keys)
    others = [point for point in found if point and ground.shows(point)]
    shapes = draw_story(
        ground,
        home=EXAMPLE_TOWN[:2],
        giver=start,
        taker=end,
        names=(giver.label, town.label),
        what=solution.name,
        others=others,
    )
    return {"picture": draw(shapes), "ground": ground}


def _point(ground: Ground, body: Body) -> Point | None:
    town = body.municipality
    return (
        ground.place(town.lat, town.lon) if town and town.lat is not None and town.lon is not None else None
    )


def hero_shape() -> Shape:
    """All transfers on one small map, kept while the revision lasts."""
    kept = catalogue().parts.get(("hero", current_language()))
    if isinstance(kept, dict):
        return kept
    made = _hero()
    catalogue().parts.keep(("hero", current_language()), made)
    return made


def _hero() -> Shape:
    known, ground = catalogue(), small_germany()
    ends = {(giver, taker) for giver, taker, _ in reuse_places.pairs(known).ends()[:_MOST_LINES]}
    points = _points(ground, {key for pair in ends for key in pair})
    lines = [
        (points[giver], points[taker]) for giver, taker in sorted(ends) if {giver, taker} <= points.keys()
    ]
    told = (EXAMPLE_GIVER, EXAMPLE_TOWN)
    story = (points[told[0]], points[told[1]]) if told in ends and set(told) <= points.keys() else None
    return {
        "picture": draw(draw_all(ground, lines, list(points.values()), story=story)),
        "ground": ground,
        "url": url_for("pages.map"),
    }


def _points(ground: Ground, keys: Iterable[str]) -> dict[str, Point]:
    found = {key: _point(ground, catalogue().bodies.get(key)) for key in sorted(keys)}
    return {key: point for key, point in found.items() if point}


def latest_shapes() -> list[Shape]:
    """The reuses that were heard of last."""
    return [
        {
            "body": body.label,
            "body_url": body_url(body),
            "solution": name,
            "url": url_for("pages.solution", key=use.solution),
            "stage": use.stage.value,
            "stage_label": labels.word(labels.STAGE, use.stage),
            "date": date_words(use.latest),
        }
        for body, name, use in reuse_places.latest(catalogue(), _LATEST)
    ]
