"""Every form of the catalogue, of today and of later, in the hands of another site or of a vandal."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from office_login import Office, an_office
from werkzeug.routing import Rule

from catalogue.app import LARGEST_FORM

LEADS_NOWHERE = "a" * 43  # as long as the secret of a link
OF_STRANGERS = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
)


@pytest.fixture(scope="module")
def office(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("abuse") / "var"
    with an_office(Path(shutil.copytree(published, folder))) as office:
        yield office


def forms_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())]


def address(app: Flask, rule: Rule) -> str:
    values: dict[str, object] = {"lang": "de", "key": "hal-plan", "number": 1}
    with app.test_request_context():
        chosen = {name: values.get(name, LEADS_NOWHERE) for name in rule.arguments}
        return str(app.url_map.bind("localhost").build(rule.endpoint, chosen, method="POST"))


@pytest.mark.parametrize("headers", OF_STRANGERS)
def test_no_form_is_taken_from_another_site(office: Office, headers: dict[str, str]) -> None:
    client = office.logged_in()

    answers = {
        rule.endpoint: client.post(address(office.app, rule), headers=headers).status_code
        for rule in forms_of(office.app)
    }

    assert len(answers) > 20
    assert set(answers.values()) == {403}, answers


def test_no_form_of_the_office_is_taken_without_its_ticket(office: Office) -> None:
    client = office.logged_in()

    for rule in forms_of(office.app):
        if "/office" in rule.rule:
            path = address(office.app, rule)
            for ticket in ({}, {"ticket": "forged"}):
                form = {**ticket, "account": "1", "action": "disable", "do": "confirm", "message": "1"}
                assert client.post(path, data=form).status_code in (400, 403, 404), path


def test_no_form_takes_a_file_as_large_as_a_disk(office: Office) -> None:
    client = office.logged_in()
    too_large = LARGEST_FORM + 1000

    for rule in forms_of(office.app):
        path = address(office.app, rule)
        form = {"email": "a@stadt.example", "file": (BytesIO(b"x" * too_large), "a.bin")}
        answer = client.post(path, data=form, content_type="multipart/form-data")
        is_upload = rule.endpoint == "pages.office_upload_send"
        reads_no_form = answer.status_code in (303, 404)
        assert is_upload or reads_no_form or answer.status_code == 413, f"{path}: {answer.status}"
