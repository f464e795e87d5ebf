"""Bytes of strangers -> text and plain data: bounded, without control characters, never raising."""

import json
import re
from collections.abc import Iterator, Mapping

from catalogue.domain.snapshot import Gap, Question, Reason, Voice, Where
from catalogue.standards.toml_text import BadToml, parse_toml
from catalogue.standards.yaml_text import read_yaml
from harvest.sighting import Tree

LONGEST_TEXT = 200_000  # bytes read of a file of prose
LARGEST_DATA = 500_000  # bytes of JSON, TOML or YAML: cut off it would be none any more
LONGEST_LINE = 2_000
MOST_LINES = 5_000
# Control characters, text that runs backwards, invisible characters, lone surrogates.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_FOREIGN = frozenset({
    *("node_modules", "bower_components", "vendor", "vendors", "third_party", "third-party", "thirdparty"),
    *("3rdparty", "3rd-party", "external", "externals", "dist", "build", "target", "out", ".yarn", ".venv"),
    *("venv", "site-packages", "pods", "carthage", ".git", "jspm_packages", "__pycache__", ".gradle"),
})  # fmt: skip


def text_of(data: bytes) -> str:
    """The first 200,000 bytes as text with `\\n`; what is no text becomes U+FFFD or disappears."""
    data = data[:LONGEST_TEXT]
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = data.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub("", text)


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their number from 1: at most 5,000 lines of at most 2,000 characters."""
    for number, line in enumerate(text.split("\n", MOST_LINES)[:MOST_LINES], start=1):
        yield number, line[:LONGEST_LINE]


def without_html(text: str) -> str:
    """The text without comments and tags of HTML; entities stay as they are."""
    return _TAG.sub(" ", _COMMENT.sub(" ", text))


def one_line(text: str, longest: int) -> str:
    """The text with single spaces, cut at a word where it is longer than `longest`."""
    plain = " ".join(_HIDDEN.sub("", text[: longest * 4]).split())
    if len(plain) <= longest:
        return plain
    head = plain[: longest - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[longest // 2 :] else head).rstrip(" ,;:-") + "…"


def json_of(data: bytes) -> object:
    """What JSON says, None where it is none, too large or too deep."""
    if len(data) > LARGEST_DATA:
        return None
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def toml_of(data: bytes) -> Mapping[str, object]:
    """What TOML says, empty where it is none, too large or too deep."""
    if len(data) > LARGEST_DATA:
        return {}
    try:
        return parse_toml(data.decode("utf-8", "replace"))
    except BadToml:
        return {}


def yaml_of(data: bytes) -> object:
    """What YAML says, every scalar as text; None where it is none, too large, too deep or has anchors."""
    if len(data) > LARGEST_DATA:
        return None
    return read_yaml(_HIDDEN.sub("", data.decode("utf-8", "replace"))).value


def mapping(value: object) -> Mapping[str, object]:
    """The value where it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def words(value: object, longest: int = 300) -> str:
    """The value on one line where it is text, else the empty text."""
    return one_line(value, longest) if isinstance(value, str) else ""


def name_of(path: str) -> str:
    """The last part of a path in small letters."""
    return path.rsplit("/", 1)[-1].lower()


def is_foreign(path: str) -> bool:
    """Whether a file lies in a folder of other people's or generated code."""
    return any(part in _FOREIGN for part in path.lower().split("/")[:-1])


def by_depth(path: str) -> tuple[int, str]:
    """Sorts what lies higher in the tree first."""
    return path.count("/"), path


def not_there(tree: Tree, question: Question, detail: str, voice: Voice = Voice.TREE) -> Gap:
    """The gap for what no name of a file shows: absent only where all names were seen."""
    if tree.is_whole:
        return Gap(question=question, reason=Reason.ABSENT, voice=voice, detail=detail)
    reason = Reason.TOO_LARGE if tree.paths else Reason.UNREACHABLE
    return Gap(question=question, reason=reason, voice=voice, detail="not all files were seen")


def not_read(tree: Tree, path: str, question: Question, voice: Voice) -> Gap:
    """The gap for a file that is there, but whose content was not read."""
    reason = Reason.TOO_LARGE if path in tree.too_large else Reason.UNREACHABLE
    return Gap(question=question, reason=reason, voice=voice, where=Where(path=path))
