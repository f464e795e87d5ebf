"""Whom we believe about what: voices, statements, the answer, and every contradiction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.domain.licences import families_of
from catalogue.domain.snapshot import NOWHERE, Plain, Question, Snapshot, Voice, Where
from catalogue.domain.solution import Repository, Solution
from catalogue.standards.forge_links import file_link, usual_kind
from catalogue.standards.spdx import NotAnExpression

V = Voice
# The first voice is believed before the next. A question without a row is answered by whoever speaks.
BELIEVED: Mapping[Question, tuple[Voice, ...]] = {
    Question.LICENCE: (
        V.LICENCE_FILE, V.REUSE, V.PUBLICCODE, V.ENTRY, V.METADATA, V.CODEMETA, V.CITATION, V.FORGE, V.README,
    ),
    Question.MATURITY: (V.PUBLICCODE, V.ENTRY),
    Question.CONTACT: (
        V.REUSER, V.ENTRY, V.PUBLICCODE, V.SECURITY, V.CODEMETA, V.CITATION, V.CODEOWNERS, V.README,
    ),
    Question.NAME: (V.ENTRY, V.PUBLICCODE, V.CODEMETA, V.CITATION, V.README),
    Question.SUMMARY: (V.ENTRY, V.PUBLICCODE, V.CODEMETA, V.CITATION, V.README, V.FORGE),
    Question.HOMEPAGE: (V.ENTRY, V.PUBLICCODE, V.CODEMETA, V.FORGE),
    Question.DOCUMENTATION: (V.ENTRY, V.PUBLICCODE, V.README, V.TREE),
    Question.VERSION: (V.HISTORY, V.FORGE, V.PUBLICCODE, V.CODEMETA, V.CITATION, V.METADATA),
    Question.ARCHIVED: (V.FORGE, V.README),
}  # fmt: skip
SURE = 0.9  # a reading below this confidence speaks after all others, and contradicts nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One voice's answer. `address` is the repository that it was read in, None for the entry's own words.

    `link` is the page that shows just this: a file at its commit with the lines, or a page that says so.
    """

    voice: Voice
    value: Plain
    where: Where = NOWHERE
    address: str | None = None
    commit: str | None = None
    link: str | None = None
    as_of: date | None = None
    confidence: float = 1.0
    notes: tuple[str, ...] = ()
    is_shipped: bool = False  # read before this catalogue was set up


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What we believe, who says so, who agrees, and who says something else."""

    question: Question
    value: Plain
    said: Statement
    agreeing: tuple[Statement, ...] = ()
    contradicting: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A repository of a solution, and the last good look at it."""

    repository: Repository
    snapshot: Snapshot | None
    is_shipped: bool = False


def statements_in(looked: Looked, question: Question) -> tuple[Statement, ...]:
    """What the repository's snapshot says to a question."""
    snapshot = looked.snapshot
    if snapshot is None:
        return ()
    return tuple(
        Statement(
            voice=fact.voice,
            value=fact.value,
            where=fact.where,
            address=snapshot.address,
            # What an earlier look saw was seen at another commit, and may stand elsewhere now.
            commit=None if fact.seen else snapshot.commit,
            link=None if fact.seen and fact.where.path else link_to(snapshot, fact.where),
            as_of=fact.seen or snapshot.looked_at.date(),
            confidence=fact.confidence,
            notes=fact.notes,
            is_shipped=looked.is_shipped,
        )
        for fact in snapshot.facts_on(question)
    )


def link_to(snapshot: Snapshot, where: Where) -> str | None:
    """The page that shows a place in a repository: the file with its lines, else the page that was read."""
    if where.path is None:
        return where.address
    kind = snapshot.forge or usual_kind(snapshot.address)
    return file_link(kind, snapshot.address, snapshot.commit, where.path, where.first_line, where.last_line)


def answer(question: Question, statements: Iterable[Statement]) -> Answer | None:
    """The answer to a question, None where nobody says anything.

    What a later voice says of a licence more exactly ("or later", of which the text of the licence tells
    nothing) makes the answer more exact and contradicts nothing.
    """
    ranked = sorted(statements, key=lambda one: _rank(question, one))
    if not ranked:
        return None
    agree = _AGREE.get(question)
    first, others = ranked[0], ranked[1:]
    agreeing = tuple(one for one in others if agree is None or agree(first.value, one.value))
    # A mention in a README may speak of a text, a library, a data set: too little to contradict anybody.
    contradicting = tuple(one for one in others if one not in agreeing and one.confidence >= SURE)
    said = _most_exact(first, agreeing) if question is Question.LICENCE else first
    return Answer(
        question=question,
        value=said.value,
        said=said,
        agreeing=tuple(one for one in (first, *agreeing) if one is not said),
        contradicting=contradicting,
    )


def _rank(question: Question, statement: Statement) -> tuple[bool, int]:
    order = BELIEVED.get(question, ())
    place = order.index(statement.voice) if statement.voice in order else len(order)
    return statement.confidence < SURE, place


# --- When two voices say the same


def same_licence(one: Plain, other: Plain) -> bool:
    """Whether two licence expressions can both be right.

    They can where the licences of one are among those of the other: a repository under MIT is part of a
    solution under "MIT AND Apache-2.0". `-only` and `-or-later` of one licence do not contradict each other:
    the text is the same. What is no expression agrees only with itself.
    """
    if one == other:
        return True
    first, second = _licences(one), _licences(other)
    return bool(first and second) and (first <= second or second <= first)


def _licences(expression: Plain) -> frozenset[str]:
    """The licences of an expression; none where it is no expression."""
    try:
        return families_of(expression) if isinstance(expression, str) else frozenset()
    except NotAnExpression:
        return frozenset()


def _most_exact(first: Statement, agreeing: tuple[Statement, ...]) -> Statement:
    """Of the one believed and those who agree, the one that says most.

    The text of a licence leaves "or later" open, and a licence file speaks for one repository where the entry
    or publiccode.yml speaks for the whole solution.
    """
    for other in agreeing:
        if other.voice in _WHOLE and _licences(first.value) < _licences(other.value):
            return other
    if first.voice is not Voice.LICENCE_FILE:
        return first
    later = f"{str(first.value).removesuffix('-only')}-or-later"
    return next((one for one in agreeing if one.value == later), first)


_WHOLE = (Voice.PUBLICCODE, Voice.ENTRY)


def _same_text(one: Plain, other: Plain) -> bool:
    return str(one).strip().casefold() == str(other).strip().casefold()


# Questions whose voices can contradict each other; of the others several answers stand side by side.
_AGREE: Mapping[Question, Callable[[Plain, Plain], bool]] = {
    Question.LICENCE: same_licence,
    Question.MATURITY: _same_text,
    Question.ARCHIVED: _same_text,
}


# --- A solution's own words, and those of its repositories


def main_repositories(solution: Solution) -> tuple[Repository, ...]:
    """The repositories that speak for the solution: its main ones, else mirrors, else its components."""
    for role in ("main", "mirror", "component"):
        if found := tuple(one for one in solution.repositories if one.role == role):
            return found
    return ()


def answers(
    solution: Solution, looked: Iterable[Looked], *, reviewed: date | None = None
) -> Mapping[Question, Answer]:
    """What is believed of a solution: the entry, and the repositories that speak for it.

    `reviewed` is the day as of which the entry speaks.
    """
    speaking = {repository.address for repository in main_repositories(solution)}
    heard = [one for one in looked if one.repository.address in speaking]
    found: dict[Question, Answer] = {}
    for question in Question:
        statements = [
            *_of_entry(solution, question, reviewed),
            *(statement for one in heard for statement in statements_in(one, question)),
        ]
        if (believed := answer(question, statements)) is not None:
            found[question] = believed
    return found


def _of_entry(solution: Solution, question: Question, reviewed: date | None) -> tuple[Statement, ...]:
    read = _ENTRY.get(question)
    return tuple(
        Statement(voice=Voice.ENTRY, value=value, as_of=reviewed)
        for value in (read(solution) if read else ())
        if value
    )


def _contacts(solution: Solution) -> tuple[Plain, ...]:
    contact = solution.contact
    return (
        *(({"email": contact.email},) if contact.email else ()),
        *(({"page": contact.page},) if contact.page else ()),
    )


_ENTRY: Mapping[Question, Callable[[Solution], tuple[Plain, ...]]] = {
    Question.NAME: lambda solution: (solution.name,),
    Question.LICENCE: lambda s: (s.licence.expression,) if s.licence else (),
    Question.MATURITY: lambda s: (s.maturity.value,) if s.maturity else (),
    Question.CONTACT: _contacts,
    Question.HOMEPAGE: lambda solution: (solution.homepage,),
    Question.DOCUMENTATION: lambda solution: (solution.documentation,),
    Question.STANDARDS: lambda solution: tuple({"id": name} for name in solution.standards),
}


def licence_of(looked: Looked, reviewed: date | None = None) -> Answer | None:
    """The licence of one repository: what the entry says of it, and what was read in it.

    `reviewed` is the day as of which the entry speaks.
    """
    stated = looked.repository.licence
    own = (Statement(voice=Voice.ENTRY, value=stated, as_of=reviewed),) if stated else ()
    return answer(Question.LICENCE, (*own, *statements_in(looked, Question.LICENCE)))
