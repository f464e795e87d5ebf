"""All reports by what is asked for: filters in the address, pages, and the same as CSV."""

from collections.abc import Iterator, Mapping

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from catalogue.domain.access import Right, may
from catalogue.domain.reuse_report import ReuseReport, Source, State
from catalogue.services.office_lists import Order, Wanted, each_report, reports
from catalogue.services.work_list import PAGE
from catalogue.standards.ags import LAENDER
from catalogue.web import labels
from catalogue.web.addresses import page_in_address
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.downloads import csv_stream
from catalogue.web.office_frame import account, needs
from catalogue.web.office_shapes import report_row
from catalogue.web.office_words import SOURCE, STATE, VISIBILITY, WHAT, hidden, iso_day, steps_words
from catalogue.web.shapes import page_links

_ORDER: Mapping[str, object] = {
    Order.NEWEST: lazy_gettext("Neueste zuerst"),
    Order.OLDEST: lazy_gettext("Älteste zuerst"),
    Order.STALEST: lazy_gettext("Am längsten nicht bestätigt"),
    Order.BODY: lazy_gettext("Nach Kommune"),
    Order.SOLUTION: lazy_gettext("Nach Lösung"),
}
_LONGEST = 200


@pages.get("/office/reports")
@needs(Right.SEE_WORK)
def office_reports() -> ResponseReturnValue:
    """All reports that the address asks for."""
    wanted, order, page = _wanted(), _order(), page_in_address()
    total, found = reports(catalogue(), wanted, order, offset=(page - 1) * PAGE, limit=PAGE)
    last = max(1, -(-total // PAGE))
    if page > last:
        return redirect(_address(page=last), 303)
    return render_template(
        "office/reports.html",
        rows=[report_row(named) for named in found],
        total=total,
        pages=page_links(total, page, lambda number: _address(page=number), PAGE),
        wanted=wanted,
        order=order.value,
        choices=_choices(),
        is_filtered=any(_query().values()),
        csv_url=url_for("pages.office_reports_csv", **_query()),  # type: ignore[arg-type]  # of a query
        may_decide=may(account().role, Right.DECIDE),
        noindex=True,
    )


@pages.get("/office/reports.csv")
@needs(Right.SEE_WORK)
def office_reports_csv() -> ResponseReturnValue:
    """The same as CSV, without mail addresses; safe from formulas, sent in parts."""
    return csv_answer(_lines(each_report(catalogue(), _wanted())), gettext("meldungen.csv"))


def csv_answer(lines: Iterator[list[str]], name: str) -> Response:
    """Rows as CSV without mail addresses, each cell on one line, sent in parts."""
    return csv_stream(([" ".join(hidden(cell).split()) for cell in line] for line in lines), name)


def _lines(found: Iterator[ReuseReport]) -> Iterator[list[str]]:
    bodies, names = catalogue().bodies, catalogue().store.report_lists.solution_names()
    yield [
        *(gettext("Meldung"), gettext("Bearbeitung"), gettext("Herkunft"), gettext("Lösung")),
        *(gettext("Name der Lösung"), gettext("Schlüssel"), gettext("Kommune"), gettext("Bundesland")),
        *(gettext("Stufe"), gettext("Verlauf"), gettext("Was genutzt wird"), gettext("Welcher Teil")),
        gettext("Version"),
        *(gettext("Betreiber"), gettext("Adresse"), gettext("Beleg"), gettext("Sichtbarkeit")),
        *(gettext("Gemeldet"), gettext("Entschieden"), gettext("Zuletzt bestätigt"), gettext("Nachgefragt")),
        gettext("Grund"),
    ]
    for report in found:
        claim, body = report.claim, bodies.get(report.claim.body)
        stage = labels.word(labels.STAGE, claim.stage) if claim.stage else gettext("keine Nachnutzung")
        yield [
            *(str(report.number), labels.word(STATE, report.state), labels.word(SOURCE, report.source)),
            *(claim.solution, names.get(claim.solution, ""), body.key, body.label),
            labels.land_name(body.land, current_language()),
            *(stage, steps_words(claim.steps), labels.word(WHAT, claim.what) if claim.what else ""),
            *(claim.part, claim.version, claim.operator, claim.address, claim.evidence),
            labels.word(VISIBILITY, claim.visibility),
            *map(iso_day, (report.reported_at, report.decided_at)),
            *map(iso_day, (report.affirmed_at if report.is_public else None, report.asked_at)),
            report.reason,
        ]


# --- The address


def _text(name: str) -> str:
    return " ".join(request.args.get(name, "").split())[:_LONGEST]


def _wanted() -> Wanted:
    """What the address asks for; values that nothing has are left out."""
    state, source, land = _text("state"), _text("source"), _text("land")
    body = catalogue().bodies.find(_text("body"))
    return Wanted(
        state=state if state in tuple(State) else "",
        source=source if source in tuple(Source) else "",
        land=land if land in LAENDER else "",
        solution=_text("solution"),
        body=body.key if body else _text("body"),
        text=_text("q"),
    )


def _order() -> Order:
    text = _text("sort")
    return Order(text) if text in tuple(Order) else Order.NEWEST


def _query() -> dict[str, str | None]:
    names = ("state", "solution", "body", "land", "source", "q")
    return {name: _text(name) or None for name in names}


def _address(page: int) -> str:
    sort = _text("sort") or None
    return url_for("pages.office_reports", **_query(), sort=sort, page=page if page > 1 else None)  # type: ignore[arg-type]  # of a query


def _choices() -> dict[str, list[tuple[str, str]]]:
    lang = current_language()
    return {
        "state": [(state.value, labels.word(STATE, state)) for state in State],
        "source": [(source.value, labels.word(SOURCE, source)) for source in Source],
        "land": [(key, labels.land_name(key, lang)) for key in LAENDER],
        "sort": [(order.value, labels.word(_ORDER, order)) for order in Order],
    }
