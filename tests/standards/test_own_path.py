from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.standards.own_path import own_path

HOME = "https://katalog.example/de/login"
TRICKS = (
    *("//evil.example", "///evil.example/", "/\\evil.example", "\\\\evil.example", "/de\\..\\evil"),
    *("https://evil.example", "https:/de/", "http:evil.example", "javascript:alert(1)", "data:text/html,x"),
    *("/\t/evil.example", "/de/\n", "\t/de/", " /de/", "/de/\r\nSet-Cookie: a=b", "/de/\x00", "/de/ x"),
    *(
        "",
        "de/office",
        "/",
        "/office",
        "/dex",
        "/de@evil.example",
        "/fr/office",
        "/de:80/",
        "/%2f/evil.example",
    ),
    *("/de/\u202eoffice", "/de/\u2028", "/de/\ud800", "/de/" + "x" * 3000),
)


@pytest.mark.parametrize("text", TRICKS)
def test_a_trick_leads_nowhere(text: str) -> None:
    assert own_path(text) is None


@pytest.mark.parametrize(
    "text", ["/de", "/de/", "/en/office?state=pending&page=2", "/de/office/reports/7", "/de/kommunen/größe"]
)
def test_a_page_of_ours_is_taken_as_it_is(text: str) -> None:
    assert own_path(text) == text


@given(st.one_of(st.text(), st.text("/\\deno.:@?#%\t\r\n ").map(lambda rest: "/" + rest)))
@example("/de//evil.example")
@example("/de/../../../evil.example")
def test_whatever_is_taken_stays_on_our_host(text: str) -> None:
    taken = own_path(text)

    if taken is not None:
        went = urlsplit(urljoin(HOME, taken))
        assert (went.scheme, went.netloc) == ("https", "katalog.example")
