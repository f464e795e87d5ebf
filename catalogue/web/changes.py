"""What has happened in the repositories of the solutions: a page by month, and Atom feeds of the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from werkzeug.exceptions import NotFound

from catalogue.domain.snapshot_changes import ChangeKind
from catalogue.services.change_log import MOST, LoggedChange, change_log, changes_of
from catalogue.web.atom import clean, feed_answer, identity, moment, new_feed, text
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.fact_words import short
from catalogue.web.harvest_labels import CHANGE, change_words
from catalogue.web.hints import base_url
from catalogue.web.shapes import Shape, date_words
from catalogue.web.statements import checked

MOST_ENTRIES = 50
_LONGEST_KEY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesAddress:
    """Which changes an address asks for: of some kinds, of one solution."""

    kinds: tuple[ChangeKind, ...] = ()
    solution: str = ""

    def url(self, endpoint: str = "pages.changes") -> str:
        """The address of the page or feed that shows these."""
        more: dict[str, object] = {"kind": [kind.value for kind in self.kinds]} if self.kinds else {}
        if self.solution:
            more["solution"] = self.solution
        return url_for(endpoint, **more)  # type: ignore[arg-type]  # parameters of a query


def read_changes_address() -> ChangesAddress:
    """What the address of this request asks for; what is no kind is left out."""
    known = {kind.value for kind in ChangeKind}
    wanted = [kind for kind in request.args.getlist("kind") if kind in known]
    return ChangesAddress(
        kinds=tuple(ChangeKind(kind) for kind in dict.fromkeys(wanted)),
        solution=request.args.get("solution", "")[:_LONGEST_KEY],
    )


@pages.get("/changes")
def changes() -> ResponseReturnValue:
    """What has happened, by month, the latest first."""
    address = read_changes_address()
    found = _found(address)
    if found is None:
        raise NotFound
    months = groupby(found, key=lambda one: one.seen.change.on.replace(day=1))
    return render_template(
        "pages/changes.html",
        months=[
            {
                "id": f"month-{month.isoformat()[:7]}",
                "label": format_date(month, "MMMM yyyy"),
                "rows": [_shape(one) for one in rows],
            }
            for month, rows in months
        ],
        kinds=_kind_links(address),
        solution=_solution(address, found),
        feed_url=address.url("pages.changes_feed"),
        is_filtered=bool(address.kinds or address.solution),
        most=MOST if len(found) >= MOST else 0,
        noindex=bool(request.args),
    )


@pages.get("/changes.atom")
def changes_feed() -> ResponseReturnValue:
    """The same as an Atom feed."""
    address = read_changes_address()
    found = _found(address)
    if found is None:
        raise NotFound
    title = gettext("Was sich getan hat")
    if address.kinds:
        title += ": " + ", ".join(str(CHANGE[kind]) for kind in address.kinds)
    return feed_answer(_feed(found, title, own=address.url("pages.changes_feed"), page=address.url()))


@pages.get("/solutions/<key>/changes.atom")
def solution_changes_feed(key: str) -> ResponseReturnValue:
    """What has happened in the repositories of one solution."""
    found = changes_of(catalogue().store, key)
    stored = catalogue().store.solution(key)
    if found is None or stored is None:
        raise NotFound
    title = gettext("Was sich getan hat: %(name)s", name=stored.solution.name)
    own = url_for("pages.solution_changes_feed", key=key)
    return feed_answer(_feed(found, title, own=own, page=url_for("pages.solution_status", key=key)))


def _found(address: ChangesAddress) -> list[LoggedChange] | None:
    store = catalogue().store
    if address.solution:
        return changes_of(store, address.solution, kinds=address.kinds)
    return change_log(store, kinds=address.kinds)


def _shape(one: LoggedChange) -> Shape:
    change = one.seen.change
    return {
        "date": date_words(change.on.isoformat()),
        "name": one.name,
        "url": url_for("pages.solution", key=one.solution),
        "status_url": url_for("pages.solution_status", key=one.solution),
        "label": str(CHANGE[change.kind]),
        "sentence": change_words(change, current_language()),
        "address": short(one.address),
        "address_url": checked(one.address),
    }


def _kind_links(address: ChangesAddress) -> list[Shape]:
    """Each kind as a link to its changes alone; the one that is shown leads back to all."""
    rows: list[Shape] = [
        {
            "label": gettext("Alles"),
            "url": ChangesAddress(solution=address.solution).url(),
            "current": not address.kinds,
        }
    ]
    for kind in ChangeKind:
        only = ChangesAddress(kinds=(kind,), solution=address.solution)
        rows.append({"label": str(CHANGE[kind]), "url": only.url(), "current": address.kinds == (kind,)})
    return rows


def _solution(address: ChangesAddress, found: Sequence[LoggedChange]) -> Shape | None:
    if not address.solution:
        return None
    stored = None if found else catalogue().store.solution(address.solution)
    name = found[0].name if found else stored.solution.name if stored else address.solution
    return {"name": name, "all_url": ChangesAddress(kinds=address.kinds).url()}


def _feed(found: Sequence[LoggedChange], title: str, *, own: str, page: str) -> Element:
    latest = sorted(found, key=lambda one: (one.seen.seen, one.seen.id), reverse=True)
    updated = max((one.seen.seen for one in latest), default=catalogue().state.published_at)
    feed = new_feed(short(title), updated, own=own, page=page)
    entries = {_identity(one): one for one in reversed(latest)}  # each event once, as it was first seen
    for name, one in list(reversed(entries.items()))[:MOST_ENTRIES]:
        _entry(SubElement(feed, "entry"), name, one)
    return feed


def _identity(one: LoggedChange) -> str:
    """Stays the same where the repository moves or the database is made anew."""
    change = one.seen.change
    parts = (one.solution, change.kind.value, change.on.isoformat(), change.before or "", change.after or "")
    return identity("change:" + "\x1f".join(parts))


def _entry(entry: Element, name: str, one: LoggedChange) -> None:
    change = one.seen.change
    sentence = change_words(change, current_language())
    status = base_url() + url_for("pages.solution_status", key=one.solution)
    text(entry, "id", name)
    text(entry, "title", f"{one.name}: {sentence}")
    text(entry, "updated", moment(one.seen.seen))
    text(entry, "published", moment(datetime.combine(change.on, time(), UTC)))
    SubElement(entry, "link", rel="alternate", type="text/html", href=clean(status))
    if address := checked(one.address):
        SubElement(entry, "link", rel="related", href=clean(address))
    text(entry, "summary", f"{date_words(change.on.isoformat())}: {sentence}")
    SubElement(entry, "category", term=change.kind.value, label=str(CHANGE[change.kind]))
