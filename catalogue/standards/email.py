"""Mail addresses: whether a text is one, and whether it looks like a person's."""

import re
from collections.abc import Iterable

from catalogue.standards.first_names import FIRST_NAMES
from catalogue.standards.mail_address import BadMailAddress, parse_mail_address

PRIVATE_PROVIDERS = frozenset({
    "gmail.com", "googlemail.com", "gmx.de", "gmx.net", "gmx.at", "web.de", "t-online.de", "freenet.de",
    "outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "yahoo.com", "yahoo.de", "icloud.com",
    "posteo.de", "posteo.net", "mailbox.org", "proton.me", "protonmail.com", "protonmail.ch", "aol.com",
    "arcor.de", "me.com", "live.com", "live.de", "online.de", "pm.me",
})  # fmt: skip
# Words that name a task. One of them in the local part makes "first.last" a mailbox again (digitale.stadt@).
# Short ones count as whole words only: "geo" is in Georg and "it" in Birgit.
_TASKS = re.compile(
    r"(?<![a-zäöüß])(info|help|post|mail|team|open|data|gis|geo|it|code|dev|hallo|hello|app|city|lab|gov)"
    r"(?![a-zäöüß])"
    r"|(?<![a-zäöüß])(kontakt|contact|support|hilfe|proje[ck]t|stadt|smart|digital|service|office|buero|daten"
    r"|presse|admin|redaktion|dienst|verwaltung|security|sicherheit|vertrieb|sales|klima|beteiligung|portal"
    r"|verkehr|mobil|partner|geodaten|opendata)"
    r"|(amt|stadt|dienst|daten|data|team|portal|projekt|verwaltung|redaktion|beteiligung|stelle)(?![a-zäöüß])",
    re.IGNORECASE,
)
_MORE_TASKS = re.compile(
    r"(?<![a-zäöüß])(tech|ki|ai|ops|oss|web|www|hi|pr|api|abuse|cert|soc|csirt|psirt|foss|edv|ob|community)(?![a-zäöüß])"
    r"|anwendung|opensource|webmaster|hostmaster|postmaster|feedback|maintainer|developer|entwicklung|technik"
    r"|mailing|users|sekretariat|office|buergerbuero|referat|abteilung|fachbereich|zentrale|anfrage|meldung"
    r"|vulnerabilit|disclosure|digitalisierung|newsletter|forum|zukunft|labor|kanzlei|behoerde|ministerium|institut",
    re.IGNORECASE,
)
_PLACEHOLDER_DOMAIN = re.compile(
    r"(^|\.)example(\.[a-z.]{2,8})?$|\.(example|test|invalid|local|localhost)$|^(e?mail|company|firma|null|foo|bar|test"
    r"|website|musterstadt|beispiel|localhost|acme)\.[a-z]{2,4}$|noreply|users\.noreply"
)
_NOBODY = frozenset({
    "git", "user", "username", "test", "tester", "demo", "root", "someone", "somebody", "nobody", "you",
    "your", "name", "email", "your-email", "your.email", "your_email", "youremail", "foo", "bar",
    "john.doe", "jane.doe", "max.mustermann", "erika.mustermann", "mustermann", "verified", "first.last",
    "vorname.nachname", "xyz", "example", "beispiel", "mailer-daemon", "bounce", "alice", "bob", "x",
})  # fmt: skip
_FIRST_LAST = re.compile(
    r"[a-zäöüß]{1,20}(-[a-zäöüß]{1,20})?[._][a-zäöüß]{2,30}(-[a-zäöüß]{2,30})?", re.IGNORECASE
)


def is_mail_address(text: str) -> bool:
    """Whether the text is one mail address that could be sent to."""
    try:
        parse_mail_address(text)
    except BadMailAddress:
        return False
    return text == text.strip()


def looks_personal(text: str) -> bool:
    """Whether a mail address looks like a person's rather than a function's."""
    local, _, domain = text.partition("@")
    if domain.lower() in PRIVATE_PROVIDERS:
        return True
    if domain.lower().startswith(("lists.", "list.")):
        return False
    if local.lower() in FIRST_NAMES or local.lower() in ("me", "ich"):
        return True
    return _FIRST_LAST.fullmatch(local) is not None and not _TASKS.search(local)


def names_a_task(text: str, known: Iterable[str] = ()) -> bool:
    """Whether a mail address surely is a function's: it names a task, a list, or one of the known names.

    Stricter than "does not look personal", for addresses that nobody vouches for: a surname alone
    (schneider@) could be anything. `known` are words such as the name of the repository and its owner.
    """
    local, _, domain = text.lower().partition("@")
    if looks_personal(text):
        return False
    if domain.startswith(("lists.", "list.")) or _TASKS.search(local) or _MORE_TASKS.search(local):
        return True
    parts = set(re.split(r"[._+-]", local))
    return bool(parts & {word.lower() for word in known if len(word) >= 3})


def is_a_placeholder(text: str) -> bool:
    """Whether nobody reads mail to that address: an example, a machine, the user of a Git server."""
    local, _, domain = text.lower().partition("@")
    if _PLACEHOLDER_DOMAIN.search(domain) or domain.split(".")[0] in ("yourdomain", "your-domain", "domain"):
        return True
    return local in _NOBODY or local.replace("-", "").replace("_", "").startswith(("noreply", "donotreply"))


def belongs_to(text: str, hosts: Iterable[str]) -> bool:
    """Whether the domain of a mail address is that of one of the hosts, or one lies within the other."""
    domain = text.lower().rpartition("@")[2]
    homes = {host.lower().removeprefix("www.") for host in hosts}
    return any(
        domain == home or home.endswith(f".{domain}") or domain.endswith(f".{home}") for home in homes if home
    )


_IN_TEXT = re.compile(r"[^\s<>\"'(),;:\[\]]+@[^\s<>\"'(),;:\[\]]+")


def without_addresses(text: str, instead: str) -> str:
    """The text with something else in place of every mail address, for what leaves the house."""
    return _IN_TEXT.sub(instead, text) if "@" in text else text
