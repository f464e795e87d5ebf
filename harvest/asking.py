"""How forges are asked: the door to the network as an adapter sees it, and what is remembered of answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from catalogue.domain.snapshot import Plain, Reason


class Trouble(Exception):
    """An address could not be read. `reason` and `detail` become a gap; `until` is when to come back."""

    def __init__(self, reason: Reason, detail: str, *, until: datetime | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.until = until


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is kept of an earlier answer, to be asked for again only where it changed (RFC 9110, ETag)."""

    etag: str
    value: Plain


class Ask(Protocol):
    """Asks a forge for JSON."""

    def json(self, address: str, pick: Callable[[object], Plain]) -> Plain:
        """What `pick` takes from the JSON behind `address`.

        With a remembered answer the request is conditional; where nothing changed, the remembered value is
        the answer. Redirects are followed as far as the guard allows, so a moved repository answers too.
        Raises `Trouble`: ABSENT (404, 410), REFUSED (401, 403 or the guard), LIMITED (429 or a spent rate
        limit; then every further question to this host raises at once), UNREACHABLE, UNREADABLE (no JSON,
        or `pick` raised LookupError, TypeError or ValueError), TOO_LARGE.
        """
        ...
