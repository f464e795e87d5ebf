"""Synonyms: words that mean the same to whoever searches, and everyday words that mean them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """`words` mean the same in any direction; `asked` are words of a question that mean them, one way."""

    id: str
    words: tuple[str, ...]
    asked: tuple[str, ...] = ()
