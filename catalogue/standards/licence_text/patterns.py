"""Regular expressions that are compiled when they are first needed: most files need few of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

MOST = 40  # matches of one pattern: no honest file has more


class Pattern:
    """A regular expression, and literal words of which every match holds one."""

    __slots__ = ("_compiled", "_flags", "_needs", "_source")

    def __init__(self, source: str, *needs: str, flags: int = 0) -> None:
        self._source = source
        self._needs = needs
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def _may_match(self, text: str) -> bool:
        return not self._needs or any(word in text for word in self._needs)

    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self._ready().search(text) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`, but no more than `MOST`."""
        return islice(self._ready().finditer(text), MOST) if self._may_match(text) else iter(())
