"""The network of reuse: who has a solution from whom, as a picture and as a table."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from catalogue.domain.bodies import Body
from catalogue.domain.topics import lineage
from catalogue.services import reuse_places
from catalogue.services.reuse_places import Pair
from catalogue.standards.ags import LAENDER
from catalogue.standards.text import sort_key
from catalogue.web import labels
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.pictures.drawing import Drawing
from catalogue.web.pictures.pairs import Edge, Node, draw_network
from catalogue.web.pictures.svg import draw
from catalogue.web.shapes import Shape, body_shape, body_url, date_words, topic_label

MOST_NAMED = 40  # lines; with more the picture shows Länder instead of bodies
MOST_ROWS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A pair with both bodies."""

    pair: Pair
    provider: Body
    reuser: Body

    @property
    def is_across(self) -> bool:
        """Whether it goes from one Land to another."""
        return bool(self.provider.land and self.reuser.land and self.provider.land != self.reuser.land)


@pages.get("/network")
def network() -> ResponseReturnValue:
    """All pairs, or those of a topic, of a Land, of one provider."""
    topic, land, provider = (request.args.get(name, "") for name in ("topic", "land", "provider"))
    known = catalogue()
    topic, land = topic if topic in known.topics else "", land if land in LAENDER else ""
    in_topic = _given(reuse_places.pairs(known, reuse_places.COUNTED, topics=_with_parts(topic)))
    givers = {given.provider.key: given.provider for given in in_topic}
    provider = provider if provider in givers else ""
    shown = [
        given
        for given in in_topic
        if (not provider or given.provider.key == provider)
        and (not land or land in (given.provider.land, given.reuser.land))
    ]
    by_land = len({(given.provider.key, given.reuser.key) for given in shown}) > MOST_NAMED
    drawing = _by_land(shown) if by_land else _by_body(shown)
    return render_template(
        "pages/network.html",
        topics=[
            {"value": key, "label": topic_label(one), "chosen": key == topic}
            for key, one in known.topics.items()
        ],
        laender=[{"value": key, "label": _land(key), "chosen": key == land} for key in LAENDER],
        providers=[
            {"value": body.key, "label": body.label, "chosen": body.key == provider}
            for body in sorted(givers.values(), key=lambda body: sort_key(body.label))
        ],
        by_land=by_land,
        drawing=drawing,
        picture=draw(drawing.shapes),
        description=_said(shown),
        rows=[_row(given) for given in shown[:MOST_ROWS]],
        more=max(0, len(shown) - MOST_ROWS),
        total=len(shown),
        across=sum(given.is_across for given in shown),
        unnamed=known.store.pairs.unnamed(reuse_places.COUNTED),
        as_of=date_words(known.state.published_at.date().isoformat()),
        noindex=bool(topic or land or provider),
    )


def _with_parts(topic: str) -> list[str]:
    """The topic and all that are part of it; none for no topic."""
    topics = catalogue().topics
    return [key for key in topics if topic in lineage(key, topics)] if topic else []


def _given(pairs: Sequence[Pair]) -> list[Given]:
    bodies = catalogue().bodies
    known = {key: bodies.get(key) for pair in pairs for key in (pair.provider, pair.reuser)}
    return [Given(pair=pair, provider=known[pair.provider], reuser=known[pair.reuser]) for pair in pairs]


def _land(key: str | None) -> str:
    return str(labels.land_name(key, current_language())) or str(gettext("ohne Land"))


def _by_body(shown: Sequence[Given]) -> Drawing:
    """Every provider with every reuser; lines between Länder stand out."""
    counts = Counter((given.provider.key, given.reuser.key) for given in shown)
    across = {(given.provider.key, given.reuser.key): given.is_across for given in shown}
    bodies = {body.key: body for given in shown for body in (given.provider, given.reuser)}

    def node(key: str, note: str) -> Node:
        return Node(label=bodies[key].label, note=note, url=body_url(bodies[key]))

    return _draw(counts, node, across)


def _by_land(shown: Sequence[Given]) -> Drawing:
    """The Länder of providers with those of reusers."""
    counts = Counter((given.provider.land or "", given.reuser.land or "") for given in shown)

    def node(key: str, note: str) -> Node:
        url = url_for("pages.network", land=key) if key else ""
        return Node(label=_land(key), note=note, url=url)

    return _draw(counts, node, {pair: all(pair) and pair[0] != pair[1] for pair in counts})


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
        [node(key, _reuses(gives[key])) for key in left],
        [node(key, _reuses(takes[key])) for key in right],
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


def _reuses(count: int) -> str:
    return str(ngettext("%(num)s Nachnutzung", "%(num)s Nachnutzungen", count))


def _row(given: Given) -> Shape:
    pair = given.pair
    return {
        "provider": body_shape(given.provider),
        "reuser": body_shape(given.reuser),
        "solution": pair.name,
        "url": url_for("pages.solution", key=pair.solution),
        "stage": pair.stage.value,
        "stage_label": labels.word(labels.STAGE, pair.stage),
        "across": given.is_across,
    }


def _said(shown: Sequence[Given]) -> str:
    """What the picture shows, in sentences."""
    pairs = ngettext("%(num)s Paar.", "%(num)s Paare.", len(shown))
    across = gettext("%(count)s davon über Landesgrenzen.", count=sum(given.is_across for given in shown))
    same = gettext("Die Tabelle darunter enthält dasselbe.")
    return f"{pairs} {across} {same}"
