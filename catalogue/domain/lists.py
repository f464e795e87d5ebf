"""Items of the lists beside the solutions: organisations, model projects, topics.

Reading is tolerant, since the checks say what is wrong with an item.
"""

from collections.abc import Mapping, Sequence

from catalogue.domain.bodies import ModelProject, Organisation, Topic
from catalogue.domain.entry import Entry, Value


def organisation_of(item: Entry) -> Organisation:
    """The organisation that an item of organisations.yml describes."""
    return organisation_from(item.id, item.fields)


def organisation_from(key: str, fields: Mapping[str, Value]) -> Organisation:
    """The organisation from its values, as a file or the store holds them."""
    note = fields.get("note")
    return Organisation(
        id=key,
        name=_text(fields, "name") or key,
        kind=_text(fields, "kind") or "unknown",
        short_name=_text(fields, "short_name"),
        land=_text(fields, "land"),
        members=_texts(fields, "members"),
        homepage=_text(fields, "homepage"),
        note_de=_text(note, "de"),
        note_en=_text(note, "en"),
    )


def model_project_of(item: Entry) -> ModelProject:
    """The model project that an item of model-projects.yml describes."""
    return model_project_from(item.id, item.fields)


def model_project_from(key: str, fields: Mapping[str, Value]) -> ModelProject:
    """The model project from its values."""
    note, evidence = fields.get("note"), fields.get("evidence")
    rows = evidence if isinstance(evidence, Sequence) and not isinstance(evidence, str) else ()
    return ModelProject(
        id=key,
        name=_text(fields, "name") or key,
        round=_text(fields, "round") or "",
        category=_text(fields, "category") or "",
        members=_texts(fields, "members"),
        solutions=_texts(fields, "solutions"),
        note_de=_text(note, "de"),
        note_en=_text(note, "en"),
        evidence=tuple((_text(row, "address"), _text(row, "source")) for row in rows),
    )


def topic_of(item: Entry) -> Topic:
    """The topic that an item of topics.yml describes."""
    return topic_from(item.id, item.fields)


def topic_from(key: str, fields: Mapping[str, Value]) -> Topic:
    """The topic from its values."""
    description = fields.get("description")
    return Topic(
        id=key,
        de=_text(fields, "de") or key,
        en=_text(fields, "en") or key,
        description_de=_text(description, "de") or "",
        description_en=_text(description, "en") or "",
        icon=_text(fields, "icon"),
    )


def _text(row: Value, key: str) -> str | None:
    value = row.get(key) if isinstance(row, Mapping) else None
    return value.strip() or None if isinstance(value, str) else None


def _texts(row: Mapping[str, Value], key: str) -> tuple[str, ...]:
    value = row.get(key)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(item.strip() for item in value if isinstance(item, str) and item.strip())
