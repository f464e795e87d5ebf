"""The measures of rankings: computed by hand, and what holds for all of them."""

from math import log2

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalogue.domain.relevance import (
    DEPTH,
    FIRST,
    Figures,
    Question,
    figures,
    ndcg,
    quality,
    recall,
    reciprocal_rank,
    success,
)

IDS = st.sampled_from([f"s{number}" for number in range(30)])
GRADED = st.dictionaries(IDS, st.sampled_from([1, 2]), min_size=1, max_size=25)
RANKINGS = st.lists(IDS, unique=True, max_size=30)
MEASURES = (ndcg, reciprocal_rank, recall, success)


def best_order(grades: dict[str, int]) -> list[str]:
    return sorted(grades, key=lambda key: -grades[key])


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        (["a", "b", "c"], 1.0),
        (["b", "a"], (1 + 3 / log2(3)) / (3 + 1 / log2(3))),
        (["x", "a"], (3 / log2(3)) / (3 + 1 / log2(3))),
        (["x", "y", "b"], (1 / 2) / (3 + 1 / log2(3))),
        ([*"tuvwxyz", "q", "r", "a"], (3 / log2(11)) / (3 + 1 / log2(3))),
        ([*"tuvwxyz", "q", "r", "s", "a"], 0.0),  # the eleventh
        ([], 0.0),
    ],
)
def test_ndcg_by_hand(ranking: list[str], expected: float) -> None:
    assert ndcg(ranking, {"a": 2, "b": 1}) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ranking", "ranks", "recalls", "succeeds"),
    [
        (["a", "b"], 1, 1, 1),
        (["b", "x", "y", "a"], 1, 1, 0),  # the best answer is the fourth
        (["x", "b", "a"], 1 / 2, 1, 1),
        (["x", "y", "z", "a"], 1 / 4, 1 / 2, 0),
        ([*"tuvwxyzqr", "b"], 1 / 10, 1 / 2, 0),
        ([*"tuvwxyzqrs", "b"], 0, 0, 0),
    ],
)
def test_rank_recall_and_success_by_hand(
    ranking: list[str], ranks: float, recalls: float, succeeds: float
) -> None:
    grades = {"a": 2, "b": 1}

    assert reciprocal_rank(ranking, grades) == pytest.approx(ranks)
    assert recall(ranking, grades) == pytest.approx(recalls)
    assert success(ranking, grades) == succeeds


def test_where_nothing_is_better_a_helpful_answer_is_success() -> None:
    assert success(["x", "b"], {"b": 1}) == 1


def test_recall_reaches_one_though_there_are_more_answers_than_anybody_reads() -> None:
    grades = {str(number): 1 for number in range(25)}

    assert recall(list(grades), grades) == 1
    assert recall(list(grades)[:5], grades) == 0.5


@given(RANKINGS, GRADED)
def test_every_measure_lies_between_none_and_all(ranking: list[str], grades: dict[str, int]) -> None:
    assert all(0 <= measure(ranking, grades) <= 1 + 1e-9 for measure in MEASURES)


@given(GRADED)
def test_the_best_order_is_perfect_and_nothing_is_worth_nothing(grades: dict[str, int]) -> None:
    assert [measure(best_order(grades), grades) for measure in MEASURES] == pytest.approx([1, 1, 1, 1])
    assert [measure([], grades) for measure in MEASURES] == [0, 0, 0, 0]


@given(RANKINGS, GRADED, st.data())
def test_the_order_of_equals_does_not_matter(
    ranking: list[str], grades: dict[str, int], data: st.DataObject
) -> None:
    assume(len(ranking) > 1)
    one, other = (data.draw(st.integers(0, len(ranking) - 1)) for _ in range(2))
    assume(grades.get(ranking[one], 0) == grades.get(ranking[other], 0))
    swapped = list(ranking)
    swapped[one], swapped[other] = swapped[other], swapped[one]

    assert ndcg(swapped, grades) == pytest.approx(ndcg(ranking, grades))
    assert reciprocal_rank(swapped, grades) == reciprocal_rank(ranking, grades)
    assert success(swapped, grades) == success(ranking, grades)


@given(RANKINGS, GRADED, st.data())
def test_putting_the_better_one_first_never_harms(
    ranking: list[str], grades: dict[str, int], data: st.DataObject
) -> None:
    assume(len(ranking) > 1)
    place = data.draw(st.integers(0, len(ranking) - 2))
    better = list(ranking)
    better[place : place + 2] = sorted(ranking[place : place + 2], key=lambda key: -grades.get(key, 0))

    assert all(measure(better, grades) >= measure(ranking, grades) - 1e-12 for measure in MEASURES)


@given(RANKINGS, GRADED)
def test_what_nobody_reads_changes_nothing(ranking: list[str], grades: dict[str, int]) -> None:
    for measure, depth in ((ndcg, DEPTH), (reciprocal_rank, DEPTH), (recall, DEPTH), (success, FIRST)):
        assert measure(ranking[:depth], grades) == measure(ranking, grades)


def test_means_keep_nonsense_apart() -> None:
    real, nonsense = Question("Baum", "everyday", {"a": 2}), Question("xyz", "nonsense", {})

    found = figures([(real, ("a",)), (real, ()), (nonsense, ()), (nonsense, ("a",)), (nonsense, ())])

    assert found == Figures(
        questions=2, ndcg=0.5, mrr=0.5, recall=0.5, success=0.5, no_answer=0.5, nonsense=3, refused=2 / 3
    )


def test_of_no_questions_there_is_no_mean() -> None:
    only_nonsense = figures([(Question("xyz", "nonsense", {}), ())])

    assert (only_nonsense.ndcg, only_nonsense.no_answer, only_nonsense.refused) == (None, None, 1.0)
    assert figures([]).refused is None


def test_for_nonsense_the_only_good_answer_is_none() -> None:
    nonsense = Question("xyz", "nonsense", {"a": 0})

    assert (quality(nonsense, ()), quality(nonsense, ("a",))) == (1.0, 0.0)
    assert quality(Question("Baum", "everyday", {"a": 2}), ("a",)) == 1.0
