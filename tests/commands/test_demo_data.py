"""`catalogue demo-data`: invented, the same for a seed, and never beside real data."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalogue.app import create_app
from catalogue.benchmark.invented import Invented
from catalogue.cli import cli
from catalogue.config import Settings
from catalogue.domain.reuse_report import ReuseReport, after
from catalogue.storage.store import Store


def run(*arguments: str, data: Path) -> Result:
    environ = {"CATALOGUE_DATA": str(data), "CATALOGUE_SEMANTIC": "off"}
    return CliRunner().invoke(cli, ["demo-data", *arguments], env=environ)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve invented solutions with sixty reuses."""
    place = tmp_path_factory.mktemp("invented")
    done = run(
        "--solutions", "12", "--reuses", "60", "--into", str(place / "demo"), data=place / "var"
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert not (place / "var").exists()
    return place / "demo"


def test_every_page_says_that_it_is_invented(folder: Path) -> None:
    app = create_app(Settings.from_environ({"CATALOGUE_DATA": str(folder), "CATALOGUE_SEMANTIC": "off"}))
    client = app.test_client(use_cookies=False)

    pages = {path: client.get(path) for path in ("/de/", "/en/statistics", "/de/solutions/loesung-000003")}
    app.extensions["catalogue"].store.close()

    assert {answer.status_code for answer in pages.values()} == {200}
    assert all('class="invented"' in answer.text for answer in pages.values())
    assert "Erfunden: " in pages["/de/solutions/loesung-000003"].text


def test_the_reports_are_what_their_events_say(folder: Path) -> None:
    store = Store.open(f"sqlite:///{folder}/catalogue.db", migrate=False)

    reports = store.reuse.about()
    histories = [store.reuse.history(report.number) for report in reports]
    store.close()

    assert 30 <= len(reports) <= 50
    for report, history in zip(reports, histories, strict=True):
        replayed: ReuseReport | None = None
        for event in history:
            replayed = after(replayed, event)
        assert replayed == report


def test_the_same_seed_makes_the_same_and_another_one_something_else() -> None:
    def everything(seed: int) -> list[object]:
        made = Invented(8, 40, seed=seed)
        return [*made.entries(), *made.reports()]

    assert everything(3) == everything(3)
    assert everything(3) != everything(4)


def test_there_are_as_many_reuses_as_were_asked_for_each_of_another_body_and_solution() -> None:
    made = Invented(10, 77, seed=1)

    stated = [(entry.id, row["body"]) for entry in made.entries() for row in entry.fields.get("reuses", [])]  # type: ignore[index, union-attr]  # rows of an entry
    reported = [(report.claim.solution, report.claim.body) for report, _ in made.reports()]

    assert len(set(stated) | set(reported)) == len(stated) + len(reported) == 77


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "catalogue.db").write_bytes(b"real")

    done = run("--into", str(tmp_path / "demo"), data=tmp_path / "var")

    assert done.exit_code == 1
    assert "is not empty" in done.output
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["catalogue.db"]


def test_the_data_folder_of_the_settings_is_refused(tmp_path: Path) -> None:
    done = run("--into", str(tmp_path / "var" / ".." / "var"), data=tmp_path / "var")

    assert done.exit_code == 1
    assert "is the data folder of the settings" in done.output
    assert not (tmp_path / "var").exists()


def test_pages_of_real_data_do_not_say_so(published: Path, make_app) -> None:
    client = make_app(published).test_client(use_cookies=False)

    assert 'class="invented"' not in client.get("/de/statistics").text
