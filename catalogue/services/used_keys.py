"""Which keys of the register are in use: named by an entry, a list, a report or what is published."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from catalogue.domain.entry import Value
from catalogue.storage.entries import load_folder
from catalogue.storage.errors import StoreError
from catalogue.storage.store import Store


def used_keys(entries: Path, database_url: str) -> frozenset[str]:
    """Every key that somebody names as a body. A catalogue that was never published names none."""
    folder = load_folder(entries)
    found = set()
    for entry in folder.entries:
        found |= set(_bodies(entry.fields))
    for items in folder.items.values():
        for item in items:
            found |= set(_bodies(item.fields))
    try:
        store = Store.open(database_url, migrate=False)
    except StoreError:
        return frozenset(found)
    try:
        found |= {part.body for part in store.taking_part()} | store.reuse.bodies()
    finally:
        store.close()
    return frozenset(key for key in found if key.isdigit())


def _bodies(value: Value) -> Iterator[str]:
    """The values of all `body` and `members` fields, however deep."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "body" and isinstance(inner, str):
                yield inner
            elif key == "members" and isinstance(inner, Sequence):
                yield from (member for member in inner if isinstance(member, str))
            else:
                yield from _bodies(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _bodies(inner)
