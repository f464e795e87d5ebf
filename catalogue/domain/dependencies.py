"""Which solutions of the catalogue build on which others: by address, image or package name."""

from collections.abc import Iterable, Mapping

from catalogue.domain.snapshot import Fact, Question, Snapshot
from catalogue.standards.address import BadAddress, same_repository

# kind of a package that a repository offers -> the beginning of its package URL
_OFFERED: Mapping[str, str] = {
    "container-image": "pkg:docker/",
    "helm": "pkg:helm/",
    "npm": "pkg:npm/",
    "python": "pkg:pypi/",
    "composer": "pkg:composer/",
    "maven": "pkg:maven/",
    "gem": "pkg:gem/",
}


def offers(snapshot: Snapshot) -> frozenset[str]:
    """Under which names others can depend on a repository: its addresses, images and packages."""
    addresses = (snapshot.asked, snapshot.address, *snapshot.aliases)
    packages = (_package(fact) for fact in snapshot.facts_on(Question.PACKAGING))
    return frozenset(name for name in (*map(_key, addresses), *packages) if name)


def _package(fact: Fact) -> str:
    value = fact.value if isinstance(fact.value, Mapping) else {}
    beginning, name = _OFFERED.get(str(value.get("kind"))), str(value.get("name", ""))
    if beginning is None or not name:
        return ""
    name = name.removeprefix("docker.io/").replace("@", "%40")
    name = name.replace(":", "/") if beginning == "pkg:maven/" else name
    name = name.lower().replace("_", "-").replace(".", "-") if beginning == "pkg:pypi/" else name
    return beginning + name


def _key(identifier: str) -> str:
    """One spelling for an address of a repository; package URLs stay as they are."""
    if identifier.startswith("pkg:golang/"):
        identifier = "https://" + identifier.removeprefix("pkg:golang/")
    if identifier.startswith("pkg:"):
        return identifier
    try:
        return same_repository(identifier)
    except BadAddress:
        return ""


def matches(dependencies: Iterable[str], offered: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """Solution -> the dependency that names it. `offered` are names by solution, as `offers` gives them.

    A name that two solutions offer (both have a package "backend") names neither.
    """
    owners: dict[str, set[str]] = {}
    for solution, names in offered.items():
        for name in names:
            owners.setdefault(name, set()).add(solution)
    found: dict[str, str] = {}
    for dependency in dependencies:
        candidates = owners.get(_key(dependency), set())
        if len(candidates) == 1:
            found.setdefault(next(iter(candidates)), dependency)
    return found
