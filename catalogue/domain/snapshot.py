"""What one look at one repository learned: facts, gaps with their reasons, and the counts of its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

Plain: TypeAlias = "str | int | float | bool | tuple[Plain, ...] | Mapping[str, Plain] | None"


class Voice(StrEnum):
    """Who says something about a solution."""

    ENTRY = "entry"
    PUBLICCODE = "publiccode"
    LICENCE_FILE = "licence-file"
    REUSE = "reuse"  # SPDX headers, .license files, REUSE.toml
    METADATA = "metadata"  # package metadata: pyproject.toml, package.json, pom.xml ...
    CODEMETA = "codemeta"
    CITATION = "citation"
    README = "readme"
    SECURITY = "security"  # SECURITY.md, security.txt
    CODEOWNERS = "codeowners"
    TREE = "tree"  # the names of the files
    HISTORY = "history"  # commits and tags
    FORGE = "forge"
    REUSER = "reuser"


class Question(StrEnum):
    """What a snapshot can answer; beside each the form of the answer's value."""

    NAME = "name"  # text
    SUMMARY = "summary"  # {"de": text, "en": text, ...} or text
    LICENCE = "licence"  # SPDX expression; NONE where nothing is granted
    MATURITY = "maturity"  # publiccode.yml developmentStatus
    VERSION = "version"  # text
    CONTACT = "contact"  # {"email": text} or {"page": address}; functional only
    HOMEPAGE = "homepage"  # address
    DOCUMENTATION = "documentation"  # path or address
    OPERATION = "operation"  # documentation for those who run it: path or address
    CHANGELOG = "changelog"  # path
    TESTS = "tests"  # path
    CONTINUOUS_INTEGRATION = "continuous-integration"  # path
    PACKAGING = "packaging"  # a container or package to install: {"kind": text, "name": text}
    SECURITY_POLICY = "security-policy"  # path or address
    LANGUAGES = "languages"  # programming languages, the most used first: tuple of text
    STANDARDS = "standards"  # {"id": text, "rule": text}
    DEPENDENCY = "dependency"  # what it builds on: address, or package URL without a version (pkg:npm/x)
    USED_BY = "used-by"  # tuple of text, as publiccode.yml states it
    PUBLICCODE = "publiccode"  # {"valid": bool, "errors": int, "warnings": int}
    CITATION = "citation"  # path
    TOPICS = "topics"  # tuple of text
    ARCHIVED = "archived"  # bool
    ORIGIN = "origin"  # {"kind": "fork" | "mirror" | "based-on", "address": address}
    REACTION = "reaction"  # {"days": number, "issues": int}: median days to the first answer
    MOVED = "moved"  # address
    ACTIVITY = "activity"  # in gaps only: why `Snapshot.activity` is None


class Reason(StrEnum):
    """Why something is not known. Only `ABSENT` means that we looked and it is not there."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"  # there, but no sense can be made of it
    UNREACHABLE = "unreachable"  # could not look
    TOO_LARGE = "too-large"  # a limit of ours was reached before the end
    LIMITED = "limited"  # the forge asks us to come back later
    REFUSED = "refused"  # we do not look there: not public, not allowed
    NOT_ASKED = "not-asked"  # nobody can tell: no adapter for this host, a local copy
    PERSONAL = "personal"  # there, but it names a person only


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where something is said: a file with its lines, a key in it, or an address. Lines count from 1."""

    path: str | None = None
    first_line: int | None = None
    last_line: int | None = None
    key: str | None = None
    address: str | None = None


NOWHERE = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something seen. `confidence` is 0 to 1; `notes` are codes with words in `catalogue.web.labels`.

    `seen` is the day of an earlier look, where the snapshot's own look could not see it again.
    """

    question: Question
    value: Plain
    voice: Voice
    where: Where = NOWHERE
    confidence: float = 1.0
    notes: tuple[str, ...] = ()
    seen: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something looked for and not learned. `detail` is for people: what was tried, what went wrong."""

    question: Question
    reason: Reason
    voice: Voice
    where: Where = NOWHERE
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version that somebody published. `source` is `tag` or `forge`."""

    name: str
    on: date
    source: str = "tag"
    is_preview: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who commits, without a name: when last, for which organisation (a number in the snapshot)."""

    last: date
    organisation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """The history in numbers, without bots. Judged when read, against the day of the reader.

    `months` are commits by calendar month, oldest first, the last one the month of `until`; at most 60.
    `people` are those of the last 36 months before `until`, at most 500. `is_whole` is False where the
    history was cut off (a shallow repository, a limit): then older commits are unknown, not absent.
    """

    first: date | None
    last: date | None
    until: date
    months: tuple[int, ...]
    people: tuple[Person, ...]
    commits: int
    bot_commits: int = 0
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What one harvest learned of one repository.

    `asked` is the address that somebody wrote, `address` where the repository is now. `commit` is the head
    of `branch`; both are None for a repository without commits. `refs` is a fingerprint of what the server
    offers: the same again means that Git has nothing new. `forge` names the kind of forge that was asked
    ("github", "gitlab", "forgejo"), None where none was. `root` is the commit that the history begins with:
    mirrors, forks and copies share it.
    """

    asked: str
    address: str
    looked_at: datetime
    branch: str | None
    commit: str | None
    committed_at: datetime | None
    refs: str
    forge: str | None = None
    root: str | None = None
    activity: Activity | None = None
    releases: tuple[Release, ...] = ()  # the newest first, at most 100
    releases_in_all: int = 0
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    aliases: tuple[str, ...] = field(default=())  # addresses that led here, oldest first

    def facts_on(self, question: Question) -> tuple[Fact, ...]:
        """The facts on one question, in the order of reading."""
        return tuple(fact for fact in self.facts if fact.question is question)

    def gaps_on(self, question: Question) -> tuple[Gap, ...]:
        """What was looked for in vain on one question."""
        return tuple(gap for gap in self.gaps if gap.question is question)
