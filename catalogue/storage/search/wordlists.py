"""The word lists that ship with the search, read once."""

from functools import cache
from importlib.resources import files

WORD_LISTS = ("words", "whole", "verbs", "families", "stopwords", "weak", "kinds", "generic")


@cache
def list_of(name: str) -> tuple[str, ...]:
    """The words of `catalogue/data/search/<name>.txt`, as written there; lines with # are comments."""
    text = files("catalogue").joinpath("data", "search", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
