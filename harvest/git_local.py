"""Reads the branches and tags of a repository in a folder of this machine."""

import os
from dataclasses import dataclass
from pathlib import Path

from catalogue.domain.snapshot import Reason
from harvest.asking import Trouble
from harvest.git_fetch import make_folder
from harvest.git_offer import Names
from harvest.git_process import Budget, Git
from harvest.workspace import throw_away

_HEADS, _TAGS = "refs/heads/", "refs/tags/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A repository on this machine: where its objects lie, and what it offers."""

    objects: Path
    shallow: Path
    names: Names


def find_copy(path: Path, budget: Budget) -> Copy:
    """The repository in a folder. Raises `Trouble` where there is none, or where it cannot be read."""
    if not path.is_dir():
        raise Trouble(Reason.ABSENT, f"there is no folder {_shown(path)}")
    if not os.access(path, os.R_OK | os.X_OK):
        raise Trouble(Reason.UNREACHABLE, f"the right to read {_shown(path)} is missing")
    with throw_away() as folder:
        make_folder(folder / "asking", "")
        git = Git(folder / "asking", budget)
        common = _common_folder(git, path)
        own = _git_folder(git, path)
        listed = git.read(
            f"--git-dir={own}", "for-each-ref", "--format=%(objectname) %(refname)", _HEADS, _TAGS
        )
        head = _quiet(git, f"--git-dir={own}", "rev-parse", "--quiet", "--verify", "HEAD")
        branch = _quiet(git, f"--git-dir={own}", "symbolic-ref", "--quiet", "HEAD")
    rows = [line.split(" ", 1) for line in listed.data.decode("utf-8", "replace").splitlines()]
    return Copy(
        objects=common / "objects",
        shallow=common / "shallow",
        names=Names(
            heads={name.removeprefix(_HEADS): one for one, name in rows if name.startswith(_HEADS)},
            tags={name.removeprefix(_TAGS): one for one, name in rows if name.startswith(_TAGS)},
            head=head or None,
            head_name=branch.removeprefix(_HEADS) if branch.startswith(_HEADS) else None,
        ),
    )


def _git_folder(git: Git, path: Path) -> Path:
    return Path(_asked(git, path, "--absolute-git-dir"))


def _common_folder(git: Git, path: Path) -> Path:
    """Where the objects lie; for a work tree of another clone not in its own Git folder."""
    own = _git_folder(git, path)
    return (own / _asked(git, path, "--git-common-dir")).resolve() if (own / "commondir").is_file() else own


def _asked(git: Git, path: Path, question: str) -> str:
    """What Git says about the folder itself, never about one above it."""
    for place in (path, path / ".git"):
        try:
            said = git.read(f"--git-dir={place}", "rev-parse", question).data
        except Trouble as trouble:
            if trouble.reason is not Reason.UNREADABLE:
                raise
        else:
            return said.decode("utf-8", "surrogateescape").rstrip("\n")
    raise Trouble(Reason.ABSENT, f"{_shown(path)} is no Git repository")


def _shown(path: Path) -> str:
    """The path on one line; what is no text in it becomes a question mark."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _quiet(git: Git, *words: str) -> str:
    """The first line; nothing where Git has no answer."""
    try:
        return git.read(*words).data.decode("utf-8", "replace").strip()
    except Trouble:
        return ""
