"""YAML 1.2 as a tree of nodes that know their line and column; aliases are shared, never unfolded.

publiccode.yml asks for YAML 1.2, in which `yes`, `no`, `on` and `off` are text. PyYAML resolves by
1.1, so only its events are used here and plain scalars are judged by our own table.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML without libyaml reads the same, slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Kind = Literal["text", "number", "flag", "null", "list", "map", "alias"]

DEEPEST = 50
MOST_EVENTS = 50_000
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_FLAGS = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
_NUMBER = re.compile(
    r"[-+]?(0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+|[0-9][0-9_]*|(?=\.?[0-9])[0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)?)"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_KINDS: dict[str, Kind] = {
    "tag:yaml.org,2002:str": "text", "tag:yaml.org,2002:int": "number", "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "flag", "tag:yaml.org,2002:null": "null", "tag:yaml.org,2002:binary": "text",
}  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Node:
    """A value of the file. `wrapped`: an anchor, tag or alias stands before it.

    `entries` are the pairs of a map, `items` the values of a list, `target` is what an alias means.
    """

    kind: Kind
    line: int
    column: int
    text: str = ""
    plain: bool = False
    block: bool = False  # a scalar written with | or >, a list or map without brackets
    wrapped: bool = False
    entries: list[tuple["Node", "Node"]] = field(default_factory=list)
    items: list["Node"] = field(default_factory=list)
    target: "Node | None" = None
    _index: "dict[str, tuple[Node, Node]]" = field(default_factory=dict, repr=False)

    def pair(self, name: str) -> "tuple[Node, Node] | None":
        """The first pair of a map whose key is written like this."""
        if len(self._index) == 0 and self.entries:
            for key, value in self.entries:
                self._index.setdefault(key.text, (key, value))
        return self._index.get(name)

    def meant(self) -> "Node":
        """The node itself, or the one that an alias stands for."""
        return self.target if self.target is not None else self


class NotYaml(ValueError):
    """The text is no YAML that we read; `code` says why, `said` what the YAML library says."""

    def __init__(self, code: str, line: int, said: str = "", key: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.said = said
        self.key = key


def parse_nodes(text: str, first_line: int = 1) -> Node | None:
    """The root of the only document, None where there is nothing. Raises `NotYaml`.

    `first_line` is the line of the file on which `text` begins.
    Codes: yaml-syntax, yaml-deep, yaml-long, yaml-many, yaml-duplicate, yaml-alias.
    """
    if surrogate := _SURROGATE.search(text):
        line = text.count("\n", 0, surrogate.start()) + first_line
        raise NotYaml("yaml-syntax", line, "lone surrogates are not allowed")
    try:
        return _Builder(first_line - 1).read(text)
    except yaml.YAMLError as error:
        raise _syntax(error, text, first_line) from None


def _syntax(error: yaml.YAMLError, text: str, first_line: int) -> NotYaml:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if re.search("quoted scalar|simple key", str(getattr(error, "context", ""))):
        # Where the quote begins that nothing ends, or the text stands that has no colon.
        mark = getattr(error, "context_mark", None) or mark
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
    # What is never closed is noticed at the end, which may lie below the last line.
    line = min(mark.line, text.rstrip().count("\n")) + first_line if mark else first_line
    return NotYaml("yaml-syntax", line, str(said))


class _Builder:
    """Builds the tree from the events of one document."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.anchors: dict[str, Node] = {}
        self.open: list[Node] = []
        self.keys: list[Node | None] = []  # for each open map: the key that waits for its value
        self.names: list[dict[str, int]] = []  # for each open map: its keys and their lines
        self.root: Node | None = None
        self.fault: NotYaml | None = None

    def read(self, text: str) -> Node | None:
        documents = 0
        for event in self._events(text):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            elif documents == 1:
                self._take(event)
        # Broken YAML further down is the graver fault, and what a reader must mend first.
        if self.fault:
            raise self.fault
        if documents > 1 and not (self.root and self.root.kind == "null" and not self.root.text):
            raise NotYaml("yaml-many", 0)
        return self.root

    def _events(self, text: str) -> Iterator[yaml.Event]:
        for number, event in enumerate(yaml.parse(text, Loader=Loader)):
            if number > MOST_EVENTS:
                raise NotYaml("yaml-long", self._place(event)[0])
            yield event

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            if self.open.pop().kind == "map":
                self.keys.pop()
                self.names.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._add(self._node(event))

    def _node(self, event: yaml.NodeEvent) -> Node:
        line, column = self._place(event)
        anchor = event.anchor or ""
        if isinstance(event, yaml.AliasEvent):
            target = self.anchors.get(anchor)
            if target is None:
                raise NotYaml("yaml-alias", line, anchor)
            return Node("alias", line, column, wrapped=True, target=target)
        if isinstance(event, yaml.ScalarEvent):
            node = _scalar(event, line, column)
        elif isinstance(event, yaml.MappingStartEvent):
            node = Node("map", line, column, block=not event.flow_style, wrapped=bool(event.tag))
        else:
            assert isinstance(event, yaml.SequenceStartEvent)
            node = Node("list", line, column, block=not event.flow_style, wrapped=bool(event.tag))
        if anchor:
            node.wrapped = True
            self.anchors[anchor] = node
        return node

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        return (mark.line + 1 + self.offset, mark.column + 1) if mark else (0, 0)

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
        elif self.open[-1].kind == "list":
            self.open[-1].items.append(node)
        else:
            self._add_to_map(node)
        if node.kind in ("map", "list"):
            if len(self.open) >= DEEPEST:
                raise NotYaml("yaml-deep", node.line)
            self.open.append(node)
            if node.kind == "map":
                self.keys.append(None)
                self.names.append({})

    def _add_to_map(self, node: Node) -> None:
        key = self.keys[-1]
        if key is not None:
            self.open[-1].entries.append((key, node))
            self.keys[-1] = None
            return
        self.keys[-1] = node
        if node.kind in ("map", "list", "alias"):
            return
        name, names = node.text, self.names[-1]
        if name in names and not self.fault:
            self.fault = NotYaml("yaml-duplicate", node.line, str(names[name]), name)
        names.setdefault(name, node.line)


def _scalar(event: yaml.ScalarEvent, line: int, column: int) -> Node:
    plain = event.style in (None, "")
    kind: Kind = "text"
    if event.tag:
        kind = _KINDS.get(event.tag, "text")
    elif plain:
        kind = plain_kind(event.value)
    block = event.style in ("|", ">")
    return Node(kind, line, column, event.value, plain=plain, block=block, wrapped=bool(event.tag))


def plain_kind(text: str) -> Kind:
    """What an unquoted scalar is in YAML 1.2 (core schema)."""
    if text in _NULLS:
        return "null"
    if text in _FLAGS:
        return "flag"
    return "number" if _NUMBER.fullmatch(text) else "text"
