"""What a report of a reuse may say: the fields of its form, and all that is wrong with what was typed."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from catalogue.domain.named_bodies import Choice, Meant
from catalogue.domain.reuse import Stage, Step, What
from catalogue.domain.reuse_report import Claim, Visibility
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.dates import EARLIEST, BadDate, iso_date, parse_date
from catalogue.standards.mail_address import BadMailAddress, parse_mail_address
from catalogue.standards.typed_text import typed_line, typed_text

DENIAL = "none"  # in the field `stage`: this body does not use it
YEARS_AHEAD = 15  # a plan for later than that is a slip of the pen

Form = Mapping[str, str]  # what was typed, by the name of the field
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the form; `longest` in characters. Labels and help are the page's."""

    name: str
    longest: int
    is_required: bool = False
    has_lines: bool = False


FIELDS: tuple[Field, ...] = (
    Field(name="solution", longest=200, is_required=True),
    Field(name="body", longest=200, is_required=True),
    Field(name="stage", longest=20, is_required=True),
    Field(name="since", longest=20),  # required by every stage
    Field(name="in_use_since", longest=20),
    Field(name="email", longest=254, is_required=True),
    Field(name="visibility", longest=20),
    Field(name="what", longest=20),
    Field(name="part", longest=200),
    Field(name="version", longest=80),
    Field(name="operator", longest=200),
    Field(name="address", longest=500),
    Field(name="effort", longest=1000, has_lines=True),
    Field(name="obstacles", longest=1000, has_lines=True),
    Field(name="contact", longest=254),
    Field(name="evidence", longest=500),
)
BY_NAME: Mapping[str, Field] = {one.name: one for one in FIELDS}
DETAILS = (
    "what",
    "part",
    "version",
    "operator",
    "address",
    "effort",
    "obstacles",
    "contact",
    "evidence",
    "visibility",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """One thing to mend: in which field, a code and the facts for its sentence, and what may be meant."""

    field: str
    code: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom and what a report may name, and the day on which it is judged."""

    solution: Callable[[str], Meant]
    body: Callable[[str], Meant]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Claim and mail address of a form without problems, or all its problems in the order of the form."""

    problems: tuple[FormProblem, ...]
    claim: Claim | None = None
    email: str = ""


def check_report(form: Form, known: Known) -> Checked:
    """Judge a whole form, the mail address with it."""
    read = _Reading(form)
    claim = _claim(read, known)
    email = read.mail("email")
    if read.problems or claim is None:
        return Checked(problems=read.in_order())
    return Checked(problems=(), claim=claim, email=email)


def check_claim(form: Form, known: Known) -> tuple[Claim | None, tuple[FormProblem, ...]]:
    """Judge what a report says, without a mail address: for what the office enters or uploads."""
    read = _Reading(form)
    claim = _claim(read, known)
    return (None if read.problems else claim), read.in_order()


def check_details(form: Form) -> tuple[Mapping[str, object], tuple[FormProblem, ...]]:
    """Judge the details alone; they come back as fields of a `Claim`."""
    read = _Reading(form)
    details = _details(read)
    return ({} if read.problems else details), read.in_order()


def check_step(
    form: Form, before: tuple[Step, ...], today: date
) -> tuple[tuple[Step, ...], tuple[FormProblem, ...]]:
    """Judge a next stage with its date; returns all steps with it.

    The same stage as that of today is another date for it.
    """
    read = _Reading(form)
    stage = read.choice("stage", Stage, is_required=True)
    kept = before[:-1] if before and before[-1].stage is stage else before
    since = read.date("since", stage, today) if stage else ""
    if stage and since:
        read.not_before("since", since, kept[-1].since if kept else None)
    problems = read.in_order()
    if problems or stage is None:
        return before, problems
    return (*kept, Step(stage=stage, since=since)), ()


def chosen(form: Form, name: str) -> str:
    """The key that was picked for what is typed, else what is typed.

    A choice is for one text (`<name>_for`); whoever types another one afterwards means that.
    """
    typed = form.get(name, "")
    return form.get(f"{name}_choice") or typed if form.get(f"{name}_for", "") == typed else typed


def _claim(read: "_Reading", known: Known) -> Claim | None:
    solution = read.meant("solution", known.solution)
    body = read.meant("body", known.body)
    steps = _steps(read, known.today)
    details = _details(read)
    if read.problems:
        return None
    return Claim(solution=solution, body=body, steps=steps, **details)  # type: ignore[arg-type]  # by _details


def _steps(read: "_Reading", today: date) -> tuple[Step, ...]:
    if read.line("stage") == DENIAL:
        for name in ("since", "in_use_since"):
            if read.line(name):
                read.note(name, "date-of-denial")
        return ()
    stage = read.choice("stage", Stage, is_required=True)
    since = read.date("since", stage or Stage.PLANNED, today)  # any date may do while the stage is missing
    if stage is None:
        return ()
    if stage is not Stage.ENDED:
        if read.line("in_use_since"):
            read.note("in_use_since", "date-only-ended")
        return (Step(stage=stage, since=since),)
    began = read.date("in_use_since", Stage.IN_USE, today) if read.line("in_use_since") else ""
    if since and began:
        read.not_before("since", since, began)
    first = (Step(stage=Stage.IN_USE, since=began),) if began else ()
    return (*first, Step(stage=stage, since=since))


def _details(read: "_Reading") -> Mapping[str, object]:
    return {
        "what": read.choice("what", What),
        "part": read.line("part"),
        "version": read.line("version"),
        "operator": read.line("operator"),
        "address": read.address("address"),
        "effort": read.line("effort"),
        "obstacles": read.line("obstacles"),
        "contact": read.mail("contact"),
        "evidence": read.address("evidence"),
        "visibility": read.choice("visibility", Visibility) or Visibility.PUBLIC,
    }


class _Reading:
    """Takes a form apart and notes what is wrong; each method returns something to go on with."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.problems: list[FormProblem] = []

    def note(self, name: str, code: str, *, choices: tuple[Choice, ...] = (), **facts: str) -> None:
        """Note a problem; of one field only the first."""
        if all(problem.field != name for problem in self.problems):
            self.problems.append(FormProblem(field=name, code=code, facts=facts, choices=choices))

    def in_order(self) -> tuple[FormProblem, ...]:
        places = list(BY_NAME)
        return tuple(sorted(self.problems, key=lambda problem: places.index(problem.field)))

    def line(self, name: str) -> str:
        """What was typed, without what nobody sees."""
        one = BY_NAME[name]
        clean = typed_text if one.has_lines else typed_line
        text = clean(chosen(self.form, name))
        if len(text) > one.longest:
            self.note(name, "too-long", most=str(one.longest), count=str(len(text)))
        elif not text and one.is_required:
            self.note(name, "missing")
        return text[: one.longest]

    def choice(self, name: str, kind: type[E], *, is_required: bool = False) -> E | None:
        text = self.line(name)
        if text in list(kind):
            return kind(text)
        if text or is_required:
            self.note(name, "unknown-choice" if text else "missing")
        return None

    def meant(self, name: str, find: Callable[[str], Meant]) -> str:
        text = self.line(name)
        if not text:
            return ""
        meant = find(text)
        if not meant.key:
            self.note(
                name, "several-meant" if meant.choices else "nobody-meant", choices=meant.choices, value=text
            )
        return meant.key

    def date(self, name: str, stage: Stage, today: date) -> str:
        """A date as YYYY, YYYY-MM or YYYY-MM-DD; only a plan may lie ahead."""
        text = self.line(name)
        if not text:
            self.note(name, "missing")
            return ""
        try:
            found = iso_date(text)
            if int(found[:4]) < EARLIEST:
                self.note(name, "date-early", value=text, earliest=str(EARLIEST))
                return ""
            first, _ = parse_date(found)
        except BadDate:
            self.note(name, "date-unreadable", value=text)
            return ""
        if stage is not Stage.PLANNED and first > today:
            self.note(name, "date-ahead", value=text)
        elif first.year > today.year + YEARS_AHEAD:
            self.note(name, "date-far", value=text)
        return found

    def not_before(self, name: str, since: str, earlier: str | None) -> None:
        """As far as both are known: 2024 is not before March 2024."""
        known = min(len(since), len(earlier or ""))
        if earlier and since[:known] < earlier[:known]:
            self.note(name, "date-before", value=since, earlier=earlier)

    def address(self, name: str) -> str:
        """A public web address; it is never looked at."""
        text = self.line(name)
        if not text:
            return ""
        try:
            return parse_address(text).text
        except BadAddress as error:
            self.note(name, error.code, value=text)
            return ""

    def mail(self, name: str) -> str:
        text = self.line(name)
        if not text:
            return ""
        try:
            return parse_mail_address(text)
        except BadMailAddress as error:
            self.note(name, error.code, value=text)
            return ""
