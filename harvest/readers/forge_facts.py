"""What the forge says, as facts: archived, topics, description, licence, reaction, where it comes from."""

from collections.abc import Iterator

from catalogue.domain.snapshot import Fact, Gap, Plain, Question, Reason, Voice, Where
from catalogue.standards.address import BadAddress, parse_address, same_repository
from harvest.readers.reading import one_line
from harvest.sighting import ForgeSays, Sighting

MOST_TOPICS = 30
ASKED = (Question.ARCHIVED, Question.REACTION)  # what only a forge can tell


def read_forge(sighting: Sighting) -> Iterator[Fact | Gap]:
    """Facts with the address of the repository as their place; gaps as the forge gave them."""
    says = sighting.forge
    if says is None:
        known = {gap.question for gap in sighting.gaps}
        yield from (
            Gap(question=question, reason=Reason.NOT_ASKED, voice=Voice.FORGE)
            for question in ASKED
            if question not in known
        )
        return
    where = Where(address=sighting.address)
    for question, value in (*_said(says), *_origins(says), *_moved(sighting, says)):
        yield Fact(question=question, value=value, voice=Voice.FORGE, where=where)
    yield from says.gaps


def _said(says: ForgeSays) -> Iterator[tuple[Question, Plain]]:
    if says.is_archived is not None:
        yield Question.ARCHIVED, says.is_archived
    if says.description and (summary := one_line(says.description, 400)):
        yield Question.SUMMARY, summary
    if says.homepage and (homepage := _address(says.homepage)):
        yield Question.HOMEPAGE, homepage
    topics = tuple(dict.fromkeys(topic for text in says.topics if (topic := one_line(text, 60).lower())))
    if topics:
        yield Question.TOPICS, topics[:MOST_TOPICS]
    if says.licence:
        yield Question.LICENCE, one_line(says.licence, 100)
    if says.reaction_days is not None and says.reaction_days >= 0:
        yield Question.REACTION, {"days": round(says.reaction_days, 1), "issues": says.reaction_issues}


def _origins(says: ForgeSays) -> Iterator[tuple[Question, Plain]]:
    for kind, text in (("fork", says.fork_of), ("mirror", says.mirror_of)):
        if text and (address := _address(text)):
            yield Question.ORIGIN, {"kind": kind, "address": address}


def _moved(sighting: Sighting, says: ForgeSays) -> Iterator[tuple[Question, Plain]]:
    """The address where the repository is now, where it is another one than was asked for."""
    now = _address(says.address or sighting.address)
    try:
        has_moved = bool(now) and same_repository(now) != same_repository(sighting.asked)
    except BadAddress:
        return
    if has_moved:
        yield Question.MOVED, now


def _address(text: str) -> str:
    """The address, `https://` added where people left it out; empty where we would not link to it."""
    text = text.strip()
    try:
        return parse_address(text if "://" in text else f"https://{text}").text
    except BadAddress:
        return ""
