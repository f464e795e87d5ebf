"""Whose domain a mail address is on; a hint by exact construction, never by "contains the name"."""

import pytest

from catalogue.domain.bodies import Bodies, Organisation
from catalogue.domain.mail_domains import FREE, judge_domain
from catalogue.domain.register import Municipality, Register
from catalogue.domain.reuse_report import MailDomain
from catalogue.standards.mail_address import parse_mail_address

REGISTER = Register(
    [
        Municipality(key="15002000", name="Halle (Saale), Stadt", designation="Stadt", population=240_000),
        Municipality(key="05754012", name="Halle (Westf.), Stadt", designation="Stadt", population=21_000),
        Municipality(key="15003000", name="Magdeburg, Landeshauptstadt", population=240_000),
        Municipality(key="05315000", name="Köln, Stadt", designation="Stadt", population=1_000_000),
        Municipality(key="09573000", name="Weißenburg i.Bay., Große Kreisstadt", population=18_000),
        Municipality(key="03154", name="Helmstedt", designation="Landkreis"),
        Municipality(key="03154028", name="Helmstedt, Stadt", population=25_000),
        Municipality(key="03358", name="Heidekreis", designation="Landkreis"),
        Municipality(key="11000000", name="Berlin, Stadt", population=3_700_000),
    ]
)
BODIES = Bodies(
    REGISTER,
    {
        "dataport": Organisation(
            id="dataport", name="Dataport AöR", kind="it-provider", homepage="https://www.dataport.de"
        ),
        "on-a-forge": Organisation(
            id="on-a-forge", name="Gruppe", kind="community", homepage="https://github.com/gruppe/projekt"
        ),
    },
)
OWN, FREE_MAIL, PROVIDER, UNKNOWN = (
    MailDomain.OWN,
    MailDomain.FREE,
    MailDomain.PROVIDER,
    MailDomain.UNKNOWN,
)


@pytest.mark.parametrize(
    ("email", "body", "expected"),
    [
        ("it@magdeburg.de", "15003000", OWN),
        ("it@stadt.magdeburg.de", "15003000", OWN),  # a subdomain
        ("it@stadt-magdeburg.de", "15003000", OWN),
        ("it@magdeburg-stadt.de", "15003000", OWN),
        ("it@magdeburg.de", "15002000", UNKNOWN),  # another town's
        ("it@notmagdeburg.de", "15003000", UNKNOWN),  # contains the name, is not made of it
        ("it@magdeburg.de.evil.example", "15003000", UNKNOWN),
        ("it@magdeburg-tourist.de", "15003000", UNKNOWN),
        ("it@magdeburg.com", "15003000", UNKNOWN),  # no ending of towns
        ("it@halle.de", "15002000", OWN),
        ("it@halle.de", "05754012", UNKNOWN),  # belongs to the larger of the two
        ("it@halle-saale.de", "15002000", OWN),
        ("it@halle-westf.de", "05754012", OWN),
        ("it@stadt-koeln.de", "05315000", OWN),
        ("it@köln.de", "05315000", OWN),  # punycode once parsed
        ("it@koln.de", "05315000", OWN),
        ("it@koeln.nrw", "05315000", OWN),
        ("it@magdeburg.nrw", "15003000", UNKNOWN),  # in another Land
        ("it@weissenburg.de", "09573000", OWN),
        ("it@landkreis-helmstedt.de", "03154", OWN),
        ("it@lk-helmstedt.de", "03154", OWN),
        ("it@helmstedt.de", "03154", UNKNOWN),  # that is the town
        ("it@helmstedt.de", "03154028", OWN),
        ("it@landkreis-helmstedt.de", "03154028", UNKNOWN),
        ("it@heidekreis.de", "03358", OWN),
        ("it@ba-mitte.berlin.de", "11000000", OWN),
        ("it@dataport.de", "dataport", OWN),
        ("it@hamburg.dataport.de", "dataport", OWN),
        ("it@dataport.de", "15003000", PROVIDER),
        ("it@github.com", "on-a-forge", UNKNOWN),  # a page on somebody's domain makes no home
        ("magdeburg@gmx.de", "15003000", FREE_MAIL),
        ("magdeburg@trashmail.com", "15003000", FREE_MAIL),
        ("stadt@magdeburg.t-online.de", "15003000", FREE_MAIL),
        ("x@example.org", "nobody-knows", UNKNOWN),
    ],
)
def test_a_domain_is_judged_by_exact_construction(email: str, body: str, expected: MailDomain) -> None:
    judged = judge_domain(parse_mail_address(email), BODIES.get(body), BODIES)

    assert judged is expected


def test_free_services_are_written_as_addresses_are_parsed() -> None:
    assert {parse_mail_address(f"x@{domain}") for domain in FREE} == {f"x@{domain}" for domain in FREE}
