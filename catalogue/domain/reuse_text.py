"""Reuses as plain data, for the published table; what is unknown or empty is left out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum

from catalogue.domain.reuse import Evidence, Origin, Relation, Reuse, Stage, Standing, Step, What

Plain = Mapping[str, object]


def plain_from_reuse(reuse: Reuse) -> dict[str, object]:
    """The reuse as plain data that JSON can hold."""
    named = ((f.name, getattr(reuse, f.name)) for f in fields(Reuse))
    return {name: _plain(value) for name, value in named if value not in (None, ())}


def reuse_from_plain(plain: Plain) -> Reuse:
    """The reuse of which `plain_from_reuse` made this."""
    values = {name: READ.get(name, _same)(value) for name, value in plain.items()}
    return Reuse(**{"stage": None, **values})  # type: ignore[arg-type]  # by the table


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Step):
        return [value.stage.value, value.since]
    if isinstance(value, Evidence):
        return [value.address, value.source, value.seen]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _same(value: object) -> object:
    return value


def _rows(value: object) -> Sequence[Sequence[str]]:
    return value if isinstance(value, list | tuple) else ()


def _steps(value: object) -> tuple[Step, ...]:
    return tuple(Step(stage=Stage(stage), since=since) for stage, since in _rows(value))


def _evidence(value: object) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(address=address, source=source, seen=seen) for address, source, seen in _rows(value)
    )


READ: Mapping[str, Callable[[object], object]] = {
    "relation": lambda value: Relation(str(value)),
    "stage": lambda value: Stage(str(value)),
    "standing": lambda value: Standing(str(value)),
    "origin": lambda value: Origin(str(value)),
    "what": lambda value: What(str(value)),
    "steps": _steps,
    "evidence": _evidence,
}
