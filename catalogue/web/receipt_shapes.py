"""A report as its reporter sees it, as plain data: what it says, how it stands, what was done and when."""

from collections.abc import Iterator

from flask_babel import gettext

from catalogue.domain.report_mails import Named
from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_report import Event, Visibility
from catalogue.services.receipts import Held
from catalogue.standards.email import looks_personal
from catalogue.web import labels, report_words
from catalogue.web.shapes import Shape, date_words, step_words

_DETAILS = ("part", "version", "operator", "address", "effort", "obstacles", "contact", "evidence")


def receipt_shape(held: Held, names: Named) -> Shape:
    """All of the report and what can be done with it."""
    report = held.report
    stage = report.claim.stage
    return {
        "number": report.number,
        "version": report.version,
        "solution": names.solution,
        "body": names.body,
        "state": report.state.value,
        "state_label": labels.word(report_words.STATE, report.state.value),
        "state_help": labels.word(report_words.STATE_HELP, report.state.value),
        "reason": report.reason if report.state.value == "rejected" else "",
        "rows": claim_rows(names),
        "history": [_event_shape(event) for event in held.history],
        "stage": stage.value if stage else "",
        "can_change": held.can_change,
        "can_affirm": held.can_affirm,
        "can_end": held.can_change and stage not in (None, Stage.ENDED, Stage.INTERESTED, Stage.PLANNED),
        "affirmed": date_words(report.affirmed_at.date().isoformat()) if report.affirmed_at else "",
    }


def claim_rows(names: Named) -> list[Shape]:
    """What a report says, as rows of label and value; what was not said is left out."""
    return [{"label": label, "value": value, "advice": advice} for label, value, advice in _rows(names)]


def _rows(names: Named) -> Iterator[tuple[str, str, str]]:
    claim = names.claim
    is_named = claim.visibility is Visibility.PUBLIC
    yield gettext("Lösung"), names.solution, ""
    yield gettext("Kommune oder Stelle"), names.body, ""
    if claim.is_denial:
        yield gettext("Stufe"), str(report_words.DENIED), ""
    for step in claim.steps:
        yield gettext("Stufe"), step_words(step), ""
    yield gettext("Öffentlich genannt"), labels.word(report_words.VISIBILITY, claim.visibility.value), ""
    if claim.what:
        yield str(report_words.LABEL["what"]), labels.word(labels.REUSED, claim.what), ""
    for name in _DETAILS:
        if value := getattr(claim, name):
            yield str(report_words.LABEL[name]), value, _advice(name, value) if is_named else ""


def _advice(name: str, value: str) -> str:
    if name == "contact" and looks_personal(value):
        return str(
            gettext(
                "Das sieht nach dem Namen einer Person aus und würde veröffentlicht. Besser ist ein"
                " Funktionspostfach."
            )
        )
    return ""


def _event_shape(event: Event) -> Shape:
    """One line of the history; the office is one voice, nobody of it is named."""
    return {
        "date": date_words(event.at.date().isoformat()),
        "text": labels.word(report_words.ACTION, event.action.value),
    }
