"""Addresses from strangers."""

import ipaddress
import socket
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.standards.address import BadAddress, parse_address, same_repository


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("https://Example.ORG", "https://example.org/"),  # host in small letters, a path
        ("HTTPS://example.org:443/a?b=c#d", "https://example.org/a?b=c#d"),  # the default port says nothing
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org./", "https://example.org/"),  # the root's dot
        ("https://münchen.de/straße", "https://xn--mnchen-3ya.de/stra%C3%9Fe"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),  # encoded once, not twice
    ],
)
def test_an_address_has_one_spelling(text, normalised):
    assert parse_address(text).text == normalised


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "address-empty"),
        ("  ", "address-empty"),
        ("https://example.org/" + "a" * 2000, "address-long"),
        ("https://example.org/a b", "address-characters"),
        ("https://example.org/\n", "address-characters"),
        ("https://exam\x00ple.org/", "address-characters"),
        ("https://example.org/\u202egpj.exe", "address-characters"),  # reads backwards
        ("https://example.org/\ud800", "address-characters"),  # half a character
        ("https:\\\\example.org", "address-characters"),  # browsers take it for slashes
        ('https://example.org/"onclick=', "address-characters"),
        ("example.org", "address-scheme"),
        ("javascript:alert(1)", "address-scheme"),
        ("JavaScript://example.org/%0Aalert(1)", "address-scheme"),
        ("data:text/html,x", "address-scheme"),
        ("ftp://example.org/", "address-scheme"),
        ("//example.org/", "address-scheme"),
        ("git@github.com:a/b.git", "address-scheme"),
        ("https://user:secret@example.org/", "address-credentials"),
        ("https://github.com@evil.example.org/", "address-credentials"),
        ("https://@example.org/", "address-credentials"),
        ("https:///path", "address-host"),
        ("https://rathaus/", "address-host"),  # a name of one's own network
        ("https://a..b.org/", "address-host"),
        ("https://-a.org/", "address-host"),
        ("https://exa_mple.org/", "address-host"),
        ("https://" + "a" * 64 + ".org/", "address-host"),
        ("https://" + "a." * 200 + "org/", "address-host"),  # longer than a host name can be
        ("https://[::1/", "address-host"),
        ("https://[2606:2800:220:1::1]/", "address-host"),  # a number is no page of a town
        ("https://93.184.216.34/", "address-host"),
        ("https://localhost/", "address-private"),
        ("https://app.localhost/", "address-private"),
        ("https://wiki.intranet/", "address-private"),
        ("https://drucker.local/", "address-private"),
        ("https://fritz.box/", "address-private"),
        ("http://127.0.0.1/", "address-private"),
        ("http://127.1/", "address-private"),  # what inet_aton takes
        ("http://2130706433/", "address-private"),
        ("http://0x7f000001/", "address-private"),
        ("http://0x7f.1/", "address-private"),
        ("http://017700000001/", "address-private"),
        ("http://１２７.0.0.1/", "address-private"),  # full-width digits
        ("http://127。0x1/", "address-private"),  # another dot, another base
        ("http://10.0.0.1/", "address-private"),
        ("http://192.168.1.1/", "address-private"),
        ("http://169.254.169.254/latest/meta-data/", "address-private"),
        ("http://[::1]/", "address-private"),
        ("http://[::ffff:127.0.0.1]/", "address-private"),
        ("http://[fe80::1]/", "address-private"),
        ("https://example.org:8443/", "address-port"),
        ("https://example.org:80/", "address-port"),  # the other scheme's
        ("https://example.org:99999/", "address-port"),
        ("https://example.org:x/", "address-port"),
    ],
)
def test_an_address_that_nobody_should_follow_is_refused(text, code):
    with pytest.raises(BadAddress) as caught:
        parse_address(text)

    assert caught.value.code == code


def test_http_is_an_address_but_not_encrypted():
    assert not parse_address("http://example.org/").is_encrypted
    assert parse_address("https://example.org/").is_encrypted


ANY_CHARACTER = st.text(alphabet=st.characters(exclude_categories=[]))
HOSTS = st.one_of(
    ANY_CHARACTER,
    st.ip_addresses().map(lambda ip: f"[{ip}]" if ip.version == 6 else str(ip)),
    st.integers(0, 2**33).map(str),
    st.integers(0, 2**33).map(hex),
    st.lists(
        st.sampled_from(["0", "1", "127", "0x7f", "017", "10", "192", "168", "256", "a", "local", "。"]),
        max_size=6,
    ).map(".".join),
    st.from_regex(r"[0-9０-９a-fxX.。．]{1,20}", fullmatch=True),
)
ADDRESSES = st.one_of(
    ANY_CHARACTER,
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["https://", "http://", "HTTP://", "//", "javascript:", "https:", "ftp://"]),
        HOSTS,
        st.sampled_from(["", ":443", ":80", ":0", ":", ":-1", "/", "?"]),
        ANY_CHARACTER,
    ),
)


@given(ADDRESSES)
@example("http://127。0x1/")
@example("https://a.de/\ud800")
def test_any_text_is_a_public_address_or_refused(text):
    try:
        address = parse_address(text)
    except BadAddress:
        return

    assert address.text.isascii()
    assert address.text.startswith(("https://", "http://"))
    assert parse_address(address.text) == parse_address(parse_address(address.text).text)
    parts = urlsplit(address.text)
    assert parts.netloc == address.host
    assert parts.username is None
    assert "." in address.host
    _assert_no_number(address.host)


def _assert_no_number(host):
    """Neither the library nor the C function, which takes more spellings, reads the host as a number."""
    with pytest.raises(ValueError):
        ipaddress.ip_address(host)
    with pytest.raises(OSError):
        socket.inet_aton(host)


@pytest.mark.parametrize(
    "other",
    [
        "https://github.com/Org/Repo",
        "https://www.github.com/org/repo",
        "https://github.com/org/repo.git",
        "https://github.com/org/repo/",
        "https://github.com/org/repo.git/",
        "http://github.com/org/repo",
    ],
)
def test_a_repository_is_the_same_however_it_is_written(other):
    assert same_repository(other) == same_repository("https://github.com/org/repo")


def test_two_repositories_of_one_group_are_two():
    assert same_repository("https://github.com/org/a") != same_repository("https://github.com/org/b")


def test_doubled_slashes_lead_to_the_same_repository():
    assert same_repository("https://github.com/org//repo/") == same_repository("https://github.com/org/repo")


@pytest.mark.parametrize(
    "text", ["https://[v1.x]/", "https://[vf.example.org]/", "https://[::ffff:1.2.3.4]/"]
)
def test_an_address_in_brackets_is_no_public_name(text):
    with pytest.raises(BadAddress) as caught:
        parse_address(text)

    assert caught.value.code in ("address-host", "address-private")
