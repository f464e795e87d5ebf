"""Characters as readers see them (grapheme clusters, Unicode annex 29), counted.

An emoji made of several code points, a flag or a letter with its accents counts once, as the lengths
in publiccode.yml are meant.
"""

import unicodedata

MOST = 10**9
_ZWJ = 0x200D
# Where pictures live that a zero width joiner may join.
_PICTURES = (
    (0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139),
    (0x2194, 0x21AA), (0x231A, 0x23FF), (0x24C2, 0x24C2), (0x25AA, 0x27BF), (0x2934, 0x2935),
    (0x2B05, 0x2B55), (0x3030, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1F1E5), (0x1F200, 0x1F3FA),
    (0x1F400, 0x1FAFF), (0x1FC00, 0x1FFFD),
)  # fmt: skip


def count_graphemes(text: str, most: int = MOST) -> int:
    """How many characters a reader sees, at most `most`. A line end of two code points is one."""
    if text.isascii():
        return min(len(text) - text.count("\r\n"), most)
    count, before, flags, picture = 0, "", 0, False
    for character in text:
        kind = _kind(character)
        if not _joins(before, kind, flags, picture):
            count += 1
            if count >= most:
                break
        flags = flags + 1 if kind == "flag" else 0
        # A picture, then any number of extending marks and a joiner, still waits for the next picture.
        picture = kind == "picture" or (picture and kind in ("extend", "zwj"))
        before = kind
    return count


def _joins(before: str, kind: str, flags: int, picture: bool) -> bool:
    """Whether a character belongs to the one before it."""
    if (before, kind) == ("cr", "lf"):
        return True
    if not before or before in ("cr", "lf", "control") or kind in ("cr", "lf", "control"):
        return False
    if kind in ("extend", "zwj", "spacing"):
        return True
    if (before, kind) in _HANGUL:
        return True
    if before == "zwj" and picture and kind == "picture":
        return True
    return kind == "flag" and flags % 2 == 1


_HANGUL = frozenset(
    (("L", "L"), ("L", "V"), ("L", "LV"), ("L", "LVT"), ("LV", "V"), ("LV", "T"), ("V", "V"), ("V", "T"))
) | frozenset((("LVT", "T"), ("T", "T")))


def _kind(character: str) -> str:
    code = ord(character)
    if code < 0x7F:
        return {0x0D: "cr", 0x0A: "lf"}.get(code, "control" if code < 0x20 else "other")
    if code == _ZWJ:
        return "zwj"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "flag"
    if 0x1F3FB <= code <= 0x1F3FF or code == 0x200C or 0xE0020 <= code <= 0xE007F:
        return "extend"
    if 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97C or 0xAC00 <= code <= 0xD7FB:
        return _hangul(code)
    category = unicodedata.category(character)
    if category in ("Mn", "Me"):
        return "extend"
    if category == "Mc" or code in (0xE33, 0xEB3):
        return "spacing"
    if category in ("Cc", "Zl", "Zp") or (category == "Cf" and code not in range(0x600, 0x606)):
        return "control"
    return "picture" if any(first <= code <= last for first, last in _PICTURES) else "other"


def _hangul(code: int) -> str:
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    if code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    return "V" if code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6 else "T"
