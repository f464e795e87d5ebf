"""The checks of pages themselves: what they must not let through."""

import pytest
from html_page import BadPage, Page
from page_checks import check_mail, check_page

from catalogue.app import HEADERS

GOOD = """<!doctype html><html lang="de"><head><title>Etwas – Nachnutzungskatalog</title>
<meta name="description" content="Ein Satz."></head>
<body><main><h1>Etwas</h1><!-- here --></main></body></html>"""


def judge(html: str, **headers: str) -> None:
    """Check it as an error page, which needs no addresses of its own."""
    sent = {**HEADERS, "Content-Language": "de", **headers}
    check_page(Page(html, status=404, headers=sent, address="/de/x"), "de")


def test_a_sound_page_passes() -> None:
    judge(GOOD)


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        "<b onclick='x()'>x</b>",
        "<b style='color: red'>x</b>",
        "<style>b {}</style>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='mailto:a@example.org?bcc=b@example.org'>x</a>",
        "<img alt='' src='https://elsewhere.example/x.png'>",
        "<img src='/x.png'>",
        "<script src='//elsewhere.example/x.js'></script>",
        "<iframe src='/x'></iframe>",
        "<h1>Noch eine</h1>",
        "<h3>Ein Sprung</h3>",
        "<b id='a'></b><b id='a'></b>",
        "<input name='q'>",
        "<a href='/x'></a>",
        "<a href='#nowhere'>x</a>",
        "<b aria-labelledby='nobody'>x</b>",
        "<b>never closed",
        "<b id='a' id='b'>twice</b>",
    ],
)
def test_a_harmed_page_does_not_pass(harm: str) -> None:
    with pytest.raises((AssertionError, BadPage)):
        judge(GOOD.replace("<!-- here -->", harm))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('lang="de"', 'lang="en"'),
        ("Etwas – ", ""),
        ('content="Ein Satz."', 'content=" "'),
        ("<!doctype html>", ""),
    ],
)
def test_a_page_that_lacks_something_does_not_pass(before: str, after: str) -> None:
    with pytest.raises((AssertionError, BadPage)):
        judge(GOOD.replace(before, after))


@pytest.mark.parametrize(
    "headers",
    [{"Set-Cookie": "a=b"}, {"Content-Security-Policy": "default-src *"}, {"Content-Language": "en"}],
)
def test_headers_that_follow_or_endanger_a_reader_do_not_pass(headers: dict[str, str]) -> None:
    with pytest.raises((AssertionError, KeyError)):
        judge(GOOD, **headers)


def test_a_prefilled_mail_has_one_recipient_a_subject_and_a_text() -> None:
    assert check_mail("mailto:a@example.org?subject=x&body=y") == {"subject": "x", "body": "y"}

    for address in ("mailto:a@example.org,b@example.org", "mailto:a@example.org?subject=x%0AB&body=y"):
        with pytest.raises(AssertionError):
            check_mail(address)
