"""Only public https addresses pass, by whatever trick another one is written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.snapshot import Reason
from harvest.asking import Trouble
from harvest.guard import Guard, is_public

PUBLIC = "93.184.215.14"


def guard_for(*numbers: str, allow: tuple[str, ...] = ()) -> Guard:
    return Guard(look_up=lambda host: list(numbers), allow=[ipaddress.ip_network(one) for one in allow])


def test_a_public_address_passes_with_the_number_it_stands_for():
    target = guard_for(PUBLIC, "2606:4700::1").check("https://Git.Example.org/a/b")

    assert (target.host, target.port, target.text) == ("git.example.org", 443, "https://git.example.org/a/b")
    assert target.numbers == (PUBLIC, "2606:4700::1")


@pytest.mark.parametrize(
    "address",
    [
        "http://git.example.org/a",  # https only
        "ftp://git.example.org/a",
        "file:///etc/passwd",
        "ext::sh -c id",
        "ssh://git@git.example.org/a",
        "git://git.example.org/a",
        "/etc/passwd",
        "-oProxyCommand=id",
        "https://user:secret@git.example.org/a",  # credentials
        "https://git.example.org@127.0.0.1/a",  # userinfo that looks like a host
        "https://git.example.org:8443/a",  # ports
        "https://git.example.org:22/a",
        "https://127.0.0.1/a",
        "https://2130706433/a",  # decimal
        "https://0177.0.0.1/a",  # octal
        "https://0x7f.1/a",  # hexadecimal, short
        "https://127.1/a",
        "https://0/a",
        "https://[::1]/a",
        "https://[::ffff:127.0.0.1]/a",  # IPv4 in IPv6
        "https://[::ffff:7f00:1]/a",
        "https://[64:ff9b::7f00:1]/a",  # NAT64
        "https://[fe80::1%25eth0]/a",  # link-local with a zone
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/a",
        "https://metadata.google.internal/a",
        "https://１２７.０.０.１/a",  # full-width digits
        "https://127。0。0。1/a",  # other full stops
        "https://git.example.org\\@127.0.0.1/a",
        "https://git.example.org\n/a",
        "https:///a",
        "https://",
        "",
    ],
)
def test_an_address_that_is_no_public_https_address_is_refused(address):
    def never(host: str) -> list[str]:
        raise AssertionError(f"{host} was looked up")

    with pytest.raises(Trouble) as caught:
        Guard(look_up=never).check(address)

    assert caught.value.reason is Reason.REFUSED


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.0.192",
        "198.18.0.1", "168.63.129.16", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
        "ff02::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001:0:7f00:1::", "fec0::1", "2001:db8::1",
        "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:7f00:1",
    ],
)  # fmt: skip
def test_a_host_that_stands_for_an_inner_number_is_refused(number):
    assert not is_public(number)
    with pytest.raises(Trouble) as caught:
        guard_for(number).check("https://git.example.org/a")

    assert (caught.value.reason, caught.value.detail) == (Reason.REFUSED, "address-private")


def test_one_inner_number_among_public_ones_refuses_the_host():
    with pytest.raises(Trouble):
        guard_for(PUBLIC, "10.0.0.1").check("https://git.example.org/a")


def test_a_host_that_changes_its_number_is_held_to_the_one_that_was_checked():
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    guard = Guard(look_up=lambda host: next(answers))

    first = guard.check("https://git.example.org/a")
    again = guard.check("https://git.example.org/b")

    assert first.numbers == again.numbers == guard.numbers_for("git.example.org", 443) == (PUBLIC,)


def test_a_number_is_looked_up_anew_after_a_while_and_checked_again():
    clock = iter([0.0, 601.0])
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    guard = Guard(look_up=lambda host: next(answers), clock=lambda: next(clock))

    guard.check("https://git.example.org/a")
    with pytest.raises(Trouble):
        guard.check("https://git.example.org/a")


def test_a_connection_is_refused_to_what_the_guard_would_not_let_pass():
    for host, port in (("127.0.0.1", 443), ("10.0.0.1", 443), (PUBLIC, 22), ("::ffff:127.0.0.1", 443)):
        with pytest.raises(Trouble):
            Guard().numbers_for(host, port)


def test_a_host_without_a_number_could_not_be_looked_at():
    def lost(host: str) -> list[str]:
        raise OSError("no such name")

    for guard in (Guard(look_up=lost), guard_for()):
        with pytest.raises(Trouble) as caught:
            guard.check("https://git.example.org/a")
        assert caught.value.reason is Reason.UNREACHABLE


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("http://127.0.0.1:8080/a", True),
        ("http://127.0.0.1/a", True),
        ("http://git.example.org:8080/a", True),  # a name of this machine
        ("http://user@127.0.0.1:8080/a", False),
        ("http://127.0.0.2:8080/a", False),  # this number and no other
        ("http://10.0.0.1/a", False),
        ("http://[::1]/a", False),
        ("file:///a", False),
        ("http://127.0.0.1:99999/a", False),
        ('http://127.0.0.1/a"b', False),
        ("http://127.0.0.1/a\nb", False),
    ],
)
def test_tests_may_open_the_loopback_and_nothing_else(address, passes):
    guard = guard_for("127.0.0.1", allow=("127.0.0.1/32",))

    if passes:
        assert guard.check(address).numbers == ("127.0.0.1",)
        return
    with pytest.raises(Trouble):
        guard.check(address)


def test_an_open_loopback_opens_no_port_of_public_hosts():
    with pytest.raises(Trouble):
        guard_for(PUBLIC, allow=("127.0.0.0/8",)).check("http://git.example.org:8080/a")
    with pytest.raises(Trouble):
        guard_for(PUBLIC, "127.0.0.1", allow=("127.0.0.0/8",)).check("https://git.example.org/a")


@pytest.mark.parametrize("network", ["10.0.0.0/8", "0.0.0.0/0", "169.254.0.0/16", "::/0"])
def test_nothing_but_the_loopback_can_be_opened(network):
    with pytest.raises(ValueError, match="only loopback"):
        Guard(allow=[ipaddress.ip_network(network)])


@given(st.text(max_size=80) | st.text(max_size=60).map("https://{}".format))
def test_whatever_is_written_either_passes_as_https_or_is_refused(text):
    reason = None
    try:
        target = guard_for(PUBLIC).check(text)
    except Trouble as trouble:
        reason = trouble.reason

    if reason is None:
        assert (target.scheme, target.port) == ("https", 443)
        assert target.text.startswith(f"https://{target.host}/")
    else:
        assert reason is Reason.REFUSED


@given(st.ip_addresses())
def test_a_wrapped_number_is_as_public_as_the_one_inside(number):
    if number.version == 4:
        mapped = ipaddress.IPv6Address(0xFFFF << 32 | int(number))
        nat64 = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | int(number))
        sixtofour = ipaddress.IPv6Address(0x2002 << 112 | int(number) << 80)
        assert {is_public(str(one)) for one in (mapped, nat64, sixtofour)} == {is_public(str(number))}
    elif is_public(str(number)):
        assert {number.is_private, number.is_loopback, number.is_link_local} == {False}
