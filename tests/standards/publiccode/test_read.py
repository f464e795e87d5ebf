"""publiccode.yml, read tolerantly: what is usable is used, and marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publiccode_samples import VALID, changed

from catalogue.standards.publiccode.read import read_publiccode


def text_of(stated):
    return stated.text if stated else None


def test_a_valid_file_is_read_with_lines_and_without_marks():
    read = read_publiccode(VALID.encode())

    assert (read.name.text, read.name.line, read.name.sound) == ("Planfenster", 2, True)
    assert text_of(read.licence) == "EUPL-1.2"
    assert read.licence_is_spdx
    assert [one.text for one in read.platforms] == ["web"]
    assert text_of(read.maintenance_type) == "internal"
    assert [text_of(contact.name) for contact in read.contacts] == ["Stadt Beispiel"]
    assert text_of(read.descriptions["de"].short) == "Zeigt, was die Stadt plant."
    assert [one.text for one in read.descriptions["de"].features] == ["Karte"]
    assert text_of(read.localisation_ready) == "true"
    assert [one.text for one in read.languages] == ["de"]
    assert (read.problems, read.lost) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("legal:\n  license", "license", "licence", "EUPL-1.2"),  # at the wrong place
        ("legal:\n  license", "legal:\n  licence", "licence", "EUPL-1.2"),  # spelt otherwise
        ("EUPL-1.2", "GNU General Public License v3", "licence", "GNU General Public License v3"),
        ("developmentStatus", "development-status", "development_status", "stable"),
        ("stable", "[stable]", "development_status", "stable"),  # a list where a text is due
    ],
)
def test_what_is_meant_is_used_and_marked(old, new, field, value):
    stated = getattr(read_publiccode(changed(old, new)), field)

    assert stated.text == value
    assert not stated.sound or old == "developmentStatus"


def test_one_value_where_a_list_is_due_is_a_list_of_one():
    read = read_publiccode(changed("platforms:\n  - web", "platforms: web"))

    assert [(one.text, one.sound) for one in read.platforms] == [("web", False)]


def test_contacts_at_the_top_level_are_contacts():
    moved = changed("  contacts:\n    - name: Stadt Beispiel", "contacts:\n  - name: Stadt Beispiel")

    assert [text_of(contact.name) for contact in read_publiccode(moved).contacts] == ["Stadt Beispiel"]


def test_prose_for_a_licence_is_no_expression():
    read = read_publiccode(changed("EUPL-1.2", "Apache License, Version 2.0"))

    assert not read.licence_is_spdx


def test_values_are_marked_though_the_version_ended_the_check():
    read = read_publiccode(changed('"0"', '"0.1"').replace("EUPL-1.2", "whatever"))

    assert [problem.code for problem in read.problems] == ["version"]
    assert read.name.sound
    assert not read.licence.sound


def test_broken_yaml_is_read_section_by_section():
    read = read_publiccode(changed("shortDescription: Zeigt", 'shortDescription: "Zeigt'))

    assert read.lost == ("description.de.shortDescription",)
    assert text_of(read.name) == "Planfenster"
    assert (read.licence.text, read.licence.line) == ("EUPL-1.2", 15)
    assert [one.text for one in read.descriptions["de"].features] == ["Karte"]
    assert [problem.code for problem in read.problems] == ["yaml-syntax"]


def test_of_equal_keys_the_first_counts():
    assert text_of(read_publiccode(changed("name: Planfenster", "name: A\nname: B")).name) == "A"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding):
    data = changed("Planfenster", "Prüfstände").encode(encoding)

    assert text_of(read_publiccode(data).name) == "Prüfstände"


def test_tabs_and_control_characters_are_no_obstacle():
    read = read_publiccode("name: A\0B\nlegal:\n\tlicense: MIT\n")

    assert (text_of(read.name), text_of(read.licence)) == ("AB", "MIT")


def test_addresses_are_what_the_network_could_answer_for():
    text = changed("    features", "    documentation: https://a.example/doc\n    features")

    addresses = read_publiccode(text + "logo: logo.png\nlandingURL: https://a.example/\n").addresses()

    assert {one.key: one.text for one in addresses} == {
        "url": "https://git.stadt.example/planfenster",
        "landingURL": "https://a.example/",
        "description.de.documentation": "https://a.example/doc",
    }


def test_an_alias_that_means_itself_ends():
    read = read_publiccode("name: A\nlegal: &a {license: *a}\nusedBy: &b [*b, Halle]\n")

    assert text_of(read.name) == "A"
    assert [one.text for one in read.used_by] == ["Halle"]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_nothing_makes_the_reader_fail(data):
    read_publiccode(data)


@given(st.integers(0, len(VALID)), st.text(alphabet=":-\"'[]{}&*#|>\t\n a", max_size=6))
def test_a_file_with_a_fault_in_it_keeps_the_rest(place, fault):
    read = read_publiccode(VALID[:place] + fault + VALID[place:])

    assert sum(one is not None for one in (read.name, read.url, read.licence, read.software_type)) >= 2
