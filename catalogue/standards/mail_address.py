"""Mail addresses to send to: the part of RFC 5321 that mailboxes of today use, with domains as in DNS."""

import re
import unicodedata

LONGEST = 254  # RFC 5321 4.5.3.1.3: a path of 256 with its angle brackets
LONGEST_LOCAL = 64
_LONGEST_DOMAIN = 253
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class BadMailAddress(ValueError):
    """The text is no mail address that we would send to; `code` says why. Never holds the text itself."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_mail_address(text: str) -> str:
    """The address in lower case, its domain in ASCII (punycode as IDNA 2008 has it, so ß is not ss).

    One address without display name, comment, quotes or address literal. Lower case in the part before the
    @ too: no server of today tells mailboxes apart by case, and one mailbox is to count once. Raises
    `BadMailAddress` with one of the codes mail-empty, mail-long, mail-at, mail-local, mail-domain.
    """
    text = text.strip(" \t")
    if not text:
        raise BadMailAddress("mail-empty")
    if len(text) > LONGEST:
        raise BadMailAddress("mail-long")
    if text.count("@") != 1:
        raise BadMailAddress("mail-at")
    local, domain = text.split("@")
    local = local.lower() if local.isascii() else local
    if not _LOCAL.fullmatch(local):
        raise BadMailAddress("mail-local")
    if len(local) > LONGEST_LOCAL:
        raise BadMailAddress("mail-long")
    address = f"{local}@{_ascii_domain(domain)}"
    if len(address) > LONGEST:
        raise BadMailAddress("mail-long")
    return address


def domain_of(address: str) -> str:
    """What stands behind the @; may be shown where the address may not."""
    return address.rpartition("@")[2]


def _ascii_domain(text: str) -> str:
    labels = [_ascii_label(label) for label in unicodedata.normalize("NFKC", text).lower().split(".")]
    domain = ".".join(labels)
    if len(labels) < 2 or len(domain) > _LONGEST_DOMAIN or not labels[-1][0].isalpha():
        raise BadMailAddress("mail-domain")
    return domain


def _ascii_label(label: str) -> str:
    if not label.isascii():
        # Lower case may leave parts that belong together apart: I with a dot becomes i and a dot.
        label = unicodedata.normalize("NFC", label)
        if not all(char.isalpha() or char in "0123456789-" for char in label) or label[2:4] == "--":
            raise BadMailAddress("mail-domain")
        label = "xn--" + label.encode("punycode").decode("ascii")
    if not _LABEL.fullmatch(label):
        raise BadMailAddress("mail-domain")
    return label
