"""What is kept has a bound, and what is there stays right."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.search.kept import Kept


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 40))))
def test_no_more_is_kept_than_may_be_and_the_newest_always(put: list[tuple[int, int]]):
    kept: Kept[int, str] = Kept(50)
    costs: dict[int, int] = {}
    for key, cost in put:
        kept.put(key, f"{key} for {cost}", cost)
        costs[key] = cost

        assert kept.get(key) == f"{key} for {cost}"
        there = [k for k in costs if kept.get(k) is not None]
        assert sum(costs[k] for k in there) <= 50
        assert all(kept.get(k) == f"{k} for {costs[k]}" for k in there)
        assert len(kept) == len(there)


def test_the_oldest_makes_room():
    kept: Kept[str, int] = Kept(3)
    for place, key in enumerate("abcd"):
        kept.put(key, place, 1)

    assert [kept.get(key) for key in "abcd"] == [None, 1, 2, 3]


def test_what_costs_more_than_all_may_cost_is_kept_alone():
    kept: Kept[str, int] = Kept(3)
    kept.put("a", 1, 1)
    kept.put("b", 2, 100)

    assert (kept.get("a"), kept.get("b")) == (None, 2)
