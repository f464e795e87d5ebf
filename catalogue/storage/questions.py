"""Loads files of questions with graded answers, and says where such a file is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalogue.domain.entry import Problem, Value, dotted
from catalogue.domain.relevance import GRADES, Question
from catalogue.domain.wording import line_of, one_line
from catalogue.standards.yaml_text import Document, Fault, read_yaml
from catalogue.standards.yaml_text import Path as Place

_FIELDS = ("query", "kind", "relevant")


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Where and what."""

    place: Place
    said: str


class QuestionsFault(Exception):
    """A file of questions cannot be read; `lines` say where and why, each as `path:line: field: sentence`."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a YAML file, a list of `{query, kind, relevant}`, in their order.

    Raises `QuestionsFault` with all that is wrong, OSError where the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise QuestionsFault([f"{path}:{line}: this is not UTF-8"]) from None
    document = read_yaml(text)
    if document.faults:
        raise QuestionsFault([_line_of(str(path), fault) for fault in document.faults])
    wrong = list(_check(document))
    if wrong:
        raise QuestionsFault([_line(path, document, fault) for fault in wrong])
    items = document.value if isinstance(document.value, Sequence) else ()
    return tuple(_question(item) for item in items if isinstance(item, Mapping))


def _line_of(file: str, fault: Fault) -> str:
    place = dotted(fault.path)
    return line_of(Problem(file=file, line=fault.line, field=place, code=fault.code, facts=fault.facts), "en")


def _line(path: Path, document: Document, fault: _Wrong) -> str:
    place = fault.place
    while place and place not in document.lines:
        place = place[:-1]
    field = f" {one_line(dotted(fault.place))}:" if fault.place else ""
    return f"{path}:{document.lines.get(place, 1)}:{field} {fault.said}"


def _question(item: Mapping[str, Value]) -> Question:
    relevant = item["relevant"]
    assert isinstance(relevant, Mapping)
    grades = {key: int(str(grade)) for key, grade in relevant.items() if grade != "0"}
    return Question(str(item["query"]), str(item["kind"]), grades)


def _check(document: Document) -> Iterator[_Wrong]:
    """Everything that is wrong with the values."""
    items = document.value
    if isinstance(items, str) or not isinstance(items, Sequence) or not items:
        yield _Wrong((), "a list of queries is wanted, each with query, kind and relevant")
        return
    seen: dict[str, int] = {}
    for number, item in enumerate(items):
        if not isinstance(item, Mapping):
            yield _Wrong((number,), "a query is written as query, kind and relevant")
            continue
        yield from _check_fields(number, item)
        query = item.get("query")
        if isinstance(query, str) and query.strip():
            first = seen.setdefault(query.casefold().strip(), number)
            if first != number:
                line = document.lines.get((first, "query"), 1)
                yield _Wrong((number, "query"), f"the same query stands on line {line} already")


def _check_fields(number: int, item: Mapping[str, Value]) -> Iterator[_Wrong]:
    for name in item:
        if name not in _FIELDS:
            yield _Wrong((number, name), f"there is no such field; there are {', '.join(_FIELDS)}")
    for name in ("query", "kind"):
        value = item.get(name)
        if not isinstance(value, str) or not value.strip():
            yield _Wrong((number, name), "a text is wanted here")
    relevant = item.get("relevant")
    if not isinstance(relevant, Mapping):
        yield _Wrong((number, "relevant"), "grades by id are wanted here, {} where nothing answers")
        return
    allowed = tuple(map(str, GRADES))
    for key, grade in relevant.items():
        if grade not in allowed:
            yield _Wrong((number, "relevant", key), f"a grade is {', '.join(allowed[:-1])} or {allowed[-1]}")
