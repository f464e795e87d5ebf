"""The tools that judge the whole repository, and a few rules that no tool knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = Path(sys.executable).parent
# Written in pieces, so that this file does not name what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        (
            r"(?<![\w./-])/(?:work|root)/",
            r"(?<![\w./-])/home/\w+/",
            "python" + "hosted",
            r"registry\." + "npmjs",
            r"deb\." + r"debian\.org",
            r"pypi\." + "org/simple",
        )
    )
)
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME|XX" + r"X)\b")


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}{done.stderr[-3000:]}"


def own_files() -> list[Path]:
    """Every file that Git tracks or would track; all files where this is no clone."""
    git = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    done = subprocess.run(git, cwd=ROOT, capture_output=True)
    if done.returncode:
        pytest.skip("not a Git clone")
    names = done.stdout.decode().split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file() and not path.is_symlink()]


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data[:4000] else data.decode("utf-8", "replace")


@pytest.mark.parametrize("arguments", [("check",), ("format", "--check")], ids=["check", "format"])
def test_ruff_is_content(arguments: tuple[str, ...]) -> None:
    run(str(PROGRAMS / "ruff"), *arguments, "--no-cache", ".")


@pytest.mark.xdist_group("mypy")
def test_mypy_is_content() -> None:
    run(sys.executable, "-m", "mypy")


def test_every_file_says_its_licence() -> None:
    run(str(PROGRAMS / "reuse"), "lint", "--quiet")


def test_no_file_names_a_machine_or_a_registry() -> None:
    named = {
        str(path.relative_to(ROOT)): match.group()
        for path in own_files()
        if "vendor" not in path.parts and (match := FORBIDDEN.search(text_of(path)))
    }

    assert not named


@pytest.mark.parametrize("folder", ["catalogue", "harvest", "templates"])
def test_nothing_is_marked_as_unfinished(folder: str) -> None:
    marked = [
        str(path.relative_to(ROOT))
        for path in own_files()
        if path.is_relative_to(ROOT / folder)
        and "vendor" not in path.parts
        and path.suffix in (".py", ".html", ".js", ".css")
        and UNFINISHED.search(text_of(path))
    ]

    assert not marked


def test_every_part_of_the_style_sheet_stands_on_its_own() -> None:
    """A brace that is missing makes all that follows a rule for print."""
    css = (ROOT / "catalogue/web/static/catalogue.css").read_text(encoding="utf-8")
    parts = css.split("\n/* ")

    unbalanced = [part.partition("*/")[0] for part in parts if part.count("{") != part.count("}")]

    assert not unbalanced


def test_files_are_utf_8_and_end_with_a_line() -> None:
    endings = (".py", ".html", ".css", ".js", ".md", ".yml", ".toml")
    ours = [path for path in own_files() if path.suffix in endings and "vendor" not in path.parts]

    wrong = [str(path.relative_to(ROOT)) for path in ours if not path.read_bytes().endswith((b"\n", b""))]
    wrong += [str(path.relative_to(ROOT)) for path in ours if b"\r" in path.read_bytes()]

    assert not wrong
    for path in ours:
        path.read_bytes().decode("utf-8")


def test_every_rule_of_the_style_sheet_ends_before_the_next_part_begins() -> None:
    """A lost bracket hides all that comes after it, and no browser says a word."""
    text = (ROOT / "catalogue" / "web" / "static" / "catalogue.css").read_text(encoding="utf-8")
    depth, wrong = 0, []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("/*") and depth:
            wrong.append(f"line {number}: {line} begins inside of another rule")
        bare = re.sub(r"/\*.*?\*/", "", line)
        depth += bare.count("{") - bare.count("}")
        assert depth >= 0, f"line {number} closes what nothing has opened"

    assert wrong == []
    assert depth == 0
