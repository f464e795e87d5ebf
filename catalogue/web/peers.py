"""Who is like us, in words and links: what towns like a municipality run, and whom to ask."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext, lazy_gettext, ngettext

from catalogue.domain.bodies import Body
from catalogue.domain.peers import Peer
from catalogue.services.peers import NEAR_KM, Run, SharedCard, Why, like_us
from catalogue.web import labels
from catalogue.web.context import catalogue
from catalogue.web.nearby import km_words
from catalogue.web.shapes import Shape, body_shape

_NAMED, _LISTED = 5, 8
_WHY = {
    Why.NEAR: lazy_gettext("in der Nähe"),
    Why.SIZE: lazy_gettext("ähnlich groß"),
    Why.LAND: lazy_gettext("dasselbe Bundesland"),
}


def like_us_shape(body: Body) -> Shape | None:
    """What towns like this one run; None where nothing can be said of that."""
    found = like_us(catalogue(), body)
    if found is None or not found.towns:
        return None
    return {
        "peers": found.peers,
        "near_km": NEAR_KM,
        "shared": [_shared_shape(one, body) for one in found.shared],
        "towns": [_town_shape(peer, town, runs, here=body) for peer, town, runs in found.towns],
        "keys": [peer.town.key for peer, _, _ in found.towns],
    }


def _shared_shape(one: SharedCard, here: Body) -> Shape:
    solution, peers = one.card.solution, one.shared.peers
    pairs = list(zip(peers, one.bodies, strict=True))
    return {
        "label": solution.name,
        "url": url_for("pages.solution", key=solution.id, near=here.key),
        "sentence": _sentence(one),
        "towns": [_peer_shape(peer, body) for peer, body in pairs[:_NAMED]],
        "more": max(0, len(pairs) - _NAMED),
        "ours": _ours(one),
        "has_it": one.is_offered_by_us or bool(one.ours and one.ours.counts),
        "mails": [mail for mail in one.contacts if "@" in mail][:2],
        "contact_url": url_for("pages.solution", key=solution.id, near=here.key, _anchor="contact"),
    }


def _sentence(one: SharedCard) -> str:
    """How many of whom run it; neighbours are named as such."""
    count, near = len(one.shared.peers), one.shared.count(Why.NEAR)
    if near == count:
        return str(
            ngettext(
                "%(num)s Ihrer Nachbarn nutzt oder erprobt sie.",
                "%(num)s Ihrer Nachbarn nutzen oder erproben sie.",
                count,
            )
        )
    sentence = ngettext(
        "%(num)s vergleichbare Kommune nutzt oder erprobt sie.",
        "%(num)s vergleichbare Kommunen nutzen oder erproben sie.",
        count,
    )
    if not near:
        return str(sentence)
    more = ngettext("%(num)s davon liegt in Ihrer Nähe.", "%(num)s davon liegen in Ihrer Nähe.", near)
    return f"{sentence} {more}"


def _ours(one: SharedCard) -> str:
    """How the town itself stands to the solution."""
    if one.is_offered_by_us:
        return str(gettext("stellen Sie selbst bereit"))
    if one.ours is None:
        return str(gettext("bei Ihnen noch nicht eingetragen"))
    return str(gettext("bei Ihnen: %(stage)s", stage=labels.word(labels.STAGE, one.ours.stage)))


def _peer_shape(peer: Peer, body: Body) -> Shape:
    return {**body_shape(body), "km": km_words(peer.km)}


def _town_shape(peer: Peer, body: Body, runs: Sequence[Run], *, here: Body) -> Shape:
    return {
        **_peer_shape(peer, body),
        "population": peer.town.population,
        "why": [str(_WHY[why]) for why in Why if why in peer.why],
        "runs": [_run_shape(run, here) for run in runs[:_LISTED]],
        "more": max(0, len(runs) - _LISTED),
    }


def _run_shape(run: Run, here: Body) -> Shape:
    return {
        "label": run.card.solution.name,
        "url": url_for("pages.solution", key=run.card.solution.id, near=here.key),
        "stage_label": labels.word(labels.STAGE, run.reuse.stage),
    }
