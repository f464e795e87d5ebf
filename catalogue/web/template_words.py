"""The texts of the templates in the reader's language, each looked up once in a process."""

from flask import g
from flask_babel import get_translations
from markupsafe import Markup

from catalogue.web.blueprint import current_language

# As many as the templates have texts: they are written in the templates, so that nobody can fill this.
_WITHOUT_VALUES: dict[tuple[str, str], Markup] = {}
_WITH_VALUES: dict[tuple[str, str], Markup] = {}


def text(message: str, /, **values: object) -> Markup:
    """`_(...)` of a template: the text of the language, `%(name)s` replaced by the escaped values."""
    known = _WITH_VALUES if values else _WITHOUT_VALUES
    found = known.get((getattr(g, "lang", ""), message))
    if found is None:
        pattern = Markup(get_translations().ugettext(message))  # noqa: S704  # ours
        found = known[current_language(), message] = pattern if values else pattern % {}
    return found % values if values else found
