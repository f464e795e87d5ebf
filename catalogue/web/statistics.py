"""The public statistics: a page of figures that can be cited, each with definition, date and downloads."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from catalogue.domain.reuse import Stage
from catalogue.domain.statistics import Figure, Selection
from catalogue.domain.statistics_bases import GROUPS, Basis, basis_words, group_word
from catalogue.domain.statistics_words import unnamed_rule
from catalogue.services.catalogue import Catalogue
from catalogue.services.demand import empty_topics
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue
from catalogue.web.demand import demand_shape, topic_shapes
from catalogue.web.findings import language
from catalogue.web.hints import base_url
from catalogue.web.shapes import Shape, day_words
from catalogue.web.statistics_files import LICENCE, REUSES, downloads
from catalogue.web.statistics_selection import chosen_words, filters, ignored, query, selection
from catalogue.web.statistics_tables import (
    MOST_ROWS,
    Labelled,
    chart_of,
    is_shown_by_chart,
    labelled,
    lines_drawn,
)

# As tall as two others, which stand beside it.
_TALL = frozenset({Figure.LANDS, Figure.REGIONS, Figure.TOPICS, Figure.DISTRICTS})


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
        "ignored": ignored(chosen),
        "narrows": chosen.narrows(Figure.TOTALS),
        "as_of": as_of(known),
        "citation": citation(known, chosen),
    }


def kept_body(known: Catalogue, chosen: Selection) -> Markup:
    """The figures of the page, made once for a revision, a day, a selection and a language."""
    key = ("statistics", current_language(), request.script_root, str(known.today()), repr(chosen))
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
        "chart": chart_of(figure, chosen),
        "head": (*figure.keys, *figure.columns),
        "rows": [(said, row.values) for said, row in figure.rows],
        "left_out": figure.counted.left_out,
        "lines": lines_drawn(figure),
        "needs_table": not is_shown_by_chart(figure),
        "downloads": downloads(endpoint, name, chosen),
    }


def as_of(known: Catalogue) -> str:
    """The day of the figures and the catalogue that they are of, in words."""
    said: str = gettext(
        "%(day)s, Katalogfassung %(revision)s",
        day=day_words(known.today()),
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
