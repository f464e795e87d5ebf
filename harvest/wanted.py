"""Which files of a look are read: those that readers ask for, and a few sources for their licence headers."""

import re
from collections.abc import Iterable

from harvest.readers.reading import is_foreign
from harvest.readers.wanted import wanted

MOST_SOURCES = 20
_ENDINGS = (
    "py", "js", "ts", "tsx", "jsx", "vue", "java", "kt", "php", "rb", "go", "rs", "cs", "c", "h", "cpp",
    "hpp", "swift", "dart", "r", "ex", "scala", "sh", "sql",
)  # fmt: skip
_SOURCE = re.compile(rf".*\.({'|'.join(_ENDINGS)})", re.IGNORECASE)


def choose(paths: Iterable[str], most: int) -> tuple[str, ...]:
    """At most so many files: what readers ask for first, then sources from all over the tree."""
    every = tuple(paths)
    named = wanted(every)[:most]
    taken = frozenset(named)
    sources = sorted(
        path for path in every if _SOURCE.fullmatch(path) and path not in taken and not is_foreign(path)
    )
    return (*named, *_spread(sources, min(MOST_SOURCES, most - len(named))))


def _spread(items: list[str], most: int) -> list[str]:
    """At most so many of them, evenly apart; the same ones for the same tree."""
    if len(items) <= most:
        return items
    return [items[number * len(items) // most] for number in range(most)]
