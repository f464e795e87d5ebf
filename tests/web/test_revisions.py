"""The running application and the catalogue on the disk: repaired, replaced, and never half of one."""

import logging
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from builders import an_entries_folder, as_file
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page

from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.services.catalogue import Catalogue
from catalogue.storage.store import Store
from catalogue.web.context import Holder

GetPage = Callable[..., Page]
MakeApp = Callable[..., Flask]


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """Publishes a few entries into a data folder of their own and returns it."""

    def publish(**files: str) -> Path:
        entries = an_entries_folder(tmp_path / "entries", **files)
        environ = {"CATALOGUE_DATA": str(tmp_path / "var"), "CATALOGUE_SEMANTIC": "off"}
        run(Settings.from_environ(environ), entries=entries)
        return tmp_path / "var"

    return publish


def index_folder(data: Path) -> Path:
    store = Store.open(f"sqlite:///{data}/catalogue.db", migrate=False)
    try:
        return data / "index" / store.state().index_folder
    finally:
        store.close()


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def cut(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"\x00\xff" * 50)


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def put_a_file_there(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")


@pytest.mark.parametrize("harm", [remove, cut, spoil, empty, put_a_file_there])
def test_a_broken_index_is_built_anew_with_one_line_in_the_log(
    small: Callable[..., Path],
    make_app: MakeApp,
    get_page: GetPage,
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[Path], None],
) -> None:
    data = small()
    harm(index_folder(data))
    client = make_app(data).test_client()

    with caplog.at_level(logging.INFO):
        first = get_page("/solutions?q=HAL-Plan", client=client)
        get_page("/solutions?q=HAL-Plan", client=client)

    assert first.card_names() == ["HAL-Plan"]
    rebuilt = [record for record in caplog.records if "index rebuilt" in record.getMessage()]
    assert len(rebuilt) == 1
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_the_real_catalogue_recovers_from_a_lost_index(
    data_folder: Path, make_app: MakeApp, get_page: GetPage
) -> None:
    shutil.rmtree(data_folder / "index")
    client = make_app(data_folder).test_client()

    page = get_page("/solutions?q=digitaler+Zwilling", client=client)

    assert "HAL-Plan" in page.card_names()[:3]


def test_a_running_application_picks_up_what_is_published_meanwhile(
    small: Callable[..., Path], make_app: MakeApp
) -> None:
    client = make_app(small()).test_client()
    before = client.get("/de/solutions/hal-plan")

    small(**{"hal-plan": as_file(name="HAL-Plan der Zweite"), "neu": as_file(name="Ganz neu")})
    until_revision(client, 2)
    after = client.get("/de/solutions/hal-plan", headers={"If-None-Match": before.headers["ETag"]})

    assert "HAL-Plan der Zweite" not in before.text
    assert after.status_code == 200
    assert "HAL-Plan der Zweite" in after.text
    assert "Ganz neu" in client.get("/de/solutions?q=ganz+neu").text
    assert client.get("/healthz").json["revision"] == 2


def test_an_application_that_started_too_early_finds_the_catalogue_later(
    small: Callable[..., Path], make_app: MakeApp, tmp_path: Path
) -> None:
    client = make_app(tmp_path / "var").test_client()
    early = client.get("/healthz").status_code

    small()

    assert (early, client.get("/healthz").status_code) == (503, 200)


def of_the_future(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def damaged(database: Path) -> None:
    database.write_bytes(b"this is no database" * 1000)


@pytest.mark.parametrize("harm", [of_the_future, damaged])
def test_a_database_that_cannot_be_used_is_a_page_in_words_and_stays_as_it_is(
    small: Callable[..., Path], make_app: MakeApp, get_page: GetPage, harm: Callable[[Path], None]
) -> None:
    database = small() / "catalogue.db"
    harm(database)
    before = database.read_bytes()

    page = get_page("/", status=503, client=make_app(database.parent).test_client())

    assert page.heading == "Der Katalog ist gerade nicht erreichbar"
    assert database.read_bytes() == before


def test_removed_solutions_are_not_found_any_more(
    small: Callable[..., Path], make_app: MakeApp, tmp_path: Path
) -> None:
    texts = {f"loesung-{number}": as_file(name=f"Lösung {number}") for number in range(8)}
    client = make_app(small(**texts)).test_client()
    assert client.get("/de/solutions/loesung-3").status_code == 200

    (tmp_path / "entries" / "solutions" / "loesung-3.md").unlink()
    del texts["loesung-3"]
    small(**texts)
    until_revision(client, 2)

    assert client.get("/de/solutions/loesung-3").status_code == 404
    assert client.get("/de/compare?id=loesung-3&id=loesung-4").status_code == 200


def until_revision(client: FlaskClient, revision: int) -> None:
    """Ask until the newer revision, which is opened in the background, is there."""
    for _ in range(200):
        if client.get("/healthz").json["revision"] == revision:
            return
        time.sleep(0.05)
    raise AssertionError(f"revision {revision} was not opened")


class SlowToOpen(Holder):
    """Opens the second revision only when it is let."""

    def __init__(self) -> None:
        super().__init__(settings=None, register_folder=Path)  # type: ignore[arg-type]
        self.let, self.published = threading.Event(), 1
        self.store = SimpleNamespace(state=lambda: SimpleNamespace(revision=self.published))  # type: ignore[assignment]

    def _open(self, store: Store) -> Catalogue:
        revision = self.published
        if revision > 1:
            assert self.let.wait(10)
        self.catalogue = SimpleNamespace(state=SimpleNamespace(revision=revision))  # type: ignore[assignment]
        return self.catalogue  # type: ignore[return-value]


def test_while_a_newer_revision_is_opened_the_one_before_it_answers() -> None:
    holder = SlowToOpen()
    holder.current()
    holder.published = 2

    start = time.monotonic()
    held = [holder.current().state.revision for _ in range(5)]
    waited = time.monotonic() - start
    holder.let.set()
    assert holder.opening
    holder.opening.join(10)

    assert held == [1] * 5
    assert waited < 5  # one of them waits a little, none for the opening
    assert holder.current().state.revision == 2
