"""A dictionary that holds no more than so much; the oldest make room."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Whoever puts something in holds a lock; reading takes none, so nothing is reordered by it."""

    def __init__(self, most: int) -> None:
        """`most` is how much all values together may cost."""
        self._most, self._cost = most, 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value, None where it is not held."""
        found = self._values.get(key)
        return found[0] if found else None

    def put(self, key: K, value: V, cost: int) -> None:
        """Hold a value that costs so much; the newest one is held whatever it costs."""
        _, before = self._values.pop(key, (None, 0))
        self._values[key] = (value, cost)
        self._cost += cost - before
        while self._cost > self._most and len(self._values) > 1:
            self._cost -= self._values.popitem(last=False)[1][1]

    def __len__(self) -> int:
        """How many are held."""
        return len(self._values)

    def keys(self) -> list[K]:
        """What is held, the oldest first; for whoever holds the lock."""
        return list(self._values)
