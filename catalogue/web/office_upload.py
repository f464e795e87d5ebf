"""Many reports at once: upload a table, look at what was understood, take it over."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.exceptions import BadRequest

from catalogue.domain.access import Right
from catalogue.domain.claim_words import HEADINGS, heading, sentence
from catalogue.domain.deciding import CannotDecide
from catalogue.services import uploading
from catalogue.services.office_lists import finders
from catalogue.services.uploading import MOST_BYTES, MOST_ROWS, BadSheet, Preview, Row, Upload
from catalogue.standards.text import whole_number
from catalogue.web import labels
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue, settings
from catalogue.web.downloads import csv_file
from catalogue.web.findings import language
from catalogue.web.forms import make_ticket
from catalogue.web.office_desk import (
    PURPOSE,
    Told,
    desk,
    own_ticket,
    publish_and_deliver,
    reason_in_form,
)
from catalogue.web.office_frame import account, needs
from catalogue.web.office_words import REFUSAL, steps_words
from catalogue.web.shapes import Shape

_ROOM_FOR_THE_FORM = 100_000  # bytes beside the file
_MOST_GOOD_SHOWN = 200
_TROUBLE = {
    "sheet-missing": lazy_gettext("Wählen Sie eine Datei aus."),
    "sheet-empty": lazy_gettext("Die Datei ist leer. Unter den Überschriften fehlt eine Zeile."),
    "sheet-large": lazy_gettext("Die Datei ist zu groß. Teilen Sie sie in mehrere Dateien bis 2 MB."),
    "sheet-rows": lazy_gettext("Die Datei hat mehr als 5.000 Zeilen. Teilen Sie sie."),
    "sheet-columns": lazy_gettext("Die Tabelle hat mehr als 60 Spalten. Nehmen Sie die Vorlage."),
    "sheet-kind": lazy_gettext("Das ist weder CSV noch XLSX. Speichern Sie die Tabelle als eines davon."),
    "sheet-macros": lazy_gettext("Die Datei enthält Makros. Speichern Sie sie als XLSX ohne Makros."),
    "sheet-encoding": lazy_gettext("Die Zeichen der Datei sind nicht lesbar. Speichern Sie sie in UTF-8."),
    "sheet-broken": lazy_gettext("Die Datei ist beschädigt. Öffnen Sie sie und speichern Sie sie neu."),
    "sheet-headings": lazy_gettext("In der ersten Zeile fehlt „Lösung“ oder „Kommune“."),
    "sheet-heading-twice": lazy_gettext("Eine Überschrift steht zweimal da. Nehmen Sie eine weg."),
}  # fmt: skip


@pages.get("/office/upload")
@needs(Right.UPLOAD)
def office_upload() -> ResponseReturnValue:
    """The form for a file, and how it should look."""
    count, told = whole_number(request.args.get("n", ""), 5), []
    if count is not None:
        words = ngettext("%(num)s Meldung ist übernommen.", "%(num)s Meldungen sind übernommen.", count)
        told.append(Told(title=words, url=url_for("pages.office_reports", source="upload")))
    if request.args.get("gone"):
        title = gettext("Dieser Upload ist schon übernommen oder älter als eine Stunde.")
        told.append(Told(title=title, tone="info", url=url_for("pages.office_reports", source="upload")))
    return _start(told)


def _start(told: list[Told], status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "office/upload.html",
        told=told,
        headings=[heading(field, language()) for field in HEADINGS],
        needed={field: heading(field, language()) for field in ("solution", "body", "stage")},
        template_url=url_for("pages.office_upload_template"),
        most_rows=MOST_ROWS,
        ticket=make_ticket(PURPOSE),
        noindex=True,
    )
    return page, status


@pages.get("/office/upload/template.csv")
@needs(Right.UPLOAD)
def office_upload_template() -> ResponseReturnValue:
    """A table with nothing but its headings."""
    return csv_file([[heading(field, language()) for field in HEADINGS]], gettext("vorlage.csv"))


@pages.post("/office/upload")
@needs(Right.UPLOAD)
def office_upload_send() -> ResponseReturnValue:
    """Read a file and show what was understood; nothing is kept but the rows, for an hour."""
    request.max_content_length = MOST_BYTES + _ROOM_FOR_THE_FORM
    own_ticket()
    file = request.files.get("file")
    data = file.read(MOST_BYTES + 1) if file else b""
    try:
        if file is None or not data:
            raise BadSheet("sheet-empty" if file and file.filename else "sheet-missing")
        token = uploading.receive(
            settings().data, data, account=account().account, desk=desk(), name=file.filename or ""
        )
    except BadSheet as error:
        return _start([Told(title=labels.word(_TROUBLE, error.code), tone="danger")], 400)
    return redirect(url_for("pages.office_upload_preview", token=token), 303)


@pages.get("/office/upload/<token>")
@needs(Right.UPLOAD)
def office_upload_preview(token: str) -> ResponseReturnValue:
    """Each row as it was understood, and what will happen."""
    found = _found(token)
    if found is None:
        return redirect(url_for("pages.office_upload", gone=1), 303)
    return _preview(token, found)


@pages.post("/office/upload/<token>")
@needs(Right.UPLOAD)
def office_upload_take(token: str) -> ResponseReturnValue:
    """Take the good rows over, or throw the upload away."""
    own_ticket()
    found = _found(token)
    if found is None:
        return redirect(url_for("pages.office_upload", gone=1), 303)
    if request.form.get("do") == "forget":
        uploading.forget(settings().data, token)
        return redirect(url_for("pages.office_upload"), 303)
    if request.form.get("state") not in ("confirmed", "pending"):
        raise BadRequest
    here = desk()
    claims = [row.claim for row in uploading.preview(here, found, finders(catalogue())).good if row.claim]
    if request.form.get("rows", str(len(claims))) != str(len(claims)):
        title = gettext("Inzwischen hat sich etwas geändert. Es wurde noch nichts übernommen.")
        text = gettext("Sehen Sie die Zeilen noch einmal an und bestätigen Sie dann.")
        return _preview(token, found, [Told(title=title, tone="warning", text=text)], 409)
    try:
        kept = uploading.commit(
            settings().data,
            token,
            here,
            claims,
            reason=reason_in_form(),
            is_confirmed=request.form["state"] == "confirmed",
        )
    except CannotDecide as error:
        words = labels.word(REFUSAL, error.refusal)
        return _preview(token, found, [Told(title=words, tone="danger")], 400, error=words)
    if kept is None:
        return redirect(url_for("pages.office_upload", gone=1), 303)
    publish_and_deliver({report.claim.solution for report in kept if report.is_public})
    return redirect(url_for("pages.office_upload", n=len(kept)), 303)


def _found(token: str) -> Upload | None:
    return uploading.find(settings().data, token, account=account().account, desk=desk())


def _preview(
    token: str, found: Upload, told: list[Told] | None = None, status: int = 200, *, error: str = ""
) -> ResponseReturnValue:
    """The rows of an upload. `error` is what is wrong with the reason."""
    read = uploading.preview(desk(), found, finders(catalogue()))
    names = catalogue().store.report_lists.solution_names()
    page = render_template(
        "office/preview.html",
        told=told or [],
        name=found.name,
        **_parts(read, names),
        token=token,
        reason=reason_in_form() if status != 200 else "",
        state=request.form.get("state", "confirmed") if status != 200 else "confirmed",
        error=error,
        ticket=make_ticket(PURPOSE),
        noindex=True,
    )
    return page, status


def _parts(read: Preview, names: object) -> Shape:
    """The rows in three parts: to mend, known already, to be taken over."""
    known = names if isinstance(names, dict) else {}
    return {
        "bad": [_bad(row, read) for row in read.rows if row.faults],
        "same": [_good(row, known) for row in read.rows if row.claim and row.same],
        "good": [_good(row, known) for row in read.good[:_MOST_GOOD_SHOWN]],
        "good_count": len(read.good),
        "unknown": [
            *read.unknown,
            *(gettext("Spalte %(number)s, ohne Überschrift", number=number) for number in read.nameless),
        ],
        "total": len(read.rows),
    }


def _bad(row: Row, read: Preview) -> Shape:
    """A row that wants mending; its columns are called as the file calls them."""
    lang = language()
    faults = [
        {
            "column": read.headings.get(fault.field) or (heading(fault.field, lang) if fault.field else ""),
            "words": sentence(fault, lang),
        }
        for fault in row.faults
    ]
    said = " · ".join(row.texts[name] for name in ("solution", "body") if name in row.texts)
    return {"line": row.line, "said": said, "faults": faults}


def _good(row: Row, names: dict[str, str]) -> Shape:
    claim = row.claim
    if claim is None:
        return {}
    body = catalogue().bodies.get(claim.body)
    return {
        "line": row.line,
        "solution": names.get(claim.solution, claim.solution),
        "body": body.label,
        "key": body.key,
        "stage": steps_words(claim.steps),
        "same": [
            {"number": number, "url": url_for("pages.office_report", number=number)} for number in row.same
        ],
    }
