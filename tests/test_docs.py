"""The documents are true: what they name exists, and what exists is named, in both languages.

Parts between `<!-- begin: NAME -->` and `<!-- end: NAME -->` follow from the code. Write them anew with
`python tests/test_docs.py`.
"""

import ast
import json
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import click
import pytest

from catalogue import places
from catalogue.cli import cli
from catalogue.domain.fields import SOLUTION_FIELDS, walk
from catalogue.domain.finding_words import FINDINGS
from catalogue.domain.retention import LASTING, PERIODS
from catalogue.domain.schema import field_table, json_schema
from catalogue.domain.statistics import Figure, OfficeFigure
from catalogue.domain.statistics_words import UNNAMED_RULE, figure_words
from catalogue.domain.vitality_words import LEVELS_IN_WORDS
from catalogue.domain.wording import SENTENCES
from catalogue.services.check import check_folder
from catalogue.setting_table import SETTINGS
from catalogue.standards.publiccode import wording as publiccode
from catalogue.storage.entries import load_folder
from catalogue.storage.errors import StoreError
from catalogue.storage.register import load_register
from catalogue.storage.search.documents import FIELDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "entries" / "README.md",
    *sorted(DOCS.rglob("*.md")),
]


# --- What follows from the code ---------------------------------------------------------------------------


def _table(*rows: tuple[str, ...]) -> str:
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in lines)


def _settings() -> str:
    rows = [
        (f"`{setting.variable}`", f"`{setting.default}`" if setting.default else "", setting.de, setting.en)
        for setting in SETTINGS
    ]
    return _table(("Variable", "Vorgabe / default", "Bedeutung", "meaning"), *rows)


def _problems() -> str:
    remarks = set(_remarks())
    rows = [("Code", "Beanstandung und Abhilfe", "problem and remedy")]
    for code, (german, english) in SENTENCES.items():
        mark = (" (Hinweis)", " (remark)") if code in remarks else ("", "")
        rows.append((f"`{code}`", "; ".join(german) + mark[0], "; ".join(english) + mark[1]))
    return _table(*rows)


def _publiccode_problems() -> str:
    rows = [("Code", "Fehler oder Warnung und Abhilfe", "error or warning and remedy")]
    for code, (german, english) in publiccode.SENTENCES.items():
        rows.append((f"`{code}`", "; ".join(german), "; ".join(english)))
    return _table(*rows)


def _remarks() -> Iterator[str]:
    """The codes that the rules give with the severity of a remark."""
    for path in sorted((places.PACKAGE / "domain").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and any(
                word.arg == "severity" and ast.unparse(word.value) == "Severity.REMARK"
                for word in node.keywords
            ):
                yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))


def _store_errors() -> str:
    rows = [("Meldung", "message")]
    rows += [
        (kind.DE.format(place="…"), kind.EN.format(place="…"))
        for kind in StoreError.__subclasses__()
        if kind.__module__ == StoreError.__module__
    ]
    return _table(*rows)


def _retention() -> str:
    rows = [("Tage / days", "Was", "Danach", "what", "then")]
    rows += [(str(p.days), p.de, p.then_de, p.en, p.then_en) for p in PERIODS.values()]
    rows += [("–", kept.de, kept.why_de, kept.en, kept.why_en) for kept in LASTING]
    return _table(*rows)


def _levels() -> str:
    rows = [("Stufe", "Regel", "level", "rule")]
    rows += [(*german, *english) for german, english in LEVELS_IN_WORDS.values()]
    return _table(*rows)


def _findings() -> str:
    rows = [("Code", "Befund", "Was zu tun ist", "finding", "what to do")]
    for kind, (german, english) in FINDINGS.items():
        words = (german.heading, german.remedy, english.heading, english.remedy)
        rows.append((f"`{kind.value}`", *words))
    return _table(*rows)


def _figures() -> str:
    rows = [("Name", "Zahl", "Definition", "figure", "definition")]
    for figure in (*Figure, *OfficeFigure):
        german, english = figure_words(figure, "de"), figure_words(figure, "en")
        words = (german.title, german.definition, english.title, english.definition)
        rows.append((f"`{figure.value}`", *words))
    return _table(*rows)


def _modules() -> str:
    """Every module with the first sentence of its docstring, by folder."""
    text = ""
    for folder in sorted({path.parent for path in _source_files()}):
        rows = [(f"`{folder.relative_to(ROOT)}/`", "what it is for")]
        for path in (path for path in _source_files() if path.parent == folder):
            said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            rows.append((f"`{path.name}`", " ".join(said.split("\n\n")[0].split())))
        text += _table(*rows) + "\n"
    return text.rstrip("\n") + "\n"


def _source_files() -> list[Path]:
    return sorted(
        path
        for package in ("catalogue", "harvest")
        for path in (ROOT / package).rglob("*.py")
        if "versions" not in path.parts
    )


GENERATED: Mapping[tuple[str, str], Callable[[], str]] = {
    ("docs/settings.md", "settings"): _settings,
    ("docs/checks.md", "problems"): _problems,
    ("docs/publiccode.md", "publiccode"): _publiccode_problems,
    ("docs/operation.md", "errors"): _store_errors,
    ("docs/operation.md", "retention"): _retention,
    ("docs/architecture.md", "modules"): _modules,
    ("docs/harvest.md", "levels"): _levels,
    ("docs/statistics.md", "figures"): _figures,
    ("docs/statistics.md", "unnamed"): lambda: "\n\n".join(UNNAMED_RULE) + "\n",
    ("docs/harvest.md", "findings"): _findings,
    ("entries/README.md", "fields-de"): lambda: field_table("de"),
    ("entries/README.md", "fields-en"): lambda: field_table("en"),
}


def _schema() -> str:
    topics = list(load_folder(ROOT / "entries").topics)
    return json.dumps(json_schema(topics), ensure_ascii=False, indent=2) + "\n"


def _part(name: str) -> re.Pattern[str]:
    return re.compile(rf"<!-- begin: {name} -->\n(.*?)\n<!-- end: {name} -->", re.DOTALL)


@pytest.mark.parametrize(("file", "name"), GENERATED)
def test_a_part_that_follows_from_the_code_is_up_to_date(file: str, name: str) -> None:
    found = _part(name).search((ROOT / file).read_text(encoding="utf-8"))

    assert found is not None, f"{file} has no part {name}"
    assert found.group(1).strip() == GENERATED[file, name]().strip(), "run: python tests/test_docs.py"


def test_the_schema_for_editors_follows_the_table_of_fields() -> None:
    written = (ROOT / "entries" / "schema.json").read_text(encoding="utf-8")

    assert written == _schema(), "run: catalogue schema --write"


def test_every_family_of_problems_is_explained() -> None:
    explained = [
        start
        for row in _rows((DOCS / "checks.md").read_text(encoding="utf-8"))
        for start in re.findall(r"`([a-z-]+-)`", row[0])
    ]

    assert [code for code in SENTENCES if not code.startswith(tuple(explained))] == []
    assert [start for start in explained if not any(code.startswith(start) for code in SENTENCES)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_setting_that_a_page_names_exists(page: Path) -> None:
    named = set(re.findall(r"\bCATALOGUE_[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")))

    assert named <= {setting.variable for setting in SETTINGS}


# --- Commands ---------------------------------------------------------------------------------------------


def _commands(group: click.Group, name: str = "catalogue") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for key in group.list_commands(context):
        command = group.get_command(context, key)
        assert command is not None
        path = f"{name} {key}"
        yield path, command
        if isinstance(command, click.Group):
            yield from _commands(command, path)


COMMANDS = dict(_commands(cli))


def _section(path: str) -> str:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(path)}\n(.*?)(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/commands.md has no section {path!r}"
    return found.group(1)


def _rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return [row for row in rows if not set("".join(row)) <= set("- ")]


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_and_all_its_options_are_documented_in_both_languages(path: str) -> None:
    section = _section(path)
    documented = {row[0].strip("`").split()[0]: row for row in _rows(section)[1:]}

    context = click.Context(COMMANDS[path])
    wanted = {
        option.opts[0] if isinstance(option, click.Option) else option.make_metavar(context)
        for option in COMMANDS[path].params
    }

    assert set(documented) == wanted
    assert all(len(row) == 3 and all(row) for row in documented.values())
    assert re.search(r"^Deutsch: \S", section, re.MULTILINE)
    assert re.search(r"^English: \S", section, re.MULTILINE)


def _shell_lines() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                for part in re.split(r"&&|\|\||;|\|", line):
                    if found := re.search(r"(?:^|/|\s)(catalogue(?: .*)?)$", part.strip()):
                        yield str(page.relative_to(ROOT)), found.group(1)


@pytest.mark.parametrize(("page", "line"), sorted(set(_shell_lines())))
def test_a_command_that_a_page_shows_exists(page: str, line: str) -> None:
    command: click.Command = cli
    words = shlex.split(line, comments=True)[1:]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        found = command.get_command(click.Context(command), name)
        assert found is not None, f"{page}: catalogue {name}"
        command = found
    known = {name for option in command.params for name in option.opts} | {"--help", "--version"}

    assert {word.split("=")[0] for word in words if word.startswith("--")} <= known


def test_the_two_commands_of_the_readme_stand_on_one_line_each() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    runs = [block for block in blocks if "catalogue serve" in block]
    tests = [block for block in blocks if "pytest" in block]

    assert {block.count("\n") for block in (*runs, *tests)} == {1}
    assert len(set(runs)) == len(set(tests)) == 1  # the same in both languages
    assert tests[0].strip() in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


# --- Entries ----------------------------------------------------------------------------------------------


def _guide() -> str:
    return (ROOT / "entries" / "README.md").read_text(encoding="utf-8")


def test_every_field_is_documented() -> None:
    guide = _guide()
    # Evidence is the same wherever it stands, and explained once.
    named = {re.sub(r"^(.*\.)?evidence\.", "", name) for name, _ in walk(SOLUTION_FIELDS)}

    assert {name for name in named if f"`{name}`" not in guide} == set()


def test_the_example_of_the_guide_passes_the_check(tmp_path: Path) -> None:
    found = re.search(r"<!-- example: (\S+) -->\n+```markdown\n(.*?)```", _guide(), re.DOTALL)
    assert found is not None
    example = tmp_path / found.group(1)
    example.write_text(found.group(2), encoding="utf-8")

    checked = check_folder(
        ROOT / "entries", load_register(places.REGISTER), today=date(2026, 11, 23), extra=[example]
    )

    assert [problem for problem in checked.problems if problem.file == str(example)] == []
    assert any(entry.file == str(example) for entry in checked.folder.entries)


def test_the_example_of_synonyms_passes_the_check(tmp_path: Path) -> None:
    found = re.search(r"<!-- example: (\S+) -->\n+```yaml\n(.*?)```", _guide(), re.DOTALL)
    assert found is not None
    example = tmp_path / found.group(1)
    example.write_text(found.group(2), encoding="utf-8")

    checked = check_folder(
        ROOT / "entries", load_register(places.REGISTER), today=date(2026, 11, 25), extra=[example]
    )

    assert [problem for problem in checked.problems if problem.file == str(example)] == []
    assert list(checked.folder.synonyms) == ["geodateninfrastruktur", "mitreden"]


# --- The search -------------------------------------------------------------------------------------------


def test_the_weights_that_the_page_of_the_search_shows_are_those_of_the_index() -> None:
    text = (DOCS / "search.md").read_text(encoding="utf-8").partition("<!-- fields -->")[2]
    shown = [
        (name.strip("`"), weight, mark)
        for name, _, weight, mark in _rows(text.partition("<!-- /fields -->")[0])[1:]
    ]

    assert shown == [
        (field.name, f"{field.weight:.1f}".replace(".", ","), "●" if field.leading else "")
        for field in FIELDS
    ]


# --- Links, dependencies, decisions -----------------------------------------------------------------------


def _outside_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def _anchors(page: Path) -> set[str]:
    """Anchors of the headings, as the forges make them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", _outside_code(page.read_text(encoding="utf-8"))):
            if not re.match(r"[a-z]+:", target):
                yield page, target


@pytest.mark.parametrize(("page", "target"), list(_links()), ids=lambda part: getattr(part, "name", part))
def test_a_link_leads_to_a_file_and_a_heading_that_exist(page: Path, target: str) -> None:
    name, _, anchor = target.partition("#")
    goal = (page.parent / name).resolve() if name else page

    assert goal.exists()
    assert goal.is_relative_to(ROOT)
    if anchor:
        assert anchor in _anchors(goal)


def test_every_page_is_reached_from_the_table_of_contents() -> None:
    links = [target.partition("#")[0] for page, target in _links() if page == DOCS / "README.md"]
    reached = {(DOCS / link).resolve() for link in links}

    assert {page for page in DOCS.rglob("*.md") if page != DOCS / "README.md"} <= reached


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_path_that_a_page_names_exists(page: Path) -> None:
    folders = "catalogue|harvest|templates|tests|entries|docs"
    named = set(re.findall(rf"`((?:{folders})/[\w./-]*)`", page.read_text(encoding="utf-8")))

    missing = {path for path in named if not (ROOT / path).exists()}

    assert {path for path in missing if not re.search(r"/[A-Z]+\.", path)} == set()  # but for ID.md


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(name for names in project["project"]["optional-dependencies"].values() for name in names),
    ]
    names = {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in wanted}
    rows = [
        row for row in _rows((DOCS / "dependencies.md").read_text(encoding="utf-8")) if row[0].startswith("`")
    ]

    assert {row[0].strip("`").lower() for row in rows} == names
    assert all(all(row) for row in rows)


def test_a_decision_says_situation_decision_and_consequence() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Situation", "Decision", "Consequence"], page.name


def write() -> None:
    """Write anew what follows from the code."""
    for (file, name), make in GENERATED.items():
        path = ROOT / file
        text = path.read_text(encoding="utf-8")
        found = _part(name).search(text)
        assert found is not None, f"{file} has no part {name}"
        start, end = found.span(1)
        path.write_text(f"{text[:start]}\n{make().strip()}\n{text[end:]}", encoding="utf-8")
    (ROOT / "entries" / "schema.json").write_text(_schema(), encoding="utf-8")


if __name__ == "__main__":
    write()
