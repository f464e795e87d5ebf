"""Asks a Git server for its branches and tags over HTTP: an `ls-remote` without starting Git."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from catalogue.standards.address import BadAddress, same_repository
from harvest.fetch import Answer, Door
from harvest.git_offer import (
    ADVERTISEMENT,
    Names,
    NoGit,
    abilities,
    names_in_advertisement,
    names_in_answer,
    question,
)
from harvest.guard import Target

_WHERE = "/info/refs"
_V2 = {"Git-Protocol": "version=2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A repository that answers: `address` for people, `target` for Git, which follows no redirect."""

    address: str
    target: Target
    names: Names


def ask_git(address: str, door: Door) -> Offer:
    """What the repository behind an address offers. Raises `Trouble`."""
    base = _base(door.guard.check(address).text)
    answer = door.read(f"{base}{_WHERE}?service=git-upload-pack", headers=_V2)
    if answer.headers.get("content-type", "").partition(";")[0].strip() != ADVERTISEMENT:
        raise NoGit(_no_git(answer))
    target = door.guard.check(_base(answer.target.text).removesuffix(_WHERE))
    can = abilities(answer.content)
    if can is None:
        names = names_in_advertisement(answer.content, door.limits.names)
    else:
        said = door.send(f"{target.text}/git-upload-pack", question(can), headers=_sending())
        names = names_in_answer(said.content, can, door.limits.names)
    return Offer(
        address=_for_people(base, target.text, has_moved=answer.has_moved), target=target, names=names
    )


def _sending() -> dict[str, str]:
    kind = "application/x-git-upload-pack"
    return {**_V2, "Content-Type": f"{kind}-request", "Accept": f"{kind}-result"}


def _base(text: str) -> str:
    """The address without query and the slash at its end."""
    parts = urlsplit(text)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def _for_people(asked: str, found: str, *, has_moved: bool) -> str:
    """Where the repository is now. That a server adds `.git` on the way, or sends elsewhere for today, is
    no move."""
    if not has_moved or same_place(asked) == same_place(found):
        return asked
    return found if asked.endswith(".git") else found.removesuffix(".git")


def same_place(address: str) -> str:
    """One spelling for all addresses of a repository, also for those on this machine."""
    try:
        return same_repository(address)
    except BadAddress:  # an address on this machine, allowed for tests
        return address.removesuffix(".git").lower()


def _no_git(answer: Answer) -> str:
    if answer.content[:5].strip() and answer.headers.get("content-type", "").startswith("text/plain"):
        return f"{answer.target.host} offers the repository as plain files only, which is not supported"
    return f"{answer.target.host} answers with a page, not with a Git repository"
