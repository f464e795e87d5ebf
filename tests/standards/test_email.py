"""Mail addresses and whose they look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.standards.email import is_mail_address, looks_personal


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


@given(st.text())
def test_no_text_makes_it_stumble(text):
    assert is_mail_address(text) in (True, False)
    assert looks_personal(text) in (True, False)
