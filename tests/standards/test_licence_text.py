"""Which licence a text is: kinds of case, damage that real files have, and what strangers may send."""

import csv
import random
import re
import string
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import places
from catalogue.domain.licence_notes import NOTES
from catalogue.standards.licence_text.identify import identify, identify_file, shipped
from catalogue.standards.licence_text.pack import Index, NoTable, Text, pack

CORPUS = places.PACKAGE.parent.parent / "shared" / "corpus" / "licences"
EUPL = (places.PACKAGE.parent / "LICENSES" / "EUPL-1.2.txt").read_text(encoding="utf-8")
APACHE = (places.PACKAGE.parent / "LICENSES" / "Apache-2.0.txt").read_text(encoding="utf-8")
CC0 = (places.PACKAGE.parent / "LICENSES" / "CC0-1.0.txt").read_text(encoding="utf-8")
MPL = (places.PACKAGE.parent / "LICENSES" / "MPL-2.0.txt").read_text(encoding="utf-8")
OFL = (places.PACKAGE.parent / "LICENSES" / "OFL-1.1.txt").read_text(encoding="utf-8")
MIT = """MIT License

Copyright (c) 2024 Stadt Musterstadt

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO
EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE
USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
TEXTS = {
    "EUPL-1.2": EUPL,
    "Apache-2.0": APACHE,
    "CC0-1.0": CC0,
    "MPL-2.0": MPL,
    "OFL-1.1": OFL,
    "MIT": MIT,
}
# Put together, so that no tool takes it for the tag of this file.
TAG = "-".join(("SPDX", "License", "Identifier"))
LANGUAGES = "bg,cs,da,de,el,en,es,et,fi,fr,hr,hu,it,lt,lv,mt,nl,pl,pt,ro,sk,sl,sv"
GNU = (
    "This program is free software: you can redistribute it and/or modify it under the terms of the GNU"
    " {kind}General Public License as published by the Free Software Foundation, {version}.\n\nThis program"
    " is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY. See the GNU {kind}General"
    " Public License for more details.\n"
)


@pytest.mark.parametrize("spdx", TEXTS)
def test_a_whole_text_is_known_surely(spdx):
    found = identify(TEXTS[spdx])

    assert found.spdx == spdx
    assert found.confidence >= 0.98


@pytest.mark.parametrize(
    ("text", "spdx"),
    [
        (GNU.format(kind="", version="version 3 of the License, or (at your option) any later version"),
         "GPL-3.0-or-later"),
        (GNU.format(kind="", version="version 2 of the License"), "GPL-2.0-only"),
        (GNU.format(kind="Lesser ", version="either version 2.1 of the License, or (at your option) any later"
                    " version"), "LGPL-2.1-or-later"),
        (GNU.format(kind="Affero ", version="version 3 only, and no later version"), "AGPL-3.0-only"),
        ("Licensed under the GPL version 2 or version 3.", "GPL-2.0-only OR GPL-3.0-only"),
        ("Licensed under GPLv2+", "GPL-2.0-or-later"),
        ("Lizenziert unter der EUPL, Version 1.2", "EUPL-1.2"),
        ("Licencia Pública de la Unión Europea (EUPL) v.1.2", "EUPL-1.2"),
        ("Licence publique de l'Union européenne, version 1.1", "EUPL-1.1"),
        ("Licensed under the Apache License, Version 2.0 (the \"License\")", "Apache-2.0"),
        ("This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0.", "MPL-2.0"),
        ("Dieses Werk steht unter einer Creative Commons Namensnennung - Weitergabe unter gleichen"
         " Bedingungen 4.0 International Lizenz", "CC-BY-SA-4.0"),
        ("Released under <https://creativecommons.org/licenses/by-nc/4.0/>, see license.", "CC-BY-NC-4.0"),
        ("Datenlizenz Deutschland – Namensnennung – Version 2.0", "DL-DE-BY-2.0"),
        ("Dual-licensed under the MIT License or Apache License 2.0, at your option.", "MIT OR Apache-2.0"),
        ("The code is licensed under the EUPL-1.2 and the documentation under CC-BY-4.0.",
         "EUPL-1.2 AND CC-BY-4.0"),
        (f"{TAG}: GPL-3.0+", "GPL-3.0-or-later"),
        (f"# {TAG}: mit or eupl-1.2", "MIT OR EUPL-1.2"),
        (f"{TAG}: <id of your licence>. We license under the ISC License.", "ISC"),
        ("GNU GPL version 2 with the Classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
    ],
)  # fmt: skip
def test_a_notice_names_its_licence_and_is_never_quite_sure(text, spdx):
    found = identify(text)

    assert found.spdx == spdx
    assert 0.6 < found.confidence < 0.98


@pytest.mark.parametrize(
    ("text", "spdx"),
    [
        ("Creative Commons BY-ND", "LicenseRef-CC-BY-ND"),
        ("Nachnutzung unter der EUPL gestattet", "EUPL-1.2"),
        ("licensed under the LGPL", "LGPL-2.0-or-later"),
        ("BSD license", "BSD-3-Clause"),
    ],
)
def test_a_name_without_a_version_is_a_guess_and_says_so(text, spdx):
    found = identify(text)

    assert (found.spdx, found.notes) == (spdx, ("version-not-told",))
    assert found.confidence <= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "© 2025 Stadt Musterstadt",
        "Copyright (c) 2020-2024 Amt für Geoinformation. Alle Rechte vorbehalten.",
        "Proprietary software. Unauthorized copying of this file is strictly prohibited.",
        "Die Nutzung und Weitergabe dieser Software ist nicht gestattet.",
        "No license is granted for these files.",
    ],
)
def test_who_grants_nothing_has_no_licence(text):
    assert identify(text).spdx == "NONE"


def test_an_empty_file_and_one_that_is_no_text_are_told_apart():
    assert identify_file(b"\n \n").spdx == "NONE"
    assert identify_file(b"\x89PNG\r\n\x1a\n\0\0\0").spdx == "NOASSERTION"


def test_other_peoples_licences_behind_the_text_do_not_win():
    behind = f"\n====\nThis product includes the following software:\n\nfoo, under these terms:\n\n{MIT}"

    found = identify(APACHE + behind)

    assert found.spdx == "Apache-2.0"
    assert "MIT" in found.also
    assert "others-quoted" in found.notes


def test_two_texts_side_by_side_both_hold_unless_somebody_offers_a_choice():
    both = f"{MIT}\n----\n\n{MPL}"

    assert identify(both).spdx == "MIT AND MPL-2.0"
    assert identify("You may choose either of these licenses.\n\n" + both).spdx == "MIT OR MPL-2.0"


@pytest.mark.parametrize(
    ("rider", "name"),
    [
        ("\"Commons Clause\" License Condition v1.0\n\nIt applies.", "Commons-Clause"),
        ("The Software may be used for non-commercial use only.", "non-commercial"),
        ("Es gilt folgende Beschränkung: nicht in der Rüstung.", "restricted"),
    ],
)  # fmt: skip
def test_a_rider_makes_another_licence_of_it(rider, name):
    found = identify(f"{MIT}\n\n{rider}\n")

    assert found.spdx == f"LicenseRef-MIT-{name}"
    assert found.also == ("MIT",)
    assert found.confidence < 0.98


def test_an_added_clause_is_noted_and_makes_it_less_sure():
    clause = (
        "Whoever runs this at a town hall with more than five people in the office shall send the author a"
        " postcard with a picture of the town hall within two weeks after the first start of the program.\n\n"
    )

    found = identify(MIT.replace("THE SOFTWARE IS", clause + "THE SOFTWARE IS", 1))

    assert "clause-added" in found.notes
    assert found.confidence <= 0.9


def test_a_template_that_nobody_filled_in_is_noted():
    found = identify(MIT.replace("2024 Stadt Musterstadt", "[year] [fullname]"))

    assert (found.spdx, found.notes) == ("MIT", ("template-not-filled-in",))


def test_the_lines_are_those_of_the_text():
    found = identify("A title\n\nand a sentence of the project that is no licence\n\n" + MIT)

    assert found.lines == (5, 22)


def test_a_gnu_text_alone_does_not_tell_whether_later_versions_apply():
    (row,) = [n for n, row in enumerate(shipped().rows) if (row.spdx, row.part) == ("AGPL-3.0-only", "")]

    assert shipped().rows[row].language == "en"
    assert "AGPL-3.0-or-later" not in {row.spdx for row in shipped().rows}


def _html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<!DOCTYPE html><html><body><p>{escaped}</p></body></html>"


def _damaged(text: str) -> str:
    chance = random.Random(7)
    return re.sub(r"\w+", lambda match: "stadt" if chance.random() < 0.02 else match.group(), text)


DAMAGE = {
    "the last tenth cut off": lambda text: text[: len(text) * 9 // 10],
    "an appendix": lambda text: text + "\nThis was made by the town hall. Please report what is wrong.\n" * 5,
    "two words of a hundred changed": _damaged,
    "in HTML": _html,
    "in a comment": lambda text: "/*\n" + "".join(f" * {line}\n" for line in text.split("\n")) + " */",
    "wrapped anew": lambda text: "\n\n".join(textwrap.fill(part, 50) for part in text.split("\n\n")),
    "without its first lines": lambda text: "\n".join(text.split("\n")[3:]),
    "in capitals": str.upper,
    "with line ends of Windows and a mark": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "under somebody's copyright": lambda text: "Copyright 2020 A. Muster <a@example.org>\n\n" + text,
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("spdx", TEXTS)
def test_a_text_is_known_though_it_is_damaged(spdx, damage):
    assert identify(DAMAGE[damage](TEXTS[spdx])).spdx == spdx


def test_every_text_of_the_table_is_found_by_its_own_pairs():
    index = shipped()

    lost = [
        (row.spdx, row.language, row.part)
        for number, row in enumerate(index.rows)
        if number not in index.candidates(index.pairs(number), 0.3, 40)
    ]

    assert lost == []


def test_the_european_licence_is_there_in_all_its_languages():
    languages = {row.language for row in shipped().rows if row.spdx == "EUPL-1.2"}

    assert languages == set(LANGUAGES.split(","))


@given(st.text(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_any_text_has_an_answer_whose_notes_have_words(text):
    found = identify(text)

    assert 0 <= found.confidence <= 1
    assert set(found.notes) <= set(NOTES)


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_have_an_answer(data):
    assert identify_file(data).spdx


@given(st.lists(st.text(string.ascii_lowercase, min_size=2, max_size=9), min_size=5, max_size=300))
@settings(max_examples=60, deadline=None)
def test_words_at_random_are_no_licence(words):
    found = identify(" ".join(words))

    assert found.spdx in ("NONE", "NOASSERTION") or found.confidence < 0.98


@pytest.mark.parametrize(
    "hostile",
    [
        "<html>" + "<script " * 30_000,
        "gnu general public license " + "as published by the free software foundation " * 5_000,
        "gpl " + "in der " * 40_000,
        "gpl v2 " * 40_000,
        f"{TAG}: " + "(" * 200_000,
        "](" * 150_000,
        "copyright " * 30_000,
        MIT * 200,
    ],
    ids=range(8),
)
def test_nobody_can_keep_it_busy(hostile):
    before = time.process_time()

    identify(hostile)

    assert time.process_time() - before < 20  # seconds; without bounds it is minutes


def test_a_broken_table_is_refused():
    data = pack([Text("MIT", MIT)], "test")

    assert identify(MIT, Index(data)).spdx == "MIT"
    for broken in (b"", b"{}\n", data[:-4]):
        with pytest.raises(NoTable):
            Index(broken)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real licence files is not there")
def test_every_file_of_the_corpus_is_right():
    with open(CORPUS / "expected.tsv", encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t"))
    wrong = {
        row["file"]: (row["expected"], found.spdx, found.confidence)
        for row in rows
        if (found := identify_file((CORPUS / row["file"]).read_bytes())).spdx
        not in {row["expected"], *row["also_accept"].split("|")}
    }

    assert rows
    assert wrong == {}
