"""The wheel: everything in it, and it serves from an empty folder elsewhere."""

import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from html_page import Page
from page_checks import check_page
from servers import Start

from catalogue.places import PACKAGE

CHECKOUT = PACKAGE.parent


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built without asking anybody."""
    pytest.importorskip(
        "hatchling", reason="hatchling is not installed (it is in the extra `dev`): no wheel is built"
    )
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet")
    run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, CHECKOUT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.mark.xdist_group("wheel")
def test_the_wheel_holds_everything_the_catalogue_needs(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()

    for needed in (
        "catalogue/templates/layout.html",
        "catalogue/templates/pages/solution.html",
        "catalogue/web/static/catalogue.css",
        "catalogue/web/static/catalogue.js",
        "catalogue/data/register/gemeinden.csv",
        "catalogue/data/register/SOURCE.md",
        "catalogue/storage/migrations/env.py",
        "catalogue/entries/topics.yml",
        "catalogue/entries/solutions/hal-plan.md",
        "harvest/__init__.py",
    ):
        assert needed in names
    entries = [name for name in names if re.fullmatch(r"catalogue/entries/solutions/[^/]+\.md", name)]
    assert len(entries) == len(list((CHECKOUT / "entries" / "solutions").glob("*.md")))
    assert any("/licenses/" in name and "EUPL" in name for name in names)
    assert not [name for name in names if re.search(r"(^|/)(tests|var|\.venv|__pycache__)/", name)]
    for path in (CHECKOUT / "catalogue" / "translations").rglob("*.mo"):
        assert str(path.relative_to(CHECKOUT)) in names
    for path in (CHECKOUT / "templates").rglob("*.html"):
        assert f"catalogue/{path.relative_to(CHECKOUT)}" in names


@pytest.mark.xdist_group("wheel")
def test_the_wheel_serves_from_an_empty_folder_elsewhere(wheel: Path, start: Start, tmp_path: Path) -> None:
    environment, folder = tmp_path / "venv", tmp_path / "elsewhere"
    venv.create(environment, with_pip=False, symlinks=True)
    python = environment / "bin" / "python"
    run(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet",
        "--disable-pip-version-check", wheel, cwd=tmp_path,
    )  # fmt: skip
    # What the catalogue depends on is taken from here, behind the installed wheel and without the checkout.
    own = next(environment.glob("lib/python*/site-packages"))
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import catalogue; print(catalogue.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(environment), "the checkout would be tested, not the wheel"

    server = start(folder, command=[str(environment / "bin" / "catalogue"), "serve", "--port", "{port}"])
    server.wait()
    answer, body = server.get("/de/solutions/hal-plan")
    page = Page(body.decode(), status=answer.status, headers=answer.headers, address="/de/solutions/hal-plan")
    style = server.get(page.all("link", rel="stylesheet")[0]["href"])[0]

    check_page(page, "de")
    assert page.heading == "HAL-Plan"
    assert style.status == 200
    assert sorted(path.name for path in folder.iterdir() if not path.name.endswith(".log")) == ["var"]
    assert server.stop() == 0
