"""Rules that join several fields of an entry, its text, or several entries."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from catalogue.domain.checks import Known, check_fields
from catalogue.domain.entry import Entry, Path, Problem, Severity, Value
from catalogue.domain.fields import (
    MODEL_PROJECT_FIELDS,
    ORGANISATION_FIELDS,
    SOLUTION_FIELDS,
    TOPIC_FIELDS,
)
from catalogue.domain.lists import topic_of
from catalogue.domain.topics import is_below_itself
from catalogue.standards.address import BadAddress, parse_address, same_repository
from catalogue.standards.ags import LAENDER
from catalogue.standards.dates import BadDate, parse_date
from catalogue.standards.email import is_mail_address, looks_personal
from catalogue.standards.markdown import find_html, find_links

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 60
LONGEST_TEXT = 20_000


def check_entry(entry: Entry, known: Known) -> Iterator[Problem]:
    """Every remark that a reviewer would make about one solution."""
    yield from check_id(entry)
    yield from check_fields(entry, SOLUTION_FIELDS, known)
    for rule in _RULES:
        yield from rule(entry)


def check_organisation(entry: Entry, known: Known) -> Iterator[Problem]:
    """An organisation has an id that is no key, fields of the table and a Land that exists."""
    yield from check_id(entry)
    yield from check_fields(entry, ORGANISATION_FIELDS, known)
    if entry.id.isdigit():
        yield entry.problem((), "id-digits", value=entry.id)
    land = entry.fields.get("land")
    if isinstance(land, str) and land not in LAENDER:
        yield entry.problem(("land",), "land-unknown", value=land[:20])
    members = entry.fields.get("members")
    if isinstance(members, Sequence) and not isinstance(members, str) and entry.id in members:
        yield entry.problem(("members",), "self-reference", value=entry.id)


def check_model_project(entry: Entry, known: Known) -> Iterator[Problem]:
    """A model project has an id and the fields of the table."""
    yield from check_id(entry)
    yield from check_fields(entry, MODEL_PROJECT_FIELDS, known)
    yield from check_evidence(entry)


def check_topic(entry: Entry, known: Known) -> Iterator[Problem]:
    """A topic has an id and the fields of the table."""
    yield from check_id(entry)
    yield from check_fields(entry, TOPIC_FIELDS, known)


def check_topics_together(items: Sequence[Entry]) -> Iterator[Problem]:
    """No topic is below itself."""
    topics = {item.id: topic_of(item) for item in items}
    for item in items:
        if is_below_itself(item.id, topics):
            yield item.problem(("parent",), "topic-circle", value=item.id)


def check_id(entry: Entry) -> Iterator[Problem]:
    """Ids are small Latin letters, digits and single hyphens, so that they survive in any address."""
    if not ID.fullmatch(entry.id) or len(entry.id) > LONGEST_ID:
        yield entry.problem((), "id-form", value=entry.id[:80], longest=str(LONGEST_ID))


def check_together(entries: Sequence[Entry]) -> Iterator[Problem]:
    """No two entries are the same file name, and none claims another's main repository."""
    ids: dict[str, list[Entry]] = {}
    mains: dict[str, list[tuple[Entry, Path]]] = {}
    for entry in entries:
        ids.setdefault(entry.id, []).append(entry)
        for same, path in _main_repositories(entry):
            mains.setdefault(same, []).append((entry, path))
    # Said at every one of them: whoever checks or publishes only one must not win by the order of names.
    for same_id in ids.values():
        for entry in same_id:
            for other in [one.file for one in same_id if one is not entry][:1]:
                yield entry.problem((), "id-double", value=entry.id, other=other)
    for same, claims in mains.items():
        for entry, path in claims:
            for other in [one.id for one, _ in claims if one.id != entry.id][:1]:
                yield entry.problem(path, "repository-double", value=same[:80], other=other)


def _main_repositories(entry: Entry) -> Iterator[tuple[str, Path]]:
    for path, row in _rows(entry, "repositories"):
        try:
            same = same_repository(_text(row, "address"))
        except BadAddress:
            continue  # said by the check of the address itself
        if _text(row, "role") == "main":
            yield same, (*path, "address")


def _check_text(entry: Entry) -> Iterator[Problem]:
    """The body is German Markdown without HTML, with links that lead to public pages."""
    if not entry.text.strip():
        yield entry.problem(("text",), "text-missing")
    for text in (entry.text, entry.text_en):
        if len(text) > LONGEST_TEXT:
            yield entry.problem(("text",), "text-long", longest=str(LONGEST_TEXT), count=str(len(text)))
            return
    for text, first_line in ((entry.text, entry.text_line), (entry.text_en, _english_line(entry))):
        for line, tag in find_html(text):
            yield _in_text(entry, first_line + line - 1, "text-html", tag)
        for line, target, is_picture in find_links(text):
            if is_picture:
                yield _in_text(entry, first_line + line - 1, "text-picture", target)
            elif target.lower().startswith("mailto:"):
                yield from _check_mail_link(entry, first_line + line - 1, target)
            elif not target.startswith("#"):
                yield from _check_link(entry, first_line + line - 1, target)


def _check_link(entry: Entry, line: int, target: str) -> Iterator[Problem]:
    try:
        address = parse_address(target)
    except BadAddress as error:
        yield _in_text(entry, line, error.code, target)
        return
    if not address.is_encrypted:
        yield replace(_in_text(entry, line, "address-http", target), severity=Severity.REMARK)


def _check_mail_link(entry: Entry, line: int, target: str) -> Iterator[Problem]:
    """One mailbox of a function; `?bcc=` and its like would write to others as well."""
    address = unquote(target.partition(":")[2])
    if "?" in address or not is_mail_address(address):
        yield _in_text(entry, line, "email-form", address)
    elif looks_personal(address):
        yield _in_text(entry, line, "email-personal", address)


def _english_line(entry: Entry) -> int:
    return entry.lines.get(("text_en",), entry.text_line)


def _in_text(entry: Entry, line: int, code: str, value: str) -> Problem:
    return Problem(file=entry.file, line=max(line, 1), field="text", code=code, facts={"value": value[:80]})


def _check_contact(entry: Entry) -> Iterator[Problem]:
    """Somebody who wants to ask finds a page or a mailbox."""
    contact = entry.fields.get("contact")
    if isinstance(contact, Mapping) and contact and not (contact.get("page") or contact.get("email")):
        yield entry.problem(("contact",), "contact-empty")


def check_evidence(entry: Entry) -> Iterator[Problem]:
    """Each piece of evidence has an address or a source, wherever in the entry it stands."""
    for path, row in _evidence_rows(entry.fields, ()):
        if not (row.get("address") or row.get("source")):
            yield entry.problem(path, "evidence-empty")


def _evidence_rows(value: Value, path: Path) -> Iterator[tuple[Path, Mapping[str, Value]]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "evidence" and isinstance(inner, Sequence) and not isinstance(inner, str):
                for i, row in enumerate(inner):
                    if isinstance(row, Mapping):
                        yield (*path, key, i), row
            else:
                yield from _evidence_rows(inner, (*path, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for i, inner in enumerate(value):
            yield from _evidence_rows(inner, (*path, i))


def _check_reuses(entry: Entry) -> Iterator[Problem]:
    """A use has a stage, an end comes after its beginning, and no row stands twice."""
    seen: dict[tuple[str, str, str], int] = {}
    for path, row in _rows(entry, "reuses"):
        relation, stage = _text(row, "relation"), _text(row, "stage")
        if relation == "uses" and not stage:
            yield entry.problem((*path, "stage"), "stage-missing")
        since, until = _text(row, "since"), _text(row, "until")
        if _ends_before(since, until):
            yield entry.problem((*path, "until"), "dates-order", since=since, until=until)
        if stage == "ended" and not until and not _text(row, "seen"):
            yield entry.problem((*path, "until"), "until-missing", severity=Severity.REMARK)
        same = (_text(row, "body"), relation, _text(row, "scope"))
        if same in seen:
            yield entry.problem(path, "reuse-double", body=same[0][:80], first=str(seen[same]))
        seen.setdefault(same, entry.line(path))


def _ends_before(since: str, until: str) -> bool:
    try:
        return bool(since and until) and parse_date(until)[1] < parse_date(since)[0]
    except BadDate:
        return False  # said by the check of the date itself


def _check_open_source(entry: Entry) -> Iterator[Problem]:
    """Who says "open source" also says under which licence."""
    licence = entry.fields.get("licence")
    expression = licence.get("expression") if isinstance(licence, Mapping) else None
    if entry.fields.get("open_source") == "yes" and (not expression or expression == "NONE"):
        yield entry.problem(("open_source",), "open-without-licence")


def _check_references(entry: Entry) -> Iterator[Problem]:
    """A solution is neither based on itself nor does it need itself."""
    for name in ("based_on", "depends_on"):
        value = entry.fields.get(name)
        if isinstance(value, Sequence) and not isinstance(value, str) and entry.id in value:
            yield entry.problem((name, value.index(entry.id)), "self-reference", value=entry.id)


def _check_repositories(entry: Entry) -> Iterator[Problem]:
    """A repository stands once in an entry."""
    seen: set[str] = set()
    for path, row in _rows(entry, "repositories"):
        try:
            same = same_repository(_text(row, "address"))
        except BadAddress:
            continue
        if same in seen:
            yield entry.problem((*path, "address"), "item-double", value=_text(row, "address")[:80])
        seen.add(same)


def _rows(entry: Entry, name: str) -> Iterator[tuple[Path, Mapping[str, Value]]]:
    value = entry.fields.get(name)
    if isinstance(value, Sequence) and not isinstance(value, str):
        for i, row in enumerate(value):
            if isinstance(row, Mapping):
                yield (name, i), row


def _text(row: Mapping[str, Value], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


_RULES: tuple[Callable[[Entry], Iterator[Problem]], ...] = (
    _check_text,
    _check_contact,
    check_evidence,
    _check_reuses,
    _check_open_source,
    _check_references,
    _check_repositories,
)
