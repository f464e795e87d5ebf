"""Entries, solutions and folders, complete by default: a test names only what differs."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from catalogue.domain.bodies import Bodies, Organisation
from catalogue.domain.checks import Known
from catalogue.domain.entry import Entry, Value
from catalogue.domain.register import Municipality, Register, Successor
from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_of

HALLE, MAGDEBURG, COLOGNE, DISTRICT = "15002000", "15003000", "05315000", "15081"
MERGED = "15081000"  # became Kleinstadt
TODAY = date(2026, 11, 20)

REGISTER = Register(
    [
        Municipality(key=HALLE, name="Halle (Saale), Stadt", designation="Stadt", ars="150020000000"),
        Municipality(key=MAGDEBURG, name="Magdeburg, Landeshauptstadt", ars="150030000000"),
        Municipality(key=COLOGNE, name="Köln, Stadt", designation="Stadt", ars="053150000000"),
        Municipality(key="15081001", name="Kleinstadt", ars="150815001001"),
        Municipality(key=DISTRICT, name="Altmarkkreis", designation="Landkreis"),
    ],
    {MERGED: Successor("15081001")},
)
ORGANISATIONS = {
    "kielregion": Organisation(id="kielregion", name="KielRegion", kind="region", land="01"),
    "dataport": Organisation(id="dataport", name="Dataport AöR", kind="it-provider"),
}

FIELDS: Mapping[str, Value] = {
    "name": "HAL-Plan",
    "summary": {"de": "Ein digitaler Zwilling für die Stadtplanung."},
    "providers": [{"body": HALLE, "role": "owner"}],
    "topics": ["digital-twin"],
    "contact": {"page": "https://example.org/kontakt"},
    "evidence": [{"address": "https://example.org/beleg"}],
}
TEXT = "## Was es tut\n\nEs bildet die Stadt ab."
TOPICS = {"digital-twin": {"de": "Digitaler Zwilling", "en": "Digital twin"}}
ORGANISATION_ITEMS = {
    "kielregion": {"name": "KielRegion", "kind": "region", "land": "01"},
    "dataport": {"name": "Dataport AöR", "kind": "it-provider"},
}
MODEL_PROJECTS = {
    "halle": {
        "name": "Halle (Saale)",
        "round": "2021",
        "category": "large-city",
        "members": [HALLE],
        "evidence": [{"address": "https://example.org/"}],
    }
}


def some_fields(**changes: Value) -> dict[str, Value]:
    """The mandatory fields of an entry; a change to None takes a field away."""
    fields = {**FIELDS, **changes}
    return {name: value for name, value in fields.items() if not (name in changes and value is None)}


def an_entry(
    entry_id: str = "hal-plan", /, *, text: str = TEXT, text_en: str = "", **changes: Value
) -> Entry:
    """An entry without faults."""
    return Entry(
        id=entry_id,
        file=f"entries/solutions/{entry_id}.md",
        fields=some_fields(**changes),
        lines={},
        text=text,
        text_en=text_en,
        text_line=1,
    )


def an_item(item_id: str, /, **fields: Value) -> Entry:
    """An item of a list, with nothing in it that is not named."""
    return Entry(id=item_id, file="entries/list.yml", fields=fields, lines={}, prefix=(item_id,))


def a_reuse(body: str = MAGDEBURG, /, **changes: Value) -> dict[str, Value]:
    """A row of `reuses`: Magdeburg uses it, and a page says so. A change to None takes a value away."""
    row: dict[str, Value] = {
        "body": body,
        "relation": "uses",
        "stage": "in-use",
        "confirmed": "yes",
        "evidence": [{"address": "https://example.org/beleg"}],
        **changes,
    }
    return {name: value for name, value in row.items() if value is not None}


def a_solution(entry_id: str = "hal-plan", /, **changes: Value) -> Solution:
    """The solution of an entry without faults."""
    return solution_of(an_entry(entry_id, **changes))


def what_is_known(
    *,
    solutions: Iterable[str] = ("hal-plan", "masterportal"),
    topics: Iterable[str] = ("digital-twin", "mobility"),
    model_projects: Iterable[str] = ("halle",),
) -> Known:
    """What an entry may refer to."""
    return Known(
        bodies=Bodies(REGISTER, ORGANISATIONS),
        suggest=lambda name: next(iter(REGISTER.suggest(name, limit=1)), None),
        topics=frozenset(topics),
        solutions=frozenset(solutions),
        model_projects=frozenset(model_projects),
        today=TODAY,
    )


def as_yaml(fields: Mapping[str, Value]) -> str:
    """The fields as YAML, one on each line."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


def as_file(*, text: str = TEXT, **changes: Value) -> str:
    """A whole entry file; `name` is on line 2, the other fields follow in their order."""
    return f"---\n{as_yaml(some_fields(**changes))}---\n{text}\n"


def an_entries_folder(folder: Path, **files: str) -> Path:
    """An entries folder with its lists and the entry hal-plan; `files` are further entries by id."""
    solutions = folder / "solutions"
    solutions.mkdir(parents=True, exist_ok=True)
    lists = {"topics": TOPICS, "organisations": ORGANISATION_ITEMS, "model-projects": MODEL_PROJECTS}
    for name, items in lists.items():
        (folder / f"{name}.yml").write_text(as_yaml(items), encoding="utf-8")
    for entry_id, text in {"hal-plan": as_file(), **files}.items():
        (solutions / f"{entry_id}.md").write_text(text, encoding="utf-8")
    return folder
