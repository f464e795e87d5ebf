"""Our terms in letters that SQL engines take for one word: the sign in front becomes a letter."""

from functools import lru_cache

_LETTERS = str.maketrans({"=": "x", "~": "s", "+": "p", "!": "n", "@": "e", ".": "z"})


@lru_cache(maxsize=400_000)
def safe(term: str) -> str:
    """`~stem` becomes `sstem`; two kinds of terms stay apart, since each has its own letter."""
    return term[0].translate(_LETTERS) + "".join(sign for sign in term[1:] if sign.isalnum())
