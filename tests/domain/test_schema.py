"""What follows from the field table: schema, documentation, template."""

import re
from collections.abc import Mapping

import pytest
from builders import an_entry, what_is_known
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.entry import Entry
from catalogue.domain.entry_rules import check_entry
from catalogue.domain.fields import SOLUTION_FIELDS, Kind, walk
from catalogue.domain.schema import field_table, json_schema, template
from catalogue.standards.yaml_text import read_yaml

SCHEMA = json_schema(["digital-twin", "energy"])


def test_the_schema_asks_for_the_mandatory_fields_and_allows_no_others():
    assert SCHEMA["required"] == ["name", "summary", "providers", "topics", "contact", "evidence"]
    assert SCHEMA["additionalProperties"] is False
    assert list(SCHEMA["properties"]) == [field.name for field in SOLUTION_FIELDS]
    assert SCHEMA["properties"]["summary"]["required"] == ["de"]


def test_the_schema_lists_the_topics_and_takes_yes_as_both_versions_of_yaml_read_it():
    assert SCHEMA["properties"]["topics"]["items"] == {"enum": ["digital-twin", "energy"]}
    confirmed = SCHEMA["properties"]["reuses"]["items"]["properties"]["confirmed"]
    assert confirmed["enum"] == ["yes", "no", True, False]


def test_the_schema_knows_how_long_texts_and_lists_may_be():
    needs = SCHEMA["properties"]["needs"]["properties"]

    assert needs["de"]["items"] == {"type": "string", "maxLength": 100, "minLength": 3}
    assert (needs["de"]["maxItems"], needs["en"]["maxItems"]) == (40, 20)


def _patterns(schema):
    if isinstance(schema, Mapping):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for inner in schema.values():
            yield from _patterns(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _patterns(inner)


def test_its_patterns_are_valid():
    assert all(re.compile(pattern) for pattern in _patterns(SCHEMA))
    assert len(list(_patterns(SCHEMA))) > 10


def test_every_field_says_what_it_is_in_both_languages():
    for name, field in walk(SOLUTION_FIELDS):
        assert field.de, name
        assert field.en, name
        assert bool(field.hint_de) == bool(field.hint_en), name
        assert bool(field.choices) == (field.kind is Kind.CHOICE), name
        assert bool(field.fields) == (field.kind is Kind.MAP), name


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_table_for_readers_has_every_field_of_the_first_levels(language):
    text = field_table(language)

    for name, field in walk(SOLUTION_FIELDS):
        if "." not in name:
            assert f"| `{name}` |" in text
        for choice in field.choices if name.count(".") < 2 else ():
            assert f"`{choice}`" in text
    assert all(line.startswith("| ") and line.count(" | ") == 2 for line in text.splitlines()[2:])


def _filled_in(text):
    _, front_matter, body = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    document = read_yaml(front_matter)
    assert document.faults == ()
    return Entry(id="new", file="new.md", fields=document.value, lines=document.lines, text=body)


def test_the_template_lacks_values_and_nothing_else():
    entry = _filled_in(template("Neue Lösung"))

    codes = {problem.code for problem in check_entry(entry, what_is_known())}

    assert entry.fields["name"] == "Neue Lösung"
    assert codes <= {"field-empty", "contact-empty", "evidence-empty"}


def test_the_template_with_all_comments_taken_away_has_known_fields_only():
    text = re.sub(r"^# ", "", template("x"), flags=re.MULTILINE)

    codes = {problem.code for problem in check_entry(_filled_in(text), what_is_known())}

    assert not codes & {"field-unknown", "field-unknown-near", "not-a-list", "not-a-map", "not-a-text"}
    assert _filled_in(text).fields.keys() == {field.name for field in SOLUTION_FIELDS}


@given(st.text(min_size=1))
def test_any_name_fits_into_the_template(name):
    shown = " ".join("".join(c if c.isprintable() else " " for c in name).split())

    assert (_filled_in(template(name)).fields["name"] or "") == shown


@pytest.mark.parametrize(
    "name", ["Smart: City", "#1", "- x", "@home", "a kind: b", '"a', "yes", "1.10", "---"]
)
def test_a_name_that_yaml_would_misread_is_quoted(name):
    assert _filled_in(template(name)).fields["name"] == name


def test_the_mandatory_fields_of_the_builders_are_those_of_the_table():
    assert set(an_entry().fields) == {field.name for field in SOLUTION_FIELDS if field.required}
