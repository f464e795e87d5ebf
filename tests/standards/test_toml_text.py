"""TOML of strangers is read or refused, and neither takes long."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.standards.toml_text import BadToml, parse_toml


def test_what_people_write_is_read():
    text = '[project]\r\nname = "thing"\r\nversion = "1.10"\r\n[tool.a.b.c]\r\nd.e = ["x", 1]\r\n'

    assert parse_toml(text)["project"] == {"name": "thing", "version": "1.10"}


@pytest.mark.parametrize(
    "text",
    [
        "a =",
        "a = 1\na = 2",
        "a = " + "[" * 20_000,
        ".".join(["a"] * 30_000) + " = 1",  # would take minutes
        "[" + ".".join(['"a b"'] * 10_000) + "]",
        "a = '" + "x" * 200_000 + "'",
    ],
)
def test_what_is_broken_deep_or_large_is_refused(text):
    with pytest.raises(BadToml):
        parse_toml(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(BadToml):
        assert isinstance(parse_toml(text), dict)
