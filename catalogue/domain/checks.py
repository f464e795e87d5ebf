"""Every remark that a reviewer would make about the fields of an entry: kinds, closed lists, references."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.domain.bodies import Bodies
from catalogue.domain.entry import Entry, Path, Problem, Severity, Value
from catalogue.domain.fields import Field, Kind
from catalogue.domain.register import Municipality
from catalogue.domain.register_names import fold, head
from catalogue.standards import spdx
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.dates import BadDate, parse_date
from catalogue.standards.email import is_mail_address, looks_personal

PICTURE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.(png|jpe?g|webp)")
# What people write who think in German: the fields that are meant, of which a table has the first or none.
GERMAN_NAMES: Mapping[str, tuple[str, ...]] = {
    "anbieter": ("providers",),
    "ansprechpartner": ("contact",),
    "ansprechstelle": ("contact",),
    "belege": ("evidence",),
    "beschreibung": ("summary",),
    "gefragt": ("asked",),
    "kontakt": ("contact",),
    "kurzbeschreibung": ("summary",),
    "lizenz": ("licence",),
    "nachnutzung": ("reuses",),
    "nachnutzungen": ("reuses",),
    "quelle": ("source", "evidence"),
    "quellen": ("evidence",),
    "schlagworte": ("tags",),
    "schlagwörter": ("tags",),
    "schlagwoerter": ("tags",),
    "synonyme": ("words",),
    "thema": ("topics",),
    "themen": ("topics",),
    "titel": ("name",),
    "webseite": ("homepage",),
    "wörter": ("words",),
    "woerter": ("words",),
}
_ID_NEAR = 0.8  # ids are short: below that "cosi" is nearest to "consul"
_WORD_NEAR = 0.7
_TOWN_NEAR = 0.85  # of what is written like an id: "tilda" does not mean Milda
_LIKE_AN_ID = re.compile(r"[a-z0-9-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an entry may refer to, and the day on which it is judged.

    `suggest` finds the municipality that a name may mean; it costs far more than any other rule.
    """

    bodies: Bodies
    suggest: Callable[[str], Municipality | None]
    topics: frozenset[str]
    solutions: frozenset[str]
    model_projects: frozenset[str]
    today: date


def check_fields(entry: Entry, table: Sequence[Field], known: Known) -> Iterator[Problem]:
    """The fields are those of the table, each of its kind; all problems at once."""
    yield from _check_map(entry, table, entry.fields, (), known)


def _check_map(
    entry: Entry, table: Sequence[Field], value: Mapping[str, Value], path: Path, known: Known
) -> Iterator[Problem]:
    names = [field.name for field in table]
    for name in value:
        if name not in names:
            near = _meant_field(name, names)
            code = "field-unknown-near" if near else "field-unknown"
            yield entry.problem((*path, name), code, name=_short(name), near=near, allowed=", ".join(names))
    for field in table:
        here = (*path, field.name)
        if field.name not in value:
            if field.required:
                yield entry.problem(here, "field-missing", name=field.name)
        elif _is_empty(value[field.name]):
            yield entry.problem(here, "field-empty", name=field.name)
        elif field.many:
            yield from _check_list(entry, field, value[field.name], here, known)
        else:
            yield from _check_value(entry, field, value[field.name], here, known)


def _meant_field(name: str, names: Sequence[str]) -> str:
    """The field that a wrong name means, or nothing."""
    german = [known for known in GERMAN_NAMES.get(name.casefold(), ()) if known in names]
    return next(iter(german or difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.7)), "")


def _is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or len(value) == 0


def _check_list(entry: Entry, field: Field, value: Value, path: Path, known: Known) -> Iterator[Problem]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        yield entry.problem(path, "not-a-list", name=field.name)
        return
    if len(value) > field.most:
        yield entry.problem(path, "list-long", most=str(field.most), count=str(len(value)))
        return
    seen: list[Value] = []
    for i, item in enumerate(value):
        here = (*path, i)
        if _is_empty(item):
            yield entry.problem(here, "field-empty", name=field.name)
            continue
        if isinstance(item, str):
            if item.strip() in seen:
                yield entry.problem(here, "item-double", value=_short(item))
            seen.append(item.strip())
        yield from _check_value(entry, field, item, here, known)


def _check_value(entry: Entry, field: Field, value: Value, path: Path, known: Known) -> Iterator[Problem]:
    if field.kind is Kind.MAP:
        if isinstance(value, Mapping):
            yield from _check_map(entry, field.fields, value, path, known)
        else:
            keys = ", ".join(inner.name for inner in field.fields)
            yield entry.problem(path, "not-a-map", name=field.name, allowed=keys)
        return
    if not isinstance(value, str):
        yield entry.problem(path, "not-a-text", name=field.name)
        return
    text = value.strip()
    if len(text) > field.longest:
        yield entry.problem(path, "text-long", longest=str(field.longest), count=str(len(text)))
    elif 0 < len(text) < field.shortest:
        yield entry.problem(path, "text-short", shortest=str(field.shortest), count=str(len(text)))
    elif _CONTROL.search(text):
        yield entry.problem(path, "text-control")
    elif field.kind is not Kind.TEXT and "\n" in text:
        yield entry.problem(path, "text-lines", name=field.name)
    elif check := _BY_KIND.get(field.kind):
        yield from check(entry, field, text, path, known)


def _check_choice(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    if text not in field.choices:
        yield _not_in(entry, path, "choice-unknown", text, field.choices, near=_WORD_NEAR)


def _check_address(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    try:
        address = parse_address(text)
    except BadAddress as error:
        yield entry.problem(path, error.code, value=_short(text))
        return
    if not address.is_encrypted:
        yield entry.problem(path, "address-http", severity=Severity.REMARK, value=_short(text))


def _check_email(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    if not is_mail_address(text):
        yield entry.problem(path, "email-form", value=_short(text))
    elif looks_personal(text):
        yield entry.problem(path, "email-personal", value=_short(text))


def _check_date(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    try:
        first, _ = parse_date(text)
    except BadDate:
        yield entry.problem(path, "date-form", value=_short(text))
        return
    if field.kind is Kind.DAY and len(text) != 10:
        yield entry.problem(path, "date-day", value=text)
    elif first > known.today and field.name not in ("until", "date"):
        yield entry.problem(path, "date-future", value=text)


def _check_count(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 9 and int(text) > 0):
        yield entry.problem(path, "count-form", value=_short(text))


def _check_body(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    """A body is given by its key alone, so that it stays the same body when its name changes."""
    found = known.bodies.find(text)
    if found is None:
        yield _unknown_body(entry, text, path, known)
    elif found.key != text:
        yield entry.problem(
            path, "body-old", severity=Severity.REMARK, value=text, key=found.key, name=found.label
        )


def _unknown_body(entry: Entry, text: str, path: Path, known: Known) -> Problem:
    register = known.bodies.register
    if text.isdigit() and len(text) == 2:
        return entry.problem(path, "body-land", value=text)
    if text.isdigit() and len(text) in (4, 7) and (body := known.bodies.find("0" + text)):
        return entry.problem(path, "body-zero", value=text, key=body.key, name=body.label)
    if text.isdigit() and len(text) == 12 and (body := known.bodies.find(text[:5] + text[9:])):
        return entry.problem(path, "body-ars", value=text, key=body.key, name=body.label)
    if text.isdigit() or text in known.solutions:
        return entry.problem(path, "body-unknown", value=_short(text))
    organisations = known.bodies.organisations
    near_ids = difflib.get_close_matches(text.lower(), organisations, n=1, cutoff=0.8)
    by_name = {o.name.casefold(): o.id for o in organisations.values()}
    near_names = difflib.get_close_matches(text.casefold(), by_name, n=1, cutoff=0.85)
    key = near_ids[0] if near_ids else by_name[near_names[0]] if near_names else None
    if key:
        return entry.problem(path, "body-name", value=_short(text), key=key, name=organisations[key].name)
    town = known.suggest(text[:80])
    if town and _is_near(town, text):
        return entry.problem(
            path, "body-name", value=_short(text), key=town.key, name=register.label(town.key)
        )
    return entry.problem(path, "body-unknown", value=_short(text))


def _is_near(town: Municipality, text: str) -> bool:
    """Whether the town may be meant. What is written like an id must nearly be its name."""
    if not _LIKE_AN_ID.fullmatch(text):
        return True
    names = (fold(town.short_name), fold(head(town.short_name)))
    return any(difflib.SequenceMatcher(None, fold(text), name).ratio() >= _TOWN_NEAR for name in names)


def _check_spdx(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    """The licence is an SPDX expression; `NONE` says that somebody looked and nothing is granted."""
    if text == "NONE":
        return
    try:
        normal = spdx.normalised(text)
    except spdx.NotAnExpression as error:
        code = "licence-unknown-near" if error.near else "licence-unknown"
        yield entry.problem(path, code, value=_short(error.token or text), near=error.near or "")
        return
    if normal != text and normal.upper() == text.upper():
        yield entry.problem(path, "licence-spelling", severity=Severity.REMARK, value=text, near=normal)


def _check_language(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    if not _LANGUAGE.fullmatch(text):
        yield entry.problem(path, "language-form", value=_short(text))


def _check_file(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
    if not PICTURE.fullmatch(text):
        yield entry.problem(path, "file-name", value=_short(text))
    elif text not in entry.pictures:
        yield entry.problem(path, "file-absent", value=_short(text))


def _check_reference(code: str, known_ids: Callable[[Known], frozenset[str]], near: float) -> "Check":
    def check(entry: Entry, field: Field, text: str, path: Path, known: Known) -> Iterator[Problem]:
        ids = known_ids(known)
        # Without any the list is missing, which is said once, and not at every entry.
        if ids and text not in ids:
            yield _not_in(entry, path, code, text, sorted(ids), near=near)

    return check


def _not_in(
    entry: Entry, path: Path, code: str, text: str, allowed: Sequence[str], *, near: float
) -> Problem:
    meant = difflib.get_close_matches(text.casefold(), allowed, n=1, cutoff=near)
    shown = ", ".join(allowed) if len(allowed) <= 20 else ", ".join(allowed[:12]) + ", …"
    suffix = "-near" if meant else ""
    return entry.problem(path, code + suffix, value=_short(text), near="".join(meant), allowed=shown)


def _short(text: str) -> str:
    """A value for a message: one line, not too long, nothing that would move the cursor."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= 80 else plain[:77] + "…"


Check = Callable[[Entry, Field, str, Path, Known], Iterator[Problem]]

_BY_KIND: Mapping[Kind, Check] = {
    Kind.CHOICE: _check_choice,
    Kind.ADDRESS: _check_address,
    Kind.EMAIL: _check_email,
    Kind.DATE: _check_date,
    Kind.DAY: _check_date,
    Kind.COUNT: _check_count,
    Kind.BODY: _check_body,
    Kind.SPDX: _check_spdx,
    Kind.LANGUAGE: _check_language,
    Kind.FILE: _check_file,
    Kind.TOPIC: _check_reference("topic-unknown", lambda known: known.topics, _WORD_NEAR),
    Kind.SOLUTION: _check_reference("solution-unknown", lambda known: known.solutions, _ID_NEAR),
    Kind.MODEL_PROJECT: _check_reference("project-unknown", lambda known: known.model_projects, _ID_NEAR),
}
