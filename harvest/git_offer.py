"""What a Git server offers: branches, tags and abilities, read from its answers (gitprotocol-v2, -http)."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from catalogue.domain.snapshot import Reason
from harvest.asking import Trouble

_HEADS, _TAGS = "refs/heads/", "refs/tags/"
_USUAL_BRANCHES = ("main", "master", "trunk", "develop")
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_LONGEST_NAME = 500
ADVERTISEMENT = "application/x-git-upload-pack-advertisement"


class NoGit(Trouble):
    """The answer is none of a Git server."""

    def __init__(self, detail: str) -> None:
        super().__init__(Reason.UNREADABLE, detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Branches and tags with what they point to; `peeled` is what a tag object points to in the end.

    `head` is the commit, `head_name` the branch that the server names as default, if it does.
    """

    heads: Mapping[str, str]
    tags: Mapping[str, str]
    peeled: Mapping[str, str] = field(default_factory=dict)
    head: str | None = None
    head_name: str | None = None
    filters: bool = False  # whether the server can leave out trees and files
    gives_any: bool = True  # whether it gives any object, or only those that it names

    @property
    def fingerprint(self) -> str:
        """The same for the same branches, tags and default branch, by whatever way they were learned."""
        lines = sorted(
            [f"{_HEADS}{name} {commit}" for name, commit in self.heads.items()]
            + [f"{_TAGS}{name} {commit}" for name, commit in self.tags.items()]
        )
        start = f"{self.head_name or ''} {self.head or ''}"
        return hashlib.sha256("\n".join([start, *lines]).encode()).hexdigest()

    @property
    def is_empty(self) -> bool:
        return not (self.heads or self.tags or self.head)

    def default(self) -> tuple[str | None, str | None]:
        """The branch to look at and its commit.

        What the server names; else a usual name, else the first branch, else no branch and the last tag.
        """
        if self.head_name is not None and self.head_name in self.heads:
            return self.head_name, self.heads[self.head_name]
        if self.head:
            return None, self.head
        for name in (*_USUAL_BRANCHES, *sorted(self.heads)):
            if name in self.heads:
                return name, self.heads[name]
        if self.tags:
            last = max(self.tags, key=natural)
            return None, self.peeled.get(last, self.tags[last])
        return None, None


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """An order in which v10 comes after v9."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((1, int(part[:18])) if part[0] in "0123456789" else (0, part) for part in parts)


def packets(data: bytes) -> Iterator[bytes | None]:
    """The lines of a pkt-line stream; None for the packets without content that divide it."""
    at = 0
    while at < len(data):
        try:
            length = int(data[at : at + 4], 16)
        except ValueError:
            raise NoGit("the answer is none of a Git server") from None
        if length < 4:
            yield None
            at += 4
            continue
        if at + length > len(data):
            raise NoGit("the answer of the Git server ends in the middle")
        yield data[at + 4 : at + length]
        at += length


def abilities(data: bytes) -> dict[str, str] | None:
    """What a server of protocol 2 can do; None for one that speaks an older protocol."""
    lines = [line.rstrip(b"\n") for line in packets(data) if line is not None]
    if lines and lines[0].startswith(b"# service="):
        lines = lines[1:]
    if not lines or lines[0] != b"version 2":
        return None
    named = (line.decode("utf-8", "replace").partition("=") for line in lines[1:])
    return {name: value for name, _, value in named}


def question(can: Mapping[str, str]) -> bytes:
    """The request for branches and tags in protocol 2."""
    words = ["command=ls-refs", "agent=reuse-catalogue"]
    if can.get("object-format"):
        words.append(f"object-format={can['object-format'][:20]}")
    wanted = ["peel", "symrefs", "ref-prefix HEAD", f"ref-prefix {_HEADS}", f"ref-prefix {_TAGS}"]
    wanted += ["unborn"] if "unborn" in can.get("ls-refs", "") else []
    return b"".join(map(_packet, words)) + b"0001" + b"".join(map(_packet, wanted)) + b"0000"


def _packet(text: str) -> bytes:
    return b"%04x%s\n" % (len(text) + 5, text.encode())


def names_in_answer(data: bytes, can: Mapping[str, str], most: int) -> Names:
    """Branches and tags from an answer of protocol 2."""
    found = _Gathered(most)
    for line in packets(data):
        if line is None:
            continue
        value, name, *more = [*line.decode("utf-8", "replace").rstrip("\n").split(" ")[:6], ""]
        said = dict(part.split(":", 1) for part in more if ":" in part)
        if name == "HEAD" and said.get("symref-target", "").startswith(_HEADS):
            found.head_name = said["symref-target"].removeprefix(_HEADS)
        found.add(name, value, said.get("peeled"))
    return found.names(filters="filter" in can.get("fetch", "").split(), gives_any=True)


def names_in_advertisement(data: bytes, most: int) -> Names:
    """Branches and tags from the first answer of a server of protocol 0 or 1."""
    found, can = _Gathered(most), ""
    for line in packets(data):
        if line is None or line.startswith((b"# service=", b"version 1", b"shallow ")):
            continue
        first, _, said = line.partition(b"\0")
        can = can or said.decode("utf-8", "replace").strip()
        value, _, name = first.decode("utf-8", "replace").rstrip("\n").partition(" ")
        if name.endswith("^{}"):
            found.peel(name.removesuffix("^{}"), value)
        else:
            found.add(name, value, None)
    for word in can.split():
        if word.startswith(f"symref=HEAD:{_HEADS}"):
            found.head_name = word.removeprefix(f"symref=HEAD:{_HEADS}")
    return found.names(filters="filter" in can.split(), gives_any=False)


class _Gathered:
    """Names as they come, of which those are kept that can be names."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heads: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._peeled: dict[str, str] = {}
        self._head: str | None = None
        self.head_name: str | None = None

    def add(self, name: str, value: str, peeled: str | None) -> None:
        if not _ID.fullmatch(value) or len(name) > _LONGEST_NAME:
            return
        if name == "HEAD":
            self._head = value
        elif name.startswith(_HEADS):
            self._heads[name.removeprefix(_HEADS)] = value
        elif name.startswith(_TAGS):
            self._tags[name.removeprefix(_TAGS)] = value
            self.peel(name, peeled or value)
        if len(self._heads) + len(self._tags) > self._most:
            raise Trouble(Reason.TOO_LARGE, f"more than {self._most} branches and tags")

    def peel(self, name: str, value: str) -> None:
        if name.startswith(_TAGS) and _ID.fullmatch(value):
            self._peeled[name.removeprefix(_TAGS)] = value

    def names(self, *, filters: bool, gives_any: bool) -> Names:
        return Names(
            heads=self._heads,
            tags=self._tags,
            peeled=self._peeled,
            head=self._head,
            head_name=self.head_name,
            filters=filters,
            gives_any=gives_any,
        )
