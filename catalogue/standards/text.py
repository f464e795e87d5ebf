"""Small rules about German text that more than one module needs."""

_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "ó": "o", "š": "s"})


def sort_key(text: str) -> str:
    """A key by which German names sort as in a telephone book (ä as ae; DIN 5007-2)."""
    return text.casefold().translate(_FOLDED)


def whole_number(text: str, digits: int = 15) -> int | None:
    """The number that a text of ASCII digits alone writes; None for all else, and for more than `digits`."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
