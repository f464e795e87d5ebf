"""Remarks about single fields of an entry."""

from dataclasses import replace

import pytest
from builders import COLOGNE, HALLE, MAGDEBURG, MERGED, REGISTER, a_reuse, an_entry, what_is_known
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.checks import GERMAN_NAMES
from catalogue.domain.entry import Entry, Severity, dotted
from catalogue.domain.entry_rules import (
    check_entry,
    check_model_project,
    check_organisation,
    check_together,
    check_topic,
)
from catalogue.domain.fields import SOLUTION_FIELDS, SYNONYM_FIELDS, walk
from catalogue.domain.wording import line_of

KNOWN = what_is_known()
EVIDENCE = [{"address": "https://example.org/"}]


def remarks(entry):
    return [(problem.field, problem.code) for problem in check_entry(entry, KNOWN)]


def test_a_complete_entry_gets_no_remark():
    assert remarks(an_entry()) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # shape
        ({"name": None}, [("name", "field-missing")]),
        ({"name": " "}, [("name", "field-empty")]),  # empty is said to be empty
        ({"summary": {}}, [("summary", "field-empty")]),
        ({"summary": {"en": "x"}}, [("summary.de", "field-missing")]),
        ({"summary": "Ein Satz"}, [("summary", "not-a-map")]),
        ({"topics": "digital-twin"}, [("topics", "not-a-list")]),
        ({"topics": {"a": "b"}}, [("topics", "not-a-list")]),
        ({"topics": []}, [("topics", "field-empty")]),
        ({"topics": ["digital-twin", ""]}, [("topics[1]", "field-empty")]),
        ({"topics": ["digital-twin", ["mobility"]]}, [("topics[1]", "not-a-text")]),
        ({"topics": ["mobility", "mobility"]}, [("topics[1]", "item-double")]),
        ({"topics": ["mobility"] * 7}, [("topics", "list-long")]),
        ({"needs": {"de": ["Löcher in der Straße melden"], "en": ["report a pothole"]}}, []),
        ({"needs": {"en": ["report a pothole"]}}, []),
        ({"needs": ["Schlagloch"]}, [("needs", "not-a-map")]),
        ({"needs": {"de": "Schlagloch"}}, [("needs.de", "not-a-list")]),
        ({"needs": {"de": ["ab", "OZG"]}}, [("needs.de[0]", "text-short")]),
        ({"needs": {"de": ["OZG", "a" * 101]}}, [("needs.de[1]", "text-long")]),
        ({"needs": {"en": ["OZG", "OZG"]}}, [("needs.en[1]", "item-double")]),
        ({"needs": {"de": [f"Wort {n}" for n in range(41)]}}, [("needs.de", "list-long")]),
        ({"needs": {"en": [f"word {n}" for n in range(21)]}}, [("needs.en", "list-long")]),
        ({"name": ["HAL-Plan"]}, [("name", "not-a-text")]),
        ({"name": {"de": "HAL-Plan"}}, [("name", "not-a-text")]),
        ({"name": "a\nb"}, [("name", "text-lines")]),
        ({"name": "a" * 121}, [("name", "text-long")]),
        ({"name": "a\x1b[31m"}, [("name", "text-control")]),
        ({"name": "a\u202eb"}, [("name", "text-control")]),  # reads backwards
        ({"operation": "a\nb"}, []),  # a text may have lines
        ({"nmae": "x"}, [("nmae", "field-unknown-near")]),
        ({"xyz": "x"}, [("xyz", "field-unknown")]),
        ({"id": "hal-plan"}, [("id", "field-unknown")]),  # the file name is the id
        ({"contact": {"page": "https://a.de/", "telefon": "1"}}, [("contact.telefon", "field-unknown")]),
        ({"providers": ["15002000"]}, [("providers[0]", "not-a-map")]),
        ({"providers": [{"body": HALLE}]}, [("providers[0].role", "field-missing")]),
        # closed lists and references
        ({"kind": "softwre"}, [("kind", "choice-unknown-near")]),
        ({"kind": "xyz"}, [("kind", "choice-unknown")]),
        ({"topics": ["digital-twins"]}, [("topics[0]", "topic-unknown-near")]),
        ({"topics": ["xyz"]}, [("topics[0]", "topic-unknown")]),
        ({"based_on": ["masterportl"]}, [("based_on[0]", "solution-unknown-near")]),
        ({"based_on": ["xyz"]}, [("based_on[0]", "solution-unknown")]),
        ({"depends_on": ["masterportal"]}, []),
        ({"model_projects": ["hallle"]}, [("model_projects[0]", "project-unknown-near")]),
        ({"model_projects": ["xyz"]}, [("model_projects[0]", "project-unknown")]),
        # addresses
        ({"homepage": "https://example.org"}, []),
        ({"homepage": "http://example.org"}, [("homepage", "address-http")]),
        ({"homepage": "javascript:alert(1)"}, [("homepage", "address-scheme")]),
        ({"homepage": "https://a:b@example.org/"}, [("homepage", "address-credentials")]),
        ({"homepage": "https://10.0.0.1/"}, [("homepage", "address-private")]),
        ({"homepage": "https://example.org:8080/"}, [("homepage", "address-port")]),
        ({"homepage": "https://a b.de"}, [("homepage", "address-characters")]),
        ({"homepage": "https://rathaus/"}, [("homepage", "address-host")]),
        ({"contact": {"email": "halle"}}, [("contact.email", "email-form")]),
        ({"contact": {"email": "max.mustermann@halle.de"}}, [("contact.email", "email-personal")]),
        ({"contact": {"email": "smart-city@halle.de"}}, []),
        # dates and numbers
        ({"reviewed": "2026-11-20"}, []),
        ({"reviewed": "2026-11"}, [("reviewed", "date-day")]),
        ({"reviewed": "2026-02-30"}, [("reviewed", "date-form")]),
        ({"reviewed": "20.11.2026"}, [("reviewed", "date-form")]),
        ({"reviewed": "2026-11-21"}, [("reviewed", "date-future")]),  # tomorrow
        ({"languages": ["de", "nds"]}, []),
        ({"languages": ["Deutsch"]}, [("languages[0]", "language-form")]),
        # licences
        ({"licence": {"expression": "EUPL-1.2", "source": "LICENSE"}}, []),
        ({"licence": {"expression": "EUPL-1.2 OR MIT", "source": "LICENSE"}}, []),  # a choice is fine
        ({"licence": {"expression": "LicenseRef-Halle", "source": "LICENSE"}}, []),
        ({"licence": {"expression": "NONE", "source": "looked"}}, []),  # looked at, none granted
        (
            {"licence": {"expression": "EUPL", "source": "x"}},  # a family, not a licence
            [("licence.expression", "licence-unknown-near")],
        ),
        ({"licence": {"expression": "xyz", "source": "x"}}, [("licence.expression", "licence-unknown")]),
        ({"licence": {"expression": "mit", "source": "x"}}, [("licence.expression", "licence-spelling")]),
        ({"licence": {"expression": "MIT"}}, [("licence.source", "field-missing")]),
        # pictures
        ({"screenshots": [{"file": "a.png", "alt": "Karte"}]}, [("screenshots[0].file", "file-absent")]),
        ({"screenshots": [{"file": "../a.png", "alt": "Karte"}]}, [("screenshots[0].file", "file-name")]),
        ({"screenshots": [{"file": "a.svg", "alt": "Karte"}]}, [("screenshots[0].file", "file-name")]),
        ({"screenshots": [{"file": "a.png"}]}, [("screenshots[0].alt", "field-missing"),
                                                ("screenshots[0].file", "file-absent")]),
    ],
)  # fmt: skip
def test_an_entry_gets_one_remark_per_fault(change, expected):
    assert sorted(remarks(an_entry(**change))) == sorted(expected)


def test_a_picture_beside_the_entry_is_fine():
    entry = an_entry(screenshots=[{"file": "karte.png", "alt": "Karte der Stadt"}])

    with_picture = Entry(
        **{**{name: getattr(entry, name) for name in entry.__slots__}, "pictures": {"karte.png"}}
    )

    assert remarks(with_picture) == []


@pytest.mark.parametrize("count", ["0", "-1", "1.5", "über 50", "50+", "²", "٣", "1" * 10, "1e3", "1_000"])
def test_a_count_is_a_whole_number(count):
    reach = {"count": count, "unit": "Kommunen", "text": "x", "evidence": EVIDENCE}

    assert remarks(an_entry(stated_reach=[reach])) == [("stated_reach[0].count", "count-form")]


@pytest.mark.parametrize(
    ("body", "code", "facts"),
    [
        (HALLE, None, {}),
        (COLOGNE, None, {}),  # unquoted 05315000 stays text, and so the right key
        ("15081", None, {}),
        ("kielregion", None, {}),
        ("Madgeburg", "body-name", {"key": MAGDEBURG, "name": "Magdeburg"}),
        ("Stadt Magdeburg", "body-name", {"key": MAGDEBURG}),
        ("Halle (Saale)", "body-name", {"key": HALLE}),
        ("KielRegion", "body-name", {"key": "kielregion", "name": "KielRegion"}),
        ("kiel-region", "body-name", {"key": "kielregion"}),
        ("Dataport", "body-name", {"key": "dataport"}),
        ("15", "body-land", {"value": "15"}),  # a Land is no body
        ("5315000", "body-zero", {"key": COLOGNE}),  # a spreadsheet took the zero
        ("053150000000", "body-ars", {"key": COLOGNE}),
        (MERGED, "body-old", {"key": "15081001"}),
        ("99999999", "body-unknown", {"value": "99999999"}),
        ("1386496", "body-unknown", {}),  # what a YAML loader makes of 05224000 is no key
        ("²²", "body-land", {}),
        ("xyzzyx", "body-unknown", {}),
    ],
)
def test_a_body_is_given_by_its_key_and_a_name_gets_the_key_suggested(body, code, facts):
    problems = list(check_entry(an_entry(reuses=[a_reuse(body)]), KNOWN))

    assert [(problem.field, problem.code) for problem in problems] == (
        [("reuses[0].body", code)] if code else []
    )
    assert all(problems[0].facts[name] == value for name, value in facts.items())


def test_what_is_advice_does_not_keep_an_entry_out():
    entry = an_entry(
        homepage="http://example.org/",
        licence={"expression": "mit", "source": "x"},
        reuses=[a_reuse(MERGED), a_reuse(stage="ended")],
    )

    severities = {problem.code: problem.severity for problem in check_entry(entry, KNOWN)}

    assert severities == dict.fromkeys(
        ["address-http", "licence-spelling", "body-old", "until-missing"], Severity.REMARK
    )


def test_all_faults_are_found_at_once():
    entry = an_entry(name="", topics="x", homepage="javascript:x", reuses=[{"body": "Madgeburg"}], xyz="1")

    assert len(remarks(entry)) == 8


def test_a_remark_has_the_line_of_the_value_or_of_what_is_around_it():
    entry = Entry(
        id="a",
        file="a.md",
        fields={"providers": [{"body": "xyzzyx"}]},
        lines={(): 2, ("providers",): 3, ("providers", 0): 4, ("providers", 0, "body"): 5},
    )

    lines = {problem.field: problem.line for problem in check_entry(entry, KNOWN)}

    assert lines["providers[0].body"] == 5
    assert lines["providers[0].role"] == 4  # missing: where it belongs
    assert lines["name"] == 2


def test_a_path_is_written_as_people_read_it():
    assert dotted(("reuses", 0, "evidence", 1, "address")) == "reuses[0].evidence[1].address"
    assert len(dotted(("x" * 10_000,))) == 80


NAMES = sorted({part for name, _ in walk(SOLUTION_FIELDS) for part in name.split(".")})
SCALARS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(
        ["yes", "uses", "main", "2024", "EUPL", "https://example.org/", HALLE, "ended", "\ud800"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=10)), inner, max_size=5),
    ),
    max_leaves=25,
)
FIELDS_OF_ANY_KIND = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=10)), VALUES, max_size=8
)


@given(FIELDS_OF_ANY_KIND, st.text(), st.text(max_size=20))
def test_no_nested_value_makes_a_check_raise(fields, text, entry_id):
    entry = Entry(id=entry_id, file=entry_id, fields=fields, lines={}, text=text, text_en=text)

    problems = [
        *check_entry(entry, KNOWN),
        *check_organisation(entry, KNOWN),
        *check_model_project(entry, KNOWN),
        *check_topic(entry, KNOWN),
        *check_together([entry, entry]),
    ]

    for problem in problems:
        for language in ("de", "en"):
            assert len(line_of(problem, language).splitlines()) == 1


@pytest.mark.parametrize(
    ("german", "field"),
    [
        *(("lizenz", "licence"), ("Titel", "name"), ("beschreibung", "summary"), ("anbieter", "providers")),
        *(("kontakt", "contact"), ("ansprechpartner", "contact"), ("thema", "topics"), ("Themen", "topics")),
        *(("Schlagwörter", "tags"), ("webseite", "homepage"), ("quellen", "evidence")),
        ("nachnutzung", "reuses"),
    ],
)
def test_a_german_name_of_a_field_gets_the_english_one_suggested(german, field):
    found = [p for p in check_entry(an_entry(**{german: "x"}), KNOWN) if p.field == german]

    assert [(problem.code, problem.facts["near"]) for problem in found] == [("field-unknown-near", field)]


def test_every_german_name_leads_to_fields_that_exist():
    names = {name.rpartition(".")[2] for name, _ in walk((*SOLUTION_FIELDS, *SYNONYM_FIELDS))}

    assert {field for fields in GERMAN_NAMES.values() for field in fields} <= names


@pytest.mark.parametrize("text", ["cosi", "kvwmap", "hal-plan", "osca"])
def test_an_id_that_is_like_another_only_from_afar_is_no_guess(text):
    known = what_is_known(solutions=["consul", "vima", "hal-plan", "octal"], model_projects=["halle"])
    entry = an_entry("new", model_projects=[text], based_on=[] if text == "hal-plan" else [text])

    codes = {problem.code for problem in check_entry(entry, known)} - {"field-empty"}

    assert codes <= {"project-unknown", "solution-unknown"}


@pytest.mark.parametrize("text", ["hal-plan", "halla-plan", "kolna"])
def test_what_is_written_like_an_id_is_no_town_that_it_is_only_a_little_like(text):
    known = replace(what_is_known(), suggest=lambda _: REGISTER.get(HALLE))

    codes = [problem.code for problem in check_entry(an_entry(reuses=[a_reuse(text)]), known)]

    assert codes == ["body-unknown"]


@pytest.mark.parametrize("text", ["halle", "hallle", "Hale"])
def test_a_town_in_small_letters_is_still_found(text):
    known = replace(what_is_known(), suggest=lambda _: REGISTER.get(HALLE))

    problems = list(check_entry(an_entry(reuses=[a_reuse(text)]), known))

    assert [(problem.code, problem.facts["key"]) for problem in problems] == [("body-name", HALLE)]


def test_without_a_list_of_topics_no_entry_is_told_that_nothing_is_allowed():
    assert list(check_entry(an_entry(), what_is_known(topics=[]))) == []
