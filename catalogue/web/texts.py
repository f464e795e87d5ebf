"""Pages that are mostly words: about, how reuse works, submit, legal pages, data sources."""

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from catalogue.domain.retention import LASTING, PERIODS
from catalogue.domain.schema import field_table
from catalogue.standards.markdown import render
from catalogue.web.blueprint import current_language, pages
from catalogue.web.context import catalogue, register_updates, settings
from catalogue.web.shapes import Shape, date_words

# The day on which somebody last went through the pages for the accessibility statement.
ACCESSIBILITY_REVIEWED = "2026-11-22"


@pages.get("/about")
def about() -> ResponseReturnValue:
    """What the catalogue is, for whom, and how it works."""
    known = catalogue()
    return render_template(
        "pages/about.html",
        figures=known.store.figures(),
        projects=len(known.model_projects),
        source_url=settings().source_url,
        office_email=settings().office_email,
    )


@pages.get("/how-reuse-works")
def how_reuse_works() -> ResponseReturnValue:
    """From the first question to lasting operation, with what the programme offers on the way."""
    return render_template("pages/how_reuse_works.html")


@pages.get("/submit")
def submit() -> ResponseReturnValue:
    """How a project team submits an entry."""
    table = render(field_table(current_language()))
    return render_template(
        "pages/submit.html",
        source_url=settings().source_url,
        office_email=settings().office_email,
        fields=Markup(table),  # noqa: S704 - our own table, and render() lets only an allow-list of tags pass
        topics=catalogue().topics.values(),
    )


@pages.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is stored of readers, and what is not."""
    return render_template("pages/privacy.html", settings=settings(), periods=_periods())


def _periods() -> list[Shape]:
    """What is kept how long: days, or None where there is no end."""
    english = current_language() == "en"
    ending = [(one.days, one.de, one.then_de, one.en, one.then_en) for one in PERIODS.values()]
    lasting = [(None, one.de, one.why_de, one.en, one.why_en) for one in LASTING]
    return [
        {"days": days, "what": what_en if english else what, "then": then_en if english else then}
        for days, what, then, what_en, then_en in (*ending, *lasting)
    ]


@pages.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template(
        "pages/accessibility.html", settings=settings(), reviewed=date_words(ACCESSIBILITY_REVIEWED)
    )


@pages.get("/imprint")
def imprint() -> ResponseReturnValue:
    """Who runs the catalogue."""
    return render_template("pages/imprint.html", settings=settings())


@pages.get("/sources")
def sources() -> ResponseReturnValue:
    """Where the data come from and under which licences."""
    known = catalogue()
    return render_template(
        "pages/sources.html",
        register_size=len(known.register.municipalities()),
        districts=len(known.register.districts()),
        updates=register_updates(),
        figures=known.store.figures(),
        published=date_words(known.state.published_at.date().isoformat()),
        projects=len(known.model_projects),
        source_url=settings().source_url,
    )
