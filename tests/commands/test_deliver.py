"""`catalogue deliver` and the worker's part of it: what is due leaves, and trouble says how to mend it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mail_server import mail_server

from catalogue.cli import cli
from catalogue.storage.database import writer
from catalogue.storage.outbox import Message, Sending, post
from catalogue.storage.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "sehr-geheim"


def run(data: Path, *arguments: str, **settings: str) -> Result:
    given = {"data": str(data), "semantic": "off", "harvest": "off", **settings}
    environ = {f"CATALOGUE_{name.upper()}": value for name, value in given.items()}
    return CliRunner().invoke(cli, arguments, env=environ)


def put(data: Path) -> None:
    store = Store.open(f"sqlite:///{data}/catalogue.db", migrate=True)
    with writer(store._engine).begin() as connection:
        message = Message(address="amt@stadt.example", title="Hallo", text="x", subject="report", number=1)
        post(connection, message, NOW)
    store.close()


def states(data: Path) -> list[Sending]:
    store = Store.open(f"sqlite:///{data}/catalogue.db", migrate=False)
    found = [line.state for line in store.outbox_log.lines([*Sending], limit=9)]
    store.close()
    return found


def test_what_is_due_is_sent_once(tmp_path: Path) -> None:
    put(tmp_path)
    with mail_server() as box:
        smtp = f"smtp://127.0.0.1:{box.port}"
        first = run(tmp_path, "deliver", smtp=smtp, mail_from="katalog@amt.example")
        second = run(tmp_path, "deliver", smtp=smtp, mail_from="katalog@amt.example")

    assert (first.exit_code, first.stdout) == (0, "sent: 1, later: 0, given up: 0\n")
    assert (second.exit_code, second.stdout) == (0, "sent: 0, later: 0, given up: 0\n")
    assert len(box.mails) == 1
    assert "Subject: Hallo" in box.texts[0]


def test_where_there_is_no_catalogue_none_is_made(tmp_path: Path) -> None:
    done = run(tmp_path / "mistyped", "deliver")

    assert done.exit_code == 1
    assert not (tmp_path / "mistyped").exists()


def test_what_is_refused_for_good_is_said(tmp_path: Path) -> None:
    put(tmp_path)
    with mail_server({"RCPT": "550 5.1.1 <amt@stadt.example> unknown"}) as box:
        done = run(tmp_path, "deliver", smtp=f"smtp://127.0.0.1:{box.port}", mail_from="katalog@amt.example")

    assert (done.exit_code, done.stdout) == (1, "sent: 0, later: 0, given up: 1\n")
    assert "amt@" not in done.output


def test_a_server_that_is_down_is_tried_later(tmp_path: Path) -> None:
    put(tmp_path)
    with mail_server() as box:
        port = box.port

    done = run(tmp_path, "deliver", smtp=f"smtp://127.0.0.1:{port}", mail_from="katalog@amt.example")

    assert (done.exit_code, done.stdout) == (0, "sent: 0, later: 1, given up: 0\n")
    assert states(tmp_path) == [Sending.WAITING]


@pytest.mark.parametrize("command", [("deliver",), ("worker", "--once"), ("serve",)])
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"smtp": f"http://name:{PASSWORD}@mail.example", "mail_from": "a@b.example"}, "CATALOGUE_SMTP"),
        ({"smtp": f"smtp://name:{PASSWORD}@mail.example"}, "CATALOGUE_MAIL_FROM"),
        ({"smtp": "smtp://mail.example", "mail_from": "amt@localhost"}, "CATALOGUE_MAIL_FROM"),
        ({"harvest_loopback": "10.0.0.1"}, "CATALOGUE_HARVEST_LOOPBACK"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named_without_its_password(
    tmp_path: Path, command: tuple[str, ...], settings: dict[str, str], said: str
) -> None:
    done = run(tmp_path, *command, **settings)

    assert done.exit_code == 1
    assert said in done.output
    assert PASSWORD not in done.output


def test_a_round_of_the_worker_sends_too(data_folder: Path) -> None:
    put(data_folder)

    done = run(data_folder, "worker", "--once")

    assert done.exit_code == 0, done.output
    assert states(data_folder) == [Sending.SENT]
    assert [path.name for path in (data_folder / "mail").iterdir()] == ["1.eml"]
