"""SVG as data, and the one place that writes it; colours and strokes are classes of the style sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup, escape

Attribute: TypeAlias = "str | float | None"


@dataclass(frozen=True, slots=True)
class Shape:
    """An element with its attributes, its text and what it holds."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    inside: tuple["Shape", ...] = ()

    def get(self, name: str) -> str:
        """The attribute's value, empty where there is none."""
        return dict(self.attributes).get(name, "")


def shape(tag: str, *inside: Shape, text: str = "", **attributes: Attribute) -> Shape:
    """An element; `stroke_width` is written stroke-width, `class_` class; None is left out."""
    named = (
        (name.rstrip("_").replace("_", "-"), number(value) if isinstance(value, float | int) else value)
        for name, value in attributes.items()
        if value is not None
    )
    return Shape(tag, tuple(named), text, inside)


def number(value: float) -> str:
    """A coordinate with two decimals at most, as short as it goes: 3.0 -> 3, -0.001 -> 0."""
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def percent(value: float) -> str:
    """A length in percent of the picture, which so keeps its text as large as the page's."""
    return f"{number(value)}%"


def draw(shapes: Iterable[Shape]) -> Markup:
    """The shapes as SVG; all values are escaped."""
    return Markup("").join(_drawn(one) for one in shapes)


def _drawn(one: Shape) -> Markup:
    written = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in one.attributes)
    inside = escape(_writable(one.text)) + draw(one.inside)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(one.tag), written, inside)  # noqa: S704  # ours


def _writable(text: str) -> str:
    """The text without signs that XML does not allow."""
    return "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))
