"""Makes a solution of an entry: from checked values, as files or the store hold them, to typed ones."""

from collections.abc import Mapping, Sequence

from catalogue.domain.entry import Entry, Value
from catalogue.domain.solution import (
    Contact,
    Evidence,
    Funded,
    Licence,
    Maturity,
    Milestone,
    OpenSource,
    Provider,
    Relation,
    Repository,
    Reuse,
    Screenshot,
    Solution,
    SolutionKind,
    Stage,
    StatedReach,
    Support,
    Transfer,
)


def solution_of(entry: Entry) -> Solution:
    """The solution that an entry without errors describes."""
    return solution_from(entry.id, entry.fields, entry.text, entry.text_en)


def solution_from(solution_id: str, fields: Mapping[str, Value], text_de: str, text_en: str) -> Solution:
    """The solution from the values of a checked entry (as files or the store hold them)."""
    summary, contact = _map(fields, "summary"), _map(fields, "contact")
    funding, transfer = _map(fields, "funding"), _map(fields, "transfer")
    licence = _map(fields, "licence")
    kind, maturity = _text(fields, "kind"), _text(fields, "maturity")
    open_source, mpsc = _text(fields, "open_source"), _text(funding, "mpsc")
    return Solution(
        id=solution_id,
        name=_text(fields, "name") or solution_id,
        summary_de=_text(summary, "de") or "",
        summary_en=_text(summary, "en"),
        kind=SolutionKind(kind) if kind else None,
        open_source=OpenSource(open_source) if open_source else None,
        providers=tuple(
            Provider(body=_text(row, "body") or "", role=_text(row, "role") or "owner")
            for row in _maps(fields, "providers")
        ),
        mpsc=Funded(mpsc) if mpsc else None,
        funding_note=_text(funding, "note"),
        model_projects=_texts(fields, "model_projects"),
        topics=_texts(fields, "topics"),
        tags=_texts(fields, "tags"),
        repositories=tuple(
            Repository(
                address=_text(row, "address") or "",
                role=_text(row, "role") or "component",
                licence=_text(row, "licence"),
                note=_text(row, "note"),
            )
            for row in _maps(fields, "repositories")
        ),
        homepage=_text(fields, "homepage"),
        documentation=_text(fields, "documentation"),
        demo=_text(fields, "demo"),
        licence=Licence(
            expression=_text(licence, "expression"),
            source=_text(licence, "source") or "",
            note=_text(licence, "note"),
        )
        if licence
        else None,
        maturity=Maturity(maturity) if maturity else None,
        milestones=tuple(
            Milestone(date=_text(row, "date") or "", text=_text(row, "text") or "", evidence=_evidence(row))
            for row in _maps(fields, "milestones")
        ),
        contact=Contact(page=_text(contact, "page"), email=_text(contact, "email")),
        technologies=_texts(fields, "technologies"),
        standards=_texts(fields, "standards"),
        audience=_texts(fields, "audience"),
        platforms=_texts(fields, "platforms"),
        languages=_texts(fields, "languages"),
        based_on=_texts(fields, "based_on"),
        depends_on=_texts(fields, "depends_on"),
        operation=_text(fields, "operation"),
        transfer=Transfer(
            prerequisites=_text(transfer, "prerequisites"),
            data=_text(transfer, "data"),
            staff=_text(transfer, "staff"),
            cost=_text(transfer, "cost"),
            obstacles=_text(transfer, "obstacles"),
        ),
        support=tuple(
            Support(body=_text(row, "body") or "", offer=_text(row, "offer") or "", page=_text(row, "page"))
            for row in _maps(fields, "support")
        ),
        data_protection=_text(fields, "data_protection"),
        accessibility=_text(fields, "accessibility"),
        screenshots=tuple(
            Screenshot(file=_text(row, "file") or "", alt=_text(row, "alt") or "")
            for row in _maps(fields, "screenshots")
        ),
        reviewed=_text(fields, "reviewed"),
        reuses=tuple(_reuse(row) for row in _maps(fields, "reuses")),
        stated_reach=tuple(
            StatedReach(
                count=int(_text(row, "count") or 0),
                at_least=_text(row, "at_least") == "true",
                unit=_text(row, "unit") or "",
                text=_text(row, "text") or "",
                as_of=_text(row, "as_of"),
                evidence=_evidence(row),
            )
            for row in _maps(fields, "stated_reach")
        ),
        unconfirmed=_texts(fields, "unconfirmed"),
        evidence=_evidence(fields),
        text_de=text_de,
        text_en=text_en,
    )


def _reuse(row: Mapping[str, Value]) -> Reuse:
    stage = _text(row, "stage")
    return Reuse(
        body=_text(row, "body") or "",
        relation=Relation(_text(row, "relation") or "uses"),
        stage=Stage(stage) if stage else None,
        confirmed=_text(row, "confirmed") == "yes",
        scope=_text(row, "scope"),
        since=_text(row, "since"),
        until=_text(row, "until"),
        seen=_text(row, "seen"),
        note=_text(row, "note"),
        evidence=_evidence(row),
    )


def _evidence(row: Mapping[str, Value]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(address=_text(item, "address"), source=_text(item, "source"), seen=_text(item, "seen"))
        for item in _maps(row, "evidence")
    )


def _text(row: Mapping[str, Value], key: str) -> str | None:
    value = row.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _texts(row: Mapping[str, Value], key: str) -> tuple[str, ...]:
    value = row.get(key)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(item.strip() for item in value if isinstance(item, str) and item.strip())


def _map(row: Mapping[str, Value], key: str) -> Mapping[str, Value]:
    value = row.get(key)
    return value if isinstance(value, Mapping) else {}


def _maps(row: Mapping[str, Value], key: str) -> tuple[Mapping[str, Value], ...]:
    value = row.get(key)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(item for item in value if isinstance(item, Mapping))
