"""What follows from the field table: the JSON Schema for editors, the table for readers, a template."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from catalogue.domain.fields import SOLUTION_FIELDS, Field, Kind, walk
from catalogue.standards.yaml_text import read_yaml

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

_PATTERNS = {
    Kind.ADDRESS: "^https?://",
    Kind.EMAIL: "^[^@\\s]+@[^@\\s]+$",
    Kind.DAY: "^\\d{4}-\\d{2}-\\d{2}$",
    Kind.BODY: "^(\\d{8}|\\d{5}|[a-z0-9]+(-[a-z0-9]+)*)$",
    Kind.LANGUAGE: "^[a-z]{2,3}$",
    Kind.SOLUTION: "^[a-z0-9]+(-[a-z0-9]+)*$",
    Kind.MODEL_PROJECT: "^[a-z0-9]+(-[a-z0-9]+)*$",
}


def json_schema(topics: Sequence[str]) -> Mapping[str, Json]:
    """The JSON Schema (draft 2020-12) of an entry's front matter; `topics` are the allowed ids."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Eintrag des Nachnutzungskatalogs / entry of the reuse catalogue",
        **_map_schema(SOLUTION_FIELDS, topics),
    }


def _map_schema(table: Sequence[Field], topics: Sequence[str]) -> dict[str, Json]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in table if field.required],
        "properties": {field.name: _field_schema(field, topics) for field in table},
    }


def _field_schema(field: Field, topics: Sequence[str]) -> dict[str, Json]:
    said: dict[str, Json] = {"title": f"{field.de} / {field.en}"}
    if field.hint_de:
        said["description"] = f"{field.hint_de} / {field.hint_en}"
    if field.many:
        items = _value_schema(field, topics)
        return {**said, "type": "array", "minItems": 1, "maxItems": field.most, "items": items}
    return {**said, **_value_schema(field, topics)}


def _value_schema(field: Field, topics: Sequence[str]) -> dict[str, Json]:
    if field.kind is Kind.MAP:
        return _map_schema(field.fields, topics)
    if field.kind is Kind.CHOICE:
        # Editors read yes, no and true as YAML does elsewhere: both forms are right in an entry.
        booleans: list[Json] = [True, False] if set(field.choices) & {"yes", "no", "true", "false"} else []
        return {"enum": [*field.choices, *booleans]}
    if field.kind is Kind.TOPIC:
        return {"enum": list(topics)}
    if field.kind is Kind.DATE:
        return {"anyOf": [{"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$"}, {"type": "integer"}]}
    if field.kind is Kind.COUNT:
        return {"type": "integer", "minimum": 1}
    schema: dict[str, Json] = {"type": "string", "maxLength": field.longest}
    if field.shortest > 1:
        schema["minLength"] = field.shortest
    if field.kind in _PATTERNS:
        schema["pattern"] = _PATTERNS[field.kind]
    return schema


def field_table(language: str) -> str:
    """All fields as a Markdown table: name, whether mandatory, what goes in."""
    german = language == "de"
    head = "| Feld | Pflicht | Bedeutung |" if german else "| field | mandatory | meaning |"
    rows = [head, "| --- | --- | --- |"]
    for name, field in walk(SOLUTION_FIELDS):
        if name.count(".") > 1 or (name.endswith((".address", ".source", ".seen")) and "evidence." in name):
            continue  # evidence is the same everywhere and explained once
        words = [field.de if german else field.en]
        if hint := field.hint_de if german else field.hint_en:
            words.append(hint)
        if field.choices:
            words.append(", ".join(f"`{choice}`" for choice in field.choices))
        if field.many:
            words.append("Liste" if german else "list")
        must = ("ja" if german else "yes") if field.required else ""
        rows.append(f"| `{name}` | {must} | {'; '.join(words)} |")
    return "\n".join(rows) + "\n"


def template(name: str) -> str:
    """A new entry with the mandatory fields to fill in and the optional ones as comments."""
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    bare = read_yaml(f"name: {name}").value == {"name": name}
    lines = ["---", f"name: {name if bare else json.dumps(name, ensure_ascii=False)}"]
    for field in SOLUTION_FIELDS[1:]:
        mark = "" if field.required else "# "
        hint = f"  # {field.hint_de}" if field.hint_de else ""
        if field.kind is Kind.MAP:
            lines.append(f"{mark}{field.name}:{hint}")
            first = True
            for inner in field.fields:
                if inner.kind is Kind.MAP:
                    lines.append(f"{mark}    {inner.name}:")
                    lines.append(f"{mark}      - address: ")
                    continue
                dash = ("  - " if first else "    ") if field.many else "  "
                inner_mark = mark or ("" if inner.required or field.name in ("evidence", "contact") else "# ")
                if field.name in ("evidence", "contact") and not first:
                    inner_mark = "# "
                choices = f"  # {' | '.join(inner.choices)}" if inner.choices else ""
                value = "[]" if inner.many else ""
                lines.append(f"{inner_mark}{dash}{inner.name}: {value}{choices}".rstrip())
                first = False
        elif field.many:
            lines.append(f"{mark}{field.name}: []{hint}")
        else:
            choices = f"  # {' | '.join(field.choices)}" if field.choices else hint
            lines.append(f"{mark}{field.name}: {choices}".rstrip())
    lines += [
        "---",
        "## Was es tut",
        "",
        "## Für wen",
        "",
        "## Was eine Kommune zur Übernahme braucht",
        "",
    ]
    return "\n".join(lines)
