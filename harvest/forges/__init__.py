"""Forges: what each of them adds to what Git tells.

Adding a forge is adding one file: a class with the attributes of `Forge`, named in `KINDS` below.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from catalogue.domain.snapshot import Reason
from harvest.asking import Ask, Trouble
from harvest.forges.forgejo import Forgejo
from harvest.forges.github import GitHub
from harvest.forges.gitlab import GitLab
from harvest.sighting import ForgeSays


class Forge(Protocol):
    """A kind of forge. `sign` is a path that it answers to everybody, `is_sign` knows that answer."""

    @property
    def name(self) -> str:
        """The kind, as snapshots name it."""
        ...

    @property
    def sign(self) -> str:
        """The path, from the root of a host, of an answer that only this kind of forge gives."""
        ...

    @staticmethod
    def is_sign(answer: object) -> bool:
        """Whether the answer behind `sign` is this forge's. Raises `TypeError` for odd ones."""
        ...

    def look(self, address: str, ask: Ask) -> ForgeSays:
        """What the forge says of the repository at the address; trouble becomes gaps, never an error."""
        ...


# What the settings call a kind of forge -> the adapter, made for a folder of its host ("" or "/gitlab").
KINDS: Mapping[str, Callable[[str], Forge]] = {
    "github": GitHub,
    "gitlab": GitLab,
    "forgejo": Forgejo,
    "gitea": Forgejo,
}
_PROBED = ("gitlab", "forgejo", "github")
_NOT_THIS_ONE = (Reason.ABSENT, Reason.UNREADABLE, Reason.TOO_LARGE)

# Well-known public hosts; the value is written like that of the settings.
KNOWN: Mapping[str, str] = {
    "github.com": "github",
    "www.github.com": "github",
    "gitlab.com": "gitlab",
    "gitlab.opencode.de": "gitlab",
    "code.europa.eu": "gitlab",
    "codebase.helmholtz.cloud": "gitlab",
    "git.rwth-aachen.de": "gitlab",
    "gitlab.gwdg.de": "gitlab",
    "gitlab.lrz.de": "gitlab",
    "gitlab.rlp.net": "gitlab",
    "gitlab.cc-asp.fraunhofer.de": "gitlab",
    "gitlab.ow2.org": "gitlab",
    "gitlab.freedesktop.org": "gitlab",
    "gitlab.gnome.org": "gitlab",
    "invent.kde.org": "gitlab",
    "salsa.debian.org": "gitlab",
    "codeberg.org": "forgejo",
    "code.forgejo.org": "forgejo",
    "gitea.com": "forgejo",
    "git.osgeo.org": "forgejo/gitea",
}


class BadKind(ValueError):
    """The settings give a host a kind of forge that there is not."""


def find_forge(host: str, kinds: Mapping[str, str]) -> Forge | None:
    """The adapter for a host: as the settings say (`kinds`), else as everybody knows, else None.

    The value for a host is a kind, and after a slash the folder of the host where the forge stands, if it
    fills not the whole: `gitlab`, `forgejo/gitea`. Raises `BadKind`.
    """
    said = kinds.get(host) or KNOWN.get(host)
    if said is None:
        return None
    kind, _, folder = said.partition("/")
    if kind not in KINDS:
        raise BadKind(f"{host}: {kind!r} is no kind of forge; write one of {', '.join(KINDS)}")
    return KINDS[kind](f"/{folder.strip('/')}" if folder.strip("/") else "")


def probe(host: str, ask: Ask) -> Forge | None:
    """The forge that an unknown host runs, found by one question for each kind; None where it is none.

    The answer is to be remembered. Raises `Trouble` where the host could not be asked, and where it
    refused so that it may be one of them all the same.
    """
    refused: Trouble | None = None
    for kind in _PROBED:
        forge = KINDS[kind]("")
        try:
            if ask.json(f"https://{host}{forge.sign}", forge.is_sign) is True:
                return forge
        except Trouble as trouble:
            if trouble.reason is Reason.REFUSED:
                refused = trouble
            elif trouble.reason not in _NOT_THIS_ONE:
                raise
    if refused:
        raise refused
    return None
