"""Mail addresses: their form (RFC 5321 as used in practice) and whether they look like a person's."""

import re

_FORM = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9äöüß](?:[a-z0-9äöüß-]{0,61}[a-z0-9äöüß])?\.)+[a-z]{2,63}",
    re.IGNORECASE,
)
_PRIVATE_PROVIDERS = frozenset({
    "gmail.com", "googlemail.com", "gmx.de", "gmx.net", "gmx.at", "web.de", "t-online.de", "freenet.de",
    "outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "yahoo.com", "yahoo.de", "icloud.com",
    "posteo.de", "mailbox.org", "proton.me", "protonmail.com", "aol.com", "arcor.de",
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
_FIRST_LAST = re.compile(
    r"[a-zäöüß]{1,20}(-[a-zäöüß]{1,20})?[._][a-zäöüß]{2,30}(-[a-zäöüß]{2,30})?", re.IGNORECASE
)


def is_mail_address(text: str) -> bool:
    """Whether the text has the form of one mail address (at most 254 characters)."""
    return len(text) <= 254 and _FORM.fullmatch(text) is not None


def looks_personal(text: str) -> bool:
    """Whether a mail address looks like a person's rather than a function's."""
    local, _, domain = text.partition("@")
    if domain.lower() in _PRIVATE_PROVIDERS:
        return True
    if domain.lower().startswith(("lists.", "list.")):
        return False
    return _FIRST_LAST.fullmatch(local) is not None and not _TASKS.search(local)
