"""Small rules about German text that more than one module needs."""

_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "ó": "o", "š": "s"})


def sort_key(text: str) -> str:
    """A key by which German names sort as in a telephone book (ä as ae; DIN 5007-2)."""
    return text.casefold().translate(_FOLDED)
