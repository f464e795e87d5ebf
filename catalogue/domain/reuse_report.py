"""Reuse reports: who claims that a body reuses a solution, and what may become of the claim.

A report is never overwritten: each change is an `Event`, and `after` replays one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum

from catalogue.domain.reuse import Stage, Step, What


class State(StrEnum):
    """Where a report stands with the office."""

    UNCONFIRMED = "unconfirmed"  # nobody has opened the mail yet; expires
    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"  # says the same as another one, which stands for both


class Source(StrEnum):
    """How a report came in."""

    OWN_REPORT = "own-report"
    OFFICE = "office"
    UPLOAD = "upload"


class Visibility(StrEnum):
    """Whether readers see who it is; an unnamed reuse counts, and only the office sees its name."""

    PUBLIC = "public"
    UNNAMED = "unnamed"


class MailDomain(StrEnum):
    """How the reporter's mail domain stands to the municipality."""

    OWN = "own"
    PROVIDER = "provider"  # a company or organisation, not the municipality's own
    FREE = "free"  # a mail service open to everybody
    UNKNOWN = "unknown"


class Action(StrEnum):
    """What an event says was done."""

    SUBMITTED = "submitted"
    MAIL_CONFIRMED = "mail-confirmed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CHANGED = "changed"  # by the reporter
    CORRECTED = "corrected"  # by the office
    AFFIRMED = "affirmed"  # somebody said that it is still true
    ASKED = "asked"  # the question whether it is still true was sent
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    MOVED = "moved"  # a municipal reform gave the body another key
    UNDONE = "undone"
    REVOKED = "revoked"  # the reporter's link opens nothing any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a report says. `steps` are in the order of the stages' beginnings; the last one is of today.

    No steps mean "this body does not reuse it": so a municipality rejects what others say of it.
    """

    solution: str
    body: str
    steps: tuple[Step, ...] = ()
    what: What | None = None
    part: str = ""  # which module, or what was adapted
    version: str = ""
    operator: str = ""
    address: str = ""  # where it runs
    effort: str = ""
    obstacles: str = ""
    contact: str = ""  # a functional mailbox that may be shown
    evidence: str = ""  # a web address
    visibility: Visibility = Visibility.PUBLIC

    @property
    def stage(self) -> Stage | None:
        """The stage of today; None where the body says that it does not reuse it."""
        return self.steps[-1].stage if self.steps else None

    @property
    def is_denial(self) -> bool:
        """Whether it says that the body does not reuse the solution."""
        return not self.steps


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseReport:
    """A report as it stands. `number` is 0 until it is kept; `version` is the number of its last event.

    `affirmed_at` is when somebody entitled last said that it is true: the reporter by mail, the office by
    confirming. `is_to_check` says that it was changed since the office last looked.
    """

    number: int = 0
    version: int = 0
    state: State = State.UNCONFIRMED
    source: Source = Source.OWN_REPORT
    claim: Claim
    mail_domain: MailDomain = MailDomain.UNKNOWN
    reported_at: datetime
    decided_at: datetime | None = None
    affirmed_at: datetime | None = None
    asked_at: datetime | None = None
    reason: str = ""  # of the last rejection
    merged_into: int = 0
    is_to_check: bool = False

    @property
    def is_public(self) -> bool:
        """Whether the catalogue counts it."""
        return self.state is State.CONFIRMED


# Who acts: the reporter by a link, an account of the office ("office:<account id>"), or a schedule.
REPORTER, SYSTEM = "reporter", "system"


def office(account: int) -> str:
    """The actor that stands for an account of the office."""
    return f"office:{account}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change of one report: field -> (old, new), in plain data. Names no person and no mail address."""

    report: int
    number: int = 0
    at: datetime
    actor: str
    action: Action
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    reason: str = ""


MOVES: Mapping[State, frozenset[State]] = {
    State.UNCONFIRMED: frozenset({State.PENDING, State.WITHDRAWN}),
    State.PENDING: frozenset({State.CONFIRMED, State.REJECTED, State.WITHDRAWN, State.MERGED}),
    State.CONFIRMED: frozenset({State.PENDING, State.REJECTED, State.WITHDRAWN, State.MERGED}),
    State.REJECTED: frozenset({State.PENDING, State.CONFIRMED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.PENDING, State.CONFIRMED, State.REJECTED}),
    State.MERGED: frozenset({State.PENDING, State.CONFIRMED}),
}


class MoveNotAllowed(Exception):
    """A report cannot go from its state to the one asked for."""


def moved(report: ReuseReport, to: State, **changes: object) -> ReuseReport:
    """The report in another state, with further changes. Raises `MoveNotAllowed`."""
    if to not in MOVES[report.state]:
        raise MoveNotAllowed(f"{report.state} -> {to}")
    return replace(report, state=to, **changes)  # type: ignore[arg-type]  # names of its fields


# What an event does not record: it is in the event itself, or of the store.
_NOT_RECORDED = frozenset({"number", "version", "claim"})


def plain_of(report: ReuseReport) -> dict[str, object]:
    """All that a report says as flat plain data, for storing and comparing; the claim as `claim.<field>`."""
    own = {f.name: _plain(getattr(report, f.name)) for f in fields(report) if f.name not in _NOT_RECORDED}
    return own | {f"claim.{f.name}": _plain(getattr(report.claim, f.name)) for f in fields(Claim)}


def differences(old: ReuseReport | None, new: ReuseReport) -> dict[str, tuple[object, object]]:
    """What differs, as an event records it: field -> (old, new). All of it where there was none before."""
    before = plain_of(old) if old else {}
    return {
        name: (before.get(name), value) for name, value in plain_of(new).items() if before.get(name) != value
    }


def after(report: ReuseReport | None, event: Event) -> ReuseReport:
    """The report as the event leaves it. Replaying all events of a report gives the report of today."""
    plain = plain_of(report) if report else {}
    plain.update({name: new for name, (_, new) in event.changes.items()})
    return report_from(plain, number=event.report, version=event.number)


def report_from(plain: Mapping[str, object], *, number: int, version: int) -> ReuseReport:
    """A report from the plain data of `plain_of`."""
    claim = {name: _CLAIM[name](plain.get(f"claim.{name}")) for name in _CLAIM}
    own = {name: _REPORT[name](plain.get(name)) for name in _REPORT}
    return ReuseReport(number=number, version=version, claim=Claim(**claim), **own)  # type: ignore[arg-type]  # by table


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [[step.stage.value, step.since] for step in value]
    return value


def _text(value: object) -> str:
    return str(value or "")


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None


def _steps(value: object) -> tuple[Step, ...]:
    rows = value if isinstance(value, list | tuple) else ()
    return tuple(Step(stage=Stage(row[0]), since=row[1]) for row in rows)


_CLAIM: Mapping[str, Callable[[object], object]] = {
    "solution": _text,
    "body": _text,
    "steps": _steps,
    "what": lambda value: What(str(value)) if value else None,
    "visibility": lambda value: Visibility(str(value or Visibility.PUBLIC)),
    **dict.fromkeys(
        ("part", "version", "operator", "address", "effort", "obstacles", "contact", "evidence"), _text
    ),
}
_REPORT: Mapping[str, Callable[[object], object]] = {
    "state": lambda value: State(str(value)),
    "source": lambda value: Source(str(value)),
    "mail_domain": lambda value: MailDomain(str(value or MailDomain.UNKNOWN)),
    "reported_at": _moment,
    "decided_at": _moment,
    "affirmed_at": _moment,
    "asked_at": _moment,
    "reason": _text,
    "merged_into": lambda value: int(str(value or 0)),
    "is_to_check": bool,
}
assert _CLAIM.keys() == {f.name for f in fields(Claim)}
assert _REPORT.keys() == {f.name for f in fields(ReuseReport)} - _NOT_RECORDED
