"""Whom to write to: a function's mailbox, never a person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sightings import a_sighting, reasons, values

from catalogue.domain.snapshot import Fact, Question
from harvest.readers.contact import read_contact


def contacts(path: str, content: str) -> list[str]:
    found = values(read_contact(a_sighting(files={path: content})), Question.CONTACT)
    return [value.get("email") or value.get("page") for value in found]


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("README.md", "## Contact\n\nit@M - opensource@town.de\n", "opensource@town.de"),
        ("README.md", "Fragen? Schreiben Sie an <smart-city@town.de>.\n", "smart-city@town.de"),
        ("README.md", "Hilfe über die Liste:\n\nusers@lists.town.net\n", "users@lists.town.net"),
        ("README.md", "feel free to email us at info [at] town [dot] de.\n", "info@town.de"),
        ("README.md", "Kontakt: info(at)town.de\n", "info@town.de"),
        ("README.md", "E-Mail: info[at]town.com\n", "info@town.com"),
        ("README.md", "Kontakt: info&#64;town.de\n", "info@town.de"),
        ("README.md", "Authors\n\nA Person\n\nthing@inst.de\n", "thing@inst.de"),  # the solution's name
        ("README.md", "## Kontakt\n[Formular](https://town.de/kontakt)\n", "https://town.de/kontakt"),
        (".github/README.md", "## Contact\nopensource@town.de\n", "opensource@town.de"),
        ("SECURITY.md", "Report to security@town.de within a day.\n", "security@town.de"),
        ("a/.well-known/security.txt", "# us\nContact: mailto:cert@town.de\nExpires: 2027\n", "cert@town.de"),
        (".well-known/security.txt", "Contact: https://town.de/report\n", "https://town.de/report"),
        ("CODEOWNERS", "* @town/team dev@town.de\n", "dev@town.de"),
        ("package.json", '{"author": {"name": "x", "email": "info@town.de"}}', "info@town.de"),
        ("codemeta.json", '{"maintainer": {"email": "opendata@town.de"}}', "opendata@town.de"),
    ],
)  # fmt: skip
def test_a_mailbox_or_page_is_found_where_people_put_it(path, content, expected):
    assert contacts(path, content) == [expected]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("README.md", "Kontakt: mail@example.org, noreply@town.de, git@github.com\n"),
        ("README.md", "Log in as support@town.de with password 12345\n"),  # a seed user
        ("README.md", "user: mail: service@town.de\npass: 1234\n"),
        ("README.md", "## Contact\n```\nsend info@town.de\n```\n"),
        ("README.md", "yarn@1.22.22 is the contact\n"),
        ("README.md", "The service info@town.de was replaced in the tests of the parser.\n"),
        ("CODEOWNERS", "# * docs@example.com\n# dev@town.de\n* @town/team @person\n"),
        (".well-known/security.txt", "# Contact\nPolicy: https://town.de/contact\n"),
        ("docs/other.md", "Kontakt: info@town.de\n"),  # not a file about the repository
        ("README.md", "## Contact\n[x](https://192.168.0.1/kontakt) [y](javascript:kontakt)\n"),
    ],
)
def test_what_reaches_nobody_is_no_contact(path, content):
    assert contacts(path, content) == []


@pytest.mark.parametrize(
    "mail", ["max.muster@town.de", "schneider@town.de", "falko@town.de", "open@gmail.com"]
)
def test_a_person_is_noted_but_never_named(mail):
    found = list(read_contact(a_sighting(files={"README.md": f"## Kontakt\n\n{mail}\n"})))

    assert reasons(found, Question.CONTACT) == ["personal"]
    assert mail.split("@")[0] not in repr(found)


def test_beside_a_function_persons_do_not_matter():
    found = list(read_contact(a_sighting(files={"README.md": "Kontakt: a.b@town.de, info@town.de\n"})))

    assert values(found, Question.CONTACT) == [{"email": "info@town.de"}]
    assert reasons(found, Question.CONTACT) == []


def test_a_mailbox_for_security_is_marked_as_such():
    (fact,) = read_contact(a_sighting(files={"SECURITY.md": "a\nsecurity@town.de\n"}))

    assert isinstance(fact, Fact)
    assert fact.notes == ("for-security",)
    assert fact.where.first_line == 2


def test_no_contact_is_absent_only_where_everything_was_read():
    assert reasons(read_contact(a_sighting("LICENSE")), Question.CONTACT) == ["absent"]
    assert reasons(read_contact(a_sighting("README.md")), Question.CONTACT) == ["unreachable"]
    assert reasons(read_contact(a_sighting(too_large=["README.md"])), Question.CONTACT) == ["too-large"]


@given(some.text(max_size=200))
def test_whatever_surrounds_a_person_is_not_taken_for_a_function(text):
    found = read_contact(a_sighting(files={"README.md": f"## Kontakt\n{text}\nerika.muster@town.de\n"}))

    assert "erika.muster" not in repr(list(found))
