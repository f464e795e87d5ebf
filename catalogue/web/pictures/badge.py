"""A badge for a README: two fields beside each other, as wide as their texts."""

from catalogue.web.pictures.metrics import text_width
from catalogue.web.pictures.svg import Shape, shape

HEIGHT, SIZE = 20.0, 11.0  # pixels, as badges in READMEs usually have
_PADDING = 7.0
_FONT = "Verdana,DejaVu Sans,Geneva,sans-serif"
_LEFT, _RIGHT, _NONE = "#3a4151", "#2046b0", "#5c6473"


def draw_badge(left: str, right: str, *, is_empty: bool) -> Shape:
    """The picture; `textLength` makes the texts fit whatever font the reader has."""
    first = text_width(left, SIZE) + 2 * _PADDING
    second = text_width(right, SIZE) + 2 * _PADDING
    said = f"{left}: {right}"
    return shape(
        "svg",
        shape("title", text=said),
        shape("rect", width=first + second, height=HEIGHT, rx=3, fill=_NONE if is_empty else _RIGHT),
        shape("path", d=_left_field(first), fill=_LEFT),
        _text(left, first / 2),
        _text(right, first + second / 2),
        xmlns="http://www.w3.org/2000/svg",
        width=first + second,
        height=HEIGHT,
        role="img",
        aria_label=said,
    )


def _left_field(width: float) -> str:
    """Round at its left corners only."""
    return f"M3 0H{width:.2f}V{HEIGHT:.0f}H3a3 3 0 0 1 -3 -3V3a3 3 0 0 1 3 -3z"


def _text(text: str, middle: float) -> Shape:
    return shape(
        "text",
        text=text,
        x=middle,
        y=14,
        fill="#fff",
        font_family=_FONT,
        font_size=SIZE,
        text_anchor="middle",
        textLength=text_width(text, SIZE),
    )
