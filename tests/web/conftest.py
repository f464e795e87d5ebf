"""The application on the real entries, and the one function through which every page is fetched."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page
from office import Office, close, open_office, publish_office
from page_checks import check_page

GetPage = Callable[..., Page]


@pytest.fixture(scope="session")
def app(published: Path, make_app: Callable[..., Flask]) -> Flask:
    """The application, with an office that has an address."""
    return make_app(published, office_email="katalog@example.org")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture(scope="session")
def titles() -> dict[tuple[str, str], str]:
    """Every title seen so far, with the address that has it."""
    return {}


@pytest.fixture
def get_page(client: FlaskClient, titles: dict[tuple[str, str], str]) -> GetPage:
    """Fetches a page in a language and checks all that is true of every page."""

    def get(path: str, lang: str = "de", status: int = 200, *, client: FlaskClient = client) -> Page:
        address = f"/{lang}{path}"
        answer = client.get(address, headers={"Accept-Language": lang})
        assert answer.status_code == status, f"{address}: {answer.status}"
        assert answer.mimetype == "text/html"
        page = Page(answer.text, status=status, headers=answer.headers, address=address)
        check_page(page, lang)
        if status == 200 and not page.is_noindex:
            here = urlsplit(address).path
            seen = titles.setdefault((lang, page.title), here)
            assert seen == here, f"{address} and {seen} have the same title {page.title!r}"
        return page

    return get


@pytest.fixture(scope="session")
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small catalogue for the office. Copy it, never write into it."""
    return publish_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(office_folder: Path, tmp_path: Path) -> Iterator[Office]:
    """The office of a small catalogue, with an editor who is logged in."""
    opened = open_office(Path(shutil.copytree(office_folder, tmp_path / "var")))
    yield opened
    close(opened)
