"""The audit trail of the office: who did what to what, when; by page and as CSV, without mail addresses."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.domain.access import Right, may
from catalogue.domain.reuse_report import REPORTER, SYSTEM
from catalogue.services.office_lists import Entered, Subject, WantedEvents, events
from catalogue.services.today import HERE
from catalogue.standards.text import whole_number
from catalogue.web import labels
from catalogue.web.addresses import page_in_address
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.office_frame import account, needs
from catalogue.web.office_reports import csv_answer
from catalogue.web.office_words import (
    ACTION,
    SUBJECT,
    actor_words,
    changes_words,
    hidden,
    iso_moment,
    moment,
    worth_showing,
)
from catalogue.web.shapes import Shape, page_links

PAGE = 50
_OTHERS = (REPORTER, "subscriber", "reader", SYSTEM)  # who act without an account
_NAMES = ("subject", "number", "actor", "since", "until")


@pages.get("/office/audit")
@needs(Right.SEE_WORK)
def office_audit() -> ResponseReturnValue:
    """The trail, the latest first."""
    page, store = page_in_address(), catalogue().store
    total, found, names = events(store, _wanted(), offset=(page - 1) * PAGE, limit=PAGE)
    last = max(1, -(-total // PAGE))
    if page > last:
        return redirect(_address(last), 303)
    accounts = store.audit.actors()
    return render_template(
        "office/audit.html",
        events=[_shape(event, actor_words(event.actor, names)) for event in found],
        total=total,
        pages=page_links(total, page, _address, PAGE),
        chosen=_query(),
        subjects=[(code, str(word)) for code, word in SUBJECT.items()],
        actors=[(key, actor_words(key, accounts)) for key in (*_OTHERS, *accounts)],
        csv_url=_csv_address(),
        is_filtered=any(_query().values()),
        noindex=True,
    )


@pages.get("/office/audit.csv")
@needs(Right.EXPORT_AUDIT)
def office_audit_csv() -> ResponseReturnValue:
    """The trail as CSV, the first event first; sent in parts."""
    return csv_answer(_lines(), gettext("protokoll.csv"))


def _lines() -> Iterator[list[str]]:
    store = catalogue().store
    names = store.audit.actors()
    yield [
        *(gettext("Wann"), gettext("Wer"), gettext("Woran"), gettext("Nummer"), gettext("Was")),
        *(gettext("Feld"), gettext("Vorher"), gettext("Nachher"), gettext("Grund")),
    ]
    for event in store.audit.each(_wanted()):
        shape = _shape(event, actor_words(event.actor, names))
        head = [iso_moment(event.at), str(shape["actor"]), str(shape["subject"]), str(event.number)]
        rows = changes_words(event.changes, hides_mail=True) or [{"field": "", "old": "", "new": ""}]
        for row in rows:
            yield [*head, str(shape["action"]), row["field"], row["old"], row["new"], event.reason]


def _shape(event: Entered, actor: str) -> Shape:
    is_report = event.subject is Subject.REPORT
    return {
        "when": moment(event.at),
        "actor": actor,
        "subject": labels.word(SUBJECT, event.subject),
        "number": event.number,
        "url": url_for("pages.office_report", number=event.number) if is_report else "",
        "action": labels.word(ACTION, event.action),
        "reason": hidden(event.reason),
        "changes": worth_showing(changes_words(event.changes, hides_mail=True)),
    }


# --- The address


def _query() -> dict[str, str | None]:
    return {name: request.args.get(name, "").strip()[:100] or None for name in _NAMES}


def _address(page: int) -> str:
    return url_for("pages.office_audit", **_query(), page=page if page > 1 else None)  # type: ignore[arg-type]  # of a query


def _csv_address() -> str:
    """Where the trail is exported; empty for whoever may not."""
    if not may(account().role, Right.EXPORT_AUDIT):
        return ""
    return url_for("pages.office_audit_csv", **_query())  # type: ignore[arg-type]  # of a query


def _wanted() -> WantedEvents:
    """What the address asks for; what cannot be meant is left out."""
    given = {name: value or "" for name, value in _query().items()}
    until = _day(given["until"])
    return WantedEvents(
        subject=given["subject"] if given["subject"] in tuple(Subject) else "",
        number=whole_number(given["number"].lstrip("#")) or 0,
        actor=given["actor"],
        since=_day(given["since"]),
        until=until + timedelta(days=1) if until else None,
    )


def _day(text: str) -> datetime | None:
    """The beginning of a day (YYYY-MM-DD) in Germany; None for what is none."""
    try:
        found = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=HERE)
    except ValueError:
        return None
    return found if found.year < 9000 else None
