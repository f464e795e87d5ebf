"""How many reports and mails are taken: per requester, mail address, reuse, and in all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.domain.reuse_report import State
from catalogue.storage.store import Store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_UNANSWERED = 3  # reports of an address that nobody confirmed: whoever never answers gets no more mail
MOST_LINKS = 2  # mails to confirm one report: a stranger gets six within a week, whatever others do


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """Who asks: `address` as the server saw it, `secret` the key under which it is counted, never kept."""

    address: str
    secret: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many within this time."""

    what: str
    most: int
    within: timedelta


EVERYBODY = (Limit(what="reports", most=200, within=HOUR),)
REQUESTER = (
    Limit(what="reports-requester-hour", most=5, within=HOUR),
    Limit(what="reports-requester-day", most=20, within=DAY),
)
MAILBOX = (Limit(what="reports-mailbox", most=10, within=DAY),)
REUSE = (Limit(what="reports-reuse", most=5, within=DAY),)
RENEWING = (Limit(what="renewing-requester", most=5, within=HOUR),)
RENEWED = (Limit(what="renewing-mailbox", most=3, within=DAY),)


def may_report(
    store: Store, requester: Requester, *, email: str, solution: str, body: str, now: datetime
) -> bool:
    """Count one more report, unless one of the limits is reached."""
    wanted = [
        *((limit, requester.address) for limit in REQUESTER),
        *((limit, f"{solution}\0{body}") for limit in REUSE),
        *((limit, email) for limit in MAILBOX),
        *((limit, "") for limit in EVERYBODY),
    ]
    return _take(store, wanted, requester.secret, now)


def is_unanswered(store: Store, email: str) -> bool:
    """Whether so many reports of an address wait for its confirmation that it gets no further mail."""
    return len(store.reporters.reports_of(email, [State.UNCONFIRMED])) >= MOST_UNANSWERED


def may_renew(store: Store, requester: Requester, *, email: str, now: datetime) -> bool:
    """Count one more question for new links, unless one of the limits is reached."""
    wanted = [
        *((limit, requester.address) for limit in RENEWING),
        *((limit, email) for limit in RENEWED),
        *((limit, "") for limit in EVERYBODY),
    ]
    return _take(store, wanted, requester.secret, now)


def _take(store: Store, wanted: Iterable[tuple[Limit, str]], secret: bytes, now: datetime) -> bool:
    """The narrow limits first, so that one busy requester does not use up those of all."""
    return all(
        store.limits.take(limit.what, whom, most=limit.most, within=limit.within, now=now, secret=secret)
        for limit, whom in wanted
    )
