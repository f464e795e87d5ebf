"""The public statistics: a page of figures that can be cited, each with definition, date and downloads."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from markupsafe import Markup
from werkzeug.exceptions import NotFound, ServiceUnavailable

from catalogue.domain.reuse import Stage
from catalogue.domain.statistics import Figure, Selection
from catalogue.domain.statistics_bases import GROUPS, Basis, basis_words, group_word
from catalogue.domain.statistics_words import find_word, unnamed_rule
from catalogue.services.catalogue import Catalogue
from catalogue.services.demand import empty_topics
from catalogue.services.files import FORMATS, Cell, Sheet
from catalogue.web import labels
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.demand import demand_shape, topic_shapes
from catalogue.web.findings import language
from catalogue.web.hints import base_url
from catalogue.web.shapes import Shape
from catalogue.web.statistics_selection import chosen_words, filters, query, selection
from catalogue.web.statistics_tables import (
    MOST_ROWS,
    Labelled,
    chart_of,
    is_shown_by_chart,
    label_of,
    labelled,
    sheet_columns,
    sheet_rows,
)

LICENCE = "CC0-1.0"
# As tall as two others, which stand beside it.
_TALL = frozenset({Figure.LANDS, Figure.REGIONS, Figure.TOPICS, Figure.DISTRICTS})
_PATIENCE = 10  # seconds that somebody waits while another one's file is written
REUSES = "reuses"  # the download of all reuses, beside those of the figures
KINDS = "/statistics/<name>.<any(csv, xlsx, json):kind>"


@pages.get("/statistics")
def statistics() -> ResponseReturnValue:
    """All figures of a selection."""
    known = catalogue()
    chosen = selection(known)
    return render_template(
        "pages/statistics.html",
        **page_words(known, chosen),
        reuses=downloads("pages.statistics_file", REUSES, chosen),
        demand=demand_shape(),
        empty_topics=topic_shapes(empty_topics(known)),
        noindex=bool(request.args),
    )


def page_words(known: Catalogue, chosen: Selection) -> dict[str, object]:
    """What the pages for readers and for the office both show of a selection."""
    return {
        "body": kept_body(known, chosen),
        "filters": filters(known, chosen),
        "chosen": list(chosen_words(known, chosen)),
        "narrows": chosen.narrows(Figure.TOTALS),
        "as_of": as_of(known),
        "citation": citation(known, chosen),
    }


def kept_body(known: Catalogue, chosen: Selection) -> Markup:
    """The figures of the page, made once for a revision, a day, a selection and a language."""
    key = ("statistics", current_language(), request.script_root, str(known.now().date()), repr(chosen))
    kept = known.statistics.pages.get(key)
    if not isinstance(kept, Markup):
        made = render_template("macros/statistics_body.html", **body_values(known, chosen))
        kept = Markup(made)  # noqa: S704 - our own template has escaped it
        known.statistics.pages.keep(key, kept)
    return kept


def body_values(known: Catalogue, chosen: Selection) -> dict[str, object]:
    """What the template of the figures takes."""
    counting = known.figures_of_reuse()
    counted = {figure: counting.count(figure, chosen, most=MOST_ROWS) for figure in Figure}
    totals = counted[Figure.TOTALS]
    return {
        "groups": [
            {
                "id": group.value,
                "title": group_word(group, language()),
                "figures": [
                    figure_shape(labelled(counted[figure], known), known, "pages.statistics_file", chosen)
                    for figure in figures
                ],
            }
            for group, figures in GROUPS.items()
        ],
        "bases": [_basis_shape(basis) for basis in Basis],
        "by_stage": not chosen.stage,
        "headlines": {
            name: totals.value(key, column=column)
            for name, key, column in (
                ("reuses", "counting", "reuses"),
                ("confirmed", "counting", "confirmed"),
                ("sourced", "counting", "sourced"),
                ("bodies", "bodies", "reuses"),
                ("solutions", "solutions", "reuses"),
                ("unnamed", "~", "reuses"),
                ("in_use", Stage.IN_USE.value, "reuses"),
                ("trial", Stage.TRIAL.value, "reuses"),
            )
        },
        "notes": {figure.value: found.notes for figure, found in counted.items()},
    }


def _basis_shape(basis: Basis) -> Shape:
    words = basis_words(basis, language())
    more = f" {unnamed_rule(language())}" if basis is Basis.APART else ""
    return {"id": basis.value, "title": words.title, "text": words.text + more}


def figure_shape(figure: Labelled, known: Catalogue, endpoint: str, chosen: Selection) -> Shape:
    """A figure as the template takes it."""
    name = figure.counted.figure.value
    return {
        "id": name,
        "title": figure.title,
        "definition": figure.own,
        "bases": [_basis_shape(basis) for basis in figure.bases],
        "as_of": as_of(known),
        "unit": figure.unit,
        "is_tall": figure.counted.figure in _TALL,
        "chart": chart_of(figure),
        "head": (*figure.keys, *figure.columns),
        "rows": [(said, row.values) for said, row in figure.rows],
        "left_out": figure.counted.left_out,
        "needs_table": not is_shown_by_chart(figure),
        "downloads": downloads(endpoint, name, chosen),
    }


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
        return _answer(_reuses_file(known, chosen, kind), name, kind, known.now())
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
    return known.now().replace(hour=0, minute=0, second=0, microsecond=0)


def _about(known: Catalogue, chosen: Selection) -> tuple[tuple[str, str], ...]:
    """When, of what and where from, for the foot of every download."""
    words = "; ".join(f"{label}: {value}" for label, value in chosen_words(known, chosen))
    return (
        (gettext("Stand"), known.now().date().isoformat()),
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
                *(find_word(line.standing, language()), line.standing, line.affirmed, *line.began),
            )
        )
    return Sheet(
        title=gettext("Alle Nachnutzungen"),
        columns=tuple(head),
        rows=rows,
        about=_about(known, chosen),
        about_title=gettext("Definition"),
        made_at=_made_at(known),
    )


def _reuses_file(known: Catalogue, chosen: Selection, kind: str) -> bytes:
    """All reuses of a selection as a file, kept for whoever asks next. Raises `ServiceUnavailable`."""
    key = (kind, current_language(), str(known.now().date()), base_url(), repr(chosen))
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


def as_of(known: Catalogue) -> str:
    """The day of the figures and the catalogue that they are of, in words."""
    said: str = gettext(
        "%(day)s, Katalogfassung %(revision)s",
        day=format_date(known.now().date(), "medium"),
        revision=known.state.revision,
    )
    return said


def citation(known: Catalogue, chosen: Selection) -> str:
    """A sentence to cite the page with."""
    address = base_url() + url_for("pages.statistics", **query(chosen))  # type: ignore[arg-type]  # of a query
    said: str = gettext(
        "Nachnutzungskatalog, Statistik der Nachnutzung, Stand: %(as_of)s, %(address)s (%(licence)s)",
        as_of=as_of(known),
        address=address,
        licence=LICENCE,
    )
    return said
