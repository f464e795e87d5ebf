"""Tokens and the opened loopback from the environment."""

import ipaddress

import pytest

from harvest.settings import BadSetting, door_settings


def test_tokens_are_by_host_and_nothing_is_opened_by_default():
    given = {"CATALOGUE_FORGE_TOKENS": " GitHub.com=abc  gitlab.example=d=e "}

    assert door_settings(given) == ({"github.com": "abc", "gitlab.example": "d=e"}, ())


def test_the_loopback_can_be_opened():
    _, allow = door_settings({"CATALOGUE_HARVEST_LOOPBACK": "127.0.0.1 ::1"})

    assert allow == (ipaddress.ip_network("127.0.0.1"), ipaddress.ip_network("::1"))


@pytest.mark.parametrize(
    "text", ["github.com", "=secret", "https://github.com=secret", "a.example=s\u00e9cret"]
)
def test_a_token_without_a_host_is_refused_and_not_shown(text):
    with pytest.raises(BadSetting) as caught:
        door_settings({"CATALOGUE_FORGE_TOKENS": f"x.example=fine {text}"})

    assert "part 2" in str(caught.value)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("text", ["10.0.0.1", "0.0.0.0/0", "on", "127.0.0.1,::1", "localhost"])
def test_nothing_but_the_loopback_can_be_opened(text):
    with pytest.raises(BadSetting, match="this machine"):
        door_settings({"CATALOGUE_HARVEST_LOOPBACK": text})
