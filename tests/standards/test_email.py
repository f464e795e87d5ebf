"""Mail addresses and whose they look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.standards.email import (
    belongs_to,
    is_a_placeholder,
    is_mail_address,
    looks_personal,
    names_a_task,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smart-city@halle.de", True),
        ("it+opendata@stadt.halle.de", True),
        ("info@müllheim.de", True),
        ("halle.de", False),
        ("@halle.de", False),
        ("info@", False),
        ("info@halle", False),  # no public domain
        ("info@halle.de, post@halle.de", False),  # two
        ("Info <info@halle.de>", False),
        ("info@halle.de\nBcc: x@y.de", False),  # would be another header
        ("mailto:info@halle.de", False),
        ("a..b@halle.de", False),
        ("a" * 250 + "@halle.de", False),
    ],
)
def test_a_mail_address_has_a_form(text, expected):
    assert is_mail_address(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "max.mustermann@halle.de",
        "m.mustermann@halle.de",
        "max_mustermann@halle.de",
        "anna-lena.meier@halle.de",  # a double name
        "eva.meier-schulze@halle.de",
        "georg.mueller@halle.de",  # "geo" is no task of Georg's
        "birgit.schmidt@halle.de",  # nor "it" of Birgit's
        "eva.kappler@halle.de",  # nor "app"
        "irgendwas@gmail.com",
        "anna@halle.de",  # a first name alone
        "Tobias@halle.de",
        "me@verein.de",
    ],
)
def test_the_address_of_a_person_is_recognised(text):
    assert looks_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "info@halle.de",
        "smart-city@halle.de",
        "digitale.stadt@halle.de",
        "open.data@halle.de",
        "it.support@halle.de",
        "team_geo@halle.de",
        "umweltamt.halle@halle.de",
        "geodaten.service@halle.de",
        "max.mustermann@lists.osgeo.org",  # a list
    ],
)
def test_a_functional_mailbox_is_none_of_a_person(text):
    assert not looks_personal(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("info@halle.de", True),
        ("opensource@muenchen.de", True),
        ("ki@muenchen.de", True),
        ("geodatenanwendungen@halle.de", True),
        ("support-klarschiff@firma.de", True),
        ("frost@firma.de", True),  # the name of the solution
        ("schneider@firma.de", False),  # a surname, or what else?
        ("mm@firma.de", False),
        ("max.mustermann@firma.de", False),
        ("falko@firma.de", False),
        ("opendata@gmail.com", False),  # a task at a private provider is somebody's
    ],
)
def test_where_nobody_vouches_an_address_must_name_a_task(text, expected):
    assert names_a_task(text, known=("frost", "server")) is expected


@pytest.mark.parametrize(
    "text",
    [
        "docs@example.com", "admin@sub.example.org", "a@b.example", "info@null.com", "someone@email.com",
        "your@email.org", "git@github.com", "no-reply@ulm.de", "noreply@halle.de",
        "x@users.noreply.github.com",
        "max.mustermann@halle.de", "kontakt@musterstadt.de", "a@intern.local",
    ],
)  # fmt: skip
def test_nobody_reads_mail_to_a_placeholder(text):
    assert is_a_placeholder(text)


@pytest.mark.parametrize(
    "text", ["info@halle.de", "git-support@halle.de", "test-labor@halle.de", "mail@ulm.de"]
)
def test_a_real_mailbox_is_no_placeholder(text):
    assert not is_a_placeholder(text)


@pytest.mark.parametrize(
    ("text", "hosts", "expected"),
    [
        ("it@halle.de", ["www.halle.de"], True),
        ("it@halle.de", ["opendata.halle.de"], True),
        ("it@amt.halle.de", ["halle.de"], True),
        ("it@shalle.de", ["halle.de"], False),
        ("it@firma.de", ["halle.de", ""], False),
    ],
)
def test_whose_a_mailbox_is_follows_from_its_domain(text, hosts, expected):
    assert belongs_to(text, hosts) is expected


@given(st.text())
def test_no_text_makes_it_stumble(text):
    assert is_mail_address(text) in (True, False)
    assert looks_personal(text) in (True, False)
    assert names_a_task(text, known=[text]) in (True, False)
    assert is_a_placeholder(text) in (True, False)
