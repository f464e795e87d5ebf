"""The badge of a solution for its README: by how many it is reused."""

from dataclasses import dataclass

from flask import Response, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext, ngettext
from werkzeug.exceptions import NotFound

from catalogue.domain.reuse import Stage
from catalogue.services import reuse_places
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.entrance import entrance
from catalogue.web.hints import base_url
from catalogue.web.pictures.badge import draw_badge
from catalogue.web.pictures.svg import draw

_HOUR = 3600  # seconds that a README may show yesterday's number
_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@pages.get("/solutions/<key>/badge.svg")
def badge(key: str) -> ResponseReturnValue:
    """How many use or try the solution, as a picture that other sites may show."""
    counts = _counts(key)
    if counts is None:
        raise NotFound
    picture = draw_badge(gettext("Nachnutzung"), badge_words(counts), is_empty=not counts.total)
    answer = Response(f"{draw([picture])}\n", mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = f"public, max-age={_HOUR}"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.add_etag()
    return answer.make_conditional(request)


@entrance.get("/solutions/<key>/badge.svg")
def badge_without_language(key: str) -> ResponseReturnValue:
    """The same in German: a README has one address for all of its readers."""
    g.lang = "de"
    return badge(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Who uses and who tries a solution: municipalities and districts, and others or those without name."""

    in_use: int = 0
    trial: int = 0
    others: int = 0  # of all of them, those that are no municipality or are not named

    @property
    def total(self) -> int:
        """All of them."""
        return self.in_use + self.trial


def badge_words(counts: Counts) -> str:
    """ "12 Kommunen nutzen es", or Stellen where others are among them; said apart where some only try it."""
    if not counts.total:
        return str(gettext("noch keine gemeldet"))
    total, number = counts.total, format_decimal(counts.total)
    if counts.others:
        if not counts.trial:
            return str(ngettext("%(n)s Stelle nutzt es", "%(n)s Stellen nutzen es", total, n=number))
        if not counts.in_use:
            return str(ngettext("%(n)s Stelle erprobt es", "%(n)s Stellen erproben es", total, n=number))
        return str(gettext("%(n)s Stellen nutzen oder erproben es", n=number))
    if not counts.trial:
        return str(ngettext("%(n)s Kommune nutzt es", "%(n)s Kommunen nutzen es", total, n=number))
    if not counts.in_use:
        return str(ngettext("%(n)s Kommune erprobt es", "%(n)s Kommunen erproben es", total, n=number))
    return str(gettext("%(n)s Kommunen nutzen oder erproben es", n=number))


def _counts(key: str) -> Counts | None:
    """The numbers of a solution, None where there is no such solution."""
    reach = reuse_places.reach(catalogue(), key, reuse_places.COUNTED)
    if reach is None:
        return None
    unnamed = catalogue().store.pairs.unnamed((Stage.IN_USE,), solution_id=key)
    in_use = sum(use.stage is Stage.IN_USE for _, use in reach.uses)
    return Counts(
        in_use=in_use + unnamed,
        trial=len(reach.uses) - in_use + reach.unnamed - unnamed,
        others=sum(not body.is_official for body, _ in reach.uses) + reach.unnamed,
    )


def badge_shape(key: str) -> dict[str, str] | None:
    """What to copy into a README: the picture, and the line of Markdown; None without a public address."""
    base = base_url()
    if not base:
        return None
    picture, page = url_for("pages.badge", key=key), url_for("pages.solution", key=key)
    words = gettext("Nachnutzung")
    return {"url": picture, "markdown": f"[![{words}]({base}{picture})]({base}{page})"}
