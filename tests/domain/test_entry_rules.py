"""Rules that join fields, the text and several entries."""

import pytest
from builders import HALLE, MAGDEBURG, TEXT, a_reuse, an_entry, an_item, what_is_known

from catalogue.domain.entry import Severity
from catalogue.domain.entry_rules import (
    LONGEST_TEXT,
    check_entry,
    check_id,
    check_model_project,
    check_organisation,
    check_together,
    check_topic,
)

KNOWN = what_is_known()


def remarks(entry):
    return [(problem.field, problem.code) for problem in check_entry(entry, KNOWN)]


@pytest.mark.parametrize(
    ("entry_id", "is_good"),
    [
        ("hal-plan", True),
        ("3d-stadt", True),
        ("HAL-Plan", False),
        ("hal_plan", False),
        ("hal--plan", False),
        ("-hal", False),
        ("hal.plan", False),
        ("häuser", False),
        ("hal plan", False),
        ("", False),
        ("a" * 61, False),
        ("hal\n", False),
    ],
)
def test_an_id_survives_in_any_address(entry_id, is_good):
    assert [problem.code for problem in check_id(an_entry(entry_id))] == ([] if is_good else ["id-form"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, []),
        ("", [("text", "text-missing")]),
        ("<script>alert(1)</script>", [("text", "text-html")]),
        ("a <b>b</b> c", [("text", "text-html")]),
        ("a ![b](c.png)", [("text", "text-picture")]),
        ("[a](https://example.org/)", []),
        ("[a](http://example.org/)", [("text", "address-http")]),
        ("[a](mailto:info@example.org) [b](#c)", []),
        ("[a](MAILTO:info@example.org)", []),
        ("[a](mailto:info@münchen.de)", []),
        ("[a](mailto:)", [("text", "email-form")]),
        ("[a](mailto:info@example.org?bcc=me@example.org)", [("text", "email-form")]),
        ("[a](mailto:?bcc=me@example.org)", [("text", "email-form")]),
        ("[a](mailto:info@example.org%3Fbcc=me@example.org)", [("text", "email-form")]),
        ("[a](mailto:info@example.org,me@example.org)", [("text", "email-form")]),
        ("[a](mailto:max.mustermann@example.org)", [("text", "email-personal")]),
        ("<max.mustermann@example.org>", [("text", "email-personal")]),
        ("[a](javascript:alert(1))", [("text", "address-scheme")]),
        ("<javascript:alert(1)>", [("text", "address-scheme")]),
        ("[a](https://u:p@example.org/)", [("text", "address-credentials")]),
        ("[a](http://192.168.0.1/)", [("text", "address-private")]),
        ("[a](other.md)", [("text", "address-scheme")]),  # leads nowhere on a page
        ("a" * (LONGEST_TEXT + 1), [("text", "text-long")]),
    ],
)
def test_the_text_is_markdown_without_html_that_links_to_public_pages(text, expected):
    assert remarks(an_entry(text=text)) == expected
    if text:
        assert remarks(an_entry(text_en=text)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"contact": {"page": ""}}, [("contact.page", "field-empty"), ("contact", "contact-empty")]),
        ({"evidence": [{"seen": "2024"}]}, [("evidence[0]", "evidence-empty")]),
        ({"evidence": [{"source": "Brief der Stadt"}]}, []),  # not everything has an address
        ({"reuses": [a_reuse(evidence=[{"seen": "2024"}])]}, [("reuses[0].evidence[0]", "evidence-empty")]),
        ({"reuses": [a_reuse(stage=None)]}, [("reuses[0].stage", "stage-missing")]),
        ({"reuses": [a_reuse(relation="partner", stage=None)]}, []),  # a partner has none
        ({"reuses": [a_reuse(since="2024", until="2023-12")]}, [("reuses[0].until", "dates-order")]),
        ({"reuses": [a_reuse(since="2024-06", until="2024")]}, []),  # some time that year
        ({"reuses": [a_reuse(since="gestern", until="2024")]}, [("reuses[0].since", "date-form")]),
        ({"reuses": [a_reuse(stage="ended")]}, [("reuses[0].until", "until-missing")]),
        ({"reuses": [a_reuse(stage="ended", until="2025")]}, []),
        ({"reuses": [a_reuse(stage="trial", until="2027")]}, []),  # an end may be planned
        ({"reuses": [a_reuse(), a_reuse()]}, [("reuses[1]", "reuse-double")]),
        ({"reuses": [a_reuse(), a_reuse(HALLE)]}, []),
        ({"reuses": [a_reuse(scope="Kern"), a_reuse(scope="Karte")]}, []),  # two parts of it
        ({"reuses": [a_reuse(), a_reuse(relation="partner", stage=None)]}, []),
        ({"open_source": "yes"}, [("open_source", "open-without-licence")]),
        ({"open_source": "yes", "licence": {"source": "x"}}, [("open_source", "open-without-licence")]),
        (
            {"open_source": "yes", "licence": {"expression": "NONE", "source": "x"}},
            [("open_source", "open-without-licence")],
        ),
        ({"open_source": "yes", "licence": {"expression": "MIT", "source": "x"}}, []),
        ({"open_source": "announced"}, []),
        ({"based_on": ["masterportal", "hal-plan"]}, [("based_on[1]", "self-reference")]),
        (
            {
                "repositories": [
                    {"address": "https://github.com/a/b", "role": "main"},
                    {"address": "https://github.com/A/b.git", "role": "mirror"},
                ]
            },
            [("repositories[1].address", "item-double")],
        ),
    ],
)
def test_fields_fit_together(change, expected):
    assert remarks(an_entry(**change)) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (an_item("dataport", name="Dataport", kind="it-provider"), []),
        (an_item("dataport", name="Dataport", kind="firma"), [("dataport.kind", "choice-unknown")]),
        (an_item("15002000", name="Halle", kind="amt"), [("15002000", "id-digits")]),
        (an_item("kiel", name="Kiel", kind="region", land="99"), [("kiel.land", "land-unknown")]),
        (an_item("kiel", name="Kiel", kind="region", land="1"), [("kiel.land", "land-unknown")]),
        (
            an_item("kielregion", name="Kiel", kind="region", members=["kielregion"]),
            [("kielregion.members", "self-reference")],
        ),
        (
            an_item("kiel", name="Kiel", kind="region", members=["Madgeburg"]),
            [("kiel.members[0]", "body-name")],
        ),
    ],
)
def test_an_organisation_is_no_municipality_and_lies_in_a_land(item, expected):
    assert [(problem.field, problem.code) for problem in check_organisation(item, KNOWN)] == expected


def test_a_model_project_and_a_topic_are_checked_by_their_tables():
    project = an_item("halle", name="Halle", round="2022", category="large-city", members=[MAGDEBURG])
    topic = an_item("Energie", de="Energie")

    project_codes = [(problem.field, problem.code) for problem in check_model_project(project, KNOWN)]
    topic_codes = [(problem.field, problem.code) for problem in check_topic(topic, KNOWN)]

    assert project_codes == [("halle.round", "choice-unknown-near"), ("halle.evidence", "field-missing")]
    assert topic_codes == [("Energie", "id-form"), ("Energie.en", "field-missing")]


def _with_main(entry_id, address, role="main"):
    return an_entry(entry_id, repositories=[{"address": address, "role": role}])


@pytest.mark.parametrize(
    ("address", "role", "who"),
    [
        ("https://github.com/Org/Repo.git", "main", ["a", "b"]),  # said at both, whoever came first
        ("https://github.com/org/repo", "component", []),
        ("https://github.com/org/other", "main", []),
        ("javascript:x", "main", []),  # said elsewhere
    ],
)
def test_two_entries_do_not_name_the_same_main_repository(address, role, who):
    entries = [_with_main("a", "https://github.com/org/repo"), _with_main("b", address, role)]

    problems = list(check_together(entries))

    assert [(problem.file, problem.code) for problem in problems] == [
        (f"entries/solutions/{name}.md", "repository-double") for name in who
    ]
    assert all(problem.severity is Severity.ERROR for problem in problems)


def test_three_claims_are_three_problems_that_name_another_entry():
    entries = [_with_main(name, "https://github.com/org/repo") for name in "abc"]

    others = [problem.facts["other"] for problem in check_together(entries)]

    assert others == ["b", "a", "a"]


def test_two_files_of_one_id_are_said_at_both():
    first, second = an_entry("a"), an_entry("a")

    assert [problem.code for problem in check_together([first, second])] == ["id-double", "id-double"]
