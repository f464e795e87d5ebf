"""Filters as plain data: groups with their counts, what is chosen, what the panel shows of each value."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from flask import get_template_attribute
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup

from catalogue.services.search import FacetGroup
from catalogue.web import labels
from catalogue.web.addresses import ResultsAddress
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue
from catalogue.web.shapes import Shape, topic_label

_MACROS = "macros/facets.html"
# Words beside a filter value that explain it.
_NOTES: Mapping[tuple[str, str], object] = {
    ("licence", "permissive"): lazy_gettext("fast ohne Pflichten"),
    ("licence", "copyleft"): lazy_gettext("Änderungen bleiben offen"),
}


class _Words(dict[str, Shape]):
    """The values of a facet with their words in one language, each looked up once."""

    def __init__(self, facet: str) -> None:
        super().__init__()
        self._facet = facet
        self.label = labels.word(labels.FACET, facet)
        self.hint = str(labels.FACET_HINT.get(facet, ""))

    def __missing__(self, value: str) -> Shape:
        topics = {key: topic_label(topic) for key, topic in catalogue().topics.items()}
        label = labels.facet_value(self._facet, value, current_language(), topics)
        note = str(_NOTES.get((self._facet, value), ""))
        made = self[value] = {"value": value, "label": label, "note": note}
        return made


class _Pieces(dict[tuple[str, bool, bool], Shape]):
    """What the panel shows of a value, but for the count: by value, whether it is chosen, whether a part."""

    def __init__(self, facet: Shape) -> None:
        super().__init__()
        self._facet = {"name": facet["name"], "choice": facet["choice"]}

    def of(self, value: Shape) -> Shape:
        """The pieces, made once by the macros of the panel."""
        key = (str(value["value"]), bool(value["chosen"]), bool(value["level"]))
        made = self.get(key)
        if made is None:
            option = _macro("facet_option", self._facet, value)
            made = self[key] = {"option": option, "exclusion": _macro("facet_exclusion", value)}
        return made


def _macro(name: str, *arguments: object) -> Markup:
    return cast(Markup, get_template_attribute(_MACROS, name)(*arguments))


def facet_shapes(groups: Iterable[FacetGroup]) -> list[Shape]:
    """The filter groups with words, as the page and programs get them; empty groups are left out."""
    return [_group_shape(group, _words(group.name)) for group in groups if group.values]


def _group_shape(group: FacetGroup, words: _Words) -> Shape:
    return {
        "name": group.name,
        "label": words.label,
        "hint": words.hint,
        "choice": group.choice.value,
        "values": [
            {
                **words[row.value],
                "count": row.count,
                "chosen": row.chosen,
                "excluded": row.excluded,
                "level": row.level,
            }
            for row in group.values
        ],
    }


def _words(facet: str) -> _Words:
    parts, key = catalogue().parts, ("words of a facet", current_language(), facet)
    return cast(_Words, parts.get(key) or parts.keep(key, _Words(facet)))


def panel_shapes(facets: Iterable[Shape]) -> list[Shape]:
    """The groups for the panel: with what it shows of each value, and how many are chosen or excluded."""
    return [_panel_shape(facet) for facet in facets]


def _panel_shape(facet: Shape) -> Shape:
    parts, key = catalogue().parts, ("pieces of a facet", current_language(), str(facet["name"]))
    pieces = cast(_Pieces, parts.get(key) or parts.keep(key, _Pieces(facet)))
    values = cast(Sequence[Shape], facet["values"])
    return {
        **facet,
        "values": [{**value, **pieces.of(value)} for value in values],
        "used": sum(1 for value in values if value["chosen"] or value["excluded"]),
    }


def chosen_shapes(address: ResultsAddress, facets: Sequence[Shape], near: str = "") -> list[Shape]:
    """What narrows the results down as chips, each with the address without it; `near` in words."""
    chips: list[Shape] = [
        {
            "facet_label": facet["label"],
            "label": value["label"],
            "excluded": value["excluded"],
            "count": value["count"],
            "remove_url": address.without(str(facet["name"]), str(value["value"])),
        }
        for facet in facets
        for value in cast(Sequence[Shape], facet["values"])
        if value["chosen"] or value["excluded"]
    ]
    if near:
        chips.append({"facet_label": gettext("Umkreis"), "label": near, "remove_url": address.around("")})
    return chips
