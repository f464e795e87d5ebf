"""A solution as its repositories show it: what is believed, and how alive it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.domain.provenance import Answer, Looked, answers, licence_of, main_repositories
from catalogue.domain.snapshot import Plain, Question
from catalogue.domain.solution import Licence, Maturity, Solution
from catalogue.domain.vitality import Level, SolutionVitality, judge_all
from catalogue.standards.address import BadAddress, parse_address, same_repository
from catalogue.standards.dates import first_day

GROUP = "group"  # a page that lists repositories is none itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What is known of a solution beside its entry. `looked` has its repositories in the entry's order."""

    looked: tuple[Looked, ...]
    answers: Mapping[Question, Answer]
    vitality: SolutionVitality | None
    reviewed: date | None = None  # the day as of which the entry speaks

    @property
    def level(self) -> Level:
        """How alive it is; unknown where nobody has looked."""
        return self.vitality.vitality.level if self.vitality else Level.UNKNOWN

    @property
    def last_activity(self) -> date | None:
        """The day of the last commit of a person in the repositories that speak for the solution."""
        return self.vitality.vitality.last if self.vitality else None

    @property
    def contradictions(self) -> tuple[Answer, ...]:
        """Answers that somebody contradicts."""
        return tuple(found for found in self.answers.values() if found.contradicting)

    @property
    def part_contradictions(self) -> tuple[tuple[Looked, Answer], ...]:
        """The same for the licences that the entry states of single repositories."""
        found = ((looked, licence_of(looked, self.reviewed)) for looked in self.looked)
        return tuple((looked, one) for looked, one in found if one and one.contradicting)

    def value(self, question: Question) -> Plain:
        """What is believed, None where nobody says anything."""
        found = self.answers.get(question)
        return found.value if found else None


def observe(solution: Solution, looked: Iterable[Looked], now: datetime) -> Observed:
    """Put together what the entry says and what was seen; `looked` in the order of its repositories."""
    seen, reviewed = tuple(looked), first_day(solution.reviewed)
    speaking = {repository.address for repository in main_repositories(solution)}
    looks = [
        (one.repository.role, one.snapshot, one.is_shipped)
        for one in seen
        if one.snapshot and one.repository.role != GROUP
    ]
    return Observed(
        looked=seen,
        answers=answers(
            solution,
            (one for one in seen if one.repository.address in speaking),
            reviewed=reviewed,
        ),
        vitality=judge_all(looks, now),
        reviewed=reviewed,
    )


def repository_keys(solution: Solution) -> tuple[str | None, ...]:
    """The key of each repository of a solution; None for a page that lists several, and for no address."""
    return tuple(
        None if repository.role == GROUP else _key(repository.address) for repository in solution.repositories
    )


def _key(address: str) -> str | None:
    try:
        return same_repository(address) if parse_address(address).is_encrypted else None
    except BadAddress:
        return None


def as_believed(solution: Solution, observed: Observed) -> Solution:
    """The solution with what is believed of licence and maturity, and what only its repositories say.

    Nothing that the entry alone knows is touched; where it is silent, homepage and documentation come from
    the repositories.
    """
    licence = observed.value(Question.LICENCE)
    stated = solution.licence or Licence(expression=None, source="")
    maturity = observed.value(Question.MATURITY)
    return replace(
        solution,
        licence=replace(stated, expression=licence) if isinstance(licence, str) else solution.licence,
        maturity=Maturity(str(maturity)) if maturity in tuple(Maturity) else solution.maturity,
        homepage=solution.homepage or _page(observed, Question.HOMEPAGE),
        documentation=solution.documentation or _page(observed, Question.DOCUMENTATION),
    )


def _page(observed: Observed, question: Question) -> str | None:
    """The address that answers a question: one that somebody states, or a file of the repository."""
    found = observed.answers.get(question)
    if found is None:
        return None
    try:
        return parse_address(str(found.value)).text
    except BadAddress:
        return found.said.link
