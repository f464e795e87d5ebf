"""TOML of strangers, read within bounds: the usual parser can be kept busy for minutes by 60 kilobytes."""

import re
import tomllib
from collections.abc import Mapping

LARGEST = 100_000  # characters; the parser is written in Python
# `a.a.a. ... = 1`: each part of a dotted key walks all parts before it. 30,000 parts took two minutes.
_LONG_KEY = re.compile(r"(?:\.[^.=\n]{0,80}){40}")


class BadToml(ValueError):
    """The text is no TOML, or larger, deeper or odder than anything that people write."""


def parse_toml(text: str) -> Mapping[str, object]:
    """The values of a TOML document. Raises `BadToml`."""
    if len(text) > LARGEST:
        raise BadToml("too large")
    if _LONG_KEY.search(text):
        raise BadToml("a key of very many parts")
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise BadToml(str(error)) from None
