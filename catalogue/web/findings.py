"""Findings and advice of the harvest as plain data for pages and CSV."""

from collections.abc import Mapping
from typing import Literal

from flask import url_for
from flask_babel import gettext

from catalogue.domain.advice import Advice
from catalogue.domain.finding_words import sentence, words_of_advice, words_of_finding
from catalogue.domain.findings import Finding, FindingKind
from catalogue.domain.harvest_words import told
from catalogue.domain.provenance import Statement
from catalogue.domain.snapshot import Plain, Question
from catalogue.domain.vitality_words import unknown_because, words_of
from catalogue.web.blueprint import current_language
from catalogue.web.fact_words import short, value_words
from catalogue.web.shapes import Shape, date_words
from catalogue.web.statements import checked, source_shape
from catalogue.web.voices import voice_name


def language() -> Literal["de", "en"]:
    """The language of the page, as the tables of the domain call it."""
    return "en" if current_language() == "en" else "de"


def finding_shape(finding: Finding, names: Mapping[str, str]) -> Shape:
    """One finding: what, since when, who says what, what to do, and where to look."""
    other = finding.other
    return {
        "kind": finding.kind.value,
        "solution": names.get(finding.solution, finding.solution),
        "solution_url": url_for("pages.solution", key=finding.solution),
        "status_url": url_for("pages.solution_status", key=finding.solution),
        "sentence": _sentence(finding, names),
        "address": short(finding.address or ""),
        "address_url": checked(finding.address),
        "when": when_words(finding),
        "said": [_said(one, finding.kind) for one in finding.said],
        "other": names.get(other, other) if other else "",
        "other_url": url_for("pages.solution", key=other) if other else None,
        "remedy": words_of_finding(finding.kind, language()).remedy,
    }


def _sentence(finding: Finding, names: Mapping[str, str]) -> str:
    if finding.reason:
        return told(finding.reason, short(finding.detail), language())
    value = finding.value
    other = names.get(finding.other or "", finding.other or "")
    return sentence(finding.kind, language(), value=short(value), other=other)


def when_words(finding: Finding) -> str:
    """Since when, and when it was last all right or last seen."""
    since = date_words(finding.since.isoformat()) if finding.since else ""
    if finding.kind is FindingKind.PAGE_GONE:
        words = gettext("seit %(date)s", date=since)
        if finding.value:
            last = gettext("zuletzt da am %(date)s", date=date_words(finding.value))
            words = f"{words}, {last}"
        return str(words)
    if finding.kind in (FindingKind.ARCHIVED, FindingKind.DORMANT) and since:
        return str(gettext("letzte Änderung am %(date)s", date=since))
    if since:
        return str(gettext("seit %(date)s", date=since))
    if finding.seen:
        return str(gettext("gesehen am %(date)s", date=date_words(finding.seen.isoformat())))
    return ""


def _said(statement: Statement, kind: FindingKind) -> Shape:
    question = Question.MATURITY if kind is FindingKind.MATURITY else Question.LICENCE
    return said_shape(question, statement.value, statement)


def said_shape(question: Question, value: Plain, statement: Statement) -> Shape:
    """A value with its source, as `ui.provenance` shows it."""
    return {
        "value": value_words(question, value),
        "voice": voice_name(statement.voice),
        "sources": [source_shape(statement)],
    }


def advice_shape(advice: Advice) -> Shape:
    """One piece of advice: what is missing, and how to add it."""
    shape: Shape = {"address": short(advice.address or ""), "address_url": checked(advice.address)}
    if advice.answered is None:
        words = words_of_advice(advice.kind, language())
        return {**shape, "sentence": words.title, "because": "", "remedy": words.remedy}
    sign = words_of(advice.answered.sign, language())
    because = advice.answered.because
    return {
        **shape,
        "sentence": sign.question,
        "answer": gettext("nicht bekannt") if because else gettext("nein"),
        "because": unknown_because(because, language()) if because else "",
        "remedy": sign.change,
    }
