"""Checks a publiccode.yml against version 0.7 of the standard, as strictly as its reference parser does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catalogue.standards.publiccode import beside, rules
from catalogue.standards.publiccode.beside import Look
from catalogue.standards.publiccode.decode import Decoded, Value, decode
from catalogue.standards.publiccode.graphemes import count_graphemes
from catalogue.standards.publiccode.keys import TOP, Key
from catalogue.standards.publiccode.languages import is_language_tag
from catalogue.standards.publiccode.nodes import Node, NotYaml, parse_nodes
from catalogue.standards.publiccode.oembed import is_embeddable
from catalogue.standards.publiccode.places import place_of
from catalogue.standards.publiccode.problem import Problem, Severity
from catalogue.standards.publiccode.url import Url
from catalogue.standards.publiccode.vocabularies import NEWEST, VERSIONS

LARGEST = 2_000_000  # bytes; nobody reads more
_VERSION = "publiccodeYmlVersion"


def check_bytes(data: bytes, look: Look | None = None) -> list[Problem]:
    """Every problem of a file, in the order of its lines. Never raises on bad input.

    `look` answers for files beside this one; without it they are not judged. Web addresses never are.
    """
    if len(data) > LARGEST:
        return [Problem(key="", code="file-large", facts={"largest": f"{LARGEST // 1_000_000} MB"})]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # The standard's parser gives no place for this; the sentence does.
        return [Problem(key="", code="utf-8", facts={"line": str(data.count(b"\n", 0, error.start) + 1)})]
    return check_text(text, look)


def check_text(text: str, look: Look | None = None) -> list[Problem]:
    """As `check_bytes`, of a text."""
    if text.startswith("\ufeff"):
        return [Problem(key=_VERSION, code="bom")]
    try:
        found = list(_check(parse_nodes(text), look))
    except NotYaml as fault:
        facts = {"said": fault.said, "value": fault.key[:80]}
        return [Problem(key="", code=fault.code, line=fault.line, column=min(fault.line, 1), facts=facts)]
    return sorted(found, key=lambda problem: (problem.line, problem.column))


def is_valid(problems: Sequence[Problem]) -> bool:
    """Whether none of the problems is an error."""
    return all(problem.severity is not Severity.ERROR for problem in problems)


def _check(root: Node | None, look: Look | None) -> Iterator[Problem]:
    pair = root.pair(_VERSION) if root else None
    if root is None or pair is None or root.wrapped:
        yield Problem(key=_VERSION, code="required", facts={"name": _VERSION})
        return
    version = pair[1]
    if version.kind != "text" or version.wrapped or version.block:
        code = "required-empty" if version.kind == "null" else "version-kind"
        yield _placed(root, Problem(key=_VERSION, code=code, facts={"value": version.text[:80]}))
        return
    if version.text not in VERSIONS:
        yield Problem(key=_VERSION, code="version", facts={"value": version.text[:80]})
        return
    if version.text not in NEWEST:
        yield _placed(root, _warning(_VERSION, "version-old", value=version.text))
    found = list(_judge(decode(root), look))
    yield from (one if one.column else _placed(root, one) for one in found)


def judge(root: Node) -> list[Problem]:
    """The problems of all keys, without their places, whatever the file's version is."""
    if root.kind != "map":
        return []
    try:
        return list(_judge(decode(root), None))
    except NotYaml as fault:
        return [Problem(key="", code=fault.code, line=fault.line, column=1)]


def _judge(decoded: Decoded, look: Look | None) -> Iterator[Problem]:
    yield from decoded.problems
    checker = _Checker(decoded, look)
    for key in TOP.keys:
        if key.name in decoded.values or key.required:
            yield from checker.key(decoded.values.get(key.name), key, key.name, key.name)
    if {"IT", "it"} <= decoded.values.keys() and None not in (decoded.values["IT"], decoded.values["it"]):
        yield Problem(key="it", code="italy-twice")


def _placed(root: Node, problem: Problem) -> Problem:
    line, column = place_of(root, problem.key)
    return replace(problem, line=line, column=column)


def _warning(key: str, code: str, **facts: str) -> Problem:
    return Problem(key=key, code=code, severity=Severity.WARNING, facts=facts)


class _Checker:
    """Judges values by the table of keys. `path` is the key as errors write it, `plain` as warnings do."""

    def __init__(self, decoded: Decoded, look: Look | None) -> None:
        self.decoded = decoded
        self.look = look

    def key(self, value: Value, key: Key, path: str, plain: str) -> Iterator[Problem]:
        if value is not None and key.old and not (value == "" and key.optional_text):
            yield from _old(value, key, plain)
        if key.kind == "map" and (key.required or value is not None):
            yield from self._map(value if isinstance(value, Mapping) else {}, key, path, plain)
        elif key.required and _is_missing(value):
            yield self._missing(key, path)
        elif isinstance(value, str):
            if value or not key.optional_text:
                yield from self._text(value, key, path)
        elif isinstance(value, Url):
            yield from _url(value, key, path)
        elif key.kind == "languages" and isinstance(value, Mapping):
            yield from self._languages(value, key)
        elif isinstance(value, Sequence):
            yield from self._list(value, key, path)

    def _map(self, values: Mapping[str, Value], key: Key, path: str, plain: str) -> Iterator[Problem]:
        if key.name == "maintenance":
            yield from _maintenance(values)
            if values.get("type") != "contract":
                values = {name: value for name, value in values.items() if name != "contractors"}
        for child in key.keys:
            # Warnings about Italy's keys name the section in capitals, whatever the file does.
            base = "IT" if plain == "it" else plain
            yield from self.key(values.get(child.name), child, f"{path}.{child.name}", f"{base}.{child.name}")

    def _languages(self, value: Mapping[str, Value], key: Key) -> Iterator[Problem]:
        wrong = [name for name in value if not is_language_tag(name)]
        for name in value:
            if name in wrong:
                yield Problem(key="description", code="language", facts={"value": name[:80]})
                break
        for name, description in value.items():
            path = f"description.{name}" if name.isascii() and name.isalpha() else f"description[{name}]"
            values = description if isinstance(description, Mapping) else {}
            for child in key.keys:
                one = values.get(child.name)
                problems = self.key(one, child, f"{path}.{child.name}", f"description.{name}.{child.name}")
                # As long as the language is wrong the texts are not judged; pictures and old keys are.
                yield from (p for p in problems if not wrong or p.code in _BEYOND_THE_RULES)

    def _list(self, values: Sequence[Value], key: Key, path: str) -> Iterator[Problem]:
        for index, value in enumerate(values):
            here = f"{path}[{index}]"
            if isinstance(value, Mapping):
                for child in key.keys:
                    name = f"{here}.{child.name}"
                    yield from self.key(value.get(child.name), child, name, name)
            elif isinstance(value, str):
                yield from self._text(value, key, here)
            elif isinstance(value, Url):
                yield from _url(value, key, here)
            else:
                yield Problem(key=here, code="url", facts={"value": ""})

    def _missing(self, key: Key, path: str) -> Problem:
        top = path.partition(".")[0].partition("[")[0]
        if top in self.decoded.lost:
            code = "unread" if top != path else "unread-itself"
            return Problem(key=path, code=code, facts={"name": key.name, "top": top})
        code = "required" if key.kind not in ("texts", "languages") else "required-item"
        return Problem(key=path, code=code, facts={"name": key.name})

    def _text(self, text: str, key: Key, path: str) -> Iterator[Problem]:
        facts = {"name": key.name, "value": text[:80]}
        if key.rule in ("logo", "screenshot", "authors-file"):
            # The reference parser writes these keys with dots whatever the language.
            plain = path.replace("[", ".", 1).replace("]", "", 1) if path.startswith("description[") else path
            if code := self._file(text, key.rule):
                yield Problem(key=plain, code=code, facts=facts)
            return
        if key.rule in rules.TEXT_RULES:
            predicate, code, more = rules.TEXT_RULES[key.rule]
            if not predicate(text):
                yield Problem(key=path, code=_sharper(code, text), facts={**facts, **more})
            elif code == "country" and text.islower():
                yield _warning(path, "old-country", value=text, near=text.upper())
        if key.rule == "length-long" and not rules.is_long_enough(text):
            shortest = str(rules.SHORTEST_LONG)
            length = str(count_graphemes(text))
            yield Problem(key=path, code="too-short", facts={**facts, "shortest": shortest, "length": length})

    def _file(self, text: str, rule: str) -> str:
        if code := beside.problem_of_path(text):
            return code
        if self.look is None or beside.is_web_address(text):
            return ""
        problem_of = {
            "logo": beside.problem_of_logo,
            "screenshot": beside.problem_of_screenshot,
            "authors-file": beside.problem_of_authors,
        }
        return problem_of[rule](text, self.look)


# What is judged apart from the rules of the texts: files, videos, old keys.
_BEYOND_THE_RULES = frozenset((
    "path-absolute", "path-file", "screenshot-ending", "file-absent", "video", "old-drop",
))  # fmt: skip


def _is_missing(value: Value) -> bool:
    return value is None or (value == "" or value == [] or value == {})


def _old(value: Value, key: Key, path: str) -> Iterator[Problem]:
    if key.old != "old-italian-code":
        yield _warning(path, key.old, name=key.name)
    elif isinstance(value, str) and rules.is_italian_code(value):
        yield _warning(path, key.old, name=key.name, value=value)


def _url(url: Url, key: Key, path: str) -> Iterator[Problem]:
    predicate, code = rules.URL_RULES[key.rule]
    facts = {"name": key.name, "value": url.text[:200]}
    if not predicate(url):
        yield Problem(key=path, code=code, facts=facts)
    if key.rule == "video" and not is_embeddable(url.text):
        plain = path.replace("[", ".", 1).replace("]", "", 1) if path.startswith("description[") else path
        yield Problem(key=plain, code="video", facts=facts)


def _sharper(code: str, text: str) -> str:
    """A code of its own for what is nearly right."""
    if code == "supports" and text.startswith("alias:"):
        return "supports-alias"
    if code == "organisation-uri" and text.startswith(rules.ITALIAN_URN):
        return "organisation-italy"
    return code


def _maintenance(values: Mapping[str, Value]) -> Iterator[Problem]:
    """Contacts where the project maintains itself, contractors where somebody is paid, and only there."""
    kind = str(values.get("type") or "")
    if kind in ("internal", "community") and values.get("contacts") is None:
        yield Problem(key="maintenance.contacts", code="contacts", facts={"value": kind})
    if kind == "contract" and values.get("contractors") is None:
        yield Problem(key="maintenance.contractors", code="contractors")
    if kind != "contract" and values.get("contractors") is not None:
        yield Problem(key="maintenance.contractors", code="contractors-extra", facts={"value": kind})
