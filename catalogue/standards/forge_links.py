"""Links to a file at a commit, as each forge spells them."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from catalogue.standards.address import BadAddress, parse_address

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
# Forges show these as pages of their own, without lines, unless asked for the source.
_SHOWN_RENDERED = (
    *(".md", ".markdown", ".mdown", ".rst", ".adoc", ".asciidoc", ".org", ".textile", ".creole", ".rdoc"),
    *(".svg", ".ipynb", ".csv", ".tsv", ".geojson", ".html"),
)


def _github_lines(first: int, last: int) -> str:
    return f"#L{first}" if last == first else f"#L{first}-L{last}"


def _gitlab_lines(first: int, last: int) -> str:
    return f"#L{first}" if last == first else f"#L{first}-{last}"


def _bitbucket_lines(first: int, last: int) -> str:
    return f"#lines-{first}" if last == first else f"#lines-{first}:{last}"


# kind of forge -> what stands before the commit, what asks for the source of a rendered file, the lines
_SPELLINGS: Mapping[str, tuple[str, str, Callable[[int, int], str]]] = {
    "github": ("blob", "?plain=1", _github_lines),
    "gitlab": ("-/blob", "?plain=1", _gitlab_lines),
    "forgejo": ("src/commit", "?display=source", _github_lines),
    "bitbucket": ("src", "", _bitbucket_lines),
}


_HOSTS: Mapping[str, str] = {
    "github.com": "github",
    "codeberg.org": "forgejo",
    "bitbucket.org": "bitbucket",
}


def usual_kind(address: str) -> str | None:
    """The kind of forge that a host's name tells without asking; None where it tells none."""
    try:
        host = parse_address(address).host.removeprefix("www.")
    except BadAddress:
        return None
    return _HOSTS.get(host) or ("gitlab" if host.startswith("gitlab.") else None)


def file_link(
    kind: str | None,
    address: str,
    commit: str | None,
    path: str,
    first_line: int | None = None,
    last_line: int | None = None,
) -> str | None:
    """The page that shows the file at the commit, with its lines marked where they are known.

    `kind` is github, gitlab, forgejo or bitbucket; lines count from 1. None where no such page can be
    named: another kind, no commit, an address that is none, a path that leads elsewhere.
    """
    spelling = _SPELLINGS.get(kind or "")
    base = _base(address)
    inside = _quoted(path)
    if spelling is None or base is None or inside is None or not _COMMIT.fullmatch(commit or ""):
        return None
    before, source, lines = spelling
    link = f"{base}/{before}/{commit}/{inside}"
    if first_line is None or first_line < 1:
        return link
    last = first_line if last_line is None else max(first_line, last_line)
    shown = source if path.lower().endswith(_SHOWN_RENDERED) else ""
    return link + shown + lines(first_line, last)


# kind of forge -> what stands before a commit on its own page
_COMMITS: Mapping[str, str] = {
    "github": "commit",
    "gitlab": "-/commit",
    "forgejo": "commit",
    "bitbucket": "commits",
}


def commit_link(kind: str | None, address: str, commit: str | None) -> str | None:
    """The page of a commit; None where no such page can be named."""
    before, base = _COMMITS.get(kind or ""), _base(address)
    if before is None or base is None or not _COMMIT.fullmatch(commit or ""):
        return None
    return f"{base}/{before}/{commit}"


def _base(address: str) -> str | None:
    try:
        found = parse_address(address)
    except BadAddress:
        return None
    path = found.path.rstrip("/").removesuffix(".git")
    return f"{found.scheme}://{found.host}{path}" if path else None


def _quoted(path: str) -> str | None:
    """The path percent-encoded; None for what browsers would take for a way out (`..`) or cannot encode."""
    if any(part in ("", ".", "..") for part in path.split("/")):
        return None
    try:
        return quote(path, safe="/")
    except UnicodeEncodeError:  # a lone surrogate: the name was no UTF-8
        return None
