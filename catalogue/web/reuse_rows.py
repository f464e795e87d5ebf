"""A reuse as plain data: who says so, its stages, what is reused and how; what reporters write is escaped."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote

from flask import url_for
from flask_babel import gettext

from catalogue.domain.reuse import Origin, Relation, Reuse, Stage, Standing
from catalogue.domain.solution import Funded
from catalogue.services.browse import ReuseRow
from catalogue.web import labels
from catalogue.web.addresses import host_of
from catalogue.web.hints import hint_url, report_url
from catalogue.web.shapes import Shape, body_shape, date_words, since_words, source_shapes
from catalogue.web.statements import checked, checked_mail


def reuse_shape(row: ReuseRow, *, by_body: bool) -> Shape:
    """A row: on a profile titled by its body (`by_body`), on a body's page by its solution."""
    reuse, solution = row.reuse, row.card.solution
    body = body_shape(row.body)
    url = body["url"] if by_body else url_for("pages.solution", key=solution.id)
    return {
        "title": row.body.label if by_body else solution.name,
        "url": url,
        "land": body["land"] if by_body else "",
        "programme": str(_PROGRAMME[row.funded]()) if by_body else "",
        "relation_label": labels.word(labels.RELATION, reuse.relation),
        "stage": reuse.stage.value if reuse.stage else "",
        "stage_label": labels.word(labels.STAGE, reuse.stage),
        "confirmed": reuse.confirmed,
        "standing": reuse.standing.value,
        "standing_label": _standing(reuse, is_official=row.body.is_official),
        "when": when(reuse),
        "steps": _steps(reuse),
        "scope": reuse.scope,
        "note": reuse.note,
        "details": [shape for shape in _details(reuse) if shape["text"]],
        "sources": source_shapes(reuse.evidence),
        "confirm_url": _confirm_url(row) if row.reuse.standing is Standing.STATED else "",
        "report_url": hint_url(row.card.solution, body=row.body.key),
    }


def unnamed_shapes(reuses: Iterable[Reuse]) -> list[Shape]:
    """The reuses that want no name, counted by stage, the furthest first."""
    stages = [reuse.stage for reuse in reuses if reuse.stage and not reuse.is_named]
    return [
        {"stage": stage.value, "stage_label": labels.word(labels.STAGE, stage), "count": stages.count(stage)}
        for stage in (Stage.IN_USE, Stage.TRIAL, Stage.PLANNED, Stage.INTERESTED, Stage.ENDED)
        if stage in stages
    ]


def when(reuse: Reuse) -> str:
    """Since when, until when, or for which time a reuse is evidenced."""
    words = []
    if reuse.since:
        # Of what has ended, it is when the use began.
        words.append(since_words(None if reuse.stage is Stage.ENDED else reuse.stage, reuse.since))
    if reuse.until:
        words.append(gettext("bis %(date)s", date=date_words(reuse.until)))
    if reuse.seen and not reuse.until:
        seen = date_words(reuse.seen)
        words.append(
            gettext("belegt für %(date)s", date=seen)
            if reuse.confirmed
            else gettext("genannt für %(date)s", date=seen)
        )
    return ", ".join(words)


# Whether the body takes part in the programme that pays for most solutions: spill-over is its aim.
_PROGRAMME: Mapping[Funded, Callable[[], str]] = {
    Funded.YES: lambda: gettext("Mitglied eines Modellprojekts"),
    Funded.NO: lambda: gettext("nicht im Programm gefördert"),
    Funded.UNKNOWN: lambda: gettext("Zugehörigkeit zum Programm nicht bekannt"),
}


def _standing(reuse: Reuse, *, is_official: bool) -> str:
    """How sure it is, in words: who has said so, and when last."""
    if reuse.standing is Standing.CONFIRMED:
        if reuse.affirmed:
            return str(gettext("bestätigt am %(date)s", date=date_words(reuse.affirmed)))
        return str(gettext("bestätigt"))
    if reuse.standing is Standing.SOURCED:
        return str(gettext("durch Quelle belegt"))
    unsaid = (
        gettext("von der Kommune noch nicht bestätigt")
        if is_official
        else gettext("von der Stelle noch nicht bestätigt")
    )
    if reuse.origin is Origin.USED_BY:
        return f"{gettext('nennt die publiccode.yml')}, {unsaid}"
    return str(unsaid)


def _steps(reuse: Reuse) -> Sequence[Shape]:
    """The stages with their dates, where there is more than the one of today."""
    if len(reuse.steps) < 2:
        return ()
    return [
        {"label": labels.word(labels.STAGE, step.stage), "when": since_words(step.stage, step.since)}
        for step in reuse.steps
    ]


def _details(reuse: Reuse) -> Iterable[Shape]:
    """What the body itself tells. A link or mailbox is shown only where it has the form of one."""
    what = [labels.word(labels.REUSED, reuse.what)] if reuse.what else []
    yield _detail(gettext("Was genutzt wird"), ", ".join([*what, *([reuse.part] if reuse.part else [])]))
    yield _detail(gettext("Version"), reuse.version)
    yield _detail(gettext("Betrieb durch"), reuse.operator)
    address, mail = checked(reuse.address), checked_mail(reuse.contact)
    yield {**_detail(gettext("Läuft unter"), host_of(address) if address else ""), "url": address}
    yield {**_detail(gettext("Aufwand"), reuse.effort), "lang": "de"}
    yield {**_detail(gettext("Was schwierig war"), reuse.obstacles), "lang": "de"}
    yield {**_detail(gettext("Ansprechstelle"), mail), "url": f"mailto:{quote(mail or '', safe='@')}"}


def _detail(label: str, text: str | None) -> Shape:
    return {"label": label, "text": text or "", "url": None, "lang": None}


def _confirm_url(row: ReuseRow) -> str:
    """Where the body itself says whether it is true; only a use can be confirmed so."""
    if row.reuse.relation is not Relation.USES:
        return ""
    return report_url(solution=row.card.solution.id, body=row.body.key)
