"""Whom to write to: functional addresses and contact pages. What names a person is only noted as such."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from catalogue.domain.snapshot import Fact, Gap, Question, Reason, Voice, Where
from catalogue.standards.address import BadAddress, parse_address
from catalogue.standards.email import is_a_placeholder, is_mail_address, names_a_task
from harvest.readers.reading import by_depth, lines_of, not_read, not_there, text_of
from harvest.sighting import Sighting, Tree

MOST_OF_A_FILE = 5
_MAIL = re.compile(
    r"(?<![\w.+@/:-])(?:mailto:)?([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?![\w@])", re.IGNORECASE
)
# info [at] town [dot] de
_HIDDEN_MAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64}) ?[\[({] ?(?:at|ät|@|a) ?[\])}] ?"
    r"([\w-]{1,63}(?:(?:\.| ?[\[({] ?(?:dot|punkt|\.) ?[\])}] ?)[\w-]{1,63}){1,8})",
    re.IGNORECASE,
)
_DOT = re.compile(r" ?[\[({] ?(?:dot|punkt|\.) ?[\])}] ?", re.IGNORECASE)
_LINK = re.compile(
    r"\[([^\[\]]{0,200})\]\((https?://[^\s()<>]{4,400})\)|<?(https?://[^\s()<>\[\]\"'|]{4,400})>?"
)
_HEADING = re.compile(r"(?:#{1,6}|={2,6})[ \t]+(\S.{0,120})")
_CONTACT = re.compile(
    r"\b(kontakt\w{0,12}|contacts?|ansprechpartner\w{0,5}|ansprechstelle|e-?mails?|mail|mailing|fragen|questions?"
    r"|support|hilfe|help|feedback|r[üu]ckmeldung\w{0,3}|reach|get in touch|schreib\w{0,6}|melde\w{0,3}|write"
    r"|wenden|report|erreich\w{0,5}|impressum|anfragen?)\b",
    re.IGNORECASE,
)
_CONTACT_HEADING = re.compile(
    r"\b(kontakt\w{0,12}|contacts?|ansprechpartner\w{0,5}|ansprechstelle|support|hilfe|feedback|impressum"
    r"|get in touch)\b(?! (for|formats|languages|browsers|mode|form))",
    re.IGNORECASE,
)
_CONTACT_PAGE = re.compile(r"kontakt|contact|ansprechpartner|security/advisories", re.IGNORECASE)
# A seed user's address beside a password is no way to reach anybody.
_LOGIN = re.compile(
    r"pass(word|wort|phrase)?\b|login|log in|sign in|anmelden|credential|username|benutzer|\buser:",
    re.IGNORECASE,
)
_NOT_IN_PROSE = frozenset({"admin", "administrator", "webmaster"})
_METADATA_LINE = re.compile(r"author|maintainer|mail|support|contact|bugs", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Said:
    """Something on a line that may be a way to reach somebody."""

    value: str
    line: int
    is_page: bool = False


def read_contact(sighting: Sighting) -> Iterator[Fact | Gap]:
    """Functional addresses and pages by file; a gap where there are none, or only a person's."""
    known = _known_words(sighting)
    facts: list[Fact] = []
    gaps: list[Gap] = []
    for pattern, voice, read in _SOURCES:
        for path in sorted((p for p in sighting.tree.paths if pattern.fullmatch(p.lower())), key=by_depth)[
            :4
        ]:
            if path not in sighting.tree.files:
                gaps.append(not_read(sighting.tree, path, Question.CONTACT, voice))
                continue
            lines = [
                (number, html.unescape(line)) for number, line in lines_of(text_of(sighting.tree.files[path]))
            ]
            found, has_others = _sorted_out(list(read(lines)), known)
            facts += [_fact(said, voice, path) for said in found[:MOST_OF_A_FILE]]
            if has_others and not found:
                gaps.append(_personal(voice, path))
    yield from _without_doubles(facts)
    yield from _gaps(sighting.tree, facts, gaps)


def _known_words(sighting: Sighting) -> tuple[str, ...]:
    """The words in the names of the repository and its owner."""
    parts = sighting.address.split("://")[-1].split("/")[1:]
    return tuple(word for part in parts for word in [part, *re.split(r"[-_.]", part)] if len(word) >= 3)


def _fact(said: _Said, voice: Voice, path: str) -> Fact:
    value = {"page": said.value} if said.is_page else {"email": said.value}
    where = Where(path=path, first_line=said.line)
    notes = ("for-security",) if voice is Voice.SECURITY else ()
    return Fact(question=Question.CONTACT, value=value, voice=voice, where=where, notes=notes)


def _personal(voice: Voice, path: str) -> Gap:
    """The gap says in which file, never who."""
    return Gap(
        question=Question.CONTACT,
        reason=Reason.PERSONAL,
        voice=voice,
        where=Where(path=path),
        detail="only addresses that are, or may be, a person's",
    )


def _without_doubles(facts: Sequence[Fact]) -> Iterator[Fact]:
    seen: set[tuple[Voice, str]] = set()
    for fact in facts:
        key = (fact.voice, str(fact.value).lower())
        if key not in seen:
            seen.add(key)
            yield fact


def _gaps(tree: Tree, facts: Sequence[Fact], gaps: Sequence[Gap]) -> Iterator[Gap]:
    """What is said where nothing was found: a person only, could not look, or not there."""
    if facts:
        return
    personal = [gap for gap in gaps if gap.reason is Reason.PERSONAL]
    yield (
        personal
        or list(gaps)
        or [not_there(tree, Question.CONTACT, "no address in the usual files", Voice.README)]
    )[0]


def _sorted_out(said: Sequence[_Said], known: Sequence[str]) -> tuple[list[_Said], bool]:
    """What is a page or surely functional; and whether there were other real addresses."""
    real = [one for one in said if one.is_page or not is_a_placeholder(one.value)]
    found = [one for one in real if one.is_page or names_a_task(one.value, known)]
    return found, len(found) < len(real)


def _mails(line: str, number: int) -> Iterator[_Said]:
    for pattern in (_MAIL, _HIDDEN_MAIL):
        for local, domain in pattern.findall(line):
            text = f"{local.strip('.')}@{_DOT.sub('.', domain).strip('.-_')}"
            if is_mail_address(text):
                yield _Said(text.lower(), number)


def _pages(line: str, number: int) -> Iterator[_Said]:
    for words, address, bare in _LINK.findall(line):
        target = (address or bare).rstrip(".,;:")
        if not _CONTACT_PAGE.search(target) and not _CONTACT_PAGE.search(words):
            continue
        try:
            checked = parse_address(target)
        except BadAddress:
            continue
        if not checked.host.endswith(("shields.io", "example.com", "example.org")):
            yield _Said(checked.text, number, is_page=True)


Lines = Sequence[tuple[int, str]]


def _in_prose(lines: Lines) -> Iterator[_Said]:
    """Addresses under a heading such as Contact or beside such a word; none from code or log-in examples."""
    is_code = is_contact = False
    before = ""  # the last line with words
    for i, (number, line) in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        heading = _HEADING.match(line)
        if heading and not is_code:
            is_contact = _CONTACT_HEADING.search(heading[1]) is not None
        around = " ".join(text for _, text in lines[max(0, i - 1) : i + 2])
        if not is_code and not _LOGIN.search(around):
            yield from _on_line(number, line, before, is_contact)
        before = line if line.strip() else before


def _on_line(number: int, line: str, before: str, is_contact: bool) -> Iterator[_Said]:
    is_meant = (
        is_contact or "mailto:" in line or _CONTACT.search(before) or _CONTACT.search(line.split("@")[0])
    )
    is_alone = line.strip(" -*<>") == line.strip() and " " not in line.strip()
    if is_meant or is_alone:
        yield from (said for said in _mails(line, number) if said.value.split("@")[0] not in _NOT_IN_PROSE)
    if is_contact:
        yield from _pages(line, number)


def _anywhere(lines: Lines) -> Iterator[_Said]:
    for number, line in lines:
        yield from _mails(line, number)
        yield from _pages(line, number)


def _in_security_txt(lines: Lines) -> Iterator[_Said]:
    """The `Contact` fields of RFC 9116, section 2.5.3: mailto or https."""
    for number, line in lines:
        name, _, value = line.partition(":")
        if name.strip().lower() == "contact":
            yield from _mails(value, number)
            if value.strip().startswith("https://"):
                try:
                    yield _Said(parse_address(value.strip()).text, number, is_page=True)
                except BadAddress:
                    continue


def _in_owners(lines: Lines) -> Iterator[_Said]:
    """Addresses in rules of CODEOWNERS; accounts and teams of a forge are no contacts."""
    for number, line in lines:
        rule = line.split("#", 1)[0]
        yield from (said for word in rule.split()[1:] for said in _mails(word, number))


def _in_metadata(lines: Lines) -> Iterator[_Said]:
    for i, (number, line) in enumerate(lines):
        around = "".join(text for _, text in lines[max(0, i - 2) : i + 1])
        if _METADATA_LINE.search(around):
            yield from _mails(line, number)


_SHELF = r"((\.github|\.gitlab|docs?)/)?"
_README = rf"{_SHELF}readme([-_.][a-z]{{2}})?(\.(md|markdown|rst|txt|adoc|org))?"
_PACKAGE = r"(pyproject\.toml|setup\.(py|cfg)|package\.json|composer\.json|cargo\.toml)"
_SOURCES: tuple[tuple[re.Pattern[str], Voice, Callable[[Lines], Iterator[_Said]]], ...] = (
    (re.compile(_README), Voice.README, _in_prose),
    (re.compile(rf"{_SHELF}(support|contact|kontakt)(\.(md|rst|txt|adoc))?"), Voice.README, _anywhere),
    (re.compile(r"codemeta\.json"), Voice.CODEMETA, _in_metadata),
    (re.compile(r"citation\.cff"), Voice.CITATION, _in_metadata),
    (re.compile(_PACKAGE), Voice.METADATA, _in_metadata),
    (re.compile(rf"{_SHELF}codeowners"), Voice.CODEOWNERS, _in_owners),
    (re.compile(rf"{_SHELF}security(\.(md|rst|txt|adoc))?"), Voice.SECURITY, _anywhere),
    (re.compile(r"(([^/]+/){0,5}\.well-known/)?security\.txt"), Voice.SECURITY, _in_security_txt),
)  # fmt: skip
