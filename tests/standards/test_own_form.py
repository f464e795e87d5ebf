"""Forms are answered when they come from our pages, and refused when another site sends them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.standards.own_form import is_own_form

HOSTS = frozenset({"katalog.example", "localhost:8000"})


@pytest.mark.parametrize(
    ("fetch_site", "origin", "expected"),
    [
        ("same-origin", "https://katalog.example", True),
        ("none", None, True),  # the reader's own doing: a reload
        ("same-site", "https://other.katalog.example", False),  # a neighbour on the same domain
        ("cross-site", "https://evil.example", False),
        ("cross-site", "https://katalog.example", False),  # what the browser says counts
        ("", None, False),
        (None, "https://katalog.example", True),  # a browser without Fetch Metadata
        (None, "http://LOCALHOST:8000", True),
        (None, "https://evil.example", False),
        (None, "https://katalog.example.evil.example", False),
        (None, "https://katalog.example@evil.example", False),
        (None, "null", False),  # a sandboxed frame, a file
        (None, "javascript:alert(1)", False),
        (None, "https://[", False),
        (None, None, True),  # a program, no browser: it carries nobody's rights
    ],
)
def test_a_form_is_ours_or_it_is_not(fetch_site: str | None, origin: str | None, expected: bool) -> None:
    assert is_own_form(fetch_site=fetch_site, origin=origin, hosts=HOSTS) is expected


@given(st.text())
def test_no_text_in_the_place_of_an_origin_is_ours_by_accident(origin: str) -> None:
    assert not is_own_form(fetch_site=None, origin=origin, hosts=HOSTS) or origin.strip().lower().startswith(
        ("http://", "https://")
    )
