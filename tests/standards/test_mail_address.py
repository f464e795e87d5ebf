"""Mail addresses that something is sent to."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.standards.mail_address import BadMailAddress, domain_of, parse_mail_address


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("digitales@stadt.example", "digitales@stadt.example"),
        ("  Digitales@Stadt.Example\t", "digitales@stadt.example"),  # as it is pasted
        ("smart.city+karte@stadt.example", "smart.city+karte@stadt.example"),
        ("info@köln.example", "info@xn--kln-sna.example"),
        ("info@KÖLN.example", "info@xn--kln-sna.example"),
        ("info@ko\u0308ln.example", "info@xn--kln-sna.example"),  # o and its dots apart
        ("info@straße.example", "info@xn--strae-oqa.example"),  # another domain than strasse.example
        ("info@xn--kln-sna.example", "info@xn--kln-sna.example"),
        ("info@stadt\u2024example", "info@stadt.example"),  # a dot leader is a full stop
        ("a" * 64 + "@stadt.example", "a" * 64 + "@stadt.example"),
    ],
)
def test_an_address_has_one_spelling(text, normalised):
    assert parse_mail_address(text) == normalised


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "mail-empty"),
        ("   ", "mail-empty"),
        ("stadt.example", "mail-at"),
        ("a@b@stadt.example", "mail-at"),
        ("Stadt Halle <info@stadt.example>", "mail-local"),
        ('"in fo"@stadt.example', "mail-local"),
        ("info(Amt)@stadt.example", "mail-local"),
        ("in..fo@stadt.example", "mail-local"),
        (".info@stadt.example", "mail-local"),
        ("bürger@stadt.example", "mail-local"),  # few servers take such a letter before the @
        ("@stadt.example", "mail-local"),
        ("info@stadt.example\nBcc: alle@stadt.example", "mail-at"),
        ("info@stadt.example\r\nSubject: x", "mail-domain"),
        ("info@stadt.example\n", "mail-domain"),
        ("in\rfo@stadt.example", "mail-local"),
        ("info@stadt.example,amt.example", "mail-domain"),
        ("info@localhost", "mail-domain"),
        ("info@127.0.0.1", "mail-domain"),
        ("info@[127.0.0.1]", "mail-domain"),
        ("info@stadt..example", "mail-domain"),
        ("info@stadt.example.", "mail-domain"),
        ("info@-stadt.example", "mail-domain"),
        ("info@stadt.1", "mail-domain"),
        ("info@stadt\u3002example", "mail-domain"),
        ("info@\u202egnuts.example", "mail-domain"),
        ("a" * 65 + "@stadt.example", "mail-long"),
        ("a@" + "b" * 64 + ".example", "mail-domain"),
        ("a@" + ".".join(["b" * 60] * 5) + ".example", "mail-long"),
        ("a@" + "ö" * 60 + "." + "ü" * 60 + "." + "ä" * 60 + ".example", "mail-domain"),
    ],
)
def test_what_is_no_single_plain_address_is_refused_and_says_why(text, code):
    with pytest.raises(BadMailAddress) as refused:
        parse_mail_address(text)
    assert refused.value.code == code


@given(st.text(max_size=300) | st.from_regex(r"[a-zäöüß.]{1,40}@[a-zäöüßA-ZÄÖÜ0-9.\-]{1,60}", fullmatch=True))
@example("info@İstanbul.example")
@example("info@\u1e9e.example")
def test_whatever_is_taken_is_plain_ascii_without_room_for_a_header_and_stays_as_it_is(text):
    try:
        address = parse_mail_address(text)
    except BadMailAddress:
        return
    assert address.isascii()
    assert not set(address) & set('\r\n\0 \t<>",;:()[]\\')
    assert len(address) <= 254
    assert parse_mail_address(address) == address


def test_the_domain_may_be_shown_alone():
    assert domain_of("amt@stadt.example") == "stadt.example"
