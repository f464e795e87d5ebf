"""Reads a page of the catalogue as strictly as no browser would, and answers questions about it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


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


def json_of(data: bytes) -> object:
    """The parsed answer of an address for machines."""
    parsed: object = json.loads(data)
    return parsed
