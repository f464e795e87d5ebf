"""The texts in the reader's language: looked up once in a request, those of templates once in a process."""

from gettext import NullTranslations

from flask import g
from flask_babel import Domain, get_translations
from markupsafe import Markup

from catalogue.web.blueprint import current_language

# As many as the templates have texts: they are written in the templates, so that nobody can fill this.
_WITHOUT_VALUES: dict[tuple[str, str], Markup] = {}
_WITH_VALUES: dict[tuple[str, str], Markup] = {}


class TextsOfRequest(Domain):  # type: ignore[misc]  # the library has no types
    """The texts in the language of a request, looked up once in it.

    Flask-Babel asks for the name of the locale at every text, which costs ten times as much as the text.
    """

    def get_translations(self) -> NullTranslations:
        """The texts of the language of this request; no translation outside of one."""
        try:
            found: NullTranslations = g.translations
        except (AttributeError, RuntimeError):  # the first text of the request; outside of any
            found = super().get_translations()
            if g:
                g.translations = found
        return found


def text(message: str, /, **values: object) -> Markup:
    """`_(...)` of a template: the text of the language, `%(name)s` replaced by the escaped values."""
    known = _WITH_VALUES if values else _WITHOUT_VALUES
    found = known.get((getattr(g, "lang", ""), message))
    if found is None:
        pattern = Markup(get_translations().ugettext(message))  # noqa: S704  # ours
        found = known[current_language(), message] = pattern if values else pattern % {}
    return found % values if values else found
