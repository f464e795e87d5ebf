"""What can be read of broken YAML: sections that parse by themselves, and keys that parse within them."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from catalogue.standards.publiccode.nodes import Node, NotYaml, parse_nodes

_KEY = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z][\w-]*|'[^']+'|\"[^\"]+\") *:(?= |$)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
DEEPEST = 4
MOST_CHUNKS = 400
LONGEST = 200_000  # characters; what stands behind them is not read


def salvage(text: str) -> tuple[Node, tuple[str, ...]]:
    """A map of all that parses, and the paths of the keys whose text does not.

    Of equal keys the first counts. Tabs are blanks here, and control characters are left out.
    """
    lines = (
        _CONTROL.sub("", text[:LONGEST]).expandtabs(4).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    lines = ["" if line.startswith(("---", "...", "%")) else line for line in lines]
    lost: list[str] = []
    return _section(lines, 1, "", lost, 0), tuple(lost)


def _section(lines: Sequence[str], first: int, prefix: str, lost: list[str], depth: int) -> Node:
    """The map that these lines are, key by key."""
    section = Node("map", first, 1, block=True)
    for key, start, end in _chunks(lines):
        path = f"{prefix}.{key}" if prefix else key
        chunk = lines[start:end]
        try:
            node = parse_nodes("\n".join(chunk), first + start)
        except NotYaml:
            node = None
        if node is not None and node.kind == "map":
            section.entries.extend(node.entries)
            continue
        inner = _section(chunk[1:], first + start + 1, path, lost, depth + 1) if depth < DEEPEST else None
        if inner is None or not inner.entries:
            lost.append(path)
            continue
        section.entries.append((Node("text", first + start, 1, key, plain=True), inner))
    return section


def _chunks(lines: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Each key of the outermost level with its lines, from the first to behind the last."""
    keys = [(number, match) for number, line in enumerate(lines) if (match := _KEY.match(line))]
    if not keys:
        return
    outer = min(len(match["indent"]) for _, match in keys)
    starts = [(number, match) for number, match in keys if len(match["indent"]) == outer]
    ends = [*(number for number, _ in starts[1:]), len(lines)]
    for (number, match), following in islice(zip(starts, ends, strict=True), MOST_CHUNKS):
        yield match["key"].strip("'\""), number, following
