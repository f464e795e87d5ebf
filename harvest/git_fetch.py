"""Brings the few things of a repository that are needed into a throw-away Git folder."""

import time
from collections.abc import Sequence
from pathlib import Path

from catalogue.domain.snapshot import Reason
from harvest.asking import Trouble
from harvest.git_process import Git
from harvest.guard import Target

_QUIET = (
    "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance",
    "--recurse-submodules=no", "--no-show-forced-updates", "--update-shallow",
)  # fmt: skip
_NO_TREES = "--filter=tree:0"
_NO_FILES = "--filter=blob:none"
_FEW = 1_000  # commits, where all of them are too much
_TRIES = 2
_BREATH = 0.5  # seconds before the second one


def make_folder(folder: Path, commit: str, *, url: str = "", filters: bool = False) -> None:
    """A bare Git folder by hand: what `git init` makes without templates and questions."""
    for name in ("objects/info", "refs"):
        (folder / name).mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/none\n", encoding="ascii")
    lines = ["[core]", "repositoryformatversion = 1", "bare = true", "[extensions]"]
    lines += ["objectFormat = sha256"] if len(commit) == 64 else []
    lines += ["partialClone = origin"] if filters else []
    if url:
        # An address that the guard let through has neither quotes nor backslashes.
        lines += ['[remote "origin"]', f'url = "{url}"', *(["promisor = true"] if filters else [])]
    (folder / "config").write_text("\n".join(lines) + "\n", encoding="utf-8")


class Bringer:
    """Fetches from one server into one folder."""

    def __init__(self, git: Git, target: Target, *, filters: bool) -> None:
        self._git = git
        self._target = target
        self._filters = filters
        self._commit = ""

    def head(self, commit: str) -> None:
        """The commit with all its trees, and its files where the server cannot leave them out."""
        self._commit = commit
        self._fetch("--depth=1", *([_NO_FILES] if self._filters else []), ids=[commit])

    def files(self, ids: Sequence[str]) -> None:
        """These files; where they are too much together, each alone as far as it goes."""
        if not self._filters or not ids:
            return
        try:
            self._files(ids, self._git.budget.bytes_left // 2)
        except Trouble as trouble:
            self._clear()
            if trouble.reason is Reason.REFUSED:
                self._small_ones()
            elif trouble.reason is Reason.TOO_LARGE:
                self._one_by_one(ids)
            else:
                raise

    def _small_ones(self) -> None:
        """All small files of the head: old servers give no file by its id."""
        small = f"--filter=blob:limit={self._git.budget.limits.file}"
        self._fetch("--refetch", "--depth=1", small, ids=[self._commit])

    def _one_by_one(self, ids: Sequence[str]) -> None:
        limits = self._git.budget.limits
        for one in ids:
            try:
                self._files([one], min(limits.file, self._git.budget.bytes_left))
            except Trouble as trouble:
                if trouble.reason is not Reason.TOO_LARGE:
                    raise
                self._clear()
            if not self._git.budget.bytes_left:
                return

    def _files(self, ids: Sequence[str], grown: int) -> None:
        alone = ("-c", "fetch.negotiationAlgorithm=noop")
        self._fetch(_NO_FILES, ids=ids, before=alone, grown=grown)

    def history(self, commit: str, tags: Sequence[str]) -> None:
        """The commits of the branch and those that tags point to, newest first as far as the limits go.

        Where each tag would bring all its files, only those on the way are learned.
        """
        limits = self._git.budget.limits
        depth = limits.commits if self._filters else limits.commits_unfiltered
        ways: list[tuple[int, Sequence[str]]] = [(depth, tags if self._filters else ())]
        ways.append((min(depth, _FEW), ()))
        for number, (deep, more) in enumerate(ways):
            try:
                grown = self._git.budget.bytes_left // (len(ways) - number)
                self._fetch(
                    f"--depth={deep}",
                    *([_NO_TREES] if self._filters else []),
                    ids=[commit, *more],
                    grown=grown,
                )
            except Trouble as trouble:
                if trouble.reason is not Reason.TOO_LARGE or number + 1 == len(ways):
                    raise
                self._clear()
            else:
                return

    def _fetch(
        self, *options: str, ids: Sequence[str], before: Sequence[str] = (), grown: int | None = None
    ) -> None:
        """Fetch, once more where the network broke."""
        words = (*before, *_QUIET, *options, "--stdin", "origin")
        most = self._git.budget.bytes_left if grown is None else grown
        if most <= 0:
            raise Trouble(Reason.TOO_LARGE, "nothing more may come")
        for number in range(_TRIES):
            try:
                self._git.fetch(self._target, *words, stdin="".join(f"{one}\n" for one in ids), grown=most)
            except Trouble as trouble:
                if trouble.reason is not Reason.UNREACHABLE or number + 1 == _TRIES:
                    raise
                self._git.budget.check()
                self._clear()
                time.sleep(_BREATH)
            else:
                return

    def _clear(self) -> None:
        """Remove what a killed fetch left half done."""
        for path in self._git.folder.glob("objects/pack/tmp_*"):
            path.unlink(missing_ok=True)
        (self._git.folder / "shallow.lock").unlink(missing_ok=True)
