"""What the repository's publiccode.yml says, as far as it is usable, with the verdict on the file itself."""

import re
from collections.abc import Iterator

from catalogue.domain.snapshot import Fact, Gap, Plain, Question, Reason, Voice, Where
from catalogue.standards.address import BadAddress, parse_address, same_repository
from catalogue.standards.email import is_mail_address, names_a_task
from catalogue.standards.publiccode.problem import Severity
from catalogue.standards.publiccode.read import read_publiccode
from catalogue.standards.publiccode.reading import PublicCode, Stated
from catalogue.standards.spdx import NotAnExpression, normalised
from harvest.readers.reading import not_read, not_there, one_line
from harvest.sighting import Sighting, Tree

NAMES = ("publiccode.yml", "publiccode.yaml")
ELSEWHERE = "describes-another-repository"
IMPERFECT = "from-a-faulty-place"  # the value stands in the wrong place, or the check has an error about it
_MOST_USERS = 50
_MOST_DEPENDENCIES = 50
_STATUS = ("concept", "development", "beta", "stable", "obsolete")
_UNSURE = 0.8  # of what is not sound
# "EUPL-1.2-or-later" is meant as "EUPL-1.2+"; only GNU's ids are spelt with words.
_LATER = re.compile(r"(?<![A-Za-z])(?!A?L?GPL|GFDL)([A-Za-z][A-Za-z0-9.-]*?)-or-later\b")
_VOICE = Voice.PUBLICCODE


def read_publiccode_file(sighting: Sighting) -> Iterator[Fact | Gap]:
    """The file at the root, and a gap that says why where nothing of it can be used."""
    tree = sighting.tree
    path = next((name for name in NAMES if name in tree.paths), None)
    if path is None:
        yield not_there(tree, Question.PUBLICCODE, "no publiccode.yml", _VOICE)
        yield not_there(tree, Question.LICENCE, "no publiccode.yml", _VOICE)
        return
    if path not in tree.files:
        yield not_read(tree, path, Question.PUBLICCODE, _VOICE)
        return
    said = read_publiccode(tree.files[path], lambda beside: _beside(tree, beside))
    if said.name is None and said.url is None and said.licence is None and not said.descriptions:
        yield Gap(
            question=Question.PUBLICCODE, reason=Reason.UNREADABLE, voice=_VOICE, where=Where(path=path)
        )
        return
    yield from _Facts(path, said, sighting)


def _beside(tree: Tree, path: str) -> bytes | None:
    """The first bytes of a file beside, as far as the look has them; a picture is not read to the end."""
    if path in tree.files:
        return tree.files[path]
    is_there = path in tree.paths or not tree.is_whole
    return _A_PICTURE if is_there else None


# Of pictures only the names are known: whether they are what they say is not judged here.
_A_PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")


class _Facts:
    """The facts of one file, in the order of the questions."""

    def __init__(self, path: str, said: PublicCode, sighting: Sighting) -> None:
        self.path = path
        self.said = said
        self.is_elsewhere = _is_elsewhere(said.url, sighting)

    def __iter__(self) -> Iterator[Fact | Gap]:
        said = self.said
        yield self._verdict()
        yield from self._texts()
        yield from self._licence()
        status = said.development_status
        if status and status.text in _STATUS:
            yield self._fact(Question.MATURITY, status.text, status)
        yield from self._contacts()
        yield from self._addresses()
        if said.used_by:
            names = tuple(one_line(one.text, 120) for one in said.used_by[:_MOST_USERS])
            yield self._fact(Question.USED_BY, names, said.used_by[0])
        for one in said.dependencies[:_MOST_DEPENDENCIES]:
            if one.kind == "open":
                yield self._fact(Question.DEPENDENCY, one_line(one.name.text, 120), one.name)
        for base in said.is_based_on[:5]:
            if address := _address(base):
                yield self._fact(Question.ORIGIN, {"kind": "based-on", "address": address}, base)

    def _verdict(self) -> Fact:
        errors = sum(one.severity is Severity.ERROR for one in self.said.problems)
        first = min((one.line for one in self.said.problems if one.line > 0), default=1)
        value: Plain = {
            "valid": not errors,
            "errors": errors,
            "warnings": len(self.said.problems) - errors,
            "version": self.said.version.text[:20] if self.said.version else "",
        }
        where = Where(path=self.path, first_line=first, last_line=first)
        return Fact(question=Question.PUBLICCODE, value=value, voice=_VOICE, where=where)

    def _texts(self) -> Iterator[Fact]:
        said = self.said
        if said.name:
            yield self._fact(Question.NAME, one_line(said.name.text, 120), said.name)
        short = {
            language.partition("-")[0].lower(): text.short
            for language, text in said.descriptions.items()
            if text.short
        }
        if short:
            value = {language: one_line(text.text, 500) for language, text in short.items()}
            yield self._fact(Question.SUMMARY, value, next(iter(short.values())))
        if said.software_version:
            yield self._fact(
                Question.VERSION, one_line(said.software_version.text, 40), said.software_version
            )

    def _licence(self) -> Iterator[Fact | Gap]:
        stated = self.said.licence
        if stated is None:
            yield self._gap(Question.LICENCE, Reason.ABSENT)
            return
        try:
            expression = normalised(_LATER.sub(r"\1+", stated.text))
        except NotAnExpression:
            yield self._gap(Question.LICENCE, Reason.UNREADABLE, stated, one_line(stated.text, 80))
            return
        yield self._fact(Question.LICENCE, expression, stated)

    def _contacts(self) -> Iterator[Fact | Gap]:
        """Functional mailboxes only; whoever names nothing but people is told apart from silence."""
        found, has_people = False, False
        for contact in self.said.contacts[:20]:
            mail = contact.email
            if mail and is_mail_address(mail.text) and names_a_task(mail.text):
                found = True
                yield self._fact(Question.CONTACT, {"email": mail.text.lower()}, mail)
            elif mail or contact.name:
                has_people = True
            if page := _address(contact.website):
                found = True
                assert contact.website
                yield self._fact(Question.CONTACT, {"page": page}, contact.website)
        if not found:
            yield self._gap(Question.CONTACT, Reason.PERSONAL if has_people else Reason.ABSENT)

    def _addresses(self) -> Iterator[Fact]:
        said = self.said
        if address := _address(said.landing_url):
            assert said.landing_url
            yield self._fact(Question.HOMEPAGE, address, said.landing_url)
        for language in ("de", "en", *said.descriptions):
            text = said.descriptions.get(language)
            if text and (address := _address(text.documentation)):
                assert text.documentation
                yield self._fact(Question.DOCUMENTATION, address, text.documentation)
                return

    def _fact(self, question: Question, value: Plain, stated: Stated) -> Fact:
        notes = (*((ELSEWHERE,) if self.is_elsewhere else ()), *(() if stated.sound else (IMPERFECT,)))
        return Fact(
            question=question,
            value=value,
            voice=_VOICE,
            where=self._where(stated),
            confidence=_UNSURE if notes else 1.0,
            notes=notes,
        )

    def _gap(self, question: Question, reason: Reason, stated: Stated | None = None, detail: str = "") -> Gap:
        where = self._where(stated) if stated else Where(path=self.path)
        return Gap(question=question, reason=reason, voice=_VOICE, where=where, detail=detail)

    def _where(self, stated: Stated) -> Where:
        return Where(path=self.path, key=stated.key, first_line=stated.line, last_line=stated.line)


def _is_elsewhere(url: Stated | None, sighting: Sighting) -> bool:
    """Whether the file says that it describes another repository than the one it lies in."""
    if url is None:
        return False
    try:
        return same_repository(url.text) not in {
            same_repository(address) for address in (sighting.asked, sighting.address) if "://" in address
        }
    except BadAddress:
        return False


def _address(stated: Stated | None) -> str | None:
    try:
        return parse_address(stated.text).text if stated else None
    except BadAddress:
        return None
