"""The profile of a solution as plain data: its text, its facts with who says so, and what one may do."""

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from catalogue.domain.licences import LicenceGroup
from catalogue.domain.reuse import Relation
from catalogue.domain.similarity import Reason
from catalogue.domain.snapshot import Question
from catalogue.domain.solution import OpenSource, Solution, StatedReach
from catalogue.services import browse
from catalogue.services.browse import Profile
from catalogue.standards.markdown import render
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.cards import card_shape
from catalogue.web.context import catalogue
from catalogue.web.hints import hint_url, report_url
from catalogue.web.observed import observed_shape
from catalogue.web.reuse_rows import reuse_shape, unnamed_shapes
from catalogue.web.shapes import (
    Shape,
    body_shape,
    date_words,
    entry_source,
    source_shapes,
    topic_label,
)

_MOST_SHARED = 4  # words that say what two solutions have in common
_SHOWN_NEEDS = 8


def profile_shape(profile: Profile) -> dict[str, object]:
    """What templates/pages/solution.html shows, beside the profile itself."""
    solution, card = profile.solution, profile.card
    named = [row for row in profile.reuses if row.reuse.is_named]
    counted = [row for row in named if row.reuse.counts]
    others = [row for row in named if not row.reuse.counts]
    prospects = [row for row in others if row.reuse.relation is Relation.USES]
    partners = [row for row in others if row.reuse.relation is not Relation.USES]
    return {
        "text": _text(profile),
        "needs": _needs(solution),
        "text_lang": "en" if current_language() == "en" and solution.text_en else "de",
        "permission": _permission(profile),
        "sources": entry_source(card),
        "providers": [
            {**body_shape(body), "role": labels.word(labels.PROVIDER_ROLE, role)}
            for body, role in profile.providers
        ],
        "reuses": [reuse_shape(row, by_body=True) for row in counted],
        "partners": [reuse_shape(row, by_body=True) for row in partners],
        "prospects": [reuse_shape(row, by_body=True) for row in prospects],
        "unnamed": unnamed_shapes(solution.reuses),
        "reuse_report_url": report_url(solution=solution.id),
        "reach": [_reach(reach) for reach in solution.stated_reach],
        "transfer": [
            {"label": str(label), "text": getattr(solution.transfer, name)}
            for name, label in labels.TRANSFER.items()
        ],
        "no_transfer": not solution.transfer.is_known,
        "support": [
            {**body_shape(body), "offer": support.offer, "page": support.page}
            for body, support in profile.support
        ],
        "projects": [
            {"label": project.name, "url": url_for("pages.model_project", key=project.id)}
            for project in profile.model_projects
        ],
        "based_on": [card_shape(other) for other in profile.based_on],
        "depends_on": [card_shape(other) for other in profile.depends_on],
        "needed_by": [card_shape(other) for other in profile.needed_by],
        "similar": [
            {"card": card_shape(other), "reason": _reason(reason, profile)}
            for other, reason in browse.similar(catalogue(), solution)
        ],
        "evidence": source_shapes(solution.evidence),
        "screenshots": [
            {"url": url_for("pages.picture", key=solution.id, name=shot.file), "alt": shot.alt}
            for shot in solution.screenshots
        ],
        "platforms": [labels.word(labels.PLATFORM, code) for code in solution.platforms],
        "languages": [labels.word(labels.LANGUAGE, code) for code in solution.languages],
        "funded": labels.word(labels.FUNDED, solution.mpsc.value if solution.mpsc else "unknown"),
        "hint_url": hint_url(solution),
        "updated": date_words(card.last_changed.date().isoformat()),
        "missing": _missing(profile),
        **observed_shape(profile),
    }


def _text(profile: Profile) -> Markup:
    solution = profile.solution
    english = solution.text_en if current_language() == "en" else ""
    # render() lets nothing pass but an allow-list of tags: see catalogue.standards.markdown
    return Markup(render(english or solution.text_de, first_heading=3))  # noqa: S704


def _needs(solution: Solution) -> Shape:
    """The first of the words in which people ask for it, in the page's language where there are some."""
    english = solution.needs_en if current_language() == "en" else ()
    words = english or solution.needs_de or solution.needs_en
    return {"words": words[:_SHOWN_NEEDS], "lang": "de" if words == solution.needs_de else "en"}


def _permission(profile: Profile) -> Shape:
    """May we use it? From the licence, and only as sure as the entry is."""
    solution, group = profile.solution, profile.card.licence_group
    points = [labels.word(labels.DUTY, duty) for duty in profile.duties]
    if group is LicenceGroup.NONE:
        verdict, title = "no", gettext("Nein, bisher gibt es keine Lizenz")
        points = [gettext("Ohne Lizenz darf niemand die Software nutzen oder verändern."), *points]
    elif group is LicenceGroup.UNCLEAR:
        verdict, title = "unclear", gettext("Das ist nicht geklärt")
        if solution.licence and solution.licence.expression:
            points = [
                gettext(
                    "Die Lizenz steht auf keiner bekannten Liste; lesen Sie den Text, bevor Sie zusagen."
                ),
                *points,
            ]
        else:
            points = [gettext("Eine Lizenz wurde bisher nicht gefunden."), *points]
    elif solution.open_source is OpenSource.YES:
        is_free = group is LicenceGroup.PERMISSIVE
        verdict = "yes" if is_free else "conditions"
        title = (
            gettext("Ja, mit wenigen Pflichten") if is_free else gettext("Ja, mit Pflichten beim Weitergeben")
        )
    else:
        verdict, title = "unclear", gettext("Vermutlich, aber noch nicht bestätigt")
        points = [
            gettext(
                "Eine Lizenz ist genannt, aber nicht für die ganze Lösung belegt."
                " Fragen Sie vor der Übernahme nach."
            )
        ]
    licence = profile.card.observed.answers.get(Question.LICENCE)
    if licence and licence.contradicting:
        doubt = gettext(
            "Die Angaben zur Lizenz widersprechen sich, siehe unten."
            " Fragen Sie die Ansprechstelle, bevor Sie die Software weitergeben."
        )
        points = [doubt, *points]
    return {"verdict": verdict, "title": title, "points": points, "sources": entry_source(profile.card)}


def _reach(reach: StatedReach) -> Shape:
    number = gettext("mindestens %(count)s", count=reach.count) if reach.at_least else str(reach.count)
    return {
        "number": number,
        "unit": reach.unit,
        "text": reach.text,
        "as_of": date_words(reach.as_of),
        "sources": source_shapes(reach.evidence),
    }


def _reason(reason: Reason, profile: Profile) -> str:
    """Why another solution is like this one: what both have, else that they read alike."""
    topics = {topic.id: topic_label(topic) for topic in profile.topics}
    shared = [topics[key] for key in reason.topics if key in topics]
    if current_language() == "de" or not shared:  # tags are German
        shared = [*reason.tags, *shared]
    shared += reason.technologies
    both = list({word.casefold(): word for word in reversed(shared)}.values())[::-1][:_MOST_SHARED]
    return str(
        gettext("Gemeinsam: %(what)s", what=", ".join(both)) if both else gettext("Ähnliche Beschreibung")
    )


def _missing(profile: Profile) -> list[str]:
    """What would make the entry better, in the words of its fields."""
    solution = profile.solution
    gaps = (
        (not solution.licence or not solution.licence.expression, gettext("Lizenz mit Fundstelle")),
        (not solution.repositories, gettext("Adresse des Quelltextes")),
        (not solution.documentation, gettext("Dokumentation")),
        (not solution.demo, gettext("eine Fassung zum Ausprobieren")),
        (not solution.maturity, gettext("Reifegrad, wie ihn das Projekt selbst nennt")),
        (not solution.operation, gettext("wer sie betreibt und was nach der Förderung geschieht")),
        (not solution.transfer.is_known, gettext("was eine Übernahme braucht: Daten, Personal, Kosten")),
        (not solution.support, gettext("wer bei der Einführung hilft")),
        (not solution.accessibility, gettext("Stand der Barrierefreiheit")),
        (not solution.data_protection, gettext("Hinweise zum Datenschutz")),
        (not solution.screenshots, gettext("Bildschirmfotos")),
        (not solution.text_en, gettext("eine englische Fassung")),
    )
    return [words for is_missing, words in gaps if is_missing]
