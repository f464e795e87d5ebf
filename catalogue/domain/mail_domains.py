"""Whose domain a mail address is on: the municipality's own, a free mail service's, somebody else's.

A hint to the office and never a proof: a name may be registered by anybody, and a town may have a domain that
nobody would guess. So "own" is said of exact constructions only, never of a domain that contains the name.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from catalogue.domain.bodies import Bodies, Body
from catalogue.domain.register import Kind, Municipality, Register
from catalogue.domain.register_names import fold, head
from catalogue.domain.reuse_report import MailDomain
from catalogue.standards.email import PRIVATE_PROVIDERS
from catalogue.standards.mail_address import BadMailAddress, domain_of, parse_mail_address

# Open to everybody, beside the ones that look like a person's at once; throw-away boxes are among them.
FREE = PRIVATE_PROVIDERS | frozenset({
    "gmx.ch", "gmx.com", "gmx.eu", "mail.de", "email.de", "vodafone.de", "vodafonemail.de",
    "kabelmail.de", "magenta.de", "unitybox.de", "ewe.net", "ewetel.net", "osnanet.de", "netcologne.de",
    "1und1.de", "o2mail.de", "mail.com", "mac.com", "msn.com", "ymail.com", "rocketmail.com",
    "yahoo.co.uk", "yahoo.fr", "hotmail.co.uk", "live.at", "live.co.uk", "outlook.at", "aol.de",
    "tuta.com", "tuta.io", "tutanota.com", "tutanota.de", "tutamail.com", "keemail.me", "protonmail.de",
    "startmail.com", "hushmail.com", "fastmail.com", "zoho.com", "zohomail.eu", "mail.ru", "yandex.ru",
    "yandex.com", "bluewin.ch", "chello.at", "aon.at", "web.net", "systemli.org", "riseup.net",
    "disroot.org", "ionos.de", "strato.de", "mailinator.com", "trashmail.com", "trash-mail.com",
    "wegwerfmail.de", "wegwerfemail.de", "byom.de", "spambog.com", "muellmail.com", "guerrillamail.com",
    "sharklasers.com", "10minutemail.com", "yopmail.com", "temp-mail.org", "tempmail.com", "mail.tm",
    "maildrop.cc", "discard.email", "getnada.com", "anonbox.net", "mozmail.com", "duck.com",
    "privaterelay.appleid.com", "simplelogin.com", "anonaddy.me", "addy.io",
})  # fmt: skip
_TOWN = (
    "{name}",
    "stadt-{name}",
    "{name}-stadt",
    "stadt{name}",
    "gemeinde-{name}",
    "markt-{name}",
    "rathaus-{name}",
)
_DISTRICT = (
    "landkreis-{name}",
    "kreis-{name}",
    "lk-{name}",
    "landkreis{name}",
    "lk{name}",
    "kreis{name}",
    "lra-{name}",
)
# Endings that municipalities use; further ones belong to a Land (its two digits).
_ENDINGS = ("de",)
_OF_LAND = {
    "02": ("hamburg",),
    "05": ("nrw", "ruhr", "koeln", "cologne"),
    "09": ("bayern",),
    "10": ("saarland",),
    "11": ("berlin",),
}


def judge_domain(email: str, body: Body, bodies: Bodies) -> MailDomain:
    """How the domain of a mail address (as `parse_mail_address` returns it) stands to a body."""
    domain = domain_of(email)
    if _is_within(domain, FREE):
        return MailDomain.FREE
    if _is_within(domain, _own_domains(body, bodies.register)):
        return MailDomain.OWN
    others = (_home(found.homepage) for found in bodies.organisations.values())
    return (
        MailDomain.PROVIDER if _is_within(domain, (home for home in others if home)) else MailDomain.UNKNOWN
    )


def _is_within(domain: str, homes: Iterable[str]) -> bool:
    """Whether it is one of them or a subdomain of one."""
    return any(domain == home or domain.endswith(f".{home}") for home in homes)


def _own_domains(body: Body, register: Register) -> frozenset[str]:
    if body.organisation:
        home = _home(body.organisation.homepage)
        return frozenset({home} if home else ())
    return frozenset(_named_after(body.municipality, register)) if body.municipality else frozenset()


def _home(homepage: str | None) -> str:
    """The domain of a homepage; empty where it is only a page on somebody's domain (a forge, a builder)."""
    parts = urlsplit(homepage or "")
    if parts.path not in ("", "/"):
        return ""
    return (parts.hostname or "").removeprefix("www.")


def _named_after(town: Municipality, register: Register) -> Iterator[str]:
    """All domains that are made of the name of a town or district in one of the usual ways."""
    patterns = _DISTRICT if town.kind is Kind.DISTRICT and not _says_district(town) else _TOWN
    for name in _names(town, register):
        for pattern in patterns:
            for ending in (*_ENDINGS, *_OF_LAND.get(town.land, ())):
                yield _ascii(f"{pattern.format(name=name)}.{ending}")


def _says_district(town: Municipality) -> bool:
    """ "Heidekreis" and "Region Hannover" need no "landkreis-" before their name."""
    name = fold(town.name)
    return "kreis" in name or name.startswith(("region ", "staedteregion "))


def _names(town: Municipality, register: Register) -> Iterator[str]:
    """The name as it may stand in a domain: with and without its addition, with hyphens and in one word."""
    names = {town.short_name}
    if _is_the_one_meant(town, register):
        names.add(head(town.short_name))
    for name in names:
        for words in (fold(name), fold(name, bare=True), _with_umlauts(name)):
            yield words.replace(" ", "-")
            yield words.replace(" ", "")


def _is_the_one_meant(town: Municipality, register: Register) -> bool:
    """Whether it is the largest with this name before its addition: halle.de is that of Halle (Saale)."""
    own = head(town.short_name)
    if own == town.short_name:
        return True
    namesakes = (row for row in register if row.kind is town.kind and head(row.short_name) == own)
    return max(namesakes, key=lambda row: (row.population or 0, row.key)).key == town.key


def _with_umlauts(name: str) -> str:
    kept = "".join(sign if sign.isalnum() else " " for sign in name.casefold().replace("ß", "ss"))
    return " ".join(kept.split())


def _ascii(domain: str) -> str:
    """As it stands in a mail address that was parsed; empty where such a domain cannot be."""
    try:
        return domain_of(parse_mail_address(f"x@{domain}"))
    except BadMailAddress:
        return ""
