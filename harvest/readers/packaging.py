"""Containers and packages to install: what is built, and under which name it is published."""

import re
from collections.abc import Iterator, Mapping, Sequence

from catalogue.domain.snapshot import Fact, Gap, Question, Voice, Where
from harvest.readers.reading import (
    by_depth,
    is_foreign,
    json_of,
    lines_of,
    mapping,
    name_of,
    not_there,
    text_of,
    toml_of,
    words,
)
from harvest.sighting import Sighting, Tree

MOST_OF_A_KIND = 8
_DOCKERFILE = re.compile(r"(docker|container)file(\.[^/]{1,30})?|[^/]{1,40}\.(docker|container)file")
_COMPOSE = re.compile(r"(docker-)?compose([-._][^/]{1,40})?\.ya?ml")
# For developers, tests and tools around the solution, not for those who run it.
_ASIDE = re.compile(
    r"(^|[-_./])(\.?devcontainer|dev|devel|development|tests?|e2e|ci|\.github|\.gitlab|\.circleci|examples?"
    r"|override|githooks|samples?|docs?|playwright|cypress|builder|local|lint|storybook|mock|mocks|stubs?|debug|cookbooks|ignore"
    r"|dockerignore|scripts?|tools?|templates?)(?=$|[-_./])"
)
_IMAGE = re.compile(r"^\s*(?:-\s+)?(?:image|images|tags|repository):\s*[\"']?([^\s\"'#,|>]{3,200})")
_LISTED = re.compile(
    r"^\s+(?:-\s+)?[\"']?((?:ghcr\.io|docker\.io|quay\.io|registry\.[a-z0-9.-]+)/[^\s\"'#,]{3,200})"
)
_PUSHES = re.compile(
    r"docker/build-push-action|docker(?:[ -]\w+)? push|podman push|kaniko|jib:build|build-image"
)
_NAME = re.compile(
    r"(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{2,5})?/)?[a-z0-9]+(?:[._-]{1,2}[a-z0-9]+){0,20}"
    r"(?:/[a-z0-9]+(?:[._-]{1,2}[a-z0-9]+){0,20}){1,5}"
)
_PACKAGE_NAME = re.compile(
    r"(@[a-z0-9._~-]{1,100}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,100}([/:][A-Za-z0-9._-]{1,100})?"
)
_XML = {
    key: re.compile(rf"<{key}>\s*([A-Za-z0-9._-]{{1,150}})\s*</{key}>") for key in ("groupId", "artifactId")
}


def read_packaging(sighting: Sighting) -> Iterator[Fact | Gap]:
    """A fact for each container or package, at most 8 of a kind; a gap where there is none."""
    tree = sighting.tree
    own = sorted((path for path in tree.paths if not is_foreign(path) and len(path) < 400), key=by_depth)
    found: dict[tuple[str, str], Fact] = {}
    for kind, name, path, line in _all(tree, own, sighting.address):
        if _PACKAGE_NAME.fullmatch(name) or kind in ("container-image", "dockerfile", "compose"):
            found.setdefault((kind, name), _fact(kind, name, path, line))
    kinds = [kind for kind, _ in found]
    for i, fact in enumerate(found.values()):
        if kinds[:i].count(kinds[i]) < MOST_OF_A_KIND:
            yield fact
    if not found:
        yield not_there(tree, Question.PACKAGING, "no container, chart or package")


Found = tuple[str, str, str, int | None]  # kind, name, path, line


def _fact(kind: str, name: str, path: str, line: int | None) -> Fact:
    where = Where(path=path, first_line=line)
    return Fact(
        question=Question.PACKAGING, value={"kind": kind, "name": name}, voice=Voice.TREE, where=where
    )


def _all(tree: Tree, own: Sequence[str], address: str) -> Iterator[Found]:
    yield from _images(tree, own, address)
    yield from _dockerfile(own)
    yield from _compose(tree, own)
    for path in own:
        if path in tree.files and not _ASIDE.search(path.lower()):
            yield from _package(path, tree.files[path], own)


def _repository(address: str) -> str:
    """`owner/name` of the address in small letters, without `.git`."""
    parts = address.removeprefix("https://").removeprefix("http://").split("/", 1)
    return parts[-1].strip("/").lower().removesuffix(".git") if len(parts) == 2 else ""


def _images(tree: Tree, own: Sequence[str], address: str) -> Iterator[Found]:
    """Images of the repository's owner that a workflow pushes or a Compose file names."""
    repository = _repository(address)
    owner = repository.split("/")[0]
    if not owner:
        return
    for path in own:
        is_compose = _COMPOSE.fullmatch(name_of(path)) is not None
        is_workflow = path.startswith((".github/", ".forgejo/", ".gitea/", ".gitlab"))
        if path not in tree.files or not (is_workflow or (is_compose and ".devcontainer" not in path)):
            continue
        text = text_of(tree.files[path])
        if is_workflow and not _PUSHES.search(text):
            continue
        for line, name in _names(text, repository):
            # Beside a push the owner is enough; a Compose file also names the owner's other solutions.
            is_own = is_workflow or _bare(repository.split("/")[-1]) in _bare(name)
            if is_own and owner in re.split(r"[/.]", name)[:-1]:
                yield "container-image", name, path, line


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _names(text: str, repository: str) -> Iterator[tuple[int, str]]:
    owner = repository.split("/")[0]
    for number, line in lines_of(text):
        match = _IMAGE.match(line) or _LISTED.match(line)
        if match is None:
            continue
        name = re.sub(r"\$\{\{\s*github\.repository\s*\}\}", repository, line[match.start(1) :].strip())
        name = re.sub(r"\$\{\{\s*github\.repository_owner\s*\}\}", owner, name).strip("\"'")
        name = re.split(r"[\s\"'#,@]|:(?![0-9]{2,5}/)", name)[0].lower()
        if _NAME.fullmatch(name) and not _ASIDE.search(name.rsplit("/", 1)[-1]):
            yield number, name


def _dockerfile(own: Sequence[str]) -> Iterator[Found]:
    """The Dockerfile that lies highest, none that is for developers or tests."""
    for path in own:
        if _DOCKERFILE.fullmatch(name_of(path)) and not _ASIDE.search(path.lower()) and path.count("/") <= 3:
            yield "dockerfile", path, path, None
            return


def _compose(tree: Tree, own: Sequence[str]) -> Iterator[Found]:
    """A Compose file that builds something; one of strangers' images alone is a helper for developers."""
    for path in own:
        if path in tree.files and _COMPOSE.fullmatch(name_of(path)) and not _ASIDE.search(path.lower()):
            for number, line in lines_of(text_of(tree.files[path])):
                if re.match(r"\s+build:", line):
                    yield "compose", path, path, number
                    return


def _package(path: str, data: bytes, own: Sequence[str]) -> Iterator[Found]:
    name = name_of(path)
    if name in ("chart.yaml", "chart.yml") and "/charts/" not in path.split("charts/", 1)[-1]:
        yield from _named("helm", path, data, r"name:\s*[\"']?([a-z0-9.-]{1,100})")
    elif name == "package.json":
        yield from _npm(path, mapping(json_of(data)))
    elif name == "pyproject.toml":
        yield from _python(path, toml_of(data), own)
    elif name in ("setup.py", "setup.cfg"):
        yield from _named("python", path, data, r"\s*name\s*=\s*[\"']?([A-Za-z0-9._-]{1,100})")
    elif name == "composer.json":
        yield from _composer(path, mapping(json_of(data)))
    elif name == "pom.xml" and b"<distributionManagement>" in data:
        yield from _maven(path, text_of(data))
    elif name == "metadata.txt" and b"qgisMinimumVersion" in data:
        yield "qgis-plugin", path.split("/")[-2] if "/" in path else "qgis-plugin", path, None
    elif name == "galaxy.yml":
        yield from _named("ansible", path, data, r"name:\s*[\"']?([a-z0-9_]{1,100})")
    elif name.endswith(".gemspec"):
        yield from _named("gem", path, data, r".{0,40}\.name\s*=\s*[\"']([A-Za-z0-9._-]{1,100})")


def _named(kind: str, path: str, data: bytes, pattern: str) -> Iterator[Found]:
    for number, line in lines_of(text_of(data)):
        if match := re.match(pattern, line):
            yield kind, match[1], path, number
            return


def _npm(path: str, package: Mapping[str, object]) -> Iterator[Found]:
    """A package that is meant to be published: not private, and it says what others get."""
    name = words(package.get("name"))
    # Without a scope it is an application's own metadata, or somebody else's library copied into the tree.
    offers = name.startswith("@") and any(package.get(key) for key in ("files", "exports", "bin"))
    is_public = bool(package.get("publishConfig")) or offers
    if name and package.get("version") and not package.get("private") and is_public:
        yield "npm", name, path, None


def _python(path: str, project: Mapping[str, object], own: Sequence[str]) -> Iterator[Found]:
    """A project with a build system whose package is there to be built."""
    poetry = mapping(mapping(project.get("tool")).get("poetry"))
    name = words(mapping(project.get("project")).get("name")) or words(poetry.get("name"))
    if not name or not project.get("build-system") or poetry.get("package-mode") is False:
        return
    folder = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
    module = name.lower().replace("-", "_").replace(".", "_")
    homes = (f"{folder}{module}/__init__.py", f"{folder}src/{module}/__init__.py", f"{folder}{module}.py")
    names = {one.lower() for one in own}
    if poetry.get("packages") or any(home in names for home in (home.lower() for home in homes)):
        yield "python", name, path, None


def _composer(path: str, package: Mapping[str, object]) -> Iterator[Found]:
    name, kind = words(package.get("name")), words(package.get("type")) or "library"
    if name.count("/") == 1 and kind != "project" and package.get("autoload"):
        yield "composer", name, path, None


def _maven(path: str, text: str) -> Iterator[Found]:
    own = text
    for tag in ("parent", "dependencies", "build", "dependencyManagement", "profiles"):
        own = _without(own, tag)
    parent = text.partition("<parent>")[2].partition("</parent>")[0][:2000]
    group = _XML["groupId"].search(own) or _XML["groupId"].search(parent)
    artifact = _XML["artifactId"].search(own)
    if group and artifact:
        yield "maven", f"{group[1]}:{artifact[1]}", path, None


def _without(text: str, tag: str) -> str:
    """The text without the first element of that name; a pattern could be made to take for ever."""
    before, opening, rest = text.partition(f"<{tag}>")
    return before + rest.partition(f"</{tag}>")[2] if opening else text
