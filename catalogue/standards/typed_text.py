"""What somebody typed into a form, fit for keeping: nothing invisible, nothing that turns lines around."""

import re
import unicodedata

# Control characters, marks that reverse or hide text, lone surrogates; a line break is looked after apart.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def typed_line(text: str) -> str:
    """One line: runs of white space are one space, invisible characters are gone (NFC)."""
    return " ".join(_UNSEEN.sub(" ", _composed(text)).split())


def typed_text(text: str) -> str:
    """Lines as they were typed, at most one empty one between two, without invisible characters (NFC)."""
    ends = _composed(text).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", _UNSEEN.sub(" ", line)).strip() for line in ends.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
