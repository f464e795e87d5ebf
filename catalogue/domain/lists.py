"""Items of the lists beside the solutions: organisations, model projects, topics, synonyms.

Reading is tolerant, since the checks say what is wrong with an item.
"""

from collections.abc import Mapping, Sequence

from catalogue.domain.bodies import ModelProject, Organisation, Topic
from catalogue.domain.entry import Entry, Value
from catalogue.domain.synonyms import SynonymGroup
from catalogue.domain.values import text_in, texts_in


def organisation_of(item: Entry) -> Organisation:
    """The organisation that an item of organisations.yml describes."""
    return organisation_from(item.id, item.fields)


def organisation_from(key: str, fields: Mapping[str, Value]) -> Organisation:
    """The organisation from its values, as a file or the store holds them."""
    note = fields.get("note")
    return Organisation(
        id=key,
        name=text_in(fields, "name") or key,
        kind=text_in(fields, "kind") or "unknown",
        short_name=text_in(fields, "short_name"),
        land=text_in(fields, "land"),
        members=texts_in(fields, "members"),
        homepage=text_in(fields, "homepage"),
        note_de=text_in(note, "de"),
        note_en=text_in(note, "en"),
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
        name=text_in(fields, "name") or key,
        round=text_in(fields, "round") or "",
        category=text_in(fields, "category") or "",
        members=texts_in(fields, "members"),
        solutions=texts_in(fields, "solutions"),
        note_de=text_in(note, "de"),
        note_en=text_in(note, "en"),
        evidence=tuple((text_in(row, "address"), text_in(row, "source")) for row in rows),
    )


def topic_of(item: Entry) -> Topic:
    """The topic that an item of topics.yml describes."""
    return topic_from(item.id, item.fields)


def topic_from(key: str, fields: Mapping[str, Value]) -> Topic:
    """The topic from its values."""
    description = fields.get("description")
    return Topic(
        id=key,
        de=text_in(fields, "de") or key,
        en=text_in(fields, "en") or key,
        description_de=text_in(description, "de") or "",
        description_en=text_in(description, "en") or "",
        icon=text_in(fields, "icon"),
        parent=text_in(fields, "parent"),
    )


def synonym_group_of(item: Entry) -> SynonymGroup:
    """The group of words that an item of synonyms.yml describes."""
    return synonym_group_from(item.id, item.fields)


def synonym_group_from(key: str, fields: Mapping[str, Value]) -> SynonymGroup:
    """The group of words from its values."""
    return SynonymGroup(id=key, words=texts_in(fields, "words"), asked=texts_in(fields, "asked"))
