"""Makes a solution of an entry: from checked values, as files or the store hold them, to typed ones."""

from collections.abc import Mapping, Sequence

from catalogue.domain.entry import Entry, Value
from catalogue.domain.reuse import Evidence, Relation, Reuse, Stage, Standing
from catalogue.domain.solution import (
    Contact,
    Funded,
    Licence,
    Maturity,
    Milestone,
    OpenSource,
    Provider,
    Repository,
    Screenshot,
    Solution,
    SolutionKind,
    StatedReach,
    Support,
    Transfer,
)
from catalogue.domain.values import text_in, texts_in


def solution_of(entry: Entry) -> Solution:
    """The solution that an entry without errors describes."""
    return solution_from(entry.id, entry.fields, entry.text, entry.text_en)


def solution_from(solution_id: str, fields: Mapping[str, Value], text_de: str, text_en: str) -> Solution:
    """The solution from the values of a checked entry (as files or the store hold them)."""
    summary, contact = _map(fields, "summary"), _map(fields, "contact")
    funding, transfer = _map(fields, "funding"), _map(fields, "transfer")
    licence, needs = _map(fields, "licence"), _map(fields, "needs")
    kind, maturity = text_in(fields, "kind"), text_in(fields, "maturity")
    open_source, mpsc = text_in(fields, "open_source"), text_in(funding, "mpsc")
    return Solution(
        id=solution_id,
        name=text_in(fields, "name") or solution_id,
        summary_de=text_in(summary, "de") or "",
        summary_en=text_in(summary, "en"),
        kind=SolutionKind(kind) if kind else None,
        open_source=OpenSource(open_source) if open_source else None,
        providers=tuple(
            Provider(body=text_in(row, "body") or "", role=text_in(row, "role") or "owner")
            for row in _maps(fields, "providers")
        ),
        mpsc=Funded(mpsc) if mpsc else None,
        funding_note=text_in(funding, "note"),
        model_projects=texts_in(fields, "model_projects"),
        topics=texts_in(fields, "topics"),
        tags=texts_in(fields, "tags"),
        needs_de=texts_in(needs, "de"),
        needs_en=texts_in(needs, "en"),
        repositories=tuple(
            Repository(
                address=text_in(row, "address") or "",
                role=text_in(row, "role") or "component",
                licence=text_in(row, "licence"),
                note=text_in(row, "note"),
            )
            for row in _maps(fields, "repositories")
        ),
        homepage=text_in(fields, "homepage"),
        documentation=text_in(fields, "documentation"),
        demo=text_in(fields, "demo"),
        licence=Licence(
            expression=text_in(licence, "expression"),
            source=text_in(licence, "source") or "",
            note=text_in(licence, "note"),
        )
        if licence
        else None,
        maturity=Maturity(maturity) if maturity else None,
        milestones=tuple(
            Milestone(
                date=text_in(row, "date") or "", text=text_in(row, "text") or "", evidence=_evidence(row)
            )
            for row in _maps(fields, "milestones")
        ),
        contact=Contact(page=text_in(contact, "page"), email=text_in(contact, "email")),
        technologies=texts_in(fields, "technologies"),
        standards=texts_in(fields, "standards"),
        audience=texts_in(fields, "audience"),
        platforms=texts_in(fields, "platforms"),
        languages=texts_in(fields, "languages"),
        based_on=texts_in(fields, "based_on"),
        depends_on=texts_in(fields, "depends_on"),
        operation=text_in(fields, "operation"),
        transfer=Transfer(
            prerequisites=text_in(transfer, "prerequisites"),
            data=text_in(transfer, "data"),
            staff=text_in(transfer, "staff"),
            cost=text_in(transfer, "cost"),
            obstacles=text_in(transfer, "obstacles"),
        ),
        support=tuple(
            Support(
                body=text_in(row, "body") or "", offer=text_in(row, "offer") or "", page=text_in(row, "page")
            )
            for row in _maps(fields, "support")
        ),
        data_protection=text_in(fields, "data_protection"),
        accessibility=text_in(fields, "accessibility"),
        screenshots=tuple(
            Screenshot(file=text_in(row, "file") or "", alt=text_in(row, "alt") or "")
            for row in _maps(fields, "screenshots")
        ),
        reviewed=text_in(fields, "reviewed"),
        reuses=tuple(_reuse(row) for row in _maps(fields, "reuses")),
        stated_reach=tuple(
            StatedReach(
                count=int(text_in(row, "count") or 0),
                at_least=text_in(row, "at_least") == "true",
                unit=text_in(row, "unit") or "",
                text=text_in(row, "text") or "",
                as_of=text_in(row, "as_of"),
                evidence=_evidence(row),
            )
            for row in _maps(fields, "stated_reach")
        ),
        unconfirmed=texts_in(fields, "unconfirmed"),
        evidence=_evidence(fields),
        text_de=text_de,
        text_en=text_en,
    )


def _reuse(row: Mapping[str, Value]) -> Reuse:
    stage = text_in(row, "stage")
    confirmed = text_in(row, "confirmed") == "yes"
    return Reuse(
        body=text_in(row, "body") or "",
        relation=Relation(text_in(row, "relation") or "uses"),
        stage=Stage(stage) if stage else None,
        confirmed=confirmed,
        standing=Standing.SOURCED if confirmed else Standing.STATED,
        scope=text_in(row, "scope"),
        since=text_in(row, "since"),
        until=text_in(row, "until"),
        seen=text_in(row, "seen"),
        note=text_in(row, "note"),
        evidence=_evidence(row),
    )


def _evidence(row: Mapping[str, Value]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(address=text_in(item, "address"), source=text_in(item, "source"), seen=text_in(item, "seen"))
        for item in _maps(row, "evidence")
    )


def _map(row: Mapping[str, Value], key: str) -> Mapping[str, Value]:
    value = row.get(key)
    return value if isinstance(value, Mapping) else {}


def _maps(row: Mapping[str, Value], key: str) -> tuple[Mapping[str, Value], ...]:
    value = row.get(key)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(item for item in value if isinstance(item, Mapping))
