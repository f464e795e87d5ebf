"""What every Atom feed of the catalogue has (RFC 4287): its head, ids that stay, texts that XML can hold."""

import re
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response
from flask_babel import gettext

from catalogue.web.blueprint import current_language
from catalogue.web.hints import base_url

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def new_feed(title: str, updated: datetime, *, own: str, page: str) -> Element:
    """A feed without entries; `own` is its address and `page` that of the page with the same content."""
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": current_language()})
    text(feed, "id", identity(own))
    text(feed, "title", f"{gettext('Nachnutzungskatalog')} – {title}")
    text(feed, "updated", moment(updated))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=base_url() + own)
    SubElement(feed, "link", rel="alternate", type="text/html", href=base_url() + page)
    text(SubElement(feed, "author"), "name", gettext("Nachnutzungskatalog"))
    return feed


def feed_answer(feed: Element) -> Response:
    """The feed as an answer."""
    written = tostring(feed, encoding="utf-8", xml_declaration=True)
    answer = Response(written, content_type="application/atom+xml; charset=utf-8")
    answer.headers["Content-Language"] = current_language()
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def identity(address: str) -> str:
    """The same for the same page, search or event, wherever the catalogue stands."""
    return uuid5(NAMESPACE_URL, f"reuse-catalogue:{address}").urn


def text(parent: Element, name: str, words: str) -> None:
    """An element with words in it."""
    SubElement(parent, name).text = clean(words)


def clean(words: str) -> str:
    """The text without the signs that XML cannot hold."""
    return _NOT_XML.sub("", words)


def moment(when: datetime) -> str:
    """A moment as RFC 3339 writes it, in UTC."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
