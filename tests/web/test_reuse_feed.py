"""The Atom feeds of confirmed reuse: from what is published and nothing else."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from builders import HALLE, MAGDEBURG, a_reuse, an_entries_folder, as_file
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.domain.reuse import Relation, Reuse, Stage, Standing, Step, unnamed_key
from catalogue.domain.reuse_text import plain_from_reuse
from catalogue.storage.database import writer
from catalogue.storage.store import Store
from catalogue.storage.tables import ReuseRow

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("feed")
    rows = [
        a_reuse(MAGDEBURG, since="2024-05"),
        a_reuse(HALLE, confirmed="no", since="2026"),
        a_reuse("05315000", relation="partner", stage=None, since="2026"),
    ]
    an_entries_folder(
        folder / "entries", tool=as_file(name="Werkzeug & Co", reuses=rows), bare=as_file(name="Ohne")
    )
    made = Settings.from_environ(
        {
            "CATALOGUE_DATA": str(folder / "var"),
            "CATALOGUE_ENTRIES": str(folder / "entries"),
            "CATALOGUE_SEMANTIC": "off",
        }
    )
    assert not run(made).plan.refused
    return made


@pytest.fixture
def client(settings: Settings, make_app: Callable[..., Flask]) -> FlaskClient:
    app = make_app(settings.data)
    app.extensions["catalogue"].clock = lambda: NOW
    return app.test_client(use_cookies=False)


@pytest.fixture
def publish_row(settings: Settings) -> Iterator[Callable[[Reuse], None]]:
    """Makes the published row of Magdeburg say something else, and puts it back afterwards."""
    store = Store.open(settings.database_url, migrate=False)
    query = update(ReuseRow).where(ReuseRow.__table__.c.position == 0)

    def put(reuse: Reuse) -> None:
        values = {
            "body": reuse.body,
            "latest": reuse.latest,
            "affirmed": reuse.affirmed,
            "data": plain_from_reuse(reuse),
        }
        with writer(store._engine).begin() as connection:
            connection.execute(query.values(**values))

    before = store.solution("tool").solution.reuses[0]
    yield put
    put(before)
    store.close()


def entries(client: FlaskClient, path: str) -> list[tuple[str, str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.data)
    assert feed.find(f"{ATOM}id").text.startswith("urn:uuid:")
    found = feed.findall(f"{ATOM}entry")
    ids = [entry.find(f"{ATOM}id").text for entry in found]
    assert len(set(ids)) == len(ids)
    return [
        tuple(entry.find(ATOM + name).text for name in ("title", "updated", "summary")) for entry in found
    ]


def test_only_confirmed_reuse_is_told(client: FlaskClient) -> None:
    found = entries(client, "/de/solutions/tool/reuse.atom")

    assert [(updated, "Magdeburg" in title) for title, updated, _ in found] == [
        ("2024-05-01T00:00:00Z", True)
    ]
    assert found == entries(client, "/de/reuse.atom")
    assert "Mai 2024" in found[0][2]
    assert entries(client, "/de/solutions/bare/reuse.atom") == []
    assert client.get("/de/solutions/nobody/reuse.atom").status_code == 404


def a_told_reuse(**more) -> Reuse:
    steps = (Step(stage=Stage.TRIAL, since="2025-02"), Step(stage=Stage.IN_USE, since="2026-03-04"))
    given = {
        "body": MAGDEBURG,
        "relation": Relation.USES,
        "stage": Stage.IN_USE,
        "confirmed": True,
        "standing": Standing.CONFIRMED,
        "steps": steps,
        "since": "2026-03-04",
        "affirmed": "2026-11-20",
        "report": 7,
    }
    return Reuse(**{**given, **more})


def test_each_stage_is_an_entry_of_its_own_the_latest_first(client: FlaskClient, publish_row) -> None:
    publish_row(a_told_reuse())

    found = entries(client, "/en/reuse.atom")

    assert [updated for _, updated, _ in found] == ["2026-11-20T00:00:00Z", "2025-02-01T00:00:00Z"]
    assert "20 Nov 2026" in found[0][2]


def test_a_reader_is_shown_a_stage_once_however_often_it_is_affirmed(
    client: FlaskClient, publish_row
) -> None:
    def ids() -> list[str]:
        feed = ElementTree.fromstring(client.get("/de/reuse.atom").data)
        return [node.text for node in feed.iter(f"{ATOM}id")]

    publish_row(a_told_reuse())
    before = ids()
    publish_row(a_told_reuse(affirmed="2026-11-25"))

    assert ids() == before


def test_who_is_not_named_is_not_named_in_a_feed(client: FlaskClient, publish_row) -> None:
    publish_row(a_told_reuse(body=unnamed_key(7)))

    found = entries(client, "/de/solutions/tool/reuse.atom")

    assert found[0][0].startswith("Werkzeug & Co: Nicht öffentlich genannt – ")
    assert "~7" not in client.get("/de/reuse.atom").text


def test_of_who_is_not_named_only_years_are_told(client: FlaskClient, publish_row) -> None:
    publish_row(a_told_reuse(body=unnamed_key(7)))

    found = entries(client, "/de/solutions/tool/reuse.atom")

    assert [(updated, summary) for _, updated, summary in found] == [
        ("2026-01-01T00:00:00Z", "Nicht öffentlich genannt: im Betrieb seit 2026"),
        ("2025-01-01T00:00:00Z", "Nicht öffentlich genannt: erprobt seit 2025"),
    ]


def test_a_plan_is_news_of_the_day_on_which_it_was_told(client: FlaskClient, publish_row) -> None:
    steps = (Step(stage=Stage.PLANNED, since="2031"),)
    publish_row(a_told_reuse(stage=Stage.PLANNED, steps=steps, since="2031"))

    ((_, updated, summary),) = entries(client, "/de/reuse.atom")

    assert updated == "2026-11-20T00:00:00Z"
    assert "geplant für 2031" in summary
