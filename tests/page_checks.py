"""What is true of every page of the catalogue, whatever is on it."""

import re
from collections.abc import Mapping
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

from html_page import Page

POLICY_NEEDS = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
RESOURCES = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "use": ("href", "xlink:href"),
    "form": ("action",),
    "button": ("formaction",),
}


def check_headers(headers: Mapping[str, str]) -> None:
    """The headers that protect a reader, and none that follows them."""
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    for name, value in POLICY_NEEDS.items():
        assert policy[name] == value, f"Content-Security-Policy: {name} {policy.get(name)}"
    assert set(policy["img-src"].split()) <= {"'self'", "data:"}
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers
    assert "Set-Cookie" not in headers


def check_page(page: Page, lang: str) -> None:
    """What is true of every page, whatever is on it."""
    check_headers(page.headers)
    assert page.html.lstrip().lower().startswith("<!doctype html>")
    assert page.one("html")["lang"] == lang
    assert page.headers["Content-Language"] == lang
    assert len(page.all("h1")) == 1, f"{len(page.all('h1'))} h1"
    assert page.heading
    assert len(page.title) > len(" – Nachnutzungskatalog")
    assert page.description.strip()
    assert page.one("main")
    _check_ids(page)
    _check_labels(page)
    _check_headings(page)
    _check_nothing_runs(page)
    _check_nobody_else_is_asked(page)
    if page.status == 200:
        _check_addresses(page, lang)


def _check_ids(page: Page) -> None:
    ids = [node["id"] for node in page.elements() if "id" in node.attributes]
    double = {name for name in ids if ids.count(name) > 1}
    assert not double, f"ids twice: {double}"
    assert "" not in ids
    for node in page.elements():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "form"):
            for wanted in node.get(name).split():
                assert wanted in ids, f"{name}={wanted!r} leads nowhere"
        target = node.get("href")
        if node.tag == "a" and target.startswith("#") and target != "#":
            assert target[1:] in ids, f"{target} leads nowhere"


def _check_labels(page: Page) -> None:
    labels = {label["for"] for label in page.all("label") if "for" in label.attributes and label.text}
    for node in page.all("input", "select", "textarea"):
        if node.get("type") in ("hidden", "submit", "button"):
            continue
        is_inside = any(above.tag == "label" and above.text for above in node.above)
        has_label = node.get("id") in labels or is_inside or node.get("aria-label")
        assert has_label, f"no label: {node.attributes}"
    for node in page.all("a", "button"):
        has_name = node.text or node.get("aria-label") or any(img.get("alt") for img in node.all("img"))
        assert has_name, f"<{node.tag}> without words: {node.attributes}"
    for image in page.all("img"):
        assert "alt" in image.attributes, f"no alt: {image.attributes}"


def _check_headings(page: Page) -> None:
    levels = [int(node.tag[1]) for node in page.elements() if re.fullmatch("h[1-6]", node.tag)]
    jumps = [(before, after) for before, after in pairwise(levels) if after > before + 1]
    assert levels[0] == 1, "a heading before the h1"
    assert not jumps, f"headings jump {jumps}"


def _check_nothing_runs(page: Page) -> None:
    for node in page.elements():
        assert node.tag not in ("style", "iframe", "object", "embed", "base"), f"<{node.tag}>"
        for name, value in node.attributes.items():
            assert not name.startswith("on"), f"<{node.tag} {name}={value!r}>"
            assert name != "style", f"<{node.tag} style={value!r}>"
        if node.tag == "script":
            assert node.get("src"), "an inline script"
            assert not node.children, "a script with content"
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            scheme = urlsplit(node.get(name).strip()).scheme
            assert scheme in ("", "http", "https", "mailto"), f"<{node.tag} {name}={node.get(name)!r}>"
        if node.get("href").startswith("mailto:"):
            check_mail(node["href"])


def check_mail(address: str) -> dict[str, str]:
    """A prefilled mail goes to one recipient, with a subject and a text and no other header."""
    parts = urlsplit(address)
    assert "," not in parts.path
    assert "%2C" not in parts.path.upper()
    given = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    names = [name for name, _ in given]
    assert names in ([], ["subject", "body"]), f"a mail with {names}"
    values = dict(given)
    assert not re.search(r"[\r\n]", values.get("subject", "")), f"a line break in the subject of {address}"
    return values


def _check_nobody_else_is_asked(page: Page) -> None:
    for node in page.elements():
        names = RESOURCES.get(node.tag, ())
        if node.tag == "link" and not {"canonical", "alternate"} & set(node.get("rel").split()):
            names = ("href",)
        for name in names:
            value = node.get(name)
            assert not urlsplit(value).netloc, f"another host is asked: <{node.tag} {name}={value!r}>"
            assert not value.startswith("//")


def _check_addresses(page: Page, lang: str) -> None:
    head = page.one("head")
    canonical = head.one("link", rel="canonical")["href"]
    others = [link for link in head.all("link", rel="alternate") if "hreflang" in link.attributes]
    alternates = {link["hreflang"]: link["href"] for link in others}
    assert {"de", "en", "x-default"} == set(alternates)
    for address in (canonical, *alternates.values()):
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https"), f"not absolute: {address}"
        assert parts.netloc, f"not absolute: {address}"
    assert canonical == alternates[lang]
    assert urlsplit(canonical).path == urlsplit(page.address).path
    for code in ("de", "en"):
        assert urlsplit(alternates[code]).path.startswith(f"/{code}/")
