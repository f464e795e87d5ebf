"""Git is the base of a look: what it tells of a repository, on any server or in a folder of this machine."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalogue.domain.snapshot import Gap, Question, Reason, Voice
from harvest.asking import Trouble
from harvest.git_ask import Offer
from harvest.git_fetch import Bringer, make_folder
from harvest.git_offer import Names, natural
from harvest.git_process import Budget, Git
from harvest.git_read import (
    NOTHING,
    UNSEEN,
    Listing,
    Told,
    date_of,
    list_paths,
    peel,
    plausible,
    read_files,
    read_history,
)
from harvest.sighting import History, Tree
from harvest.wanted import choose
from harvest.workspace import throw_away

# A repository that is too large, or broken, is still one: the rest is worth telling.
_PARTIAL = frozenset({Reason.TOO_LARGE, Reason.UNREADABLE, Reason.ABSENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class GitSays:
    """What Git tells of a repository; `gaps` are what it could not tell."""

    branch: str | None
    commit: str | None
    committed_at: datetime | None
    tree: Tree
    history: History | None
    gaps: tuple[Gap, ...] = ()


def look_at_server(offer: Offer, budget: Budget, now: datetime, base: Path | None = None) -> GitSays:
    """Bring the little that is needed into a throw-away folder under `base`, and read it.

    Raises `Trouble` where the server or the network fails in the middle: half an answer is none.
    """
    names = offer.names
    branch, commit = names.default()
    if commit is None:
        return _empty(branch)
    with throw_away(base) as folder:
        brought, reading = folder / "brought", folder / "reading"
        make_folder(brought, commit, url=offer.target.text, filters=names.filters)
        _borrow(reading, commit, brought / "objects")
        git = Git(reading, budget)
        bringer = Bringer(Git(brought, budget), offer.target, filters=names.filters)
        tags = _last_tags(names.peeled, budget.limits.tags)
        wanted = tags if names.gives_any else {name: names.tags[name] for name in tags}
        looking = _Looking(git, commit, tags, tuple(dict.fromkeys(wanted.values())))
        return looking.says(branch, bringer, brought / "shallow", now)


def look_at_copy(objects: Path, shallow: Path, names: Names, budget: Budget, now: datetime) -> GitSays:
    """Read a repository of this machine; nothing is written there and its settings are not used."""
    branch, commit = names.default()
    if commit is None:
        return _empty(branch)
    with throw_away() as folder:
        _borrow(folder / "reading", commit, objects)
        git = Git(folder / "reading", budget)
        if names.peeled.get(commit) is None and commit not in names.heads.values():
            commit = peel(git, {"": commit}).get("", commit)
        looking = _Looking(git, commit, peel(git, _last_tags(names.tags, budget.limits.tags)))
        return looking.says(branch, None, shallow, now)


def _borrow(folder: Path, commit: str, objects: Path) -> None:
    """A Git folder that reads objects from another one, whose settings and hooks it does not know."""
    make_folder(folder, commit)
    quoted = os.fsencode(objects).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    (folder / "objects/info/alternates").write_bytes(b'"%s"\n' % quoted)


def _last_tags(tags: Mapping[str, str], most: int) -> dict[str, str]:
    return {name: tags[name] for name in sorted(tags, key=natural)[-most:]}


@dataclass(frozen=True, slots=True)
class _Looking:
    """Reads from one Git folder, and brings what is missing first where there is somewhere to bring from."""

    git: Git
    commit: str
    tags: Mapping[str, str]
    wanted: tuple[str, ...] = ()  # what is fetched for the tags

    def says(self, branch: str | None, bringer: Bringer | None, shallow: Path, now: datetime) -> GitSays:
        """All of it."""
        tree, gaps = self.tree(bringer)
        history, more = self.history(bringer, shallow)
        return GitSays(
            branch=branch,
            commit=self.commit,
            committed_at=plausible(history.made if history else date_of(self.git, self.commit), now),
            tree=tree,
            history=history.history if history else None,
            gaps=(*gaps, *more),
        )

    def tree(self, bringer: Bringer | None) -> tuple[Tree, tuple[Gap, ...]]:
        """The names at the head and the files that readers ask for."""
        listing: Listing = UNSEEN
        try:
            if bringer is not None:
                bringer.head(self.commit)
            listing = list_paths(self.git, self.commit)
            wanted = choose(listing.paths, self.git.budget.limits.files_read)
            if bringer is not None:
                bringer.files(list(dict.fromkeys(listing.ids[path] for path in wanted)))
            return read_files(self.git, listing, wanted), ()
        except Trouble as trouble:
            if trouble.reason not in _PARTIAL:
                raise
            return Tree(paths=listing.paths, files={}, is_whole=False), _gaps(trouble, Voice.TREE)

    def history(self, bringer: Bringer | None, shallow: Path) -> tuple[Told | None, tuple[Gap, ...]]:
        """The commits of the branch and the tags; None with the reason where they cannot be had."""
        try:
            if bringer is not None:
                bringer.history(self.commit, self.wanted)
            if shallow.is_file():
                (self.git.folder / "shallow").write_bytes(shallow.read_bytes())
            return read_history(self.git, self.commit, self.tags), ()
        except Trouble as trouble:
            if trouble.reason not in _PARTIAL:
                raise
            return None, _gaps(trouble, Voice.HISTORY)


_ASKED_OF = {
    Voice.TREE: (Question.LICENCE, Question.PUBLICCODE, Question.CONTACT, Question.DOCUMENTATION),
    Voice.HISTORY: (Question.ACTIVITY, Question.VERSION),
}


def _gaps(trouble: Trouble, voice: Voice) -> tuple[Gap, ...]:
    return tuple(
        Gap(question=question, reason=trouble.reason, voice=voice, detail=trouble.detail)
        for question in _ASKED_OF[voice]
    )


def _empty(branch: str | None) -> GitSays:
    return GitSays(
        branch=branch,
        commit=None,
        committed_at=None,
        tree=Tree(paths=NOTHING.paths, files={}),
        history=History(commits=(), tags=()),
    )
