"""Reads single values out of what somebody wrote: tolerant, since the checks say what is wrong with it."""

from collections.abc import Mapping, Sequence

from catalogue.domain.entry import Value


def text_in(row: Value, key: str) -> str | None:
    """The text of a field without blanks around it; None where there is none."""
    value = row.get(key) if isinstance(row, Mapping) else None
    return value.strip() or None if isinstance(value, str) else None


def texts_in(row: Mapping[str, Value], key: str) -> tuple[str, ...]:
    """The texts of a list; what is no text or empty is left out."""
    value = row.get(key)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(item.strip() for item in value if isinstance(item, str) and item.strip())
