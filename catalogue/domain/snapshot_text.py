"""Snapshots as plain data, for keeping, exchange and the command line; format 1."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import TypeVar

from catalogue.domain.snapshot import (
    Activity,
    Fact,
    Gap,
    Person,
    Plain,
    Question,
    Reason,
    Release,
    Snapshot,
    Voice,
    Where,
)

FORMAT = 1
_MOST = 2_000  # items of a list: a look keeps 500 people and 100 releases at most
_LARGEST = 10**12
_DEEPEST = 12
_EARLIEST, _LATEST = 1970, 9000
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
T = TypeVar("T")


class BadSnapshot(ValueError):
    """Plain data that is no snapshot; `place` says where, `what` what is wrong there."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place
        self.what = what


def plain_from_snapshot(snapshot: Snapshot) -> Mapping[str, Plain]:
    """The snapshot as plain data: dates as ISO 8601, what is unknown or empty left out."""
    return {"format": FORMAT, **_plain_map(snapshot)}


def _plain_map(value: object) -> dict[str, Plain]:
    named = ((f.name, getattr(value, f.name), f.default) for f in fields(value))  # type: ignore[arg-type]  # a dataclass
    return {name: _plain(item) for name, item, usual in named if item != usual}


def _plain(value: object) -> Plain:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value):
        return _plain_map(value)
    if isinstance(value, tuple | list):
        return tuple(_plain(item) for item in value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a snapshot")


def snapshot_from_plain(data: object) -> Snapshot:
    """The snapshot that plain data describes; keys that later formats add are passed over.

    Raises `BadSnapshot` for a newer format and for whatever has not the form of a snapshot.
    """
    top = _Reader(data, "snapshot")
    if (stated := top.optional("format", _whole)) != FORMAT:
        raise BadSnapshot("format", f"is {stated}, this program reads {FORMAT}")
    return Snapshot(
        asked=top.get("asked", _text),
        address=top.get("address", _text),
        looked_at=top.get("looked_at", _moment),
        branch=top.optional("branch", _text),
        commit=top.optional("commit", _text),
        committed_at=top.optional("committed_at", _moment),
        refs=top.optional("refs", _text) or "",
        forge=top.optional("forge", _text),
        root=top.optional("root", _text),
        activity=top.optional("activity", _activity),
        releases=top.many("releases", _release),
        releases_in_all=top.optional("releases_in_all", _whole) or 0,
        facts=top.many("facts", _fact),
        gaps=top.many("gaps", _gap),
        aliases=top.many("aliases", _text),
    )


class _Reader:
    """A mapping of plain data, read key by key with the place of what is wrong."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, Mapping):
            raise BadSnapshot(place, "is no map")
        self._data = data
        self._place = place

    def get(self, key: str, make: Callable[[object, str], T]) -> T:
        if self._data.get(key) is None:
            raise BadSnapshot(f"{self._place}.{key}", "is missing")
        return make(self._data[key], f"{self._place}.{key}")

    def optional(self, key: str, make: Callable[[object, str], T]) -> T | None:
        return None if self._data.get(key) is None else self.get(key, make)

    def many(self, key: str, make: Callable[[object, str], T]) -> tuple[T, ...]:
        items = self._data.get(key, ())
        if not isinstance(items, list | tuple):
            raise BadSnapshot(f"{self._place}.{key}", "is no list")
        if len(items) > _MOST:
            raise BadSnapshot(f"{self._place}.{key}", f"has more than {_MOST} items")
        return tuple(make(item, f"{self._place}.{key}[{i}]") for i, item in enumerate(items))


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise BadSnapshot(place, "is no text")
    if _UNKEEPABLE.search(value):
        raise BadSnapshot(place, "has a null character or half a sign, which no database keeps")
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise BadSnapshot(place, "is neither true nor false")
    return value


def _whole(value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise BadSnapshot(place, f"is no whole number from 0 to {_LARGEST}")
    return value


def _share(value: object, place: str) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadSnapshot(place, "is no number from 0 to 1")
    return float(value)


def _day(value: object, place: str) -> date:
    try:
        return date.fromisoformat(_text(value, place))
    except ValueError:
        raise BadSnapshot(place, "is no day (YYYY-MM-DD)") from None


def _moment(value: object, place: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value, place))
    except ValueError:
        raise BadSnapshot(place, "is no moment (ISO 8601)") from None
    if moment.tzinfo is None:
        raise BadSnapshot(place, "has no time zone")
    if not _EARLIEST <= moment.year <= _LATEST:  # at the ends of the calendar there is no other time zone
        raise BadSnapshot(place, f"is no moment of the years {_EARLIEST} to {_LATEST}")
    return moment


def _member(kind: type[StrEnum]) -> Callable[[object, str], StrEnum]:
    def make(value: object, place: str) -> StrEnum:
        try:
            return kind(_text(value, place))
        except ValueError:
            raise BadSnapshot(place, f"{value!r} is none of {', '.join(kind)}") from None

    return make


def _any(value: object, place: str) -> Plain:
    try:
        _check_deep(value, place, _DEEPEST)
        return _plain(value)
    except TypeError as error:
        raise BadSnapshot(place, str(error)) from None


def _check_deep(value: object, place: str, deepest: int) -> None:
    """Values of facts are small: a few levels, numbers that are some, text that can be kept."""
    if deepest == 0:
        raise BadSnapshot(place, "is nested too deep")
    if isinstance(value, str):
        _text(value, place)
    elif isinstance(value, float) and not isfinite(value):
        raise BadSnapshot(place, "is no number")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _text(key, place)
            _check_deep(item, place, deepest - 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_deep(item, place, deepest - 1)


def _where(value: object, place: str) -> Where:
    read = _Reader(value, place)
    return Where(
        path=read.optional("path", _text),
        first_line=read.optional("first_line", _whole),
        last_line=read.optional("last_line", _whole),
        key=read.optional("key", _text),
        address=read.optional("address", _text),
    )


def _fact(value: object, place: str) -> Fact:
    read = _Reader(value, place)
    share = read.optional("confidence", _share)
    return Fact(
        question=Question(read.get("question", _member(Question))),
        value=read.get("value", _any),
        voice=Voice(read.get("voice", _member(Voice))),
        where=read.optional("where", _where) or Where(),
        confidence=1.0 if share is None else share,
        notes=read.many("notes", _text),
        seen=read.optional("seen", _day),
    )


def _gap(value: object, place: str) -> Gap:
    read = _Reader(value, place)
    return Gap(
        question=Question(read.get("question", _member(Question))),
        reason=Reason(read.get("reason", _member(Reason))),
        voice=Voice(read.get("voice", _member(Voice))),
        where=read.optional("where", _where) or Where(),
        detail=read.optional("detail", _text) or "",
    )


def _release(value: object, place: str) -> Release:
    read = _Reader(value, place)
    return Release(
        name=read.get("name", _text),
        on=read.get("on", _day),
        source=read.optional("source", _text) or "tag",
        is_preview=read.optional("is_preview", _flag) or False,
    )


def _person(value: object, place: str) -> Person:
    read = _Reader(value, place)
    return Person(last=read.get("last", _day), organisation=read.optional("organisation", _whole))


def _activity(value: object, place: str) -> Activity:
    read = _Reader(value, place)
    whole = read.optional("is_whole", _flag)
    return Activity(
        first=read.optional("first", _day),
        last=read.optional("last", _day),
        until=read.get("until", _day),
        months=read.many("months", _whole),
        people=read.many("people", _person),
        commits=read.get("commits", _whole),
        bot_commits=read.optional("bot_commits", _whole) or 0,
        is_whole=True if whole is None else whole,
    )
