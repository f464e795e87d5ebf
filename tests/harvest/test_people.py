"""Programs and organisations, told from names and addresses by a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvest.people import is_bot, key_of, organisation_of


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("dependabot-preview[bot]", "27856297+dependabot-preview[bot]@users.noreply.github.com"),
        ("dependabot", "support@dependabot.com"),
        ("renovate[bot]", "29139614+renovate[bot]@users.noreply.github.com"),
        ("Renovate Bot", "bot@renovateapp.com"),
        ("renovate", "renovate-bot@stadt.example"),
        ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"),
        ("github-actions", "github-actions@github.com"),
        ("GitHub Action", "action@github.com"),
        ("Weblate", "hosted@weblate.org"),
        ("Hosted Weblate", "noreply@weblate.org"),
        ("Anna Beispiel (via Weblate)", "weblate@stadt.example"),
        ("pre-commit-ci[bot]", "66853113+pre-commit-ci[bot]@users.noreply.github.com"),
        ("GreenKeeper", "support@greenkeeper.io"),
        ("Release", "project_417_bot_0a1b2c3d@noreply.gitlab.example"),
        ("release-token", "project123_bot@noreply.gitlab.example"),
        ("group token", "group_12_bot_ff@noreply.gitlab.example"),
        ("semantic-release-bot", "semantic-release-bot@martynus.net"),
        ("Crowdin Bot", "support+bot@crowdin.com"),
        ("GitLab CI", "ci@stadt.example"),
        ("jenkins", "jenkins@stadt.example"),
        ("snyk-bot", "snyk-bot@snyk.io"),
    ],
)
def test_a_program_is_known(name, address):
    assert is_bot(name, address)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Anna Abbot", "anna.abbot@stadt.example"),  # ends like a bot
        ("Botho Müller", "botho@stadt.example"),
        ("Talbot", "talbot@gmail.com"),
        ("Cici", "cici@stadt.example"),
        ("Anna", "anna@bot.example"),  # the domain says nothing
        ("Jenkins Meier", "meier@stadt.example"),
        ("", ""),
        ("Anna", "12345+anna@users.noreply.github.com"),
    ],
)
def test_a_person_is_no_program(name, address):
    assert not is_bot(name, address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("anna@stadt-musterstadt.de", "stadt-musterstadt.de"),
        ("anna@IT.Stadt-Musterstadt.DE", "stadt-musterstadt.de"),
        ("anna@dept.uni.ac.uk", "uni.ac.uk"),
        ("anna@gov.uk", "gov.uk"),
        ("anna@gmail.com", None),
        ("anna@mail.gmx.de", None),
        ("anna@web.de", None),
        ("anna@t-online.de", None),
        ("anna@posteo.net", None),
        ("anna@yahoo.co.uk", None),
        ("anna@web.example", "web.example"),  # only the real ones are providers
        ("anna@12345.users.noreply.github.com", None),
        ("12345+anna@users.noreply.github.com", None),
        ("anna@users.noreply.codeberg.org", None),
        ("anna@noreply.gitlab.example", None),
        ("anna@laptop.local", None),
        ("anna@localhost.localdomain", None),
        ("anna@laptop.fritz.box", None),
        ("anna@laptop.(none)", None),
        ("anna@laptop", None),
        ("anna@127.0.0.1", None),
        ("anna@example.com", None),
        ("anna", None),
        ("", None),
        ("anna@a b.de", None),
        ("anna@<script>.de", None),
    ],
)
def test_an_organisation_is_known_by_its_domain(address, expected):
    assert organisation_of(address) == expected


def test_one_mailbox_is_one_person():
    assert key_of(" Anna@Stadt.Example") == key_of("anna@stadt.example ")
    assert key_of("123+anna@users.noreply.github.com") == key_of("anna@users.noreply.github.com")
    assert key_of("123+anna@stadt.example") != key_of("anna@stadt.example")


@given(st.text(), st.text() | st.emails())
def test_whatever_is_written_gives_a_domain_or_nothing(name, address):
    found = organisation_of(address)

    assert is_bot(name, address) in (True, False)
    assert found is None or ("@" not in found and "." in found and found.isascii())
