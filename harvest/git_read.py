"""Reads names, files and history from a Git folder; what is missing there stays unknown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from catalogue.domain.snapshot import Reason
from harvest.asking import Trouble
from harvest.git_process import Git
from harvest.limits import Limits
from harvest.people import is_bot, key_of, organisation_of
from harvest.sighting import Commit, History, Tag, Tree

_FILE_MODES = frozenset({b"100644", b"100755", b"100664"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FAST_CLOCK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listing:
    """The names at the head; `ids` are those of what is a file, neither a link nor a submodule."""

    paths: tuple[str, ...]
    ids: Mapping[str, str]
    is_whole: bool = True


NOTHING = Listing((), {})
UNSEEN = Listing((), {}, is_whole=False)


def list_paths(git: Git, commit: str) -> Listing:
    """The names of all files at a commit, as far as the limits go."""
    limits = git.budget.limits
    printed = git.read("ls-tree", "-r", "-z", commit, most=limits.paths * 120)
    lines = printed.data.split(b"\0")
    is_whole = printed.is_whole and len(lines) - 1 <= limits.paths
    paths: list[str] = []
    ids: dict[str, str] = {}
    for line in lines[: min(limits.paths, len(lines) - 1)]:
        head, _, raw = line.partition(b"\t")
        mode, _, name = head.partition(b" ")
        if len(raw) > limits.path_length or raw.count(b"/") > limits.depth:
            is_whole = False
            continue
        if mode in _FILE_MODES:
            path = raw.decode("utf-8", "replace")
            paths.append(path)
            ids.setdefault(path, name.rpartition(b" ")[2].decode("ascii"))
    return Listing(tuple(paths), ids, is_whole)


def read_files(git: Git, listing: Listing, wanted: Sequence[str]) -> Tree:
    """The tree with the content of the wanted files."""
    sizes = _sizes(git, [listing.ids[path] for path in wanted])
    missing = frozenset(path for path in wanted if listing.ids[path] not in sizes)
    there = {path: sizes[listing.ids[path]] for path in wanted if path not in missing}
    large = _too_large(there, git.budget.limits)
    near = [path for path in there if path not in large]
    content = _contents(git, {listing.ids[path]: there[path] for path in near})
    files = {path: content[listing.ids[path]] for path in near if listing.ids[path] in content}
    return Tree(
        paths=listing.paths,
        files=files,
        too_large=large,
        unread=missing | (frozenset(near) - frozenset(files)),
        is_whole=listing.is_whole,
    )


def _too_large(sizes: Mapping[str, int], limits: Limits) -> frozenset[str]:
    """The files that are too large alone, or together with those before them."""
    found, together = set(), 0
    for path, size in sizes.items():
        if size > limits.file or together + size > limits.files_together:
            found.add(path)
        else:
            together += size
    return frozenset(found)


def _sizes(git: Git, ids: Sequence[str]) -> dict[str, int]:
    """The size of each file that is there."""
    printed = git.read("cat-file", "--batch-check", stdin=_lines(ids)).data.decode("ascii", "replace")
    rows = (line.split(" ") for line in printed.splitlines())
    return {row[0]: int(row[2]) for row in rows if len(row) == 3 and row[1] == "blob"}


def _contents(git: Git, sizes: Mapping[str, int]) -> dict[str, bytes]:
    """The content of files by their ids, as far as it is as long as was said."""
    most = sum(sizes.values()) + 200 * len(sizes)
    data, at, found = git.read("cat-file", "--batch", stdin=_lines(list(sizes)), most=most).data, 0, {}
    while (end := data.find(b"\n", at)) >= 0:
        row = data[at:end].decode("ascii", "replace").split(" ")
        at = end + 1
        if len(row) == 3 and row[2].isdigit():
            size = int(row[2])
            if at + size <= len(data):
                found[row[0]] = data[at : at + size]
            at += size + 1
    return found


def _lines(ids: Sequence[str]) -> str:
    return "".join(f"{one}\n" for one in ids)


def peel(git: Git, ids: Mapping[str, str]) -> dict[str, str]:
    """By name, the commit that a tag points to in the end; left out where it is none or not there."""
    asked = list(ids.items())
    printed = git.read("cat-file", "--batch-check", stdin=_lines([f"{one}^{{commit}}" for _, one in asked]))
    rows = [line.split(" ") for line in printed.data.decode("utf-8", "replace").splitlines()]
    return {
        name: row[0]
        for (name, _), row in zip(asked, rows, strict=False)
        if len(row) == 3 and row[1] == "commit"
    }


@dataclass(frozen=True, slots=True)
class Told:
    """The history, and when the commit itself was made: its date need not be the newest."""

    history: History
    made: datetime | None


def read_history(git: Git, commit: str, tags: Mapping[str, str]) -> Told:
    """The commits of the branch and the dates of the tags. Raises `Trouble` where commits are missing.

    Dates are as their authors' clocks said.
    """
    limits = git.budget.limits
    form = "--format=tformat:%H %ct%x00%ae%x00%an%x00"
    words = ("log", "--no-show-signature", "--no-mailmap", f"-n{limits.commits + 1}", form, commit, "--")
    printed = git.read(*words, most=limits.commits * 1000)
    rows = list(_rows(printed.data))
    when = {row.commit: row.when for row in rows}
    authors = _Authors()
    commits = tuple(authors.commit(row) for row in rows[: limits.commits])
    is_cut = not printed.is_whole or len(rows) > limits.commits or _is_shallow(git)
    when |= _dates_of_others(git, [one for one in tags.values() if one not in when])
    dated = sorted(((when[one], name) for name, one in tags.items() if one in when), reverse=True)
    history = History(
        commits=tuple(sorted(commits, key=lambda one: one.when, reverse=True)),
        tags=tuple(Tag(name=name, when=moment) for moment, name in dated),
        is_whole=not is_cut,
        root=rows[-1].commit if rows and not is_cut else None,
    )
    return Told(history, when.get(commit))


@dataclass(frozen=True, slots=True)
class _Row:
    commit: str
    when: datetime
    address: str
    name: str


class _Authors:
    """Turns authors into numbers; names and addresses end here."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._seen: dict[tuple[str, str], tuple[int, str | None, bool]] = {}

    def commit(self, row: _Row) -> Commit:
        who = row.name, row.address
        if who not in self._seen:
            number = self._numbers.setdefault(key_of(row.address), len(self._numbers))
            self._seen[who] = number, organisation_of(row.address), is_bot(*who)
        person, organisation, is_program = self._seen[who]
        return Commit(when=row.when, person=person, organisation=organisation, is_bot=is_program)


def _rows(data: bytes) -> Iterator[_Row]:
    """Commits as `git log` prints them. A date that is none is that of the commit before."""
    parts = data.split(b"\0")
    last = _EPOCH
    for head, address, name in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
        commit, _, seconds = head.strip().decode("ascii", "replace").partition(" ")
        last = _moment(seconds) or last
        yield _Row(commit, last, address.decode("utf-8", "replace"), name.decode("utf-8", "replace"))


def _moment(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds[:15]), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def date_of(git: Git, commit: str) -> datetime | None:
    """When a commit was made; None where it is not there."""
    return _dates_of_others(git, [commit]).get(commit)


def plausible(when: datetime | None, now: datetime) -> datetime | None:
    """The date of a commit; None where it cannot be."""
    return when if when and _EPOCH < when <= now + _FAST_CLOCK else None


def _dates_of_others(git: Git, ids: Sequence[str]) -> dict[str, datetime]:
    """The dates of commits, as far as they are there."""
    if not ids:
        return {}
    words = ("log", "--no-walk=unsorted", "--ignore-missing", "--no-show-signature", "--stdin")
    try:
        printed = git.read(*words, "--format=tformat:%H %ct%x00%x00%x00", stdin=_lines(ids)).data
    except Trouble as trouble:
        if trouble.reason is not Reason.UNREADABLE:
            raise
        return {}
    return {row.commit: row.when for row in _rows(printed)}


def _is_shallow(git: Git) -> bool:
    """Whether the history was cut off somewhere."""
    path = git.folder / "shallow"
    return path.is_file() and path.stat().st_size > 0
