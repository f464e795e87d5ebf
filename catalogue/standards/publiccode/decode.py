"""Nodes -> values of the kinds that the table of keys asks for, with every mismatch as a problem.

Follows the reference parser: whatever is wrong within a top-level key makes that whole key count as
absent, and the rules then judge the file without it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalogue.standards.publiccode.keys import OLD_SPELLINGS, TOP, Key, paths_of
from catalogue.standards.publiccode.nodes import Node, NotYaml
from catalogue.standards.publiccode.places import keys_by_line
from catalogue.standards.publiccode.problem import Problem
from catalogue.standards.publiccode.url import NotAUrl, Url, parse_url

Value: TypeAlias = "str | bool | Url | Sequence[Value] | Mapping[str, Value] | None"
_KIND_NAMES = {
    "text": "text", "flag": "flag", "url": "text", "urls": "text-or-list", "texts": "list", "map": "map",
    "maps": "list", "languages": "map",
}  # fmt: skip
MOST_VALUES = 50_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The values by top-level key, the problems found on the way, and the keys that were lost by one."""

    values: Mapping[str, Value]
    problems: tuple[Problem, ...]
    lost: frozenset[str]


def decode(root: Node) -> Decoded:
    """All top-level keys of the table that the file has and that are of the right kinds.

    Raises `NotYaml` (yaml-long) where aliases stand for too many values.
    """
    decoder = _Decoder(root)
    values: dict[str, Value] = {}
    lost = set()
    for name, (key_node, node) in decoder.pairs(root).items():
        key = TOP.child(name)
        if key is None:
            decoder.unknown(key_node, TOP, "")
            continue
        before = len(decoder.problems)
        value = decoder.value(node, key, name)
        if len(decoder.problems) > before:
            lost.add(name)
        else:
            values[name] = value
    return Decoded(values, tuple(decoder.problems), frozenset(lost))


class _Decoder:
    def __init__(self, root: Node) -> None:
        self.keys = keys_by_line(root)
        self.problems: list[Problem] = []
        self.left = MOST_VALUES

    def value(self, node: Node, key: Key, path: str) -> Value:
        self._count(node)
        meant = node.meant()
        if meant.kind == "null":
            return None
        if key.kind in ("texts", "maps") or (key.kind == "urls" and meant.kind == "list"):
            return self._list(node, key, path)
        if key.kind in ("text", "url", "urls"):
            text = self._text(node, key, path)
            if key.kind == "text":
                return text
            url = self._url(text, node, path)
            return [url] if key.kind == "urls" else url
        if key.kind == "flag":
            if meant.kind != "flag":
                self._wrong(node, key.kind, path)
            return meant.text.lower() == "true"
        return self._languages(node, key, path) if key.kind == "languages" else self._map(node, key, path)

    def _text(self, node: Node, key: Key, path: str) -> str:
        meant = node.meant()
        if meant.kind in ("list", "map"):
            self._wrong(node, key.kind, path)
            return ""
        return meant.text

    def _url(self, text: str, node: Node, path: str) -> Url | None:
        try:
            return parse_url(text)
        except NotAUrl:
            self._add("url-unreadable", path, node, value=text[:200])
            return None

    def _list(self, node: Node, key: Key, path: str) -> list[Value]:
        meant = node.meant()
        if meant.kind != "list":
            self._wrong(node, key.kind, path)
            return []
        values: list[Value] = []
        for index, item in enumerate(meant.items):
            here = f"{path}[{index}]"
            self._count(item)
            if key.kind == "maps":
                # An empty item counts as a map without keys, whose absence is then noticed.
                values.append({} if item.meant().kind == "null" else self._map(item, key, here))
            elif item.meant().kind == "null":
                values.append("" if key.kind == "texts" else None)
            else:
                text = self._text(item, key, here)
                values.append(text if key.kind == "texts" else self._url(text, item, here))
        return values

    def _map(self, node: Node, key: Key, path: str) -> dict[str, Value]:
        if node.meant().kind != "map":
            self._wrong(node, "map", path)
            return {}
        values: dict[str, Value] = {}
        for name, (key_node, value) in self.pairs(node).items():
            child = key.child(name)
            if child is None:
                self.unknown(key_node, key, path)
            else:
                values[name] = self.value(value, child, f"{path}.{name}")
        return values

    def _languages(self, node: Node, key: Key, path: str) -> dict[str, Value]:
        if node.meant().kind != "map":
            self._wrong(node, key.kind, path)
            return {}
        return {
            name: {} if value.meant().kind == "null" else self._map(value, key, f"{path}.{name}")
            for name, (_, value) in self.pairs(node, any_key=True).items()
        }

    def pairs(self, node: Node, *, any_key: bool = False) -> dict[str, tuple[Node, Node]]:
        """The pairs of a map, those merged in by `<<` included.

        As in the reference parser a key that is no text (`1:`, `true:`) makes the map count as empty.
        """
        found: dict[str, tuple[Node, Node]] = {}
        for key, value in self._merged(node, 0):
            if key.meant().kind not in ("text",) and not any_key:
                self._add("key-kind", "", key, value=key.text[:80])
                return {}
            name = key.meant().text
            if name in found:
                self._add("key-twice", "", key, value=name[:80])
            found.setdefault(name, (key, value))
        return found

    def _merged(self, node: Node, depth: int) -> Iterator[tuple[Node, Node]]:
        for key, value in node.meant().entries:
            self._count(key)
            if not (key.plain and key.text == "<<"):
                yield key, value
            elif depth < 3:
                meant = value.meant()
                for one in meant.items if meant.kind == "list" else [value]:
                    yield from self._merged(one, depth + 1)

    def _count(self, node: Node) -> None:
        """Aliases of aliases stand for more values than anybody can read."""
        self.left -= 1
        if self.left < 0:
            raise NotYaml("yaml-long", node.line)

    def _wrong(self, node: Node, kind: str, path: str) -> None:
        given = node.meant().kind
        self._add(f"kind-{_KIND_NAMES[kind]}", path, node, given=given, value=node.meant().text[:80])

    def unknown(self, key_node: Node, parent: Key, path: str) -> None:
        """A key that the standard does not know at this place, with what may be meant."""
        name = key_node.meant().text
        whole = f"{path}.{name}" if path else name
        shown = self.keys.get(key_node.line) or whole
        code, facts = _explain(name, parent)
        self.problems.append(
            Problem(key=shown, code=code, line=key_node.line, column=1, facts={"value": name[:80], **facts})
        )

    def _add(self, code: str, path: str, node: Node, **facts: str) -> None:
        key = self.keys.get(node.line)
        self.problems.append(Problem(key=key or path, code=code, line=node.line, column=1, facts=facts))


def _explain(name: str, parent: Key) -> tuple[str, dict[str, str]]:
    """Why a key is unknown: an old spelling, a key of another place, or nothing that we know."""
    if name in OLD_SPELLINGS:
        new = OLD_SPELLINGS[name]
        return ("key-old", {"near": new}) if new else ("key-gone", {})
    plain = name.lower().replace("-", "").replace("_", "")
    for key in parent.keys:
        if key.name.lower() == plain:
            return "key-old", {"near": key.name}
    if places := paths_of(name):
        return "key-place", {"near": places[0]}
    if len(name) == 2 and name.isalpha() and not parent.name:
        return "key-country", {}
    return "key-unknown", {}
