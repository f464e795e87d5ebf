"""What would make an entry better beyond mending what is wrong: what its repositories do not show yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalogue.domain.findings import is_without_licence
from catalogue.domain.observed import GROUP, Observed
from catalogue.domain.snapshot import Question, Reason
from catalogue.domain.solution import Solution, SolutionKind
from catalogue.domain.vitality import Level
from catalogue.domain.vitality_signs import Answered, Outcome, Sign


class AdviceKind(StrEnum):
    """What a team can add, the most useful first. Words: `finding_words`."""

    NO_REPOSITORY = "no-repository"
    NO_LICENCE_FILE = "no-licence-file"
    NO_PUBLICCODE = "no-publiccode"
    SIGN = "sign"  # a sign of life that is missing; `vitality_words` has its words


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing to add: in which repository, and for a sign of life the question with its answer."""

    kind: AdviceKind
    address: str | None = None
    answered: Answered | None = None


# Where one of these is missing, the other says nothing new: who commits nothing needs no advice on people.
_SAID_BY: Mapping[Sign, frozenset[Sign]] = {
    Sign.COMMIT_6: frozenset({Sign.COMMIT_12}),
    Sign.PEOPLE_12: frozenset({Sign.COMMIT_12}),
    Sign.ORGANISATIONS_12: frozenset({Sign.COMMIT_12, Sign.PEOPLE_12}),
    Sign.RELEASE_12: frozenset({Sign.COMMIT_12, Sign.RELEASES}),
}
# Nobody can add time, and that it is archived is a finding of its own.
_NO_ADVICE = frozenset({Sign.AGE, Sign.OPEN})
_OURS = frozenset({Reason.NOT_ASKED, Reason.UNREACHABLE, Reason.LIMITED, Reason.REFUSED})


def advice_for(solution: Solution, observed: Observed) -> Iterator[Advice]:
    """What the team of a solution could add, in the order of `AdviceKind`."""
    if not any(repository.role != GROUP for repository in solution.repositories):
        if solution.kind is not SolutionKind.CONCEPT:
            yield Advice(kind=AdviceKind.NO_REPOSITORY)
        return
    for one in observed.looked:
        if is_without_licence(one):
            yield Advice(kind=AdviceKind.NO_LICENCE_FILE, address=one.repository.address)
    yield from _publiccode(observed)
    yield from _signs(observed)


def _publiccode(observed: Observed) -> Iterator[Advice]:
    """No repository of the solution has a publiccode.yml, and all that we know were read."""
    seen = [one for one in observed.looked if one.snapshot]
    gaps = [gap for one in seen if one.snapshot for gap in one.snapshot.gaps_on(Question.PUBLICCODE)]
    has_one = any(one.snapshot and one.snapshot.facts_on(Question.PUBLICCODE) for one in seen)
    if seen and not has_one and gaps and all(gap.reason is Reason.ABSENT for gap in gaps):
        yield Advice(kind=AdviceKind.NO_PUBLICCODE, address=seen[0].repository.address)


def _signs(observed: Observed) -> Iterator[Advice]:
    if observed.vitality is None:
        return
    vitality, address = observed.vitality.vitality, observed.vitality.by.address
    missing = {answered.sign for answered in vitality.questions if answered.outcome is Outcome.NO}
    for answered in vitality.questions:
        is_told = bool(_SAID_BY.get(answered.sign, frozenset()) & missing)
        is_told |= answered.sign is Sign.COMMIT_12 and vitality.level is Level.DORMANT  # a finding says it
        if answered.outcome is not Outcome.YES and not is_told and _is_theirs(answered):
            yield Advice(kind=AdviceKind.SIGN, address=address, answered=answered)


def _is_theirs(answered: Answered) -> bool:
    if answered.sign is Sign.REACTION and answered.outcome is not Outcome.NO:
        return False  # too few issues to tell: nothing to do better
    return answered.sign not in _NO_ADVICE and answered.because not in _OURS
