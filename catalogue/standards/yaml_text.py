"""YAML as people write it, read safely: every scalar stays text, every value keeps its line.

Why not the usual loader: it turns 05315000 into an octal number, `no` into False, 1.10 into 1.1,
lets the second of two equal keys win in silence, and shares aliases that explode when used.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML without libyaml reads the same, slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

DEEPEST = 12
_STANDARD_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in (
        *("str", "int", "float", "bool", "null", "timestamp", "merge", "value"),
        *("seq", "map", "omap", "set"),
    )
)
_SURROGATE = re.compile("[\ud800-\udfff]")  # no Unicode text, and libyaml cannot encode it
_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with the YAML itself. `line` counts from 1."""

    code: str
    line: int
    path: Path = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Values as text, lines by path, and all faults; `value` is None where nothing could be read."""

    value: Value
    lines: Mapping[Path, int]
    faults: tuple[Fault, ...]


def read_yaml(text: str, *, first_line: int = 1) -> Document:
    """Read one YAML document. Never raises on bad input: faults say what is wrong.

    `first_line` is the line of the file on which `text` begins. Fault codes: yaml-syntax, yaml-alias,
    yaml-deep, yaml-tag, yaml-duplicate, yaml-key, yaml-many.
    """
    fault = _before_building(text, first_line)
    if fault:
        return Document(None, {}, (fault,))
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        return Document(None, {}, (_syntax(error, text, first_line),))
    builder = _Builder(first_line)
    value = builder.build(node, ()) if node is not None else None
    return Document(value, builder.lines, tuple(builder.faults))


def _before_building(text: str, first_line: int) -> Fault | None:
    """Look at the events only: aliases, depth and many documents cost nothing this way."""
    if surrogate := _SURROGATE.search(text):
        line = text.count("\n", 0, surrogate.start()) + first_line
        return Fault("yaml-syntax", line, facts={"said": "lone surrogates are not allowed"})
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            line = (event.start_mark.line if event.start_mark else 0) + first_line
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return Fault("yaml-alias", line)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    return Fault("yaml-many", line)
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                if depth > DEEPEST:
                    return Fault("yaml-deep", line, facts={"deepest": str(DEEPEST)})
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
    except yaml.YAMLError as error:
        return _syntax(error, text, first_line)
    return None


def _syntax(error: yaml.YAMLError, text: str, first_line: int) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
    # What is never closed is noticed at the end, which may lie below the last line.
    line = first_line + (min(mark.line, text.rstrip().count("\n")) if mark else 0)
    return Fault("yaml-syntax", line, facts={"said": str(said)})


class _Builder:
    """Turns nodes into text values and notes lines and faults on the way."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []

    def build(self, node: yaml.Node, path: Path) -> Value:
        line = node.start_mark.line + self.first_line
        self.lines.setdefault(path, line)
        if node.tag not in _STANDARD_TAGS:
            self._refuse_tag(node, line, path)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
        if node.tag.endswith(":null") and node.value in _NULLS:
            return None
        return str(node.value)

    def _refuse_tag(self, node: yaml.Node, line: int, path: Path) -> None:
        self.faults.append(Fault("yaml-tag", line, path, {"tag": str(node.tag)[:80]}))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Value:
        values: dict[str, Value] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + self.first_line
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault("yaml-key", line, path))
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key_node.tag not in _STANDARD_TAGS:
                self._refuse_tag(key_node, line, here)
            if key in values:
                first = str(self.lines[here])
                self.faults.append(Fault("yaml-duplicate", line, here, {"key": key[:80], "first": first}))
                continue
            self.lines[here] = line
            values[key] = self.build(value_node, here)
        return values
