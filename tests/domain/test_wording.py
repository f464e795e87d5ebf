"""Every problem has a sentence, every sentence a problem, and the facts fit."""

import ast
import string
from pathlib import Path

import pytest
from builders import (
    HALLE,
    MERGED,
    REGISTER,
    TODAY,
    a_reuse,
    an_entries_folder,
    an_entry,
    an_item,
    as_file,
    as_yaml,
    some_fields,
)

from catalogue.domain.entry import Problem, Severity
from catalogue.domain.wording import SENTENCES, line_of, one_line, sentences
from catalogue.services.check import check_folder

CATALOGUE = Path(__file__).parents[2] / "catalogue"
PNG = b"\x89PNG\r\n\x1a\n"


def with_(**changes):
    """An entry file that differs in some fields."""
    return as_file(**changes)


def address(value):
    return as_file(homepage=value)


def in_lists(name, text):
    return {f"../{name}": text}


def in_synonyms(**groups):
    evidence = {"evidence": [{"source": "Sprachgebrauch"}]}
    return in_lists("synonyms.yml", as_yaml({key: {**group, **evidence} for key, group in groups.items()}))


TWO = [{"address": "https://github.com/a/b", "role": "main"}]
# code -> the files (below solutions/) that bring it about; None is a folder, a Path a link to elsewhere
FILES = {
    "file-absent-here": {"a.md": Path("/no/such/file")},
    "file-kind": {"a.md": None},
    "file-link": {"a.md": Path("/etc/hostname")},
    "file-large": {"a.md": "x" * 100_001},
    "file-empty": {"a.md": " \n"},
    "file-bom": {"a.md": b"\xef\xbb\xbf" + as_file().encode()},
    "file-encoding": {"a.md": as_file(name="Köln").encode("latin-1")},
    "file-binary": {"a.md": as_file() + "\x00"},
    "file-ending": {"a.md.txt": as_file()},
    "file-place": {"../a.md": as_file()},
    "file-name": {"a.md": with_(screenshots=[{"file": "../x.png", "alt": "x"}])},
    "file-absent": {"a.md": with_(screenshots=[{"file": "x.png", "alt": "x"}]), "x.png": b"no picture"},
    "front-matter-missing": {"a.md": "# HAL-Plan\n"},
    "front-matter-open": {"a.md": "---\nname: HAL-Plan\n"},
    "front-matter-empty": {"a.md": "---\n---\nText\n"},
    "yaml-syntax": {"a.md": "---\nname: [a\n---\n"},
    "yaml-alias": {"a.md": "---\nname: &a x\nkind: *a\n---\n"},
    "yaml-deep": {"a.md": f"---\nname: {'[' * 20}{']' * 20}\n---\n"},
    "yaml-many": {"a.yml": "name: a\n---\nname: b\n"},
    "yaml-tag": {"a.md": "---\nname: !!python/object/apply:os.system [true]\n---\n"},
    "yaml-duplicate": {"a.md": "---\nname: a\nname: b\n---\n"},
    "yaml-key": {"a.md": "---\nname: a\n? [b]\n: c\n---\n"},
    "field-unknown": {"a.md": with_(xyz="x")},
    "field-unknown-near": {"a.md": with_(licens="x")},
    "field-missing": {"a.md": with_(name=None)},
    "field-empty": {"a.md": with_(name="")},
    "not-a-list": {"a.md": with_(topics="digital-twin")},
    "not-a-map": {"a.md": with_(summary="x")},
    "not-a-text": {"a.md": with_(name=["x"])},
    "item-not-a-map": in_lists("topics.yml", "digital-twin: Digitaler Zwilling\n"),
    "list-empty": in_lists("topics.yml", "- digital-twin\n"),
    "list-long": {"a.md": with_(tags=[str(i) for i in range(30)])},
    "item-double": {"a.md": with_(tags=["a", "a"])},
    "text-short": {"a.md": with_(needs={"de": ["ab"]})},
    "text-long": {"a.md": with_(name="x" * 200)},
    "text-lines": {"a.md": with_(name="a\nb")},
    "text-control": {"a.md": with_(name="a\u202eb")},
    "choice-unknown": {"a.md": with_(kind="xyz")},
    "choice-unknown-near": {"a.md": with_(kind="sofware")},
    "topic-unknown": {"a.md": with_(topics=["xyz"])},
    "topic-unknown-near": {"a.md": with_(topics=["digital-twins"])},
    "topic-circle": in_lists(
        "topics.yml", as_yaml({key: {"de": key, "en": key, "parent": key} for key in ("digital-twin",)})
    ),
    "solution-unknown": {"a.md": with_(based_on=["xyz"])},
    "solution-unknown-near": {"a.md": with_(based_on=["hal-plann"])},
    "project-unknown": {"a.md": with_(model_projects=["xyz"])},
    "project-unknown-near": {"a.md": with_(model_projects=["hale"])},
    "body-unknown": {"a.md": with_(reuses=[a_reuse("99999999")])},
    "body-name": {"a.md": with_(reuses=[a_reuse("Madgeburg")])},
    "body-land": {"a.md": with_(reuses=[a_reuse("15")])},
    "body-zero": {"a.md": with_(reuses=[a_reuse("5315000")])},
    "body-ars": {"a.md": with_(reuses=[a_reuse("053150000000")])},
    "body-old": {"a.md": with_(reuses=[a_reuse(MERGED)])},
    "licence-unknown": {"a.md": with_(licence={"expression": "xyz", "source": "x"})},
    "licence-unknown-near": {"a.md": with_(licence={"expression": "EUPL", "source": "x"})},
    "licence-spelling": {"a.md": with_(licence={"expression": "mit", "source": "x"})},
    "language-form": {"a.md": with_(languages=["Deutsch"])},
    "count-form": {"a.md": with_(stated_reach=[{"count": "über 50"}])},
    "date-form": {"a.md": with_(reviewed="gestern")},
    "date-day": {"a.md": with_(reviewed="2024")},
    "date-future": {"a.md": with_(reviewed="2099-01-01")},
    "dates-order": {"a.md": with_(reuses=[a_reuse(since="2024", until="2023")])},
    "email-form": {"a.md": with_(contact={"email": "x"})},
    "email-personal": {"a.md": with_(contact={"email": "max.mustermann@halle.de"})},
    "address-empty": {"a.md": as_file(text="[x]()")},
    "address-long": {"a.md": as_file(text=f"[x](https://example.org/{'a' * 2000})")},
    "address-characters": {"a.md": address("https://example.org/a b")},
    "address-scheme": {"a.md": address("javascript:alert(1)")},
    "address-credentials": {"a.md": address("https://a:b@example.org/")},
    "address-host": {"a.md": address("https://rathaus/")},
    "address-private": {"a.md": address("https://192.168.0.1/")},
    "address-port": {"a.md": address("https://example.org:81/")},
    "address-http": {"a.md": address("http://example.org/")},
    "id-form": {"A b.md": as_file()},
    "id-digits": in_lists("organisations.yml", as_yaml({HALLE: {"name": "Halle", "kind": "amt"}})),
    "id-double": {"hal-plan.yml": as_yaml(some_fields(text="x"))},
    "land-unknown": in_lists("organisations.yml", as_yaml({"a": {"name": "A", "kind": "amt", "land": "99"}})),
    "text-missing": {"a.md": as_file(text="")},
    "text-html": {"a.md": as_file(text="<script>x</script>")},
    "text-picture": {"a.md": as_file(text="![x](y.png)")},
    "contact-empty": {"a.md": with_(contact={"page": ""})},
    "evidence-empty": {"a.md": with_(evidence=[{"seen": "2024"}])},
    "stage-missing": {"a.md": with_(reuses=[a_reuse(stage=None)])},
    "until-missing": {"a.md": with_(reuses=[a_reuse(stage="ended")])},
    "reuse-double": {"a.md": with_(reuses=[a_reuse(), a_reuse()])},
    "open-without-licence": {"a.md": with_(open_source="yes")},
    "self-reference": {"a.md": with_(based_on=["a"])},
    "repository-double": {"a.md": with_(repositories=TWO), "b.md": with_(repositories=TWO)},
    "words-few": in_synonyms(a={"words": ["GDI"]}),
    "word-form": in_synonyms(a={"words": ["GDI", "112"]}),
    "word-same": in_synonyms(a={"words": ["Gebäude", "gebaeude"]}),
    "word-taken": in_synonyms(a={"words": ["GDI", "SDI"]}, b={"words": ["sdi", "INSPIRE"]}),
    "word-both": in_synonyms(a={"words": ["GDI"], "asked": ["gdi"]}),
}
# These need a machine that refuses; tests/storage/test_entries_files.py brings them about.
NOT_BY_CONTENT = {"file-unreadable"}


def problems_of(tmp_path, files):
    folder = an_entries_folder(tmp_path / "entries")
    for name, content in files.items():
        path = folder / "solutions" / name
        if content is None:
            path.mkdir()
        elif isinstance(content, Path):
            path.symlink_to(content)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return check_folder(folder, REGISTER, today=TODAY).problems


@pytest.mark.parametrize("code", sorted(FILES))
def test_a_file_brings_each_problem_about_and_it_is_said_in_full(tmp_path, code):
    problems = problems_of(tmp_path, FILES[code])

    found = [problem for problem in problems if problem.code == code]
    assert found, [problem.code for problem in problems]
    for problem in found:
        for sentence in (part for pair in SENTENCES[code] for part in pair):
            needed = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            assert needed <= set(problem.facts), sentence
            assert all(problem.facts[name] for name in needed), problem.facts


def test_every_sentence_can_be_brought_about():
    assert set(FILES) | NOT_BY_CONTENT == set(SENTENCES)


def test_every_code_that_the_code_names_has_a_sentence():
    used = set()
    for name in (
        "standards/yaml_text",
        "standards/address",
        "storage/entries",
        "domain/checks",
        "domain/entry_rules",
        "domain/synonym_rules",
        "services/check",
    ):
        tree = ast.parse((CATALOGUE / f"{name}.py").read_text())
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            function = (
                call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            )
            if function in (
                "Fault",
                "BadAddress",
                "_Unreadable",
                "Problem",
                "problem",
                "_in_text",
                "_not_in",
            ):
                texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
                texts += [
                    k.value.value
                    for k in call.keywords
                    if k.arg == "code" and isinstance(k.value, ast.Constant)
                ]
                used |= {text for text in texts if isinstance(text, str) and "-" in text}

    assert len(used) > 40
    assert used <= set(SENTENCES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_say_what_is_wrong_and_how_to_mend_it(code):
    (what_de, mend_de), (what_en, mend_en) = SENTENCES[code]

    assert all((what_de, mend_de, what_en, mend_en))
    assert not any(text.endswith(".") for text in (what_de, mend_de, what_en, mend_en))
    assert what_de != what_en
    assert mend_de != mend_en


def a_problem(**changes):
    return Problem(
        **{
            "file": "entries/solutions/a.md",
            "line": 3,
            "field": "reuses[0].body",
            "code": "body-name",
            "facts": {"value": "Madgeburg", "key": "15003000", "name": "Magdeburg"},
            **changes,
        }
    )


def test_a_problem_is_one_line_with_path_line_field_fault_and_remedy():
    assert line_of(a_problem(), "en") == (
        "entries/solutions/a.md:3: reuses[0].body: bodies are given by key only, not as “Madgeburg”;"
        " did you mean 15003000 (Magdeburg)?"
    )
    assert line_of(a_problem(), "de").endswith("; Meinten Sie 15003000 (Magdeburg)?")


def test_a_problem_of_the_whole_file_names_no_field():
    problem = a_problem(field="", line=0, code="file-empty", facts={})

    assert line_of(problem, "en").startswith("entries/solutions/a.md:0: the file is empty; ")


def test_what_strangers_write_cannot_forge_a_line_or_move_the_cursor():
    forged = "a\n::error file=x::y\x1b[2J\u202e\u2028\ud800"

    line = line_of(
        a_problem(file=forged, field=forged, facts={"value": forged, "key": "{x}", "name": ""}), "de"
    )

    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert "{x}" in line  # braces of a fact are no placeholders
    line.encode()


def test_an_unknown_code_is_a_bug():
    with pytest.raises(KeyError):
        sentences(a_problem(code="xyz"), "de")


def test_ordinary_text_stays_as_it_is():
    assert one_line("Köln – „Straße“ 🙂") == "Köln – „Straße“ 🙂"


def test_an_error_is_the_default():
    assert an_entry().problem((), "text-missing").severity is Severity.ERROR
    assert an_item("a").problem(("b",), "text-missing").field == "a.b"
