"""The optional step of the check that asks the network: gone is an error, could-not-look a warning."""

from pathlib import Path

import pytest

from catalogue.services.publiccode import check_file, with_network
from catalogue.standards.publiccode.problem import Severity

FILE = """publiccodeYmlVersion: "0.4"
name: Melder
url: https://git.example/town/tool
landingURL: https://town.example/melder
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "publiccode.yml"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def test_what_is_gone_is_an_error_at_its_line_and_what_could_not_be_looked_at_a_warning(file: str) -> None:
    answers = {
        "https://git.example/town/tool": ("address-not-looked-at", "no answer"),
        "https://town.example/melder": ("address-gone", ""),
    }

    before = check_file(file)
    checked = with_network(before, lambda address: answers[address])

    new = checked.problems[len(before.problems) :]
    assert {(one.key, one.code, one.severity, one.line) for one in new} == {
        ("url", "address-not-looked-at", Severity.WARNING, 3),
        ("landingURL", "address-gone", Severity.ERROR, 4),
    }
    assert not checked.is_valid


def test_what_is_there_adds_nothing(file: str) -> None:
    assert with_network(check_file(file), lambda address: None) == check_file(file)


def test_a_file_that_is_gone_meanwhile_keeps_its_verdict(tmp_path: Path) -> None:
    absent = check_file(str(tmp_path / "nowhere.yml"))

    assert with_network(absent, lambda address: ("address-gone", "")) == absent
