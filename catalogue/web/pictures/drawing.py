"""What every drawing of a chart is: shapes of a height, as wide as the page gives it room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalogue.web.pictures.metrics import lines_of
from catalogue.web.pictures.svg import Attribute, Shape, shape

Say: TypeAlias = Callable[[float | None], str]  # a value in the reader's language

NARROW = 290.0  # pixels: the narrowest picture, for which texts are broken
SIZE, LINE = 15.0, 19.0  # pixels: of the text of labels, and of a line of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The shapes of a picture of `height` pixels; x is in percent, so that texts keep their size."""

    height: float
    shapes: tuple[Shape, ...]


def words(text: str, **attributes: Attribute) -> Shape:
    """A text of a chart."""
    return shape("text", text=text, **{"class_": "chart__text", **attributes})


def label_lines(
    text: str, y: float, *, width: float = NARROW, size: float = SIZE, most: int = 3, **attributes: Attribute
) -> tuple[tuple[Shape, ...], float]:
    """A label in as many lines as it needs, from `y` down, and where the next thing may begin."""
    lines = lines_of(text, size, width, most=most)
    shapes = tuple(
        words(line, y=y + LINE * (place + 1) - 5, **attributes) for place, line in enumerate(lines)
    )
    return shapes, y + LINE * len(lines)


def known(values: Sequence[float | None]) -> list[float]:
    """The values that are known."""
    return [value for value in values if value is not None]
