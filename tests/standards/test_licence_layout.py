"""What the files of a repository say about its licence, and what that comes to."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import places
from catalogue.standards.licence_files import Covers, Kind, licence_files
from catalogue.standards.licence_layout import Strength, combine_voices, expression_of, read_voices

ROOT = places.PACKAGE.parent
EUPL = (ROOT / "LICENSES" / "EUPL-1.2.txt").read_bytes()
APACHE = (ROOT / "LICENSES" / "Apache-2.0.txt").read_bytes()
CC0 = (ROOT / "LICENSES" / "CC0-1.0.txt").read_bytes()

# Put together, so that no tool takes it for the tag of this file.
TAG = "-".join(("SPDX", "License", "Identifier"))


def combined(files):
    return combine_voices(read_voices(list(files), files))


def test_the_strongest_files_come_first_and_what_is_not_ours_is_left_out():
    found = licence_files(
        [
            *("README.md", "src/app/main.py", "package.json", "LICENSES/MIT.txt", "LICENCE.md", "COPYING"),
            *(
                "node_modules/x/LICENSE",
                "vendor/y/LICENSE",
                "REUSE.toml",
                "logo.svg.license",
                "docs/guide.md",
            ),
        ]
    )

    assert [one.path for one in found[:3]] == ["COPYING", "LICENCE.md", "LICENSES/MIT.txt"]
    assert {one.path for one in found if one.kind is Kind.REUSE} == {"REUSE.toml", "logo.svg.license"}
    assert not any("node_modules" in one.path or "vendor" in one.path for one in found)
    assert "docs/guide.md" not in {one.path for one in found}


def test_a_licence_file_wins_over_metadata_and_the_contradiction_is_listed():
    found = combined({"LICENSE": EUPL, "package.json": b'{\n "license": "MIT"\n}'})

    assert (found.expression, found.reasons) == ("EUPL-1.2", ("licence-file",))
    ((one, other),) = found.contradictions
    assert (one.path, other.path, other.first_line) == ("LICENSE", "package.json", 2)


def test_metadata_that_agrees_contradicts_nothing():
    metadata = b'[project]\nname = "x"\nlicense = "EUPL-1.2"\n'

    found = combined({"LICENSE": EUPL, "pyproject.toml": metadata})

    assert found.contradictions == ()
    assert [voice.strength for voice in found.voices] == [Strength.TEXT, Strength.METADATA]


def test_two_texts_are_a_choice_only_where_somebody_says_so():
    texts = {"LICENSE-EUPL": EUPL, "LICENSE-APACHE": APACHE}

    silent = combined(texts)
    said = combined({**texts, "Cargo.toml": b'[package]\nlicense = "EUPL-1.2 OR Apache-2.0"\n'})

    assert set(silent.expression.split(" AND ")) == {"EUPL-1.2", "Apache-2.0"}
    assert silent.reasons == ("nobody-says-how",)
    assert silent.confidence < said.confidence
    assert (said.expression, said.contradictions) == ("EUPL-1.2 OR Apache-2.0", ())


def test_reuse_says_which_of_several_covers_the_code():
    reuse = b"""version = 1
[[annotations]]
path = "**"
%b = "EUPL-1.2"
[[annotations]]
path = "docs/**"
%b = "CC0-1.0"
""" % ((TAG.encode(),) * 2)
    found = combined({"LICENSES/EUPL-1.2.txt": EUPL, "LICENSES/CC0-1.0.txt": CC0, "REUSE.toml": reuse})

    assert (found.expression, found.reasons) == ("EUPL-1.2", ("reuse",))
    assert [(one.covers, one.expression) for one in found.apart] == [(Covers.DOCUMENTATION, "CC0-1.0")]


def test_the_old_layout_of_reuse_is_read_too():
    dep5 = b"Format: x\n\nFiles: *\nCopyright: Stadt\nLicense: EUPL-1.2\n\nFiles: data/*\nLicense: CC0-1.0\n"

    found = combined({".reuse/dep5": dep5})

    assert found.expression == "EUPL-1.2"
    assert found.apart[0].covers is Covers.DATA


def test_a_readme_alone_is_a_weak_voice():
    readme = "# Fundbüro\n\nText.\n\n## Lizenz\n\nLizenziert unter der EUPL, Version 1.2.\n".encode()

    found = combined({"README.md": readme})

    assert found.expression == "EUPL-1.2"
    assert found.confidence <= 0.7
    assert found.voices[0].first_line == 7


def test_a_header_says_or_later_where_the_text_cannot():
    found = combined({"LICENSE": b"GNU GPL version 3", "src/a.py": f"# {TAG}: GPL-3.0-or-later\n".encode()})

    assert found.expression == "GPL-3.0-or-later"
    assert found.contradictions == ()


def test_where_nobody_says_anything_nothing_is_asserted():
    assert combined({}).expression == "NOASSERTION"
    assert combined({"LICENSE": b"(c) 2024 Stadt Musterstadt"}).expression == "NONE"


def test_a_pom_is_read_without_resolving_what_it_declares():
    bomb = b'<!DOCTYPE x [<!ENTITY a "lol">' + b'<!ENTITY b "&a;&a;">' * 50 + b"]>"
    pom = (
        bomb
        + b"<project><licenses><license><name>&b; Apache License 2.0</name></license></licenses></project>"
    )

    assert combined({"pom.xml": pom}).expression == "Apache-2.0"


@pytest.mark.parametrize("name", ["package.json", "pyproject.toml", "REUSE.toml", "Cargo.toml", "pom.xml"])
@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"license": ' * 20_000, b"[[annotations]]\npath = 1\n"],
    ids=["empty", "cut off", "no text", "nested", "nested objects", "wrong types"],
)
def test_broken_and_hostile_files_say_nothing(name, content):
    before = time.process_time()

    assert combined({name: content}).expression == "NOASSERTION"
    assert time.process_time() - before < 20


@given(
    st.dictionaries(
        st.sampled_from(["LICENSE", "README.md", "package.json", "setup.cfg"]), st.binary(max_size=300)
    )
)
@settings(max_examples=50, deadline=None)
def test_any_files_have_an_answer(files):
    assert combined(files).expression


@pytest.mark.parametrize(
    ("said", "expression"),
    [
        ("eupl-1.2", "EUPL-1.2"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("GNU Affero General Public License v3 or later (AGPLv3+)", "AGPL-3.0-or-later"),
        ("SEE LICENSE IN LICENSE.md", None),
        ("", None),
    ],
)
def test_what_metadata_states_is_spelt_as_spdx_does(said, expression):
    assert expression_of(said) == expression
