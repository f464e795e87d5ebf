"""The form of a report as plain data: each field with what was typed, its help, and what is wrong."""

from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict

from catalogue.domain.mail_frame import Frame
from catalogue.domain.reporting import BY_NAME, DENIAL, FIELDS, Form, FormProblem
from catalogue.domain.retention import PERIODS
from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_report import Claim
from catalogue.services.report_limits import Requester
from catalogue.standards.email import looks_personal
from catalogue.web import labels, report_words
from catalogue.web.context import catalogue, secret_key, settings
from catalogue.web.hints import base_url
from catalogue.web.report_words import problem_words
from catalogue.web.request import client
from catalogue.web.shapes import Shape

TRAP = "fax_number"  # no human sees this field; whatever fills it in is a program
_EXTRA = ("solution_choice", "solution_for", "body_choice", "body_for")
_LONGEST_KEPT = 5000  # characters of a field that are shown again, however much was sent


def typed_form(sent: MultiDict[str, str]) -> Form:
    """What was typed, by the fields of the form; everything else that was sent is left out."""
    return {name: sent.get(name, "")[:_LONGEST_KEPT] for name in (*BY_NAME, *_EXTRA)}


def prefilled(solution: str, body: str) -> Form:
    """The form for a solution and a body by their keys; what nobody knows stays as it is, to be mended."""
    form = dict.fromkeys((*BY_NAME, *_EXTRA), "")
    stored = catalogue().store.solution(solution) if solution else None
    form |= _picked("solution", solution, stored.solution.name if stored else "")
    found = catalogue().bodies.find(body) if body else None
    return form | _picked("body", found.key if found else body, found.label if found else "")


def _picked(name: str, key: str, label: str) -> dict[str, str]:
    if not label:
        return {name: key[:200]}
    return {name: label, f"{name}_choice": key, f"{name}_for": label}


def form_of_claim(claim: Claim) -> Form:
    """The details of a report as somebody would have typed them."""
    values = (
        (name, getattr(claim, name, None)) for name in BY_NAME if name not in ("stage", "solution", "body")
    )
    return {name: str(value or "") for name, value in values}


def field_shapes(form: Form, problems: Sequence[FormProblem]) -> dict[str, Shape]:
    """Each field by name: label, help, what was typed, what is wrong, and what may be meant."""
    wrong = {problem.field: problem for problem in problems}
    return {field.name: _field_shape(field.name, form, wrong.get(field.name)) for field in FIELDS}


def _field_shape(name: str, form: Form, problem: FormProblem | None) -> Shape:
    field = BY_NAME[name]
    return {
        "name": name,
        "label": str(report_words.LABEL[name]),
        "help": str(report_words.HELP.get(name, "")),
        "value": form.get(name, ""),
        "longest": field.longest,
        "is_required": field.is_required or name == "since",
        "problem": problem_words(problem) if problem else "",
        "choices": [{"key": choice.key, "label": choice.label} for choice in problem.choices]
        if problem
        else [],
        "choice": form.get(f"{name}_choice", ""),
        "chosen_for": form.get(f"{name}_for", ""),
        "options": _options(name),
        "advice": name == "contact" and looks_personal(form.get(name, "")),
    }


def _options(name: str) -> list[Shape]:
    tables: Mapping[str, tuple[Mapping[str, object], Mapping[str, object]]] = {
        "stage": (labels.STAGE | {DENIAL: report_words.DENIED}, report_words.STAGE_HELP),
        "what": (labels.REUSED, {}),
        "visibility": (report_words.VISIBILITY, report_words.VISIBILITY_HELP),
    }
    words, helps = tables.get(name, ({}, {}))
    return [
        {"value": value, "label": str(word), "help": str(helps.get(value, ""))}
        for value, word in words.items()
    ]


def error_links(problems: Sequence[FormProblem]) -> list[Shape]:
    """The problems for the summary above the form, each with the field that it leads to."""
    return [
        {
            "field": problem.field,
            "label": str(report_words.LABEL[problem.field]),
            "text": problem_words(problem),
        }
        for problem in problems
    ]


def stage_shapes(stages: Sequence[Stage]) -> list[Shape]:
    """Stages to choose from, with their help."""
    return [
        {
            "value": stage.value,
            "label": labels.word(labels.STAGE, stage.value),
            "help": str(report_words.STAGE_HELP[stage.value]),
        }
        for stage in stages
    ]


def days_kept() -> dict[str, int]:
    """For how many days what is kept, by its name, so that the pages say what `catalogue purge` does."""
    return {kept.value: period.days for kept, period in PERIODS.items()}


def frame() -> Frame:
    """Who writes the mails; `base` is empty where the public address of the catalogue is not known."""
    known = settings()
    return Frame(base=base_url(), operator=known.operator, office_email=known.office_email)


def requester() -> Requester:
    """Whoever sent this request, as the limits count them."""
    return Requester(address=client(), secret=secret_key())
