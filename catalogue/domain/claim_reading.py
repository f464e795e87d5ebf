"""From what the office types or uploads to a claim, or to all that is wrong with it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from catalogue.domain.merging import in_order
from catalogue.domain.register_names import fold
from catalogue.domain.reuse import Stage, Step, What
from catalogue.domain.reuse_report import Claim, Visibility
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.dates import BadDate, parse_date
from catalogue.standards.email import is_mail_address

Texts = Mapping[str, str]
# How long the texts of a claim may be, in characters.
LONGEST: Mapping[str, int] = {
    **dict.fromkeys(("part", "version", "operator"), 200),
    **dict.fromkeys(("address", "evidence"), 500),
    **dict.fromkeys(("effort", "obstacles"), 2000),
    "contact": 254,
}
STAGE_FIELDS: Mapping[Stage, str] = {
    Stage.INTERESTED: "interested", Stage.PLANNED: "planned", Stage.TRIAL: "trial",
    Stage.IN_USE: "in_use", Stage.ENDED: "ended",
}  # fmt: skip
DENIED = "none"  # the stage of a body that says that it does not reuse the solution
AT_NO_TIME = "?"  # the date of a stage that began when nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something to mend before the claim can be kept. `near` are names that may have been meant."""

    field: str
    code: str
    value: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Whom or what a text means: a key, else names that are near."""

    key: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finders:
    """How solutions and bodies are found by what people call them."""

    solution: Callable[[str], Meant]
    body: Callable[[str], Meant]


def read_claim(texts: Texts, finders: Finders, today: date) -> Claim | tuple[Fault, ...]:
    """The claim of a form or row, or all its faults. Fields as in `Claim`, the dates as in `STAGE_FIELDS`;
    a row may also say `stage` and `since` instead, and `stage` may say `none`.
    """
    clean = {name: " ".join(value.split()) for name, value in texts.items()}
    solution, body = finders.solution(clean.get("solution", "")), finders.body(clean.get("body", ""))
    faults = [
        *_unfound("solution", clean, solution),
        *_unfound("body", clean, body),
        *_date_faults(clean, today),
        *_choice_faults(clean),
        *_text_faults(clean),
    ]
    if not faults and not (steps := _steps(clean)) and not _is_denial(clean):
        faults = [Fault(field="stage", code="missing")]
    if faults:
        return tuple(faults)
    what = _choice(WHATS, clean.get("what", ""))
    return Claim(
        solution=solution.key,
        body=body.key,
        steps=steps,
        what=what,
        visibility=_choice(VISIBILITIES, clean.get("visibility", "")) or Visibility.PUBLIC,
        **{name: clean.get(name, "") for name in LONGEST},
    )


def texts_of(claim: Claim) -> dict[str, str]:
    """The fields of a form that `read_claim` reads as this claim."""
    dates = {STAGE_FIELDS[step.stage]: step.since or AT_NO_TIME for step in claim.steps}
    return {
        "solution": claim.solution,
        "body": claim.body,
        "stage": DENIED if claim.is_denial else "",
        "what": claim.what.value if claim.what else "",
        "visibility": claim.visibility.value,
        **dates,
        **{name: str(getattr(claim, name)) for name in LONGEST},
    }


# --- Words that people use for codes, folded

STAGES: Mapping[str, Stage] = {
    "interested": Stage.INTERESTED, "interessiert": Stage.INTERESTED, "interesse": Stage.INTERESTED,
    "planned": Stage.PLANNED, "geplant": Stage.PLANNED, "planung": Stage.PLANNED,
    "trial": Stage.TRIAL, "erprobt": Stage.TRIAL, "erprobung": Stage.TRIAL, "test": Stage.TRIAL,
    "pilot": Stage.TRIAL, "pilotbetrieb": Stage.TRIAL,
    "in use": Stage.IN_USE, "im betrieb": Stage.IN_USE, "betrieb": Stage.IN_USE, "im einsatz": Stage.IN_USE,
    "ended": Stage.ENDED, "beendet": Stage.ENDED, "eingestellt": Stage.ENDED,
}  # fmt: skip
DENIALS = frozenset({DENIED, "keine", "keine nachnutzung", "nein", "no"})
WHATS: Mapping[str, What] = {
    "whole": What.WHOLE, "ganz": What.WHOLE, "vollstaendig": What.WHOLE, "die ganze loesung": What.WHOLE,
    "module": What.MODULE, "modul": What.MODULE, "teil": What.MODULE, "ein teil": What.MODULE,
    "adapted": What.ADAPTED, "angepasst": What.ADAPTED, "veraendert": What.ADAPTED,
}  # fmt: skip
VISIBILITIES: Mapping[str, Visibility] = {
    "public": Visibility.PUBLIC, "oeffentlich": Visibility.PUBLIC, "ja": Visibility.PUBLIC,
    "unnamed": Visibility.UNNAMED, "nicht nennen": Visibility.UNNAMED, "ungenannt": Visibility.UNNAMED,
    "nicht oeffentlich": Visibility.UNNAMED, "nur koordinierungsstelle": Visibility.UNNAMED,
}  # fmt: skip
T = TypeVar("T")


def _choice(words: Mapping[str, T], text: str) -> T | None:
    return words.get(fold(text))


def _is_denial(texts: Texts) -> bool:
    return fold(texts.get("stage", "")) in DENIALS


# --- Dates

_GERMAN = re.compile(r"(?:([0-9]{1,2})\.)?([0-9]{1,2})\.([0-9]{4})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+")


def read_date(text: str) -> str:
    """A date as people write it (2024, 5/2024, 05.2024, 1.5.2024) in ISO form. Raises `BadDate`."""
    text = text.strip()
    if found := _GERMAN.fullmatch(text):
        day, month, year = found.groups()
        text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    elif found := _SLASHED.fullmatch(text):
        text = f"{found[2]}-{int(found[1]):02}"
    elif found := _WITH_TIME.fullmatch(text):
        text = found[1]
    parse_date(text)
    return text


def _dated(texts: Texts) -> Iterator[tuple[str, Stage, str]]:
    """Each date that is given: its field, its stage and the text."""
    for stage, field in STAGE_FIELDS.items():
        if given := texts.get(field, ""):
            yield field, stage, given
    stage_of_row = _choice(STAGES, texts.get("stage", ""))
    if stage_of_row:
        yield "since", stage_of_row, texts.get("since", "") or AT_NO_TIME


def _date_faults(texts: Texts, today: date) -> Iterator[Fault]:
    for field, stage, text in _dated(texts):
        if text == AT_NO_TIME:
            continue
        try:
            first, _last = parse_date(read_date(text))
        except BadDate:
            yield Fault(field=field, code="date", value=text)
        else:
            if first > today and stage is not Stage.PLANNED:
                yield Fault(field=field, code="future", value=text)


def _steps(texts: Texts) -> tuple[Step, ...]:
    """The steps in the order of their beginnings, each stage once; a date of its own column holds."""
    found: dict[Stage, str | None] = {}
    for _, stage, text in _dated(texts):
        since = None if text == AT_NO_TIME else read_date(text)
        found[stage] = found.get(stage) or since
    return in_order(Step(stage=stage, since=found[stage]) for stage in Stage if stage in found)


# --- Faults


def _unfound(field: str, texts: Texts, meant: Meant) -> Iterator[Fault]:
    given = texts.get(field, "")
    if not given:
        yield Fault(field=field, code="missing")
    elif not meant.key:
        yield Fault(field=field, code="unknown", value=given, near=meant.near)


def _choice_faults(texts: Texts) -> Iterator[Fault]:
    tables: Sequence[tuple[str, Mapping[str, object]]] = (("what", WHATS), ("visibility", VISIBILITIES))
    for field, words in tables:
        if (given := texts.get(field, "")) and _choice(words, given) is None:
            yield Fault(field=field, code="no-such-word", value=given)
    stage = texts.get("stage", "")
    if stage and _choice(STAGES, stage) is None and not _is_denial(texts):
        yield Fault(field="stage", code="no-such-word", value=stage)
    if _is_denial(texts) and any(texts.get(field) for field in STAGE_FIELDS.values()):
        yield Fault(field="stage", code="denied-and-dated")


_FREE = tuple(field for field in LONGEST if field not in ("address", "evidence", "contact"))
# A formula whose result the file does not hold, or what spreadsheets show where one has none.
_FORMULA = re.compile(r"=|#(?:N/?A|NV|REF!|BEZUG!|NAME\?|VALUE!|WERT!|DIV/0!|NULL!|NUM!|ZAHL!)$")


def _text_faults(texts: Texts) -> Iterator[Fault]:
    for field, longest in LONGEST.items():
        if len(texts.get(field, "")) > longest:
            yield Fault(field=field, code="too-long", value=str(longest))
    for field in ("address", "evidence"):
        given = texts.get(field, "")
        if given and not _is_web_address(given):
            yield Fault(field=field, code="address", value=given)
    for field in _FREE:
        if _FORMULA.match(given := texts.get(field, "")):
            yield Fault(field=field, code="formula", value=given)
    contact = texts.get("contact", "")
    if contact and not is_mail_address(contact):
        yield Fault(field="contact", code="mail", value=contact)


def _is_web_address(text: str) -> bool:
    try:
        parse_address(text)
    except BadAddress:
        return False
    return True
