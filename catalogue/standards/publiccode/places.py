"""Where a key stands: line and column of a key path, and the key path of a line."""

import re

from catalogue.standards.publiccode.nodes import Node

Place = tuple[int, int]
NOWHERE: Place = (0, 0)
_PART = re.compile(r"(?P<name>.*)\[(?P<inner>[^\[\]]+)\]", re.DOTALL)


def place_of(root: Node, key: str) -> Place:
    """Line and column of a key such as `legal.license` or `usedBy[1]`; of what is next to it if it is absent.

    A missing key stands at the first key around it, a value of the wrong kind at the value itself.
    """
    node, parts = root, key.split(".")
    while True:
        if node.kind != "map" or node.wrapped:
            return node.line, node.column
        part, *rest = parts
        name, inner = _split(part)
        found = node.pair(name)
        if found is None:
            return _beside(node, last=not rest)
        key_node, value = found
        if inner.isdecimal() and inner.isascii():
            if value.kind != "list" or value.wrapped or int(inner) >= len(value.items):
                return key_node.line, key_node.column
            node = value.items[int(inner)]
            if not rest:
                return node.line, node.column
            parts = rest
        elif inner:
            node, parts = value, [inner, *rest]
        elif not rest:
            return key_node.line, key_node.column
        else:
            node, parts = value, rest


def _split(part: str) -> tuple[str, str]:
    match = _PART.fullmatch(part)
    return (match["name"], match["inner"]) if match else (part, "")


def _beside(node: Node, *, last: bool) -> Place:
    if not node.block:
        return node.line, node.column
    if last and node.entries:
        return node.entries[0][0].line, node.entries[0][0].column
    return NOWHERE


def keys_by_line(root: Node) -> dict[int, str]:
    """For each line the path of the first key, or item of a list, that begins on it."""
    found: dict[int, str] = {}
    _note(root, "", found)
    return found


def _note(node: Node, prefix: str, found: dict[int, str]) -> None:
    if node.wrapped:
        return
    for key, value in node.entries:
        here = f"{prefix}.{key.text}" if prefix else key.text
        found.setdefault(key.line, here)
        _note(value, here, found)
    for index, item in enumerate(node.items):
        here = f"{prefix}[{index}]"
        found.setdefault(item.line, here)
        _note(item, here, found)
