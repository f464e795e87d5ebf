"""The word lists that ship with the search; whoever uses one keeps what is made of it, not the list."""

from importlib.resources import files

# What an index holds depends on these; all others are asked when a question is read.
INDEX_LISTS = ("words", "whole", "verbs", "families", "stopwords", "elsewhere")
WORD_LISTS = (*INDEX_LISTS, "weak", "kinds", "generic", "common")


def list_of(name: str) -> tuple[str, ...]:
    """The words of `catalogue/data/search/<name>.txt`, as written there; lines with # are comments."""
    text = files("catalogue").joinpath("data", "search", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
