"""Where a repository is on its forge: the parts of its address, and the address that its path has."""

import re

from catalogue.standards.address import BadAddress, parse_address
from harvest.forges.answers import is_segment


def segments(address: str, folder: str = "") -> tuple[str, ...]:
    """The parts of the path below the forge's folder, `.git` taken off; empty where one is no name.

    >>> segments("https://git.example.org/gitea/town/tool.git", "/gitea")
    ('town', 'tool')
    """
    try:
        found = re.sub("/{2,}", "/", parse_address(address).path) + "/"
    except BadAddress:
        return ()
    if not found.startswith(f"{folder}/"):
        return ()
    parts = [part for part in found.removeprefix(folder).split("/") if part]
    names: list[str] = []
    for part in parts:
        if not is_segment(part.removesuffix(".git")):
            break  # what follows is not part of the repository's path, such as `-/tree/main/Ordner%201`
        names.append(part.removesuffix(".git"))
        if part.endswith(".git"):
            break
    return tuple(names)


def root(address: str, folder: str = "") -> str:
    """The forge's own address, without a slash at its end. The address must have been read before."""
    found = parse_address(address)
    return f"{found.scheme}://{found.host}{folder}"
