"""The network of reuse: who has a solution from whom, as a picture and as a table."""

from collections import Counter
from collections.abc import Callable, Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from catalogue.domain.pairs import is_across, pair_rule
from catalogue.services import reuse_places
from catalogue.services.reuse_places import Pair, PairSet
from catalogue.standards.ags import LAENDER
from catalogue.standards.text import sort_key
from catalogue.web import labels
from catalogue.web.addresses import page_in_address
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.findings import language
from catalogue.web.pictures.drawing import Drawing
from catalogue.web.pictures.pairs import MOST_LINES, Edge, Node, draw_network
from catalogue.web.pictures.svg import draw
from catalogue.web.shapes import Shape, body_shape, body_url, date_words, page_links, topic_label

MOST_NAMED = 40  # lines; with more the picture shows Länder instead of bodies
PAGE = 50  # rows of the table


@pages.get("/network")
def network() -> ResponseReturnValue:
    """All pairs, or those of a topic, of a Land, of one provider."""
    topic, land, provider = (request.args.get(name, "") for name in ("topic", "land", "provider"))
    known = catalogue()
    topic, land = topic if topic in known.topics else "", land if land in LAENDER else ""
    in_topic = reuse_places.pairs(known, topic=topic)
    givers = [known.bodies.get(key) for key in in_topic.providers]
    provider = provider if provider in {body.key for body in givers} else ""
    shown = in_topic.narrowed(provider=provider, land=land)
    across = len(shown.across)
    ends = shown.ends()
    by_land = len(ends) > MOST_NAMED
    drawing = _by_land(shown) if by_land else _by_body({(one, other): number for one, other, number in ends})
    page = min(page_in_address(), max(1, -(-len(shown) // PAGE)))
    chosen = {"topic": topic or None, "land": land or None, "provider": provider or None}
    return render_template(
        "pages/network.html",
        topics=[
            {"value": key, "label": topic_label(one), "chosen": key == topic}
            for key, one in known.topics.items()
        ],
        laender=[{"value": key, "label": _land(key), "chosen": key == land} for key in LAENDER],
        providers=[
            {"value": body.key, "label": body.label, "chosen": body.key == provider}
            for body in sorted(givers, key=lambda body: sort_key(body.label))
        ],
        by_land=by_land,
        drawing=drawing,
        lines=MOST_LINES if by_land and len(shown.by_land_keys()) > MOST_LINES else 0,
        picture=draw(drawing.shapes),
        description=_said(len(shown), across),
        rule=pair_rule(language()),
        rows=[_row(pair) for pair in shown.rows((page - 1) * PAGE, page * PAGE)],
        pages=page_links(len(shown), page, lambda number: _address(number, chosen), PAGE),
        first=(page - 1) * PAGE + 1,
        total=len(shown),
        across=across,
        unnamed=known.store.pairs.unnamed(reuse_places.COUNTED),
        as_of=date_words(known.state.published_at.date().isoformat()),
        noindex=bool(topic or land or provider or page > 1),
    )


def _address(page: int, chosen: Mapping[str, str | None]) -> str:
    """Of a page of the table, with the same choices."""
    return url_for("pages.network", **chosen, page=page if page > 1 else None, _anchor="pairs")  # type: ignore[arg-type]  # of a query


def _land(key: str | None) -> str:
    return str(labels.land_name(key, current_language())) or str(gettext("ohne Land"))


def _by_body(counts: Mapping[tuple[str, str], int]) -> Drawing:
    """Every provider with every reuser; lines between Länder stand out."""
    bodies = {key: catalogue().bodies.get(key) for ends in counts for key in ends}

    def node(key: str, note: str) -> Node:
        return Node(label=bodies[key].label, note=note, url=body_url(bodies[key]))

    marked = {(one, other): is_across(bodies[one].land, bodies[other].land) for one, other in counts}
    return _draw(counts, node, marked)


def _by_land(shown: PairSet) -> Drawing:
    """The Länder of providers with those of reusers."""
    counts = shown.by_land_keys()

    def node(key: str, note: str) -> Node:
        url = url_for("pages.network", land=key) if key else ""
        return Node(label=_land(key), note=note, url=url)

    return _draw(counts, node, {pair: is_across(*pair) for pair in counts})


def _draw(
    counts: Mapping[tuple[str, str], int],
    node: Callable[[str, str], Node],
    marked: Mapping[tuple[str, str], bool],
) -> Drawing:
    """Who gives most stands first; who takes, where the fewest lines cross."""
    gives, takes = _sums(counts, 0), _sums(counts, 1)
    left = sorted(gives, key=lambda key: (-gives[key], key))
    places = {key: place for place, key in enumerate(left)}
    weights = Counter[str]()
    for (giver, taker), count in counts.items():
        weights[taker] += places[giver] * count
    right = sorted(takes, key=lambda key: (weights[key] / takes[key], -takes[key], key))
    order = {key: place for place, key in enumerate(right)}
    return draw_network(
        [node(key, _pairs(gives[key])) for key in left],
        [node(key, _pairs(takes[key])) for key in right],
        [
            Edge(left=places[giver], right=order[taker], value=count, marked=marked[giver, taker])
            for (giver, taker), count in counts.items()
        ],
    )


def _sums(counts: Mapping[tuple[str, str], int], side: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for pair, count in counts.items():
        sums[pair[side]] += count
    return sums


def _pairs(count: int) -> str:
    return str(ngettext("%(num)s Paar", "%(num)s Paare", count))


def _row(pair: Pair) -> Shape:
    provider, reuser = catalogue().bodies.get(pair.provider), catalogue().bodies.get(pair.reuser)
    return {
        "provider": body_shape(provider),
        "reuser": body_shape(reuser),
        "solution": pair.name,
        "url": url_for("pages.solution", key=pair.solution),
        "stage": pair.stage.value,
        "stage_label": labels.word(labels.STAGE, pair.stage),
        "across": is_across(provider.land, reuser.land),
    }


def _said(total: int, across: int) -> str:
    """What the picture shows, in sentences."""
    pairs = ngettext("%(num)s Paar.", "%(num)s Paare.", total)
    crossing = gettext("%(count)s davon über Landesgrenzen.", count=across)
    same = gettext("Die Tabelle darunter enthält dasselbe.")
    return f"{pairs} {crossing} {same}"
