"""Settings that cannot be meant are refused with a sentence."""

import pytest

from catalogue import config
from catalogue.config import BadSetting, Settings


@pytest.mark.parametrize(
    "address", ["http://[x", "http://host:port/", "host", "ftp://host/", "https://h/?q=1"]
)
@pytest.mark.parametrize("name", ["CATALOGUE_BASE_URL", "CATALOGUE_SOURCE_URL"])
def test_what_is_no_web_address_is_refused(name: str, address: str) -> None:
    with pytest.raises(BadSetting, match=f"{name}: .* is no web address"):
        Settings.from_environ({name: address})


def test_a_web_address_is_kept_without_its_last_slash() -> None:
    assert Settings.from_environ({"CATALOGUE_BASE_URL": "https://h:8443/a/"}).base_url == "https://h:8443/a"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_without_its_driver_says_how_to_install_it(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "find_spec", lambda name: None)

    with pytest.raises(BadSetting, match="pip install 'psycopg"):
        Settings.from_environ({"CATALOGUE_DATABASE_URL": f"{scheme}://db/catalogue"})


def test_postgresql_with_its_driver_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "find_spec", lambda name: object())

    settings = Settings.from_environ({"CATALOGUE_DATABASE_URL": "postgres://db/catalogue"})

    assert settings.database_url == "postgresql+psycopg://db/catalogue"


@pytest.mark.parametrize(("text", "expected"), [("", True), ("auto", True), ("off", False)])
def test_search_by_meaning_is_on_unless_it_is_switched_off(text: str, expected: bool) -> None:
    assert Settings.from_environ({"CATALOGUE_SEMANTIC": text}).semantic is expected


def test_search_by_meaning_takes_no_other_word() -> None:
    with pytest.raises(BadSetting, match="CATALOGUE_SEMANTIC: 'on' is neither auto nor off"):
        Settings.from_environ({"CATALOGUE_SEMANTIC": "on"})
