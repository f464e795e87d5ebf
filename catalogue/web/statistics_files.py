"""The figures of the statistics, and all reuses, as files with what is needed to cite them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound, ServiceUnavailable

from catalogue.domain.reuse import Stage
from catalogue.domain.statistics import Figure, Selection
from catalogue.domain.statistics_words import find_word, reuses_definition, unnamed_rule
from catalogue.services.catalogue import Catalogue
from catalogue.services.files import FORMATS, Cell, Sheet
from catalogue.web import labels
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue, shows_invented_data
from catalogue.web.findings import language
from catalogue.web.hints import base_url
from catalogue.web.shapes import Shape
from catalogue.web.statistics_selection import chosen_words, query, selection
from catalogue.web.statistics_tables import Labelled, label_of, labelled, sheet_columns, sheet_rows

LICENCE = "CC0-1.0"
REUSES = "reuses"  # the download of all reuses, beside those of the figures
KINDS = "/statistics/<name>.<any(csv, xlsx, json):kind>"
_PATIENCE = 10  # seconds that somebody waits while another one's file is written
# As the banner of the pages says it.
INVENTED = "Erfundene Daten: Nichts auf diesen Seiten ist wahr. Sie dienen zum Ausprobieren und Messen."


def downloads(endpoint: str, name: str, chosen: Selection) -> list[Shape]:
    """Links to the files of a figure with the same selection."""
    return [
        {"label": kind.upper(), "url": url_for(endpoint, name=name, kind=kind, **query(chosen))}  # type: ignore[arg-type]  # of a query
        for kind in FORMATS
    ]


@pages.get(KINDS)
def statistics_file(name: str, kind: str) -> ResponseReturnValue:
    """One figure, or all reuses, as a file; with the same selection as the page."""
    known = catalogue()
    chosen = selection(known)
    if name == REUSES:
        return _answer(_reuses_file(known, chosen, kind), name, kind, _made_at(known))
    if name not in {figure.value for figure in Figure}:
        raise NotFound
    figure = labelled(known.figures_of_reuse().count(Figure(name), chosen), known)
    return file_answer(figure_sheet(figure, known, chosen), name, kind)


def figure_sheet(figure: Labelled, known: Catalogue, chosen: Selection) -> Sheet:
    """A figure with all that is needed to cite it."""
    about = ((gettext("Definition"), figure.definition), (gettext("Einheit"), figure.unit))
    return Sheet(
        title=figure.title,
        columns=sheet_columns(figure),
        rows=sheet_rows(figure),
        about=(*about, *_about(known, chosen)),
        about_title=gettext("Definition"),
        made_at=_made_at(known),
    )


def _made_at(known: Catalogue) -> datetime:
    return datetime.combine(known.today(), time(), UTC)


def _about(known: Catalogue, chosen: Selection) -> tuple[tuple[str, str | date], ...]:
    """When, of what and where from, for the second sheet of every download."""
    words = "; ".join(f"{label}: {value}" for label, value in chosen_words(known, chosen))
    invented = gettext(INVENTED) if shows_invented_data() else ""
    return (
        *([(find_word("note", language()) or "", invented)] if invented else ()),
        (find_word("as-of", language()) or "", known.today()),
        (gettext("Katalogfassung"), str(known.state.revision)),
        (gettext("Filter"), words or gettext("keine")),
        (gettext("Nicht öffentlich Genannte"), unnamed_rule(language())),
        (gettext("Quelle"), base_url() + url_for("pages.statistics", **query(chosen))),  # type: ignore[arg-type]  # of a query
        (gettext("Lizenz"), LICENCE),
    )


def _reuses_sheet(known: Catalogue, chosen: Selection) -> Sheet:
    columns = known.figures_of_reuse().columns
    stages = [labels.word(labels.STAGE, stage.value) for stage in Stage]
    names = ("solution", "body", "land", "stage", "standing", "affirmed")
    words = {name: find_word(name, language()) or name for name in names}
    head = [words["solution"], f"{words['solution']} (ID)", words["body"], f"{words['body']} (ID)"]
    head += [words["land"], words["stage"], f"{words['stage']} (ID)", words["standing"]]
    head += [f"{words['standing']} (ID)", words["affirmed"]]
    head += [gettext("%(stage)s seit", stage=stage) for stage in stages]
    rows: list[Sequence[Cell]] = []
    bodies = cache(known.bodies.get)  # most reuse several solutions
    for line in columns.lines(chosen):
        body = bodies(line.body) if line.body else None
        rows.append(
            (
                *(columns.name_of(line.solution) if line.solution else "", line.solution),
                *(body.label if body else label_of("body", "~", known), line.body),
                labels.land_name(body.land, current_language()) if body else "",
                *(labels.word(labels.STAGE, line.stage), line.stage),
                *(find_word(line.standing, language()), line.standing, _day(line.affirmed), *line.began),
            )
        )
    return Sheet(
        title=gettext("Alle Nachnutzungen"),
        columns=tuple(head),
        rows=rows,
        about=((gettext("Definition"), reuses_definition(language())), *_about(known, chosen)),
        about_title=gettext("Definition"),
        made_at=_made_at(known),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _reuses_file(known: Catalogue, chosen: Selection, kind: str) -> bytes:
    """All reuses of a selection as a file, kept for whoever asks next. Raises `ServiceUnavailable`."""
    key = (kind, current_language(), str(known.today()), base_url(), repr(chosen))
    kept = known.statistics.files.get(key)
    if kept is not None:
        return kept
    if not known.statistics.writing.acquire(timeout=_PATIENCE):
        raise ServiceUnavailable
    try:
        written = FORMATS[kind].write(_reuses_sheet(known, chosen))
        return known.statistics.files.get(key) or known.statistics.files.keep(key, written)
    finally:
        known.statistics.writing.release()


def file_answer(sheet: Sheet, name: str, kind: str) -> Response:
    """A sheet as a file that is saved under a name with its date."""
    return _answer(FORMATS[kind].write(sheet), name, kind, sheet.made_at)


def _answer(written: bytes, name: str, kind: str, made_at: datetime) -> Response:
    word = gettext("statistik")
    file = f"{word}-{name}-{made_at.date().isoformat()}.{kind}"
    return Response(
        written,
        content_type=FORMATS[kind].media_type,
        headers={"Content-Disposition": f'attachment; filename="{file}"', "X-Robots-Tag": "noindex"},
    )
