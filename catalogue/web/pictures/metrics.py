"""How wide a text will be, without the font at hand: widths of Verdana, and where to break a long label."""

import re
from collections.abc import Iterator

# Advance widths of Verdana in 2048ths of its size. DejaVu Sans has nearly the same, Fira Sans is narrower.
_WIDTHS = {
    sign: width
    for signs, widths in (
        ("abcdefghijklm", (1230, 1276, 1067, 1276, 1220, 720, 1276, 1296, 562, 705, 1212, 562, 1992)),
        ("nopqrstuvwxyz", (1296, 1243, 1276, 1276, 874, 1067, 807, 1296, 1212, 1676, 1212, 1212, 1076)),
        ("ABCDEFGHIJKLM", (1400, 1404, 1430, 1578, 1295, 1177, 1588, 1539, 862, 931, 1419, 1140, 1726)),
        ("NOPQRSTUVWXYZ", (1532, 1612, 1235, 1612, 1423, 1400, 1262, 1499, 1400, 2025, 1403, 1260, 1403)),
        ("äöüßÄÖÜ", (1230, 1243, 1296, 1269, 1400, 1612, 1499)),
        ("0123456789", (1302,) * 10),
        (" .,:;-–()/'", (720, 745, 745, 930, 930, 930, 1302, 930, 930, 930, 550)),
    )
    for sign, width in zip(signs, widths, strict=True)
}
_OTHER = 2048  # a sign that is not in the table is taken for a wide one
_LEAST = 4  # signs that remain of a word that is cut
_PIECE = re.compile(r"[^ /–-]*[ /–-]|[^ /–-]+")
FIRA = 0.93  # of Verdana's width, as measured


def text_width(text: str, size: float) -> float:
    """The width in the unit of `size`."""
    return sum(_WIDTHS.get(sign, _OTHER) for sign in text) / 2048 * size


def lines_of(text: str, size: float, width: float, *, most: int = 3) -> tuple[str, ...]:
    """The text of the page's font in lines no wider than `width`; what does not fit ends in "…".

    It breaks between words, else after a hyphen or slash; a longer word is cut, four signs at least remain.
    """
    lines = [""]
    for piece in _pieces(text, size, width):
        joined = lines[-1] + piece
        if lines[-1].strip() and text_width(joined.rstrip(), size) * FIRA > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] = joined
    kept = [line.rstrip() for line in lines if line.strip()]
    if len(kept) > most:
        kept[most - 1 :] = [kept[most - 1].rstrip(" ,-–/") + "…"]
    return tuple(kept)


def _pieces(text: str, size: float, width: float) -> Iterator[str]:
    """Parts after which a line may end."""
    for piece in _PIECE.findall(" ".join(text.split())):
        rest = piece
        while text_width(rest.rstrip(), size) * FIRA > width:
            fits = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or _fits(rest[:n], size, width))
            cut = max(1, min(fits, len(rest.rstrip()) - _LEAST))
            yield rest[:cut] + "-"
            rest = rest[cut:]
        yield rest


def _fits(beginning: str, size: float, width: float) -> bool:
    return text_width(beginning + "-", size) * FIRA <= width
