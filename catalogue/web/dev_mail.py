"""Mails that were written to files, on a page for whoever tries the catalogue out on this machine."""

import re
from collections.abc import Iterator

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from catalogue.services.dev_mail import load_mails
from catalogue.web.blueprint import pages
from catalogue.web.context import settings
from catalogue.web.hints import is_asked_from_here
from catalogue.web.shapes import Shape

_LINK = re.compile(r"(https?://[^\s<>\"]+)")
_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


@pages.get("/dev/mail")
def dev_mail() -> ResponseReturnValue:
    """All mails in the folder, newest first; no page anywhere but on the machine of whoever develops."""
    if not is_open():
        raise NotFound
    g.is_private = True
    return render_template(
        "pages/dev_mail.html",
        mails=[
            {"number": mail.number, "to": mail.to, "title": mail.title, "date": mail.date, "text": mail.text}
            | {"parts": list(_parts(mail.text))}
            for mail in load_mails(settings().data)
        ],
        noindex=True,
    )


def is_open() -> bool:
    """Whether mails are files, nobody has set this up for others, and the reader sits at this machine."""
    given = settings()
    return not given.smtp and not given.base_url and _is_from_here()


def _is_from_here() -> bool:
    # A proxy of this machine may name no one, and our own host: it speaks HTTP/1.0, browsers do not.
    is_direct = request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0"
    host = re.sub(r":[0-9]+\Z", "", request.environ.get("HTTP_HOST", "").lower())
    return is_direct and host in _HOSTS and is_asked_from_here()


def _parts(text: str) -> Iterator[Shape]:
    """The text with its addresses as links of their own."""
    for number, part in enumerate(_LINK.split(text)):
        yield {"text": part, "url": part if number % 2 else ""}


@pages.app_context_processor
def _dev_mail_word() -> dict[str, object]:
    return {"dev_mail_url": lambda: url_for("pages.dev_mail") if is_open() else ""}
