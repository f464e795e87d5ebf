"""Files under entries/ become entries; what is wrong with a file is said, whatever it is."""

import os
import sys

import pytest
from builders import HALLE, TEXT, an_entries_folder, as_file, as_yaml, some_fields
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.synonyms import SynonymGroup
from catalogue.storage.entries import LARGEST, load_entry, load_folder, load_list, with_list


def load(folder, content, name="a.md"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_entry(path)


def test_an_entry_is_its_fields_as_text_and_its_german_and_english_text(tmp_path):
    content = (
        f"---\nname: HAL-Plan\nags: 05315000\n---\n\n{TEXT}\n\n<!-- en -->\n\n## What it does\n\nMaps.\n"
    )

    entry, problems = load(tmp_path, content, "hal-plan.md")

    assert problems == []
    assert entry.id == "hal-plan"
    assert entry.fields == {"name": "HAL-Plan", "ags": "05315000"}
    assert entry.text == TEXT
    assert entry.text_en == "## What it does\n\nMaps."


@pytest.mark.parametrize("above", ["", "\n\n", "\r\n"])
@pytest.mark.parametrize("below", ["", "\n", "\n\n\n"])
def test_lines_are_those_of_the_file(tmp_path, above, below):
    content = f"{above}---\n{below}name: A\nsummary:\n  de: B\n---\n\n\n# Text\n\n<!-- en -->\n\n# English\n"

    entry, _ = load(tmp_path, content)

    lines = ["", *content.replace("\r\n", "\n").split("\n")]
    assert lines[entry.line(("name",))] == "name: A"
    assert lines[entry.line(("summary", "de"))] == "  de: B"
    assert lines[entry.text_line] == "# Text"
    assert lines[entry.line(("text",))] == "# Text"
    assert lines[entry.line(("text_en",))] == "# English"


@pytest.mark.parametrize(
    ("block", "line"),
    [("text: |\n  # Text\n", 2), ("text: '# Text'\n", 1), ("text: >- # folded\n  # Text\n", 2)],
)
def test_a_plain_yaml_file_with_a_text_is_an_entry_too(tmp_path, block, line):
    content = f"{block}name: A\n"

    entry, problems = load(tmp_path, content, "a.yml")

    assert problems == []
    assert (entry.id, entry.fields, entry.text) == ("a", {"name": "A"}, "# Text")
    assert entry.text_line == line
    assert entry.line(("name",)) == content.split("\n").index("name: A") + 1


def test_the_english_part_of_a_plain_file_is_found(tmp_path):
    entry, _ = load(tmp_path, "name: A\ntext: |\n  Deutsch\n\n  <!-- en -->\n  English\n", "a.yml")

    assert (entry.text, entry.text_en, entry.line(("text_en",))) == ("Deutsch", "English", 6)


def test_the_marker_of_the_english_part_is_a_line_of_its_own(tmp_path):
    entry, _ = load(tmp_path, "---\nname: A\n---\nDie Zeile `<!-- en -->` trennt.\n")

    assert entry.text_en == ""


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "file-empty", 1),
        (b" \n\n", "file-empty", 1),
        (b"\xef\xbb\xbf---\nname: A\n---\n", "file-bom", 1),
        ("---\nname: Köln\n---\n".encode("latin-1"), "file-encoding", 2),
        ("---\nname: A\n---\n".encode("utf-16"), "file-encoding", 1),
        (b"---\nname: A\x00\n---\n", "file-binary", 2),
        (b"\x00" * 100, "file-binary", 1),
        (b"x" * (LARGEST + 1), "file-large", 1),
        (b"x" * 10_000_000, "file-large", 1),
        (b"# HAL-Plan\n", "front-matter-missing", 1),
        (b"\n\nname: A\n", "front-matter-missing", 3),
        (b"----\nname: A\n----\n", "front-matter-missing", 1),  # looks like it
        (b"--- # comment\nname: A\n---\n", "front-matter-missing", 1),
        (b"---", "front-matter-open", 1),
        (b"---\nname: A\n", "front-matter-open", 1),
        (b"---\nname: A\n --- \n", "front-matter-open", 1),
        (b"---\nname: A\n-----\nText\n", "front-matter-open", 1),
        (b"---\n---\nText\n", "front-matter-empty", 1),
        (b"---\n# nothing\n---\n", "front-matter-empty", 1),
        (b"---\n- a\n- b\n---\n", "front-matter-empty", 1),
        (b"---\njust text\n---\n", "front-matter-empty", 1),
        (b"---\nname: [A\n---\n", "yaml-syntax", 2),
        (b"---\nname: A\n\tb: c\n---\n", "yaml-syntax", 3),
        (b"---\na: &a [x]\nb: [*a, *a]\n---\n", "yaml-alias", 2),
        (b"---\nname: " + b"[" * 50_000 + b"\n---\n", "yaml-deep", 2),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_explained(tmp_path, content, code, line):
    entry, problems = load(tmp_path, content)

    assert entry is None
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


def test_a_fault_in_a_readable_file_leaves_the_rest_to_be_checked(tmp_path):
    entry, problems = load(tmp_path, "---\nname: A\nname: B\nkind: !!python/name:os.system x\nxyz: 1\n---\n")

    assert [(problem.code, problem.line, problem.field) for problem in problems] == [
        ("yaml-duplicate", 3, "name"),
        ("yaml-tag", 4, "kind"),
    ]
    assert entry.fields == {"name": "A", "kind": None, "xyz": "1"}


def test_an_entry_of_the_largest_size_is_read(tmp_path):
    content = as_file(text="")
    content += "x" * (LARGEST - len(content.encode()))

    assert load(tmp_path, content)[1] == []


def test_windows_line_breaks_and_blanks_after_the_dashes_do_no_harm(tmp_path):
    entry, problems = load(tmp_path, b"--- \r\nname: A\r\n---\t\r\nText\r\nmehr\r\n")

    assert problems == []
    assert (entry.fields, entry.text) == ({"name": "A"}, "Text\nmehr")


@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.lists(
            st.sampled_from(
                [
                    "---",
                    "---\n",
                    "\n",
                    "----\n",
                    "name: A\n",
                    "a: [",
                    "<!-- en -->\n",
                    "\r",
                    "\x0c",
                    "\u2028",
                    "text: |\n",
                    " x",
                ]
            )
        ).map(lambda pieces: "".join(pieces).encode()),
    )
)
def test_no_bytes_make_reading_raise(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    for name in ("any.md", "any.yml"):
        entry, problems = load(folder, data, name)
        assert entry or problems
    load_list(folder / "any.yml")


def test_a_link_may_stay_in_the_folder_and_not_lead_out_of_it(tmp_path):
    folder = an_entries_folder(tmp_path / "entries")
    outside = tmp_path / "outside.md"
    outside.write_text(as_file())
    solutions = folder / "solutions"
    (solutions / "inside.md").symlink_to("hal-plan.md")
    (solutions / "out.md").symlink_to(outside)
    (solutions / "loop.md").symlink_to("loop.md")
    (solutions / "nowhere.md").symlink_to("gone.md")
    (solutions / "device.md").symlink_to("/dev/zero")

    loaded = load_folder(folder)

    assert [entry.id for entry in loaded.entries] == ["hal-plan", "inside"]
    codes = {os.path.basename(problem.file): problem.code for problem in loaded.problems}
    assert codes["out.md"] == codes["device.md"] == "file-link"
    assert codes["nowhere.md"] == "file-absent-here"
    assert codes["loop.md"] in ("file-unreadable", "file-absent-here")
    assert loaded.unreadable == {"out", "loop", "nowhere", "device"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_what_is_no_ordinary_file_is_not_opened(tmp_path):
    folder = an_entries_folder(tmp_path)
    os.mkfifo(folder / "solutions" / "pipe.md")
    (folder / "solutions" / "folder.md").mkdir()

    problems = load_folder(folder).problems

    assert [problem.code for problem in problems] == ["file-kind", "file-kind"]


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path):
    # A name that is too long for the file system fails for every user, root included.
    entry, problems = load_entry(tmp_path / ("a" * 300 + ".md"))

    assert entry is None
    assert [problem.code for problem in problems] == ["file-unreadable"]
    assert problems[0].facts["said"]


def test_a_file_beside_the_entries_that_was_meant_to_be_one_is_noticed(tmp_path):
    folder = an_entries_folder(tmp_path)
    for name in ("a.md.txt", "b.MD", ".hidden", "karte.png", "karte.png.license", "c.md~"):
        (folder / "solutions" / name).write_text("x")

    problems = load_folder(folder).problems

    assert [(os.path.basename(problem.file), problem.code) for problem in problems] == [
        ("a.md.txt", "file-ending"),
        ("b.MD", "file-ending"),
        ("c.md~", "file-ending"),
    ]


def test_real_pictures_beside_an_entry_are_known_and_others_are_not(tmp_path):
    png = b"\x89PNG\r\n\x1a\nrest"
    (tmp_path / "good.png").write_bytes(png)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0rest")
    (tmp_path / "script.png").write_bytes(b"<svg onload=alert(1)>")
    (tmp_path / "huge.png").write_bytes(png + b"x" * 1_000_000)
    (tmp_path / "link.png").symlink_to("good.png")

    names = [
        "good.png",
        "photo.jpg",
        "script.png",
        "huge.png",
        "link.png",
        "gone.png",
        "../good.png",
        "a\0.png",
    ]
    entry, _ = load(tmp_path, as_file(screenshots=[{"file": name, "alt": "x"} for name in [*names, ["x"]]]))

    assert entry.pictures == {"good.png", "photo.jpg"}


def test_a_folder_has_its_lists_in_the_order_of_the_files(tmp_path):
    folder = an_entries_folder(tmp_path, zzz=as_file(), aaa=as_file())
    (folder / "topics.yml").write_text("b: {de: B, en: B}\na: {de: A, en: A}\n")

    loaded = load_folder(folder)

    assert [entry.id for entry in loaded.entries] == ["aaa", "hal-plan", "zzz"]
    assert list(loaded.topics) == ["b", "a"]
    assert loaded.organisations["kielregion"].name == "KielRegion"
    assert loaded.model_projects["halle"].members == (HALLE,)
    assert loaded.problems == ()


def test_lists_that_are_missing_or_broken_are_problems_and_the_rest_is_read(tmp_path):
    folder = an_entries_folder(tmp_path)
    (folder / "organisations.yml").unlink()
    (folder / "topics.yml").write_text("- a\n- b\n")
    (folder / "model-projects.yml").write_text("a: {name: A}\na: {name: B}\nb: c\n")

    loaded = load_folder(folder)

    assert [(os.path.basename(p.file), p.line, p.field, p.code) for p in loaded.problems] == [
        ("organisations.yml", 1, "", "file-absent-here"),
        ("topics.yml", 1, "", "list-empty"),
        ("model-projects.yml", 2, "a", "yaml-duplicate"),
        ("model-projects.yml", 3, "b", "item-not-a-map"),
    ]
    assert len(loaded.entries) == 1


def test_synonyms_are_read_and_may_be_absent(tmp_path):
    folder = an_entries_folder(tmp_path)
    assert (load_folder(folder).synonyms, load_folder(folder).problems) == ({}, ())

    (folder / "synonyms.yml").write_text("gdi:\n  words: [GDI, SDI]\n")

    loaded = load_folder(folder)
    assert loaded.synonyms == {"gdi": SynonymGroup("gdi", ("GDI", "SDI"))}
    assert loaded.items["synonym"][0].line(("words", 1)) == 2


def test_synonyms_that_cannot_be_read_are_a_problem(tmp_path):
    folder = an_entries_folder(tmp_path)
    (folder / "synonyms.yml").symlink_to("nowhere.yml")

    assert [problem.code for problem in load_folder(folder).problems] == ["file-absent-here"]


def test_an_item_of_a_list_knows_its_line(tmp_path):
    path = tmp_path / "organisations.yml"
    path.write_text("# comment\na:\n  name: A\n\nb:\n  name: B\n  kind: x\n")

    (_, b), _ = load_list(path)

    problem = b.problem(("kind",), "choice-unknown")
    assert (problem.line, problem.field) == (7, "b.kind")


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    loaded = load_folder(tmp_path / "nowhere")

    assert loaded.entries == ()
    assert {problem.code for problem in loaded.problems} == {"file-absent-here"}


def test_a_list_of_elsewhere_takes_the_place_of_the_own_one(tmp_path):
    folder = load_folder(an_entries_folder(tmp_path / "entries"))
    other = tmp_path / "topics.yml"
    other.write_text(as_yaml({"energy": {"de": "Energie", "en": "Energy"}}))

    changed = with_list(folder, other)

    assert list(changed.topics) == ["energy"]
    assert changed.organisations == folder.organisations
    assert list(folder.topics) == ["digital-twin"]


def test_the_fields_of_a_file_are_those_that_were_written(tmp_path):
    entry, _ = load(tmp_path, as_file(tags=["a", "b"]))

    assert entry.fields == some_fields(tags=["a", "b"])


@pytest.mark.parametrize("marker", ["<!-- en -->", "<!-- EN -->", "<!--en-->", "<!--  En --> "])
def test_the_marker_of_the_english_part_may_be_spelt_in_any_way(tmp_path, marker):
    entry, problems = load(tmp_path, as_file(text=f"Deutsch\n\n{marker}\nEnglish"))

    assert problems == []
    assert (entry.text, entry.text_en) == ("Deutsch", "English")
