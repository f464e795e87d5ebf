"""Whether a snapshot that was made elsewhere can be what it says: its addresses, its dates, its contacts."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from catalogue.domain.snapshot import Question, Snapshot
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.email import is_mail_address, looks_personal

_FAST_CLOCK = timedelta(days=1)  # clocks and time zones differ


def why_refused(snapshot: Snapshot, now: datetime) -> str | None:
    """What is wrong with a snapshot, and how to mend it; None where nothing is."""
    return next((why for check in (_addresses, _dates, _contacts) for why in check(snapshot, now)), None)


def _addresses(snapshot: Snapshot, _now: datetime) -> Iterator[str]:
    """Both are public https addresses: we would not look elsewhere ourselves."""
    for name, text in (("asked", snapshot.asked), ("address", snapshot.address)):
        try:
            is_public = parse_address(text).is_encrypted
        except BadAddress:
            is_public = False
        if not is_public:
            yield f"{name} is no public https address; read a copy with --as https://..."


def _dates(snapshot: Snapshot, now: datetime) -> Iterator[str]:
    """Nothing was seen that has not happened yet."""
    latest = now + _FAST_CLOCK
    if snapshot.looked_at > latest or (snapshot.committed_at and snapshot.committed_at > latest):
        yield "its look or its commit lies in the future; check the clock of the machine that made it"
    if any(day > latest.date() for day in _days(snapshot)):
        yield "its history lies in the future; check the clock of the machine that made it"


def _days(snapshot: Snapshot) -> Iterator[date]:
    yield from (release.on for release in snapshot.releases)
    yield from (fact.seen for fact in snapshot.facts if fact.seen)
    if found := snapshot.activity:
        yield from (day for day in (found.first, found.last, found.until) if day)
        yield from (person.last for person in found.people)


def _contacts(snapshot: Snapshot, _now: datetime) -> Iterator[str]:
    """Mailboxes are functional ones: our own readers keep no others."""
    for fact in snapshot.facts_on(Question.CONTACT):
        mail = fact.value.get("email") if isinstance(fact.value, Mapping) else None
        if mail is not None and not (
            isinstance(mail, str) and is_mail_address(mail) and not looks_personal(mail)
        ):
            yield "it names the mail address of a person; only functional mailboxes are kept"
