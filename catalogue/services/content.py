"""Fingerprints of the catalogue's content: by them a publication sees whether there is anything to do.

The content hash that the store keeps is of two parts: what people say (entries, lists, register, program),
and what was seen of repositories and is known of reuse. The second part is the sum of a fingerprint of each
solution, so that it is known after a change of some without a look at the others.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

from catalogue.domain.register import Register
from catalogue.services.observing import Seen
from catalogue.services.search_index import signs_of
from catalogue.storage.json_text import json_text
from catalogue.storage.store import CatalogueState

_BITS = 128  # of the fingerprint of a solution, and of their sum


def fingerprint(*parts: object) -> str:
    """A SHA-256 in hexadecimal that is the same for the same values, in any order of keys."""
    return hashlib.sha256(json_text(parts).encode()).hexdigest()


def signs_print(seen: Seen, today: date) -> str:
    """The fingerprint of how the repositories and the reuse of one solution stand."""
    text = f"{seen.solution.id} {signs_of(seen, today)!r}"
    return hashlib.blake2b(text.encode(), digest_size=_BITS // 8).hexdigest()


def content_hash(said: str, prints: Iterable[str]) -> str:
    """The hash of a content: the fingerprint of what people say, and the `signs_print` of each solution."""
    return _joined(said, _sum(prints))


def content_hash_after(before: str, gone: Iterable[str], new: Iterable[str]) -> str:
    """The hash of a content of which some prints are gone and others new, and all else is as before."""
    said, _, total = before.partition("-")
    return _joined(said, int(total or "0", 16) - _sum(gone) + _sum(new))


def said_in(state: CatalogueState) -> str:
    """The part of the published content hash that is about what people say: entries, lists, register."""
    return state.content_hash.partition("-")[0]


def _sum(prints: Iterable[str]) -> int:
    return sum(int(one, 16) for one in prints)


def _joined(said: str, total: int) -> str:
    return f"{said}-{total % 2**_BITS:0{_BITS // 4}x}"


def register_fingerprint(register: Register) -> str:
    """The whole register, since names, places and mergers all show in the index and the counts."""
    digest = hashlib.sha256()
    for municipality in register:
        digest.update(repr(municipality).encode())
    digest.update(repr(sorted(register.aliases.items())).encode())
    return digest.hexdigest()
