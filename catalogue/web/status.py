"""The public status page of a solution: what the harvest read, when, from where, and what would help."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta, gettext
from werkzeug.exceptions import Forbidden, NotFound

from catalogue.domain.harvest_schedule import ASK_AGAIN, may_ask_again
from catalogue.domain.looking_again import Answer
from catalogue.domain.vitality_words import level_in_words
from catalogue.services.harvest_status import SolutionStatus, ask_for_look, solution_status
from catalogue.standards.own_form import is_own_form
from catalogue.web import labels
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue, settings
from catalogue.web.fact_words import short
from catalogue.web.findings import advice_shape, finding_shape, language
from catalogue.web.harvest_labels import CHANGE, change_words
from catalogue.web.hints import base_url, hint_url
from catalogue.web.repository_status import moment_words, repository_shape
from catalogue.web.shapes import Shape, date_words
from catalogue.web.statements import checked
from catalogue.web.vitality import is_shipped, level_shape


@pages.get("/solutions/<key>/status", endpoint="solution_status")
def solution_status_page(key: str) -> ResponseReturnValue:
    """What was read of a solution, what failed, and what would improve its entry."""
    status = solution_status(catalogue(), key)
    if status is None:
        raise NotFound
    return render_template(
        "pages/status.html",
        solution=status.solution,
        repositories=[
            repository_shape(one, status, number) for number, one in enumerate(status.repositories, 1)
        ],
        level=_level(status),
        findings=[finding_shape(finding, status.names) for finding in status.findings],
        advice=[advice_shape(advice) for advice in status.advice],
        needed_by=_needed_by(status),
        contact=_contact(status),
        changes=[
            {
                "date": date_words(one.change.on.isoformat()),
                "label": str(CHANGE[one.change.kind]),
                "sentence": change_words(one.change, current_language()),
            }
            for one in status.changes
        ],
        again=_again(status),
        notice=_notice(status),
        hint_url=hint_url(status.solution),
        noindex=True,
    )


@pages.post("/solutions/<key>/status")
def ask_for_status(key: str) -> ResponseReturnValue:
    """Somebody wants another look; the page then says what comes of it."""
    hosts = {request.host, base_url().partition("://")[2].partition("/")[0]} - {""}
    if not is_own_form(
        fetch_site=request.headers.get("Sec-Fetch-Site"), origin=request.headers.get("Origin"), hosts=hosts
    ):
        raise Forbidden
    stored = catalogue().store.solution(key)
    if stored is None:
        raise NotFound
    answer = ask_for_look(catalogue().store, stored.solution, catalogue().now())
    return redirect(url_for("pages.solution_status", key=key, asked=answer.value) + "#again", 303)


def _level(status: SolutionStatus) -> Shape:
    """How alive the solution is, by which rule, and as of when where that is not today."""
    observed = status.observed
    if observed.vitality is None:
        label = labels.word(labels.VITALITY, observed.level)
        return {"label": label, "rule": level_in_words(observed.level, language())[1], "as_of": ""}
    shape = level_shape(observed.vitality.vitality, shipped=is_shipped(observed))
    return {**shape, "as_of": shape["as_of"] if shape["is_shipped"] and not shape["is_old"] else ""}


def _again(status: SolutionStatus) -> Shape:
    """Whether the button is there, and what it says beside it."""
    standings = [one.standing for one in status.repositories if one.standing]
    waiting = [one for one in standings if one.asked_for]
    free = [one for one in standings if not one.asked_for and may_ask_again(one.last_attempt, status.now)]
    return {
        "is_possible": bool(free),
        "is_waiting": bool(waiting),
        "when": _when(status),
        "wait": _wait(status) if not free and not waiting else "",
        "has_repository": bool(standings),
    }


def _notice(status: SolutionStatus) -> Shape | None:
    """What came of the button, by the answer in the address and by how things stand."""
    asked = request.args.get("asked", "")
    is_waiting = any(one.standing and one.standing.asked_for for one in status.repositories)
    if asked in (Answer.ASKED, Answer.ALREADY) and is_waiting:
        title = (
            gettext("Ein neuer Blick ist vorgemerkt.")
            if asked == Answer.ASKED
            else gettext("Ein neuer Blick war schon vorgemerkt.")
        )
        return {"tone": "success", "title": title, "text": _when(status)}
    if asked == Answer.WAIT and (wait := _wait(status)):
        return {"tone": "info", "title": gettext("Wir haben gerade erst nachgesehen."), "text": wait}
    if asked == Answer.UNAVAILABLE:
        return {
            "tone": "warning",
            "title": gettext("Das ließ sich gerade nicht vormerken."),
            "text": gettext("Bitte versuchen Sie es in einigen Minuten noch einmal."),
        }
    return None


def _when(status: SolutionStatus) -> str:
    """When a look that was asked for will be: nothing is promised that the harvest may not keep."""
    if not settings().harvest:
        return str(
            gettext(
                "Dieser Katalog sieht zurzeit nicht selbst nach. Der Wunsch bleibt vorgemerkt, bis er es"
                " wieder tut."
            )
        )
    if not status.is_alive:
        return str(
            gettext("Die Ernte läuft hier zurzeit nicht. Der Wunsch bleibt vorgemerkt, bis sie wieder läuft.")
        )
    return str(gettext("Die Ernte sieht bei ihrem nächsten Durchgang nach. Laden Sie diese Seite dann neu."))


def _wait(status: SolutionStatus) -> str:
    """From when on somebody may ask again."""
    attempts = [
        one.standing.last_attempt for one in status.repositories if one.standing and one.standing.last_attempt
    ]
    left = min(attempts, default=status.now) + ASK_AGAIN - status.now
    if not attempts or left <= timedelta(0):
        return ""
    return str(
        gettext(
            "Zwischen zwei Blicken auf dasselbe Repositorium liegt mindestens eine Stunde."
            " Vormerken können Sie den nächsten %(when)s.",
            when=format_timedelta(left, add_direction=True, granularity="minute"),
        )
    )


def _needed_by(status: SolutionStatus) -> list[Shape]:
    """Other solutions whose repositories build on this one's."""
    return [
        {
            "label": status.names.get(one.solution, one.solution),
            "url": url_for("pages.solution_status", key=one.solution),
            "kind": one.kind.value,
        }
        for one in status.needed_by
        if one.kind.value != "same"
    ]


def _contact(status: SolutionStatus) -> Shape:
    """The contact that the entry names, and whether its page is there."""
    contact, page = status.solution.contact, status.page
    return {
        "page": short(contact.page or ""),
        "page_url": checked(contact.page),
        "email": contact.email or "",
        "outcome": page.outcome if page else "",
        "looked": moment_words(page.looked_at, status.now) if page else "",
        "since": date_words(page.since.date().isoformat()) if page else "",
        "last_there": date_words(page.last_there.date().isoformat()) if page and page.last_there else "",
    }
