"""Who commits, without keeping who: a number, an organisation's domain, and whether it is a program."""

import re

# Domains that say nothing about an organisation: mail providers, forges' placeholders, machines.
_PROVIDER_NAMES = """
    gmail googlemail gmx web t-online outlook hotmail live msn yahoo ymail icloud me mac posteo mailbox
    protonmail proton pm freenet aol arcor 1und1 online yandex qq 163 126 foxmail sina mail riseup disroot
    tutanota tuta tutamail keemail fastmail hey zoho email vodafone vodafonemail kabelmail unitymedia
    netcologne ewetel ewe mailfence systemli systemausfall autistici duck duckduckgo relay anonaddy
    simplelogin bluewin hispeed laposte orange free wanadoo libero sbcglobal comcast verizon att cox
    btinternet inbox bk list rambler usa gmx-topmail directbox lycos rocketmail naver hanmail daum
    """
_PROVIDER_LANDS = "com de net at ch org io me eu cn fr it ru co uk br jp in us fm be nl se es info kr"
_PROVIDERS = frozenset(_PROVIDER_NAMES.split())
_PROVIDER_ENDINGS = frozenset(_PROVIDER_LANDS.split())
_PLACEHOLDERS = re.compile(
    r"(^|\.)(users\.)?no-?reply(\.|$)|^users\.|^localhost|\.(local|localdomain|lan|home|internal|corp|invalid"
    r"|test|localhost)$|(^|\.)fritz\.box$|(^|\.)example\.(com|org|net)$|^\(none\)$"
)
# Suffixes of two parts under which organisations register.
_TWO_PARTS = re.compile(r"(ac|co|com|edu|gov|gv|net|or|org|govt|gob|gouv)\.[a-z]{2}")
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9](-?[a-z0-9])*\.)+[a-z][a-z0-9-]*[a-z0-9]")

# Programs that commit. The name alone decides where programs carry fixed names; a person may be called Bot.
_BOT_NAME = re.compile(
    r".*\[bot\]"
    r"|(dependabot|renovate|renovate[ -]?bot|greenkeeper|snyk|snyk-bot|imgbot|allcontributors"
    r"|semantic-release(-bot)?|github[ -]actions?|github-merge-queue|gitlab[ -]ci"
    r"|gitlab[ -]bot|weblate|hosted weblate|crowdin( bot)?|transifex|pre-commit-ci"
    r"|pyup[ -]bot|mergify|codecov|scala steward"
    r"|release-please|whitesource.*|mend-bolt.*|depfu|jenkins|travis ci|circleci|woodpecker|ci[ -]bot"
    r"|openshift-bot|project_\d+_bot.*"
    r"|deepsource.*|sonarcloud|translatewiki\.net|l10n-bot|argocd.*)"
)  # fmt: skip
_BOT_ADDRESS = re.compile(
    r"(\d+\+)?.*\[bot\]@.*"
    r"|(.*[-_+.])?bot@.*"  # renovate-bot@, bot@
    r"|.*-bot@.*"
    r"|(support@dependabot\.com|bot@renovateapp\.com|.*@pyup\.io|action@github\.com|actions@github\.com)"
    r"|(hosted@weblate\.org|weblate@.*|noreply@weblate\.org|support@greenkeeper\.io|support\+actions@github\.com)"
    r"|(project|group)_?\d+_bot(_[0-9a-f]+)?@.*"  # access tokens of GitLab
    r"|.*@bots\.noreply\..*|github-actions@.*|noreply@(crowdin|transifex)\.com|ci@.*|jenkins@.*"
)


def is_bot(name: str, address: str) -> bool:
    """Whether a program made the commit, by the names and addresses that programs use."""
    return bool(_BOT_NAME.fullmatch(name.strip().lower()) or _BOT_ADDRESS.fullmatch(address.strip().lower()))


def key_of(address: str) -> str:
    """The same text for the same mailbox; a forge's placeholder counts without the number before the name."""
    low = address.strip().lower()
    return re.sub(r"^\d+\+(?=[^@]+@users\.noreply\.)", "", low)


def organisation_of(address: str) -> str | None:
    """The domain that belongs to an organisation; None for mail providers, placeholders and machines."""
    domain = address.strip().lower().rpartition("@")[2].rstrip(".")
    if not _DOMAIN.fullmatch(domain) or _PLACEHOLDERS.search(domain):
        return None
    parts = domain.split(".")
    keep = 3 if _TWO_PARTS.fullmatch(".".join(parts[-2:])) and len(parts) > 2 else 2
    own = parts[-keep:]
    if own[0] in _PROVIDERS and own[-1] in _PROVIDER_ENDINGS:
        return None
    return ".".join(own)
