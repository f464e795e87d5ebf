"""The demand radar: what is counted of a search and of its results, and the pages that show it.

What counts is a search by a person: no crawler, no prefetch, no other page or filter of the same search. The
links of the results carry the term, so that the profile can count that it was opened; nothing is kept of who.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qs, urlsplit

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import Forbidden

from catalogue.domain.access import Right, may
from catalogue.domain.bodies import Topic
from catalogue.domain.demand import term_of
from catalogue.services.demand import (
    LEAST_DAYS,
    LEAST_SEARCHES,
    MONTHS,
    Radar,
    Term,
    demand,
    empty_topics,
    public_demand,
)
from catalogue.services.search import SearchResult
from catalogue.web.addresses import FROM, ResultsAddress
from catalogue.web.blueprint import pages
from catalogue.web.cards import card_shape
from catalogue.web.context import catalogue
from catalogue.web.downloads import csv_file
from catalogue.web.forms import make_ticket, read_ticket, require_own_form
from catalogue.web.hints import demand_url
from catalogue.web.office_frame import account, needs
from catalogue.web.request import client
from catalogue.web.shapes import Shape, date_words, topic_label

_PURPOSE = "demand"
_PREFETCH = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_ROBOTS = re.compile(
    r"bot\b|bot[/;_ -]|crawl|spider|slurp|preview|monitor|headless|lighthouse|scan|fetch|archive"
    r"|facebookexternal",
    re.IGNORECASE,
)


# --- Counting


def note_search(address: ResultsAddress, result: SearchResult) -> str:
    """Count a search if it is a new one; its term for the links of the results, empty where none counts."""
    term = term_of(result.corrected or address.text) or ""
    is_whole = address.page == 1 and not (any(address.chosen.values()) or any(address.excluded.values()))
    if term and is_whole and not address.near and _is_a_person() and not _comes_from(address.text, term):
        _radar().searched(term, result.total, _reader())
    return term


def note_opened(key: str) -> None:
    """Count that a result of a search was opened, where the address of its profile says so."""
    term = term_of(request.args.get(FROM, ""))
    if term and _is_a_person():
        _radar().opened(term, key, _reader())


def _is_a_person() -> bool:
    """Whether a browser shows this page to somebody: all of them call themselves Mozilla or Opera."""
    agent = request.headers.get("User-Agent", "")
    is_ahead = any("fetch" in request.headers.get(name, "").lower() for name in _PREFETCH)
    is_browser = agent.startswith(("Mozilla/", "Opera/")) and not _ROBOTS.search(agent)
    return request.method == "GET" and is_browser and not is_ahead


def _comes_from(text: str, term: str) -> bool:
    """Whether the page before was the same search: another page, filter or order of it is no new one."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
        query = parse_qs(before.query, max_num_fields=200)
    except ValueError:
        return False
    is_list = before.netloc == request.host and before.path == request.path
    return is_list and term_of(query.get("q", [""])[0]) in (term_of(text), term)


def _reader() -> str:
    """Whom not to count twice: made into a mark that no other process can make, and never written."""
    return f"{client()}\0{request.headers.get('User-Agent', '')}"


def _radar() -> Radar:
    found: Radar = current_app.extensions["demand"]
    return found


# --- For everybody


@pages.get("/demand", endpoint="demand")
def demand_page() -> ResponseReturnValue:
    """What is searched for and not found."""
    return render_template(
        "pages/demand.html", demand=demand_shape(), empty_topics=topic_shapes(empty_topics(catalogue()))
    )


def demand_shape() -> Shape:
    """What is searched for and not found, for the macro of the same name; with the rule and the date."""
    return {
        "terms": [_term_shape(term) for term in public_demand(catalogue())],
        "least_searches": LEAST_SEARCHES,
        "least_days": LEAST_DAYS,
        "as_of": date_words(catalogue().today().isoformat()),
        "report_url": demand_url(""),
    }


def topic_shapes(topics: Iterable[Topic]) -> list[Shape]:
    """Topics as links."""
    return [{"label": topic_label(topic), "url": url_for("pages.topic", key=topic.id)} for topic in topics]


def _term_shape(term: Term) -> Shape:
    return {
        "term": term.term,
        "searches": term.searches,
        "days": term.days,
        "found": term.found,
        "opened": term.opened,
        "first": date_words(term.first),
        "last": date_words(term.last),
        "url": url_for("pages.solutions", q=term.term),
        "report_url": demand_url(term.term),
    }


# --- For the office


@pages.get("/office/demand")
@needs(Right.SEE_WORK)
def office_demand() -> ResponseReturnValue:
    """The demand of the last months beside what the catalogue has no answer to."""
    months = _months()
    found = demand(catalogue(), months=months)
    groups = (("unmet", found.unmet), ("unopened", found.unopened), ("terms", found.terms))
    return render_template(
        "office/demand.html",
        months=months,
        choices=[
            {
                "months": one,
                "url": url_for("pages.office_demand", months=one),
                "is_chosen": one == months,
            }
            for one in MONTHS
        ],
        **{name: _office_terms(terms, found.hidden) for name, terms in groups},
        rare=found.rare,
        since=date_words(found.since.isoformat()),
        as_of=date_words(catalogue().today().isoformat()),
        least_searches=LEAST_SEARCHES,
        least_days=LEAST_DAYS,
        empty_topics=topic_shapes(found.empty_topics),
        unused=[card_shape(card) for card in found.unused],
        unused_count=found.unused_count,
        csv_url=url_for("pages.office_demand_csv", months=months),
        may_hide=may(account().role, Right.DECIDE),
        ticket=make_ticket(_PURPOSE),
        noindex=True,
    )


@pages.post("/office/demand")
@needs(Right.DECIDE)
def hide_term() -> ResponseReturnValue:
    """Hide a term from the public page, or show it again."""
    require_own_form()
    term = term_of(request.form.get("term", ""))
    if read_ticket(_PURPOSE) is None or term is None:
        raise Forbidden
    known = catalogue()
    act = known.store.terms.show if request.form.get("do") == "show" else known.store.terms.hide
    act(term, actor=account().actor, now=known.now())
    return redirect(url_for("pages.office_demand", months=_months()), 303)


@pages.get("/office/demand.csv")
@needs(Right.SEE_WORK)
def office_demand_csv() -> ResponseReturnValue:
    """All frequent terms as CSV."""
    head = (
        *(gettext("Suchbegriff"), gettext("Suchvorgänge"), gettext("Tage"), gettext("Treffer zuletzt")),
        *(gettext("Treffer geöffnet"), gettext("zuerst"), gettext("zuletzt")),
    )
    rows = [
        (one.term, one.searches, one.days, one.found, one.opened, one.first, one.last)
        for one in demand(catalogue(), months=_months()).terms
    ]
    return csv_file([head, *rows], gettext("bedarf.csv"))


def _months() -> int:
    asked = request.values.get("months", "")
    return int(asked) if asked in map(str, MONTHS) else MONTHS[1]


def _office_terms(terms: Sequence[Term], hidden: frozenset[str]) -> list[Shape]:
    return [{**_term_shape(term), "is_hidden": term.term in hidden} for term in terms]
