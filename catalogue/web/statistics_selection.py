"""Which reuses the address chooses, and the form and the words that say so."""

from collections.abc import Iterator, Mapping, Sequence

from flask import request
from flask_babel import gettext

from catalogue.domain.reuse import Stage
from catalogue.domain.solution import Funded
from catalogue.domain.statistics import SIZES, Selection
from catalogue.domain.statistics_words import find_word
from catalogue.services.catalogue import Catalogue
from catalogue.services.statistics import known_solution
from catalogue.standards.ags import LAENDER
from catalogue.standards.text import whole_number
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.findings import language
from catalogue.web.shapes import Shape, topic_label

FIRST_YEAR, LAST_YEAR = 1990, 2100  # years that are meant
# The names of the fields, in the order of the form and of addresses.
FIELDS = (
    *("land", "size", "funded", "topic", "round", "solution", "stage"),
    *("standing", "period", "from", "to"),
)
LONGEST_SAID = 60  # of a value that nothing has, as it is told again
_CONFIRMED, _QUARTER = "confirmed", "quarter"
Options = Sequence[tuple[str, str]]  # value, label


def selection(known: Catalogue) -> Selection:
    """What the address chooses; a value that nothing has is as if it were not there."""
    values = {name: _one_of(name, options) for name, options in _options(known).items()}
    said = request.args.get("solution", "")
    return Selection(
        land=values["land"],
        size=values["size"],
        funded=values["funded"],
        topic=values["topic"],
        round=values["round"],
        stage=values["stage"],
        solution=known_solution(known.figures_of_reuse().columns, said) if said else "",
        only_confirmed=values["standing"] == _CONFIRMED,
        by_quarter=values["period"] == _QUARTER,
        first_year=_year("from"),
        last_year=_year("to"),
    )


def _one_of(name: str, options: Options) -> str:
    said = request.args.get(name, "")
    return said if said in dict(options) else ""


def _year(name: str) -> int | None:
    number = whole_number(request.args.get(name, "").strip(), 4) or 0
    return number if FIRST_YEAR <= number <= LAST_YEAR else None


def _options(known: Catalogue) -> Mapping[str, Options]:
    """What each filter may be, with its label."""
    lang = current_language()
    rounds = sorted({project.round for project in known.model_projects.values()})
    return {
        "land": [(land, labels.land_name(land, lang)) for land in LAENDER],
        "size": [(size, size_word(size)) for size in SIZES],
        "funded": [(one.value, find_word(f"funded.{one.value}", language()) or "") for one in Funded],
        "topic": [(key, topic_label(topic)) for key, topic in known.topics.items()],
        "round": [(round_, round_) for round_ in rounds],
        "stage": [(stage.value, labels.word(labels.STAGE, stage.value)) for stage in Stage],
        "standing": [(_CONFIRMED, gettext("nur bestätigte und belegte"))],
        "period": [(_QUARTER, gettext("Quartale"))],
    }


def size_word(size: str) -> str:
    """The size of a body in words."""
    return find_word(f"size.{size}", language()) or labels.word(labels.SIZE, size)


def query(chosen: Selection) -> dict[str, str]:
    """The address of a selection: the names and values of its query, always in the same order."""
    values = {
        "land": chosen.land,
        "size": chosen.size,
        "funded": chosen.funded,
        "topic": chosen.topic,
        "round": chosen.round,
        "solution": chosen.solution,
        "stage": chosen.stage,
        "standing": _CONFIRMED if chosen.only_confirmed else "",
        "period": _QUARTER if chosen.by_quarter else "",
        "from": str(chosen.first_year or ""),
        "to": str(chosen.last_year or ""),
    }
    return {name: value for name, value in values.items() if value}


def _labels() -> Mapping[str, str]:
    return {
        "land": gettext("Land der nachnutzenden Stelle"),
        "size": gettext("Größe der nachnutzenden Stelle"),
        "funded": gettext("Förderung der nachnutzenden Stelle"),
        "topic": gettext("Thema"),
        "round": gettext("Förderrunde der Lösung"),
        "solution": gettext("Lösung"),
        "stage": gettext("Stufe von heute"),
        "standing": gettext("Beleg"),
        "period": gettext("Zeitreihen in"),
        "from": gettext("ab Jahr"),
        "to": gettext("bis Jahr"),
    }


def filters(known: Catalogue, chosen: Selection) -> list[Shape]:
    """The fields of the form, with what is chosen."""
    values, names, options = query(chosen), _labels(), _options(known)
    empty = {"standing": gettext("alle Nachnutzungen"), "period": gettext("Jahren")}
    fields: list[Shape] = []
    for name, label in names.items():
        field: Shape = {"name": name, "label": label, "value": values.get(name, "")}
        if name in options:
            field["options"] = [
                {"value": value, "label": word, "chosen": value == values.get(name)}
                for value, word in options[name]
            ]
            field["empty"] = empty.get(name, gettext("alle"))
        fields.append(field)
    if chosen.solution:
        _field(fields, "solution")["value"] = known.figures_of_reuse().columns.name_of(chosen.solution)
    return fields


def ignored(chosen: Selection) -> list[tuple[str, str]]:
    """What the address asks for and nothing has, so that all was counted: label and what was said."""
    kept, names = query(chosen), _labels()
    said = ((name, request.args.get(name, "").strip()) for name in FIELDS)
    return [(names[name], text[:LONGEST_SAID]) for name, text in said if text and name not in kept]


def _field(fields: Sequence[Shape], name: str) -> Shape:
    return next(field for field in fields if field["name"] == name)


def chosen_words(known: Catalogue, chosen: Selection) -> Iterator[tuple[str, str]]:
    """What is chosen in words: label and value."""
    options, names = _options(known), _labels()
    for name, value in query(chosen).items():
        words = dict(options.get(name, ())).get(value, value)
        yield names[name], known.figures_of_reuse().columns.name_of(value) if name == "solution" else words
