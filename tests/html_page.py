"""Reads a page of the catalogue as strictly as no browser would, and answers questions about it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SVG_OR_MATH = frozenset(("svg", "math"))


class BadPage(AssertionError):
    """Something is wrong with the page itself."""


@dataclass
class Node:
    """An element with its attributes and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    parent: "Node | None" = None

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.get("class").split())

    def all(self, *tags: str, **attributes: str) -> list["Node"]:
        """All elements inside with one of these names and these attributes (`class_` for one class)."""
        wanted_class = attributes.pop("class_", None)
        return [
            node
            for node in self.elements()
            if (not tags or node.tag in tags)
            and (wanted_class is None or wanted_class in node.classes)
            and all(node.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, *tags: str, **attributes: str) -> "Node":
        """The only such element."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}, not one"
        return found[0]

    def elements(self) -> Iterator["Node"]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.elements()

    def pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style"):
                yield from child.pieces()

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join("".join(self.pieces()).split())

    @property
    def above(self) -> Iterator["Node"]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise BadPage(f"<{tag}> has an attribute twice: {names}")
        node = Node(tag, {name: value or "" for name, value in attrs}, parent=self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            raise BadPage(f"<{tag}/> closes itself")
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.open.tag != tag or self.open.parent is None:
            raise BadPage(f"</{tag}> closes <{self.open.tag}> {self.open.attributes}")
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


class Page(Node):
    """A whole document with the answer's status and headers."""

    def __init__(self, html: str, *, status: int, headers: Mapping[str, str], address: str) -> None:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        if reader.open is not reader.root:
            raise BadPage(f"<{reader.open.tag}> is never closed")
        super().__init__("", {}, reader.root.children)
        self.html, self.status, self.headers, self.address = html, status, headers, address

    @property
    def main(self) -> Node:
        return self.one("main")

    @property
    def heading(self) -> str:
        return self.one("h1").text

    @property
    def title(self) -> str:
        return self.one("head").one("title").text

    @property
    def description(self) -> str:
        return self.one("meta", name="description")["content"]

    @property
    def is_noindex(self) -> bool:
        return any("noindex" in meta["content"] for meta in self.all("meta", name="robots"))

    def links(self, text: str = "") -> list[str]:
        """Where links lead whose words hold `text`."""
        return [link["href"] for link in self.all("a") if "href" in link.attributes and text in link.text]

    def link(self, text: str) -> str:
        """Where the one link with these words leads."""
        found = {link["href"] for link in self.all("a") if link.text == text}
        assert len(found) == 1, f"{len(found)} links {text!r}, not one"
        return found.pop()

    def section(self, heading_id: str) -> Node:
        """The section that this heading names."""
        found = [node for node in self.all("section") if node.get("aria-labelledby") == heading_id]
        assert len(found) == 1, f"{len(found)} sections {heading_id!r}"
        return found[0]

    def cards(self) -> list[Node]:
        return self.all("article", class_="solution-card")

    def card_names(self) -> list[str]:
        return [card.all("h2", "h3", "h4")[0].text for card in self.cards()]


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
    jumps = [(before, after) for before, after in zip(levels, levels[1:], strict=False) if after > before + 1]
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
    alternates = {link["hreflang"]: link["href"] for link in head.all("link", rel="alternate")}
    assert {"de", "en", "x-default"} == set(alternates)
    for address in (canonical, *alternates.values()):
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https"), f"not absolute: {address}"
        assert parts.netloc, f"not absolute: {address}"
    assert canonical == alternates[lang]
    assert urlsplit(canonical).path == urlsplit(page.address).path
    for code in ("de", "en"):
        assert urlsplit(alternates[code]).path.startswith(f"/{code}/")


def json_of(data: bytes) -> object:
    """The parsed answer of an address for machines."""
    parsed: object = json.loads(data)
    return parsed
