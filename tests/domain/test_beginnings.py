"""Words that begin like this, against the plain way to find them."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.beginnings import MOST, Beginnings, WordTable

LETTERS = st.text("ab", max_size=4)
WORDS = st.lists(st.tuples(st.text("ab", min_size=1, max_size=5), st.integers(0, 500)), max_size=400)


@given(WORDS, LETTERS)
def test_the_first_and_all_are_those_of_a_plain_search(words, start):
    table = Beginnings(words)

    plain = [number for word, number in words if word.startswith(start)]

    assert list(table.first(start)) == sorted(set(plain))[:MOST]
    assert sorted(table.every(start)) == sorted(plain)
    assert table.count(start) == len(plain)
    assert (start in table) == bool(plain)


def test_a_beginning_that_many_share_is_answered_like_any_other():
    table = Beginnings([("b" * (n % 7) + "a" * (n % 5 + 1), 5000 - n) for n in range(5000)])

    assert table.first("") == tuple(range(1, MOST + 1))
    assert table.first("bb") == tuple(sorted(5000 - n for n in range(5000) if n % 7 >= 2))[:MOST]
    assert table.first("c") == ()


@given(st.lists(st.lists(st.text("ab", min_size=1, max_size=3), max_size=4), max_size=60), st.data())
def test_rows_with_a_word_for_each_beginning_are_found_in_their_order(rows, data):
    starts = data.draw(st.lists(st.text("ab", min_size=1, max_size=2), max_size=3))
    limit = data.draw(st.integers(0, 30))

    plain = [n for n, row in enumerate(rows) if all(any(w.startswith(s) for w in row) for s in starts)]

    assert WordTable(map(" ".join, rows)).find(starts, limit) == (plain[:limit] if starts else [])
