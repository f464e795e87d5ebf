"""Topics within topics: which broader ones a topic belongs to."""

from collections.abc import Iterable, Iterator, Mapping

from catalogue.domain.bodies import Topic


def lineage(key: str, topics: Mapping[str, Topic]) -> Iterator[str]:
    """The topic and those it is part of, from the narrowest up.

    Ends where a parent is not known or comes again: the checks refuse such a list, reading survives it.
    """
    seen: set[str] = set()
    current: str | None = key
    while current is not None and current not in seen:
        yield current
        seen.add(current)
        parent = topics[current].parent if current in topics else None
        current = parent if parent in topics else None


def with_broader(keys: Iterable[str], topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """The topics with all that they are part of, each once: whoever looks for a topic finds its parts."""
    return tuple(dict.fromkeys(topic for key in keys for topic in lineage(key, topics)))


def is_below_itself(key: str, topics: Mapping[str, Topic]) -> bool:
    """Whether the way up leads back to the topic."""
    above = [topics[topic].parent for topic in lineage(key, topics) if topic in topics]
    return key in above
