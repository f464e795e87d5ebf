"""Addresses of any shape get a page: never a failure, and nothing of them runs."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from page_checks import check_page
from werkzeug.test import TestResponse

GetPage = Callable[..., Page]
VIEWS = (
    "/solutions",
    "/municipalities",
    "/compare",
    "/compare.csv",
    "/suggest",
    "/solutions.atom",
    "/solutions.json",
    "/solutions/hal-plan",
    "/about",
)
NAMES = (
    "q",
    "topic",
    "licence",
    "not-topic",
    "reused_at_least",
    "near",
    "km",
    "land",
    "sort",
    "exact",
    "page",
    "list",
    "id",
    "key",
    "lang",
    "endpoint",
    "_external",
    "",
)
LONG = 8000


def ask(client: FlaskClient, path: str, query: str) -> TestResponse:
    """Send a query string as it stands: its characters are bytes (PEP 3333)."""
    return client.get(path, environ_overrides={"QUERY_STRING": query})


def results(client: FlaskClient, query: str, path: str = "/de/solutions") -> Page:
    """The page of results for a query string, which must be sound."""
    answer = ask(client, path, query)
    assert answer.status_code == 200, f"{answer.status} for {query[:200]!r}"
    page = Page(answer.text, status=200, headers=answer.headers, address=path)
    check_page(page, path[1:3])
    return page


HOSTILE = {
    "null characters": "q=a%00b%00",
    "nothing but a null": "q=%00",
    "a lone surrogate": "q=%ED%A0%80",
    "no UTF-8": "q=%FF%FE%80",
    "raw bytes": "q=\xff\xfe\x80",
    "half an encoding": "q=%",
    "no hexadecimal": "q=%zz%1&topic=%u0041",
    "an overlong slash": "q=%C0%AF",
    "control characters": "q=" + "".join(f"%{code:02X}" for code in range(32)),
    "direction marks": "q=" + quote("‮txt.exe‏‪​﻿"),
    "combining marks": "q=" + quote("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞" * 20),
    "emoji": "q=" + quote("👩‍👩‍👧‍👦🏳️‍🌈" * 50),
    "a dangling NOT": "q=NOT",
    "dangling operators": "q=AND+OR+NOT+-+%2B",
    "only a minus": "q=-",
    "minus upon minus": "q=--Stadt+-+-Land",
    "wildcards": "q=*+?+**+*a*+a*+%3F%3F%3F",
    "brackets": "q=" + quote("(" * 2000 + "Stadt" + ")" * 1999),
    "square brackets": "q=" + quote("[a TO z] {a TO z} [TO"),
    "a field of the index": "q=" + quote("name:hal id:* text:(a b) _stored:x"),
    "boost and fuzz": "q=" + quote("stadt^99999999999 stadt~99 ~ ^ stadt^-1"),
    "an open quotation": "q=" + quote('"digitaler Zwilling'),
    "quotes upon quotes": "q=" + quote('"' * 999),
    "a regular expression": "q=" + quote("/.*(a+)+$/ r'(.*)*'"),
    "SQL": "q=" + quote("'; DROP TABLE solution; --"),
    "a template": "q=" + quote("{{ 7*7 }} {% raw %} ${7*7} %(x)s %s %n"),
    "markup": "q=" + quote("\"><script>alert(1)</script><img src=x onerror=alert(1)>'"),
    "markup in a filter": "topic=" + quote('"><svg onload=alert(1)>') + "&list=" + quote('"><b>'),
    "one word of 8 kB": "q=" + "a" * LONG,
    "8 kB of umlauts": "q=" + quote("ü" * (LONG // 6)),
    "ten thousand words": "q=" + "+".join(["Stadt"] * 10_000),
    "ten thousand other words": "q=" + "+".join(f"w{number}" for number in range(10_000)),
    "one long compound": "q=" + "bürgerbeteiligungsplattform".encode().decode("latin-1") * 250,
    "parameters again and again": "q=a&q=b&sort=name&sort=newest&page=1&page=2" + "&topic=mobility" * 300,
    "a thousand excluded values": "&".join(f"not-topic=t{number}&not-land=15" for number in range(1000)),
    "everything excluded": "&".join(f"not-kind={kind}" for kind in ("software", "service", "concept")),
    "chosen and excluded": "topic=mobility&not-topic=mobility&reused_at_least=1&reused_at_least=10",
    "no place": "near=%00&km=%FF",
    "a place of markup": "near=" + quote('"><svg onload=alert(1)> %s %(text)s {0}'),
    "a place of 8 kB": "near=" + "Halle+" * (LONG // 6) + "&km=" + "9" * 400,
    "several places": "near=Halle&near=Berlin&km=25&km=200&km=-1",
    "names that look like filters": "not-=x&not=topic&not-not-topic=mobility&not-near=Berlin",
    "a thousand filter values": "&".join(f"topic=t{number}" for number in range(1000)),
    "a thousand on the shortlist": "&".join(f"list=k{number}" for number in range(1000)),
    "a huge page": "page=" + "9" * 400,
    "a negative page": "page=-1",
    "page zero": "page=0",
    "a page in other digits": "page=" + quote("٣") + "&page=" + quote("²"),
    "a page of exponents": "page=1e5&page=0x10&page=1_000",
    "an unknown order": "sort=random()",
    "names of our own": "lang=fr&key=x&endpoint=x&values=1&self=1&lang=en",
    "names of url_for": "_external=1&_scheme=javascript&_anchor=x&_method=POST",
    "names without value": "q&topic&&&=&==&list=",
    "semicolons": "q=a;topic=mobility;page=2",
    "brackets in names": "topic[]=mobility&q[$ne]=x&__proto__[x]=y",
}


@pytest.mark.parametrize("path", ["/de/solutions", "/en/solutions"])
@pytest.mark.parametrize("what", HOSTILE)
def test_any_query_string_gets_a_page_of_results(client: FlaskClient, what: str, path: str) -> None:
    page = results(client, HOSTILE[what], path)

    assert "Traceback" not in page.main.text


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "/solutions"])
@pytest.mark.parametrize("what", HOSTILE)
def test_other_pages_take_any_query_string_too(client: FlaskClient, what: str, view: str) -> None:
    query = HOSTILE[what].replace("list=", "id=") if "compare" in view else HOSTILE[what]

    answer = ask(client, f"/de{view}", query)

    assert answer.status_code in (200, 404)
    if answer.mimetype == "text/html":
        check_page(
            Page(answer.text, status=answer.status_code, headers=answer.headers, address=f"/de{view}"), "de"
        )


@pytest.mark.parametrize("what", HOSTILE)
def test_a_short_address_hands_any_query_on(client: FlaskClient, what: str) -> None:
    answer = ask(client, "/solutions", HOSTILE[what])

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/de/solutions?")
    assert not set("\r\n\x00") & set(answer.headers["Location"])


@pytest.mark.parametrize(
    "what", ["ten thousand words", "ten thousand other words", "one long compound", "one word of 8 kB"]
)
def test_a_long_query_costs_about_as_much_as_a_short_one(client: FlaskClient, what: str) -> None:
    page = results(client, HOSTILE[what])

    cut = "nur die ersten 20 Wörter" in page.main.text
    assert cut == ("words" in what)


_bytes = st.binary(max_size=120).map(lambda data: data.decode("latin-1"))
_signs = st.text(alphabet="%0189afzAZ&=;+[]{}()*?\"'-~^:\\/<>|#@!.,_ \t", max_size=120)
_texts = st.text(max_size=80).map(lambda text: quote(text.encode("utf-8", "surrogatepass")))
_surrogates = st.text(alphabet=st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF), max_size=9).map(
    lambda text: quote(text.encode("utf-8", "surrogatepass"))
)
_pairs = st.tuples(st.sampled_from(NAMES), st.one_of(_bytes, _signs, _texts, _surrogates)).map("=".join)
queries = st.lists(_pairs, max_size=5).map("&".join) | _signs | _bytes


@given(query=queries, view=st.sampled_from(VIEWS), lang=st.sampled_from(["de", "en"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(query="endpoint=x", view="/about", lang="de")
@example(query="q=%ED%B0%80", view="/suggest", lang="de")
def test_no_query_string_whatsoever_makes_a_page_fail(app: Flask, query: str, view: str, lang: str) -> None:
    answer = ask(app.test_client(), f"/{lang}{view}", query)

    assert answer.status_code in (200, 404)
    if answer.mimetype == "text/html":
        check_page(
            Page(answer.text, status=answer.status_code, headers=answer.headers, address=f"/{lang}{view}"),
            lang,
        )


@given(path=st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass")))
@settings(max_examples=100, deadline=None)
@example(path=b"de/solutions/\xff")
@example(path=b"de/municipalities/15003000/")
@example(path=b"solutions/" + b"x" * 3000)
@example(path=b"de/solutions/\x00")
def test_no_path_whatsoever_makes_a_page_fail(app: Flask, path: bytes) -> None:
    answer = app.test_client().get("/", environ_overrides={"PATH_INFO": "/" + path.decode("latin-1")})

    assert answer.status_code in (200, 302, 308, 404)


@given(
    value=st.text(
        alphabet=st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60
    )
)
@settings(max_examples=60, deadline=None)
def test_no_header_whatsoever_makes_a_page_fail(app: Flask, value: str) -> None:
    names = (
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_IF_NONE_MATCH",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_RANGE",
        "HTTP_COOKIE",
    )

    answers = [
        app.test_client().get(path, environ_overrides=dict.fromkeys(names, value))
        for path in ("/", "/about", "/de/about", "/healthz", "/nope")
    ]

    assert max(answer.status_code for answer in answers) < 500


@pytest.mark.parametrize(
    "host", ['"><script>alert(1)</script>', "evil.example", "a b", "[::1", "x" * 500, "ümlaut.example", ""]
)
def test_no_host_header_makes_a_page_fail(client: FlaskClient, host: str) -> None:
    for path in ("/de/about", "/sitemap.xml", "/robots.txt", "/de/no-such-page"):
        answer = client.get(path, environ_overrides={"HTTP_HOST": host.encode().decode("latin-1")})

        assert answer.status_code < 500
        assert "<script>alert" not in answer.text
