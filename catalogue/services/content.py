"""Fingerprints of the catalogue's content: by them a publication sees whether there is anything to do.

The content hash that the store keeps is of two parts: what people say (entries, lists, register, program),
and what was seen of repositories and is known of reuse.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from catalogue.domain.register import Register
from catalogue.services.observing import Seen
from catalogue.services.search_index import signs_of
from catalogue.storage.json_text import json_text
from catalogue.storage.store import CatalogueState


def fingerprint(*parts: object) -> str:
    """A SHA-256 in hexadecimal that is the same for the same values, in any order of keys."""
    return hashlib.sha256(json_text(parts).encode()).hexdigest()


def content_hash(said: str, seen: Mapping[str, Seen], now: datetime) -> str:
    """The hash of a content: the fingerprint of what people say, and how repositories and reuse stand."""
    signs = {key: repr(signs_of(one, now.date())) for key, one in seen.items()}
    return f"{said}-{fingerprint(signs)[:16]}"


def said_in(state: CatalogueState) -> str:
    """The part of the published content hash that is about what people say: entries, lists, register."""
    return state.content_hash.partition("-")[0]


def register_fingerprint(register: Register) -> str:
    """The whole register, since names, places and mergers all show in the index and the counts."""
    digest = hashlib.sha256()
    for municipality in register:
        digest.update(repr(municipality).encode())
    digest.update(repr(sorted(register.aliases.items())).encode())
    return digest.hexdigest()
