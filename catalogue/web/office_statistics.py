"""The statistics of the office: what everybody sees, and figures about reports."""

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from catalogue.domain.access import Right
from catalogue.domain.statistics import OfficeFigure
from catalogue.web.blueprint import pages
from catalogue.web.context import catalogue
from catalogue.web.office_frame import needs
from catalogue.web.statistics import figure_shape, page_words
from catalogue.web.statistics_files import KINDS, figure_sheet, file_answer
from catalogue.web.statistics_selection import selection
from catalogue.web.statistics_tables import labelled


@pages.get("/office/statistics")
@needs(Right.SEE_WORK)
def office_statistics() -> ResponseReturnValue:
    """Figures about reports as they are now, and the public ones of a selection."""
    known = catalogue()
    chosen = selection(known)
    today = known.today()
    return render_template(
        "office/statistics.html",
        own=[
            figure_shape(
                labelled(known.store.statistics.of_office(figure, today), known),
                known,
                "pages.office_statistics_file",
                selection(known),
            )
            for figure in OfficeFigure
        ],
        **page_words(known, chosen),
    )


@pages.get(f"/office{KINDS}")
@needs(Right.SEE_WORK)
def office_statistics_file(name: str, kind: str) -> ResponseReturnValue:
    """A figure about reports as a file."""
    known = catalogue()
    if name not in {figure.value for figure in OfficeFigure}:
        raise NotFound
    counted = known.store.statistics.of_office(OfficeFigure(name), known.today())
    return file_answer(figure_sheet(labelled(counted, known), known, selection(known)), name, kind)
