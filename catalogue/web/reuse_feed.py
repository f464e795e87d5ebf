"""Who has begun, changed or ended a confirmed reuse, as Atom feeds: of one solution, and of all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from xml.etree.ElementTree import Element, SubElement

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from catalogue.domain.reuse import Reuse, Step
from catalogue.services.published_reuse import NamedReuse
from catalogue.standards.dates import first_day
from catalogue.web import labels
from catalogue.web.atom import clean, feed_answer, identity, moment, new_feed, text
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.fact_words import short
from catalogue.web.hints import base_url
from catalogue.web.shapes import date_words, step_words

MOST_ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A stage that a reuse has reached. `updated` is when that was last said to be true."""

    row: NamedReuse
    step: Step
    is_last: bool
    updated: datetime


@pages.get("/reuse.atom")
def reuse_feed() -> ResponseReturnValue:
    """What has happened to the reuse of all solutions."""
    rows = catalogue().store.published_reuse.latest(limit=MOST_ENTRIES)
    page = url_for("pages.solutions")
    return _answer(rows, gettext("Nachnutzung"), own=url_for("pages.reuse_feed"), page=page)


@pages.get("/solutions/<key>/reuse.atom")
def solution_reuse_feed(key: str) -> ResponseReturnValue:
    """What has happened to the reuse of one solution."""
    stored = catalogue().store.solution(key)
    if stored is None:
        raise NotFound
    rows = catalogue().store.published_reuse.latest(solution=key, limit=MOST_ENTRIES)
    title = gettext("Nachnutzung: %(name)s", name=stored.solution.name)
    own = url_for("pages.solution_reuse_feed", key=key)
    return _answer(rows, title, own=own, page=url_for("pages.solution", key=key))


def _answer(rows: list[NamedReuse], title: str, *, own: str, page: str) -> ResponseReturnValue:
    found = [entry for row in rows for entry in _entries(row)]
    found.sort(key=lambda entry: entry.updated, reverse=True)
    updated = max((entry.updated for entry in found), default=catalogue().state.published_at)
    feed = new_feed(short(title), updated, own=own, page=page)
    for entry in found[:MOST_ENTRIES]:
        _write(SubElement(feed, "entry"), entry)
    return feed_answer(feed)


def _entries(row: NamedReuse) -> Iterator[_Entry]:
    """An entry for each stage whose time is known; the last one also by when it was affirmed.

    A plan is no news of the day that it is for. Of who is not named only years are told.
    """
    steps, affirmed = row.reuse.steps or _stated(row.reuse), row.reuse.affirmed
    if not row.reuse.is_named:
        row = replace(row, reuse=replace(row.reuse, affirmed=None))
        steps, affirmed = tuple(replace(step, since=(step.since or "")[:4] or None) for step in steps), None
    today = catalogue().today()
    for number, step in enumerate(steps, start=1):
        is_last = number == len(steps)
        days = [first_day(step.since), first_day(affirmed) if is_last else None]
        if known := [day for day in days if day and day <= today]:
            updated = datetime.combine(max(known), time(), UTC)
            yield _Entry(row=row, step=step, is_last=is_last, updated=updated)


def _stated(reuse: Reuse) -> tuple[Step, ...]:
    """The stage of a row without dated steps."""
    since = reuse.until or reuse.since or reuse.seen
    return (Step(stage=reuse.stage, since=since),) if reuse.stage else ()


def _write(element: Element, entry: _Entry) -> None:
    row, reuse = entry.row, entry.row.reuse
    body = catalogue().bodies.get(row.body).label if reuse.is_named else gettext("Nicht öffentlich genannt")
    stage = labels.word(labels.STAGE, entry.step.stage.value)
    profile = base_url() + url_for("pages.solution", key=row.solution)
    parts = ("reuse", row.solution, row.body, entry.step.stage.value, entry.step.since or "")
    text(element, "id", identity("\x1f".join(parts)))
    text(element, "title", f"{row.name}: {body} – {stage}")
    text(element, "updated", moment(entry.updated))
    SubElement(element, "link", rel="alternate", type="text/html", href=clean(profile))
    text(element, "summary", _summary(entry, body))
    SubElement(element, "category", term=entry.step.stage.value, label=clean(stage))


def _summary(entry: _Entry, body: str) -> str:
    words = f"{body}: {step_words(entry.step)}"
    if entry.is_last and entry.row.reuse.affirmed:
        affirmed = date_words(entry.row.reuse.affirmed)
        words = gettext("%(what)s, zuletzt bestätigt am %(date)s", what=words, date=affirmed)
    return words
