"""How a repository describes itself: CITATION.cff, codemeta.json, and the README with its front matter."""

import re
from collections.abc import Iterator, Mapping

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from catalogue.domain.snapshot import Fact, Gap, Plain, Question, Reason, Voice, Where
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.yaml_text import read_yaml
from harvest.readers.reading import (
    by_depth,
    json_of,
    lines_of,
    mapping,
    not_read,
    not_there,
    one_line,
    text_of,
    without_html,
    words,
    yaml_of,
)
from harvest.sighting import Sighting, Tree

LONGEST_NAME = 120
LONGEST_SUMMARY = 400
_README = re.compile(r"((\.github|\.gitlab|docs?)/)?readme(\.(md|markdown|rst|txt|adoc|org))?")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](\([^()]{0,500}\)|\[[^\[\]]{0,100}\])?")
_PICTURE = re.compile(r"!\[[^\[\]]{0,300}\](\([^()]{0,500}\)|\[[^\[\]]{0,100}\])?|:[a-z0-9_+-]{2,40}:")
_MARKS = re.compile(r"[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}")
_TITLE = re.compile(r"(?:#|=)[ \t]+(\S.{0,1500})")
_HEADING = re.compile(r"(?:#{1,6}|={1,6})[ \t]+(\S.{0,200})")
_ABOUT = re.compile(
    r"\b(about|über|what|was ist|overview|übersicht|beschreibung|description|introduction|einleitung"
    r"|einführung|projekt|project|purpose|zweck|summary|abstract|intro|background|hintergrund)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(r"(willkommen (zu|bei|beim|zum)|welcome to( the)?|about) ", re.IGNORECASE)
_NOTICE = re.compile(r"(todo|note|hinweis|warning|achtung|attention|important|wichtig)\b", re.IGNORECASE)
_NO_PARAGRAPH = re.compile(r"[#|>=+!:\[<]|[-*]\s|[0-9]{1,3}[.)]\s|(-{3,}|={3,}|\*{3,})\s*$|\.\. |\|")
_NO_TITLE = re.compile(
    r"(readme|table of contents|inhalt(sverzeichnis)?|about|über|installation|getting started|introduction"
    r"|einleitung|overview|übersicht|welcome|willkommen|documentation|dokumentation|contents|description|usage"
    r"|setup|configuration|development|start project|instructions?|quick ?start|requirements|todo|notes?"
    r"|.{0,10}under construction.*)[.!:]?",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"getting started with create react app|this project was bootstrapped with|react \+ (typescript \+ )?vite"
    r"|nuxt (3 )?minimal starter|this template should help|this (is a )?\[?next\.js"
    r"|this project was generated with|project title|rails readme|this readme would normally",
    re.IGNORECASE,
)
_STATUS = ("concept", "development", "beta", "stable", "obsolete")  # developmentStatus of publiccode.yml


class _BoundedHandler(YAMLHandler):
    """Front matter without anchors, deep nesting and values that turn into something else."""

    def load(self, fm: str, **kwargs: object) -> dict[str, object]:
        return dict(mapping(read_yaml(fm[:20_000]).value))


def read_described(sighting: Sighting) -> Iterator[Fact | Gap]:
    """Name, summary, version and addresses, each by the file that says so."""
    tree = sighting.tree
    yield from _citation(tree)
    yield from _codemeta(tree)
    path = next((p for p in sorted(tree.paths, key=by_depth) if _README.fullmatch(p.lower())), None)
    if path is None:
        yield not_there(tree, Question.SUMMARY, "no README", Voice.README)
    elif path not in tree.files:
        yield not_read(tree, path, Question.SUMMARY, Voice.README)
    else:
        yield from _readme(path, tree.files[path])


def _fact(question: Question, value: Plain, voice: Voice, where: Where, confidence: float = 1.0) -> Fact:
    return Fact(question=question, value=value, voice=voice, where=where, confidence=confidence)


def _address(value: object) -> str:
    """The value where it is an address that we would link to, else the empty text."""
    if not isinstance(value, str):
        return ""
    try:
        return parse_address(value.strip()).text
    except BadAddress:
        return ""


def _stated(
    document: Mapping[str, object], keys: Mapping[str, tuple[Question, int]], voice: Voice, path: str
) -> Iterator[Fact]:
    """A fact for each key of the table that has text; addresses are checked."""
    for key, (question, longest) in keys.items():
        is_address = question in (Question.HOMEPAGE, Question.DOCUMENTATION)
        value = _address(document.get(key)) if is_address else words(document.get(key), longest)
        if value:
            yield _fact(question, value, voice, Where(path=path, key=key))


_CITATION_KEYS = {
    "title": (Question.NAME, LONGEST_NAME),
    "abstract": (Question.SUMMARY, LONGEST_SUMMARY),
    "version": (Question.VERSION, 40),
    "url": (Question.HOMEPAGE, 0),
}
_CODEMETA_KEYS = {
    "name": (Question.NAME, LONGEST_NAME),
    "description": (Question.SUMMARY, LONGEST_SUMMARY),
    "softwareVersion": (Question.VERSION, 40),
    "version": (Question.VERSION, 40),
    "url": (Question.HOMEPAGE, 0),
    "softwareHelp": (Question.DOCUMENTATION, 0),
    "buildInstructions": (Question.OPERATION, 300),
}


def _citation(tree: Tree) -> Iterator[Fact | Gap]:
    path = next((path for path in tree.paths if path.lower() == "citation.cff"), None)
    if path is None:
        yield not_there(tree, Question.CITATION, "no CITATION.cff", Voice.CITATION)
        return
    if path not in tree.files:
        yield not_read(tree, path, Question.CITATION, Voice.CITATION)
        return
    document = mapping(yaml_of(tree.files[path]))
    if not document.get("cff-version") or not words(document.get("title")):
        where = Where(path=path)
        yield Gap(question=Question.CITATION, reason=Reason.UNREADABLE, voice=Voice.CITATION, where=where)
        return
    yield _fact(Question.CITATION, path, Voice.CITATION, Where(path=path))
    yield from _stated(document, _CITATION_KEYS, Voice.CITATION, path)


def _codemeta(tree: Tree) -> Iterator[Fact]:
    """CodeMeta 2 and 3: `version` beside `softwareVersion`, `codemeta:`-prefixed keys as well."""
    path = next((path for path in tree.files if path.lower() == "codemeta.json"), None)
    if path is None:
        return
    document = {
        str(key).removeprefix("codemeta:").removeprefix("schema:"): value
        for key, value in mapping(json_of(tree.files[path])).items()
    }
    if "codemeta" not in str(document.get("@context"))[:2000].lower():
        return
    if "softwareVersion" in document:
        document.pop("version", None)
    yield from _stated(document, _CODEMETA_KEYS, Voice.CODEMETA, path)
    status = words(document.get("developmentStatus"), 60).lower()
    if status in _STATUS:
        where = Where(path=path, key="developmentStatus")
        yield _fact(Question.MATURITY, status, Voice.CODEMETA, where)


_FRONT_MATTER_KEYS = {
    "title": (Question.NAME, LONGEST_NAME),
    "name": (Question.NAME, LONGEST_NAME),
    "description": (Question.SUMMARY, LONGEST_SUMMARY),
    "summary": (Question.SUMMARY, LONGEST_SUMMARY),
    "version": (Question.VERSION, 40),
    "homepage": (Question.HOMEPAGE, 0),
}


def _readme(path: str, data: bytes) -> Iterator[Fact]:
    """Front matter first, then title and first paragraph; a template's text says nothing."""
    text = text_of(data).lstrip()
    stated: Mapping[str, object] = {}
    if text.startswith("---\n") and "\n---" in text[4:20_000]:
        stated, body = frontmatter.parse(text, handler=_BoundedHandler())
        text = body if stated else text
    facts = list(_stated(stated, _FRONT_MATTER_KEYS, Voice.README, path))
    yield from facts
    answered = {fact.question for fact in facts}
    if _TEMPLATE.search(text[:1500]):
        return
    title, summary = _opening(text)
    if title and Question.NAME not in answered:
        yield _fact(Question.NAME, title, Voice.README, Where(path=path), 0.5)
    if summary and Question.SUMMARY not in answered:
        yield _fact(Question.SUMMARY, summary, Voice.README, Where(path=path), 0.5)


def _opening(text: str) -> tuple[str, str]:
    """The title, and the first paragraph of words below it, without badges, pictures and HTML."""
    lines = [line for _, line in lines_of(without_html(_without_code(text[:20_000])))][:150]
    for i, line in enumerate(lines):
        below = lines[i + 1].strip() if i + 1 < len(lines) else ""
        match = _TITLE.match(line)
        is_underlined = bool(line.strip()) and re.fullmatch(r"={3,200}", below)
        title = _plain(match[1] if match else line, LONGEST_NAME) if match or is_underlined else ""
        title = _GREETING.sub("", title, count=1).rstrip(" :")
        if title and not _NO_TITLE.fullmatch(title):
            return title, _paragraph(lines[i + 1 :])
    return "", _paragraph(lines)


def _without_code(text: str) -> str:
    """The text without fenced code: a comment in it is no heading."""
    kept: list[str] = []
    is_code = False
    for line in text.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        elif not is_code:
            kept.append(line)
    return "\n".join(kept)


def _paragraph(lines: list[str]) -> str:
    """The first paragraph that is long enough to say something, before any section on something else."""
    gathered: list[str] = []
    for line in lines:
        heading = _HEADING.match(line)
        plain = _plain(line, LONGEST_SUMMARY)
        ends = heading or not plain or _NO_PARAGRAPH.match(_PICTURE.sub("", line).strip() or "|")
        if not ends:
            gathered.append(plain)
            continue
        if len(summary := _sentences(gathered)) >= 30:
            return summary
        gathered = []
        if heading and not _ABOUT.search(heading[1]):
            return ""
    return _sentences(gathered)


def _sentences(lines: list[str]) -> str:
    """The lines as one text without a last sentence that only leads over to a list; no notices."""
    text = one_line(" ".join(lines), LONGEST_SUMMARY)
    if text.endswith(":"):
        text = text[: text.rfind(". ") + 1]
    return "" if len(text) < 20 or " " not in text or _NOTICE.match(text) else text


def _plain(line: str, longest: int) -> str:
    """A line of Markdown as plain words."""
    bare = _LINK.sub(lambda match: match[1], _PICTURE.sub("", line))
    return one_line(_MARKS.sub("", bare), longest).strip(" #=")
