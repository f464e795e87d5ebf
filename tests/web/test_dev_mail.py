"""The page of mails: there for whoever sits at this machine and has set up nothing yet, for nobody else."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from harvest_catalogue import publish
from html_page import Page
from page_checks import check_page

from catalogue.domain.delivery import Parcel
from catalogue.storage.mail_folder import MOST, MailFolder, load_mails

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}
MakeApp = Callable[..., Flask]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("dev")).data


@pytest.fixture
def data(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "var"))


def put(data: Path, *numbers: int, text: str = "Guten Tag,\n\nhttps://katalog.example/x?a=b&c\n") -> None:
    folder = MailFolder(data, "katalog@amt.example", now=lambda: NOW)
    for number in numbers:
        folder.carry(
            Parcel(number=number, address="amt@stadt.example", title=f"Größe {number}", text=text, made=NOW)
        )


def asked(app: Flask, **environ: str):
    return app.test_client(use_cookies=False).get("/de/dev/mail", environ_overrides={**HERE, **environ})


def page_of(answer) -> Page:
    assert answer.status_code == 200
    page = Page(answer.text, status=200, headers=answer.headers, address="/de/dev/mail")
    check_page(page, "de")
    return page


def test_mails_are_shown_newest_first_with_links(make_app: MakeApp, data: Path) -> None:
    put(data, 2, 10, 9)

    page = page_of(asked(make_app(data)))

    assert [node.text for node in page.main.all("h2")] == ["Größe 10", "Größe 9", "Größe 2"]
    assert page.main.all("a", href="https://katalog.example/x?a=b&c")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.is_noindex


def test_what_a_mail_says_is_never_run(make_app: MakeApp, data: Path) -> None:
    put(data, 1, text="<script>alert(1)</script> javascript:alert(1) https://a.example/\"onclick='x'\n")

    html = asked(make_app(data)).text

    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert page_of(asked(make_app(data))).main.all("a", href="https://a.example/")


def test_without_mails_it_says_so(make_app: MakeApp, data: Path) -> None:
    assert "Noch keine Mail" in page_of(asked(make_app(data))).main.text


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
def test_the_names_of_this_machine_are_believed(make_app: MakeApp, data: Path, host: str) -> None:
    assert asked(make_app(data), HTTP_HOST=host).status_code == 200


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.0.0.9", "::1"])
def test_so_are_its_addresses(make_app: MakeApp, data: Path, peer: str) -> None:
    assert asked(make_app(data), REMOTE_ADDR=peer).status_code == 200


@pytest.mark.parametrize(
    "environ",
    [
        {"REMOTE_ADDR": "192.168.0.7"},
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "unix:"},
        {"HTTP_HOST": "katalog.example"},
        {"HTTP_HOST": "localhost.evil.example"},
        {"HTTP_HOST": "evil.example:8000"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_HOST": "127.0.0.2"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"SERVER_PROTOCOL": "HTTP/1.0"},  # a proxy that says nothing of itself
    ],
)
def test_whoever_comes_from_elsewhere_finds_no_page(make_app: MakeApp, data: Path, environ) -> None:
    put(data, 1)

    answer = asked(make_app(data), **environ)

    assert answer.status_code == 404
    assert "Größe" not in answer.text


@pytest.mark.parametrize(
    "settings",
    [
        {"smtp": "smtp://mail.example", "mail_from": "katalog@amt.example"},
        {"base_url": "https://katalog.example"},
        {"base_url": "http://localhost:8000"},
    ],
)
def test_where_it_is_set_up_for_others_there_is_no_page(make_app: MakeApp, data: Path, settings) -> None:
    put(data, 1)

    assert asked(make_app(data, **settings)).status_code == 404


def test_a_proxy_that_is_counted_changes_nothing(make_app: MakeApp, data: Path) -> None:
    app = make_app(data, proxies="1")

    assert asked(app, HTTP_X_FORWARDED_FOR="127.0.0.1", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert asked(app).status_code == 200


def test_old_mails_go_and_odd_files_do_no_harm(data: Path) -> None:
    put(data, *range(1, MOST + 4))
    (data / "mail" / "x.eml").write_text("no number")
    (data / "mail" / "9999.eml").write_bytes(b"\xff\x00 not a mail")

    mails = load_mails(data)

    assert len([mail for mail in mails if mail.number < 9999]) == MOST
    assert min(mail.number for mail in mails) == 4
    assert mails[1].text.startswith("Guten Tag")
