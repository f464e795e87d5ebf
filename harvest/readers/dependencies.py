"""What a repository builds on, such that it can be matched with other solutions of the catalogue."""

from collections.abc import Iterator

from catalogue.domain.snapshot import Fact, Gap, Question, Reason, Voice, Where
from catalogue.standards.address import BadAddress, parse_address
from harvest.readers.packages import Dependency, dependencies_of
from harvest.sighting import Sighting

MOST = 200
# What names a solution most surely comes first, so that a flood of small packages does not push it out.
_ORDER = ("git", "docker", "helm", "golang", "composer", "maven", "pypi", "npm", "gem", "cargo")


def read_dependencies(sighting: Sighting) -> Iterator[Fact | Gap]:
    """Addresses and package URLs without version (https://github.com/package-url), at most 200."""
    found: dict[str, Fact] = {}
    for one in sorted(dependencies_of(sighting.tree), key=_rank):
        if name := _identifier(one):
            where = Where(path=one.path, first_line=one.line)
            found.setdefault(
                name, Fact(question=Question.DEPENDENCY, value=name, voice=Voice.METADATA, where=where)
            )
    yield from list(found.values())[:MOST]
    if len(found) > MOST:
        yield Gap(
            question=Question.DEPENDENCY,
            reason=Reason.TOO_LARGE,
            voice=Voice.METADATA,
            detail=f"{len(found)} dependencies, {MOST} kept",
        )


def _rank(one: Dependency) -> tuple[int, bool]:
    return _ORDER.index(one.kind), "/" not in one.name


def _identifier(one: Dependency) -> str | None:
    if one.kind == "git":
        try:
            return parse_address(one.name).text
        except BadAddress:
            return None
    name = one.name.removeprefix("docker.io/").removeprefix("library/")
    if one.kind == "docker" and (name == "scratch" or "$" in name):
        return None
    if one.kind in ("pypi", "docker", "composer"):
        name = name.lower()
    if one.kind == "pypi":
        name = name.replace("_", "-").replace(".", "-")
    return f"pkg:{one.kind}/{name.replace(':', '/') if one.kind == 'maven' else name.replace('@', '%40')}"
