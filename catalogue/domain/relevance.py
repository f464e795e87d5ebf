"""How good a ranking is: nDCG, reciprocal rank, recall and success against graded answers.

A question comes with the solutions that answer it, each with a grade: 2 is what is needed, 1 helps, whatever
is not named is 0. A ranking is the ids that a search found, the best first, each once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

DEPTH = 10  # how far somebody reads
FIRST = 3  # how far somebody looks who is in a hurry
GRADES = (0, 1, 2)

Ranking = Sequence[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, which kind of question that is, and the grade of each solution that answers it."""

    text: str
    kind: str
    grades: Mapping[str, int]

    @property
    def is_nonsense(self) -> bool:
        """Whether nothing answers it, so that finding nothing is right."""
        return not any(self.grades.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Means over the questions of a group; None where the group has no such question.

    `refused` is the share of nonsense for which nothing was found. Nonsense counts nowhere else.
    """

    questions: int
    ndcg: float | None
    mrr: float | None
    recall: float | None
    success: float | None
    no_answer: float | None
    nonsense: int
    refused: float | None


def ndcg(ranking: Ranking, grades: Mapping[str, int]) -> float:
    """The normalised discounted cumulated gain of the first ten, from 0 to 1.

    DCG = sum over ranks i = 1 to 10 of (2^grade - 1) / log2(i + 1); nDCG = DCG / DCG of the best order of all
    graded solutions. Järvelin and Kekäläinen 2002 (doi:10.1145/582415.582418), with the gain of Burges et al.
    2005 (doi:10.1145/1102351.1102363). `grades` has to name at least one answer.
    """
    best = _dcg(sorted(grades.values(), reverse=True))
    return _dcg([grades.get(found, 0) for found in ranking[:DEPTH]]) / best


def reciprocal_rank(ranking: Ranking, grades: Mapping[str, int]) -> float:
    """1 / rank of the first answer of any grade, 0 where the first ten hold none.

    Its mean over questions is the MRR of Voorhees 1999 (TREC-8 question answering track).
    """
    ranks = (rank for rank, found in enumerate(ranking[:DEPTH], start=1) if grades.get(found, 0))
    return 1 / next(ranks, float("inf"))


def recall(ranking: Ranking, grades: Mapping[str, int]) -> float:
    """The share of the answers of any grade that the first ten hold.

    answers found / min(10, answers), so that 1 can be reached whatever the number of answers; the capped
    recall of Thakur et al. 2021 (arXiv:2104.08663).
    """
    answers = {key for key, grade in grades.items() if grade}
    return len(answers.intersection(ranking[:DEPTH])) / min(DEPTH, len(answers))


def success(ranking: Ranking, grades: Mapping[str, int]) -> float:
    """1 where the first three hold a solution with the best grade that the question has, else 0.

    The success at n of Craswell and Hawking 2004 (TREC web track), for the best answers only.
    """
    best = max(grades.values())
    return float(any(grades.get(found, 0) == best for found in ranking[:FIRST]))


def quality(question: Question, ranking: Ranking) -> float:
    """One figure for one question: nDCG; for nonsense 1 where nothing was found, else 0."""
    return float(not ranking) if question.is_nonsense else ndcg(ranking, question.grades)


def figures(answered: Iterable[tuple[Question, Ranking]]) -> Figures:
    """The means over a group of questions and what was found for each."""
    pairs = list(answered)
    asked = [(ranking, question.grades) for question, ranking in pairs if not question.is_nonsense]
    nonsense = [ranking for question, ranking in pairs if question.is_nonsense]
    return Figures(
        questions=len(asked),
        ndcg=_mean(ndcg(*pair) for pair in asked),
        mrr=_mean(reciprocal_rank(*pair) for pair in asked),
        recall=_mean(recall(*pair) for pair in asked),
        success=_mean(success(*pair) for pair in asked),
        no_answer=_mean(float(not ranking) for ranking, _ in asked),
        nonsense=len(nonsense),
        refused=_mean(float(not ranking) for ranking in nonsense),
    )


def _dcg(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], start=1))


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return fmean(found) if found else None
