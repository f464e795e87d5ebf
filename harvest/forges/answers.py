"""What forges answer, read with distrust: bounded, clean and of the right kind, or None.

Everything here takes any JSON and is content with its own results: a remembered value is read a second
time, and may have been written by an earlier version of this program.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from catalogue.domain.snapshot import Plain
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.dates import EARLIEST, LATEST
from catalogue.standards.spdx import NotAnExpression, normalised

LONGEST_LINE = 500
LONGEST_NAME = 200
MOST_ITEMS = 100
MOST_TOPICS = 30
_HIGHEST = 2**53
# Control characters, text that runs backwards, halves of characters: nothing a line of text needs.
_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SEGMENT = re.compile(r"[A-Za-z0-9_.+~-]{1,255}")
_BOT = re.compile(
    r"(^|[-_.])(bot[0-9]*|robot|ci|actions)([-_.][0-9a-f]*)?$|\[bot\]$|^(dependabot|renovate|weblate)\b", re.I
)
# Forges recognise these by the text of the licence, which does not say whether later versions apply.
_VERSION_UNSURE = re.compile(r"(?:[AL]?GPL|GFDL)-[0-9.]+", re.I)


def fields_of(value: object) -> Mapping[str, object]:
    """The value as a JSON object. Raises `TypeError` for anything else."""
    if not isinstance(value, Mapping):
        raise TypeError("the answer is no JSON object")
    return value


def items_of(value: object) -> Sequence[object]:
    """The first items of a JSON list. Raises `TypeError` for anything else."""
    if not isinstance(value, list | tuple):
        raise TypeError("the answer is no JSON list")
    return value[:MOST_ITEMS]


def part(value: object, key: str) -> Mapping[str, object]:
    """The JSON object under the key, empty where there is none."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def each(value: object, pick: Callable[[Mapping[str, object]], Plain]) -> tuple[Plain, ...]:
    """What `pick` takes from each object of a JSON list, without the None among it. Raises `TypeError`."""
    picked = (pick(item) for item in items_of(value) if isinstance(item, Mapping))
    return tuple(item for item in picked if item is not None)


def line(value: object) -> str | None:
    """One clean line of text, cut with an ellipsis where it is too long."""
    if not isinstance(value, str):
        return None
    text = " ".join(_HARMFUL.sub(" ", value[: LONGEST_LINE * 4]).split())
    return (text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1].rstrip() + "…") or None


def name(value: object) -> str | None:
    """A name of a branch, a tag or a topic: as it is or not at all, since it stands for something."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME or _HARMFUL.search(value):
        return None
    return value.strip() or None


def flag(value: object) -> bool | None:
    """True or false."""
    return value if isinstance(value, bool) else None


def count(value: object) -> int | None:
    """A whole number from 0 up, such as JSON can carry."""
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HIGHEST
    return value if isinstance(value, int) and is_count else None


def moment(value: object) -> str | None:
    """A moment as ISO 8601 in UTC; without a zone it is taken for UTC. None outside of 1990 to 2100."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.isoformat() if EARLIEST <= found.year <= LATEST else None


def when(value: object) -> datetime | None:
    """The moment that `moment` gives, for reckoning."""
    text = moment(value)
    return datetime.fromisoformat(text) if text else None


def address(value: object) -> str | None:
    """A public web address, normalised."""
    try:
        return parse_address(value.strip()).text if isinstance(value, str) else None
    except BadAddress:
        return None


def topics(value: object) -> tuple[str, ...]:
    """Topics: each once, the first thirty."""
    found = (name(item) for item in (value[:MOST_ITEMS] if isinstance(value, list | tuple) else ()))
    return tuple(dict.fromkeys(item for item in found if item))[:MOST_TOPICS]


def path(value: object) -> str | None:
    """The path of a repository, such as `group/project`, in characters that forges allow."""
    if not isinstance(value, str) or len(value) > LONGEST_LINE:
        return None
    parts = value.split("/")
    return value if len(parts) >= 2 and all(is_segment(one) for one in parts) else None


def is_segment(text: str) -> bool:
    """Whether the text can be the name of a group or a repository on a forge."""
    return bool(_SEGMENT.fullmatch(text)) and text not in (".", "..")


def licence(value: object) -> str | None:
    """The SPDX id that the forge is sure of. GNU licences without `-only` or `-or-later` are unsure."""
    text = name(value)
    if text is None or _VERSION_UNSURE.fullmatch(text):
        return None
    try:
        return normalised(text)
    except NotAnExpression:
        return None


def person(login: object) -> int | None:
    """A number that tells people of one issue apart and names nobody: 16 bits of a hash, None for nobody.

    One of 65,536 pairs of people shares a number; then one answer is taken for the reporter's own.
    """
    text = name(login)
    if text is None:
        return None
    return int.from_bytes(hashlib.blake2b(text.casefold().encode(), digest_size=2).digest())


def is_bot(login: object) -> bool:
    """Whether the name of an account says that a program acts there."""
    return isinstance(login, str) and bool(_BOT.search(login[:LONGEST_NAME]))
