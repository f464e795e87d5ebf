"""Finds the forge behind a host: as the settings say, as everybody knows, else by asking once a run."""

import threading
from collections.abc import Mapping

from harvest.asking import Ask, Trouble
from harvest.forges import Forge, find_forge, probe
from harvest.guard import Target


class ForgeFinder:
    """Knows the forges of hosts; one for all threads of a run. `kinds` are those of the settings."""

    def __init__(self, kinds: Mapping[str, str] | None = None) -> None:
        self._kinds = kinds or {}
        self._probed: dict[str, Forge | None] = {}
        self._lock = threading.Lock()

    def find(self, target: Target, ask: Ask) -> Forge | None:
        """The adapter for the host of an address; None where it runs no forge that we know."""
        known = find_forge(target.host, self._kinds)
        if known or target.port != 443:  # another port is a server of the tests
            return known
        with self._lock:
            if target.host in self._probed:
                return self._probed[target.host]
        try:
            found = probe(target.host, ask)
        except Trouble:
            found = None
        with self._lock:
            self._probed[target.host] = found
        return found
