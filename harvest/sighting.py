"""What was seen of a repository, raw: names of files, a few of them, the history, and what the forge says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from catalogue.domain.snapshot import Gap, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit without its author: `person` is a number within this look, never a name or an address.

    `organisation` is the domain of the author's mail address where it belongs to an organisation, None for
    mail providers and forges' placeholder addresses.
    """

    when: datetime
    person: int
    organisation: str | None = None
    is_bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag with the date of what it points to."""

    name: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The commits of the default branch, the newest first. `is_whole` is False where it was cut off.

    `root` is the commit that it begins with, which copies and mirrors share; None where it was cut off.
    """

    commits: tuple[Commit, ...]
    tags: tuple[Tag, ...]
    is_whole: bool = True
    root: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The names of all files at the head, with `/`; `is_whole` is False where a limit was reached.

    `files` holds the content of the few files that readers ask for; `too_large` names those of them that
    are bigger than we read, `unread` those that are there and could not be had. Links and submodules are in
    none of them.
    """

    paths: tuple[str, ...]
    files: Mapping[str, bytes]
    too_large: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgeSays:
    """What Git cannot tell. None means that the forge did not say, and a gap says why."""

    forge: str  # github | gitlab | forgejo
    address: str | None = None  # where the repository is now, where the forge says so
    is_archived: bool | None = None
    description: str | None = None
    homepage: str | None = None
    topics: tuple[str, ...] = ()
    default_branch: str | None = None
    licence: str | None = None  # SPDX id where the forge is sure of one
    releases: tuple[Release, ...] | None = None
    fork_of: str | None = None
    mirror_of: str | None = None
    reaction_days: float | None = None  # median days from an issue's opening to the first answer of another
    reaction_issues: int = 0  # how many issues that is taken from
    created: date | None = None
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One look at one repository, before anyone made sense of it."""

    asked: str
    address: str
    looked_at: datetime
    branch: str | None
    commit: str | None
    committed_at: datetime | None
    refs: str
    tree: Tree
    history: History | None
    forge: ForgeSays | None = None
    gaps: tuple[Gap, ...] = ()
