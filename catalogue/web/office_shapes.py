"""What the office's services answer, as plain data for its templates."""

from collections.abc import Iterable, Mapping

from flask import url_for
from flask_babel import gettext, lazy_gettext, ngettext

from catalogue.domain.reuse import Origin, Reuse, Standing
from catalogue.domain.reuse_report import Claim, Event, ReuseReport, Source, Visibility
from catalogue.domain.solution import Funded
from catalogue.services.work_list import Known, Named, Work
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue
from catalogue.web.findings import finding_shape
from catalogue.web.office_words import (
    ACTION,
    MAIL_DOMAIN,
    MAIL_TONE,
    SECTION,
    SOURCE,
    STATE,
    STATE_TONE,
    VISIBILITY,
    WHAT,
    actor_words,
    changes_words,
    day,
    moment,
    steps_words,
    worth_showing,
)
from catalogue.web.shapes import Shape, body_url
from catalogue.web.statements import checked

_FUNDED = {Funded.YES: lazy_gettext("im Programm"), Funded.NO: lazy_gettext("nicht im Programm")}
_WHO = {
    Origin.ENTRY: lazy_gettext("Eintrag nennt sie"),
    Origin.USED_BY: lazy_gettext("publiccode.yml nennt sie"),
    Origin.REPORT: lazy_gettext("Meldung nennt sie"),
}


def report_row(named: Named) -> Shape:
    """A report as a row of a table: who, what, since when and what became of it."""
    report, claim = named.report, named.report.claim
    return {
        "number": report.number,
        "url": url_for("pages.office_report", number=report.number),
        "body": named.body.label,
        "body_facts": _facts(named),
        "solution": named.solution,
        "stage": steps_words(claim.steps),
        "state": labels.word(STATE, report.state),
        "state_tone": STATE_TONE.get(report.state, "neutral"),
        "source": labels.word(SOURCE, report.source),
        "reported": day(report.reported_at),
        "affirmed": day(report.affirmed_at) if report.is_public else "",
        "is_unnamed": claim.visibility is Visibility.UNNAMED,
    }


def report_shape(known: Known) -> Shape:
    """A report for the work list: also what is known beside it."""
    report, claim = known.report, known.report.claim
    return {
        **report_row(known),
        "seen": f"{report.number}.{report.version}",
        "is_denial": claim.is_denial,
        "is_public": report.is_public,
        "asked": day(report.asked_at),
        "hints": [*_mail(report), *_said_already(known), *_others(known)],
    }


def report_head(known: Known) -> Shape:
    """A report for its own page: also where its body and its solution are."""
    solution = known.report.claim.solution
    return {
        **report_shape(known),
        "body_url": body_url(known.body),
        "solution_url": url_for("pages.solution", key=solution) if known.is_published else "",
    }


def _facts(named: Named) -> str:
    """Land, size and programme of a body, in one line."""
    land = labels.land_name(named.body.land, current_language())
    words = (
        land if land != named.body.label else "",
        labels.word(labels.SIZE, named.facts.size) if named.facts.size else "",
        str(_FUNDED.get(named.facts.funded, "")),
    )
    return " · ".join(filter(None, words))


def _mail(report: ReuseReport) -> Iterable[Shape]:
    if report.source is Source.OWN_REPORT:
        tone = MAIL_TONE.get(report.mail_domain, "neutral")
        yield {"label": labels.word(MAIL_DOMAIN, report.mail_domain), "tone": tone}


def _said_already(known: Known) -> Iterable[Shape]:
    for reuse in known.published:
        yield {"label": published_words(reuse), "tone": "success" if reuse.confirmed else "neutral"}


def published_words(reuse: Reuse) -> str:
    """What the catalogue already says of this body and solution, and who says so."""
    stage = (
        labels.word(labels.STAGE, reuse.stage)
        if reuse.stage
        else labels.word(labels.RELATION, reuse.relation)
    )
    sourced = gettext("mit Beleg") if reuse.standing is Standing.SOURCED else ""
    return ", ".join(filter(None, (str(_WHO[reuse.origin]), stage, sourced)))


def _others(known: Known) -> Iterable[Shape]:
    body, solution = known.body.key, known.report.claim.solution
    if known.same:
        words = ngettext(
            "%(num)s weitere Meldung zu derselben Lösung",
            "%(num)s weitere Meldungen zu derselben Lösung",
            known.same,
        )
        url = url_for("pages.office_reports", body=body, solution=solution)
        yield {"label": words, "tone": "warning", "url": url}
    if known.others:
        words = ngettext(
            "%(num)s Meldung zu anderen Lösungen", "%(num)s Meldungen zu anderen Lösungen", known.others
        )
        yield {"label": words, "tone": "neutral", "url": url_for("pages.office_reports", body=body)}


def claim_rows(claim: Claim, *, sees_mail: bool) -> list[Shape]:
    """What a report says, as rows of label and value; what is empty is left out."""
    contact = claim.contact if sees_mail else gettext("hinterlegt") if claim.contact else ""
    what = labels.word(WHAT, claim.what) if claim.what else ""
    rows: list[Shape] = [
        {"label": gettext("Stufe"), "value": steps_words(claim.steps)},
        {"label": gettext("Was genutzt wird"), "value": ": ".join(filter(None, (what, claim.part)))},
        {"label": gettext("Version"), "value": claim.version},
        {"label": gettext("Betreiber"), "value": claim.operator},
        {"label": gettext("Adresse"), "value": claim.address, "url": checked(claim.address)},
        {"label": gettext("Beleg"), "value": claim.evidence, "url": checked(claim.evidence)},
        {"label": gettext("Aufwand"), "value": claim.effort},
        {"label": gettext("Hürden"), "value": claim.obstacles},
        {"label": gettext("Ansprechstelle"), "value": contact},
        {"label": gettext("Sichtbarkeit"), "value": labels.word(VISIBILITY, claim.visibility)},
    ]
    return [row for row in rows if row["value"]]


def event_shapes(events: Iterable[Event], names: Mapping[str, str], *, sees_mail: bool) -> list[Shape]:
    """The history of a report, the latest first: who, when, what from which value to which."""
    return [
        {
            "when": moment(event.at),
            "actor": actor_words(event.actor, names),
            "action": labels.word(ACTION, event.action),
            "reason": event.reason,
            "changes": worth_showing(changes_words(event.changes, hides_mail=not sees_mail)),
            "is_first": event.changes.get("state", ("", ""))[0] is None,
        }
        for event in reversed(list(events))
    ]


def work_shape(work: Work) -> Shape:
    """A section of the work list with what it shows of it."""
    title, note = SECTION[work.section]
    return {
        "code": work.section.value,
        "title": str(title),
        "note": str(note),
        "count": work.count,
        "url": url_for("pages.office_work", section=work.section.value),
        "reports": [
            {
                **report_shape(known),
                "changes": changes_words(work.changes.get(known.report.number, {}), hides_mail=True),
            }
            for known in work.reports
        ],
        "findings": [finding_shape(finding, work.names) for finding in work.findings],
        "measures": [
            {
                "solution": work.names.get(one.solution, one.solution),
                "url": url_for("pages.solution", key=one.solution),
                "words": _lacking(one.without_repository, one.without_licence),
            }
            for one in work.measures
        ],
        "hints": [
            {
                "solution": work.names.get(one.solution, one.solution),
                "url": url_for("pages.office_hint", number=one.number),
                "body": catalogue_label(one.body),
                "text": one.text,
                "made": day(one.made),
            }
            for one in work.hints
        ],
    }


def catalogue_label(key: str) -> str:
    """The label of a body; empty where there is none."""
    return catalogue().bodies.get(key).label if key else ""


def _lacking(without_repository: bool, without_licence: bool) -> str:
    words = (
        gettext("kein veröffentlichtes Repositorium") if without_repository else "",
        gettext("keine Lizenz") if without_licence else "",
    )
    return ", ".join(filter(None, words))
