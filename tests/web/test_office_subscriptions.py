"""The office's page of subscriptions: no address is shown, and stopping one forgets it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from office_login import NOON, Office, an_office, page_of
from page_checks import check_page

from catalogue.domain.access import Role
from catalogue.storage.outbox import Channel
from catalogue.storage.subscription_rows import Standing, Subscription

PATH = "/de/office/subscriptions"
SECRET_PLACE = "hook.stadt.example"


@pytest.fixture(scope="module")
def shared(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office") / "var"
    with an_office(Path(shutil.copytree(published, folder))) as office:
        yield office


@pytest.fixture
def office(shared: Office) -> Office:
    shared.empty()
    with shared.store._engine.begin() as connection:
        connection.exec_driver_sql("delete from subscription")
    return shared


def subscribed(office: Office, **more: object) -> int:
    wanted = Subscription(
        **{
            "solution": "hal-plan",
            "channel": Channel.WEBHOOK,
            "address": f"https://{SECRET_PLACE}/x",
            "contact": "amt@stadt.example",
            "language": "de",
            "standing": Standing.ACTIVE,
            **more,
        }
    )
    return office.store.subscriptions.subscribe(wanted, NOON, also=lambda connection, kept: None).number


def stop(client: FlaskClient, number: object, **more: str):
    form = next(form for form in page_of(client.get(PATH)).all("form", action=PATH))
    ticket = form.one("input", name="ticket")["value"]
    return client.post(PATH, data={"ticket": ticket, "number": str(number), **more})


def test_it_lists_subscriptions_without_addresses(office: Office) -> None:
    number = subscribed(office)
    subscribed(office, channel=Channel.MAIL, address="amt@stadt.example", standing=Standing.UNCONFIRMED)

    page = page_of(office.logged_in(Role.EDITOR).get(PATH))
    check_page(page, "de")

    rows = [row.text for row in page.one("table").one("tbody").all("tr")]
    assert len(rows) == 2
    assert str(number) in rows[1]
    assert "Webhook" in rows[1]
    assert "noch nicht bestätigt" in rows[0]
    assert "stadt.example" not in page.html


def test_stopping_forgets_it_and_says_who_did(office: Office) -> None:
    number, kept = subscribed(office), subscribed(office, address="https://hook.dorf.example/x")
    client = office.logged_in(Role.EDITOR)

    done = stop(client, number)
    again = stop(client, number)

    assert done.location == f"{PATH}?done=yes"
    assert again.location == f"{PATH}?done=no"
    assert office.store.subscriptions.find(number) is None
    assert office.store.subscriptions.find(kept)
    trail = page_of(client.get(f"/de/office/audit?subject=subscription&number={number}")).main.text
    assert f"Editor: beendet · Abonnement {number}" in trail
    assert "wer abonniert hat: abonniert" in trail
    assert "stadt.example" not in trail


@pytest.mark.parametrize("number", ["x", "-1", "1; drop table subscription", "9" * 30])
def test_only_a_number_stops_anything(office: Office, number: str) -> None:
    subscribed(office)

    assert stop(office.logged_in(Role.EDITOR), number).status_code == 404
    assert stop(office.logged_in(Role.EDITOR), 1, ticket="x").status_code == 403
    assert office.store.subscriptions.all(offset=0, limit=9)[0] == 1


def test_readers_of_the_office_stop_nothing(office: Office) -> None:
    number = subscribed(office)
    client = office.logged_in(Role.READER)

    assert client.get(PATH).status_code == 403
    assert client.post(PATH, data={"number": str(number)}).status_code == 403
    assert office.store.subscriptions.find(number)
