"""What a repository builds on, by name: from package metadata, Compose files, Dockerfiles and charts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harvest.readers.reading import (
    by_depth,
    is_foreign,
    json_of,
    lines_of,
    mapping,
    name_of,
    text_of,
    toml_of,
)
from harvest.sighting import Tree

MOST = 2_000
_NAME = re.compile(r"[A-Za-z0-9@][A-Za-z0-9@._/:+-]{0,200}")
_REQUIREMENT = re.compile(
    r"\s*([A-Za-z0-9][A-Za-z0-9._-]{0,100})(?:\s*\[[^\[\]]{0,100}\])?\s*(?:$|[=<>!~;@,(#\s])"
)
_IMAGE = re.compile(r"\s*(?:-\s+)?image:\s*[\"']?([^\s\"'#]{2,200})")
_FROM = re.compile(r"\s*FROM\s+(?:--platform=\S{1,60}\s+)?(\S{2,200})", re.IGNORECASE)
_GO = re.compile(r"\s*(?:require\s+)?([a-z0-9.-]{1,80}\.[a-z]{2,10}/[\w./~-]{1,150})\s+v[0-9]")
_GEM = re.compile(r"\s*(?:gem|[a-z_.]{0,30}add_(?:runtime_)?dependency)\s*\(?\s*[\"']([\w.-]{1,100})[\"']")
_GRADLE = re.compile(
    r"\s*(?:implementation|api|compile|runtimeOnly)\b[^\"']{0,40}[\"']([\w.-]{1,100}:[\w.-]{1,100})"
)
_GIT = re.compile(
    r"(?:git\+)?(?:https?|ssh|git)://(?:[\w.-]{1,60}@)?([\w.-]{3,100})/([\w./~-]{3,200}?)(?:\.git)?(?=[#@\"'\s,)]|$)"
    r"|git@([\w.-]{3,100}):([\w./~-]{3,200}?)(?:\.git)?(?=[#@\"'\s,)]|$)"
)  # fmt: skip
_XML_DEPENDENCY = re.compile(
    r"<dependency>\s{0,200}<groupId>\s{0,20}([\w.-]{1,150})\s{0,20}</groupId>\s{0,200}"
    r"<artifactId>\s{0,20}([\w.-]{1,150})\s{0,20}</artifactId>"
)
_SHORT = {"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"}


@dataclass(frozen=True, slots=True)
class Dependency:
    """A name within its kind (npm, pypi, maven, composer, gem, golang, cargo, docker, git, helm)."""

    kind: str
    name: str
    path: str
    line: int | None = None


def dependencies_of(tree: Tree) -> Iterator[Dependency]:
    """What the read files say the repository needs to run or to be built, at most 2,000."""
    count = 0
    for path in sorted(tree.files, key=by_depth):
        read = None if is_foreign(path) else _reader(name_of(path))
        for kind, name, line in read(tree.files[path]) if read else ():
            if _NAME.fullmatch(name):
                yield Dependency(kind, name, path, line)
                count += 1
            if count >= MOST:
                return


Found = tuple[str, str, int | None]


def _reader(name: str) -> Callable[[bytes], Iterator[Found]] | None:
    return next((read for pattern, read in _READERS if pattern.fullmatch(name)), None)


def _git_address(text: str) -> str | None:
    """`https://host/path` of a Git address in the text, also of `github:owner/name`."""
    if match := _GIT.search(text):
        path = (match[2] or match[4]).split("/-/")[0]  # behind `/-/` GitLab names archives and pages
        return f"https://{match[1] or match[3]}/{path.strip('/')}"
    if match := re.fullmatch(
        r"(?:(github|gitlab|bitbucket):)([\w.-]{1,80}/[\w.-]{1,80})(?:#\S{0,100})?", text
    ):
        return f"https://{_SHORT[match[1]]}/{match[2].removesuffix('.git')}"
    return None


def _npm(data: bytes) -> Iterator[Found]:
    package = mapping(json_of(data))
    for group in ("dependencies", "peerDependencies", "optionalDependencies", "devDependencies"):
        for name, version in mapping(package.get(group)).items():
            yield "npm", str(name), None
            if isinstance(version, str) and (address := _git_address(version[:400])):
                yield "git", address, None


def _composer(data: bytes) -> Iterator[Found]:
    package = mapping(json_of(data))
    for name in mapping(package.get("require")):
        if "/" in str(name):
            yield "composer", str(name), None
    repositories = package.get("repositories")
    for one in repositories if isinstance(repositories, list) else ():
        url = mapping(one).get("url")
        if (
            isinstance(url, str)
            and mapping(one).get("type") in ("vcs", "git")
            and (found := _git_address(url[:400]))
        ):
            yield "git", found, None


def _pyproject(data: bytes) -> Iterator[Found]:
    document = toml_of(data)
    project, tool = mapping(document.get("project")), mapping(document.get("tool"))
    stated = project.get("dependencies")
    for text in stated if isinstance(stated, list) else ():
        yield from _requirement(str(text)[:300], None)
    poetry = mapping(tool.get("poetry"))
    for name, value in mapping(poetry.get("dependencies")).items():
        if name != "python":
            yield "pypi", str(name), None
        if address := _git_address(str(mapping(value).get("git", ""))[:400]):
            yield "git", address, None
    for value in mapping(mapping(tool.get("uv")).get("sources")).values():
        if address := _git_address(str(mapping(value).get("git", ""))[:400]):
            yield "git", address, None


def _requirement(text: str, line: int | None) -> Iterator[Found]:
    if address := _git_address(text) if "git" in text else None:
        yield "git", address, line
    elif match := _REQUIREMENT.match(text):
        yield "pypi", match[1], line


def _requirements(data: bytes) -> Iterator[Found]:
    for number, line in lines_of(text_of(data)):
        if not line.lstrip().startswith(("#", "-r", "-c", "--")):
            yield from _requirement(line.replace("-e ", "", 1), number)


def _cargo(data: bytes) -> Iterator[Found]:
    for name, value in mapping(toml_of(data).get("dependencies")).items():
        yield "cargo", str(name), None
        if address := _git_address(str(mapping(value).get("git", ""))[:400]):
            yield "git", address, None


def _maven(data: bytes) -> Iterator[Found]:
    text = text_of(data)
    for match in _XML_DEPENDENCY.finditer(text):
        yield "maven", f"{match[1]}:{match[2]}", text.count("\n", 0, match.start()) + 1


def _by_line(kind: str, pattern: re.Pattern[str]) -> Callable[[bytes], Iterator[Found]]:
    def read(data: bytes) -> Iterator[Found]:
        for number, line in lines_of(text_of(data)):
            if match := pattern.match(line):
                name = re.split(r"@|:(?![0-9]{2,5}/)", match[1])[0] if kind == "docker" else match[1]
                yield kind, name, number

    return read


def _submodules(data: bytes) -> Iterator[Found]:
    for number, line in lines_of(text_of(data)):
        key, _, value = line.partition("=")
        if key.strip() == "url" and (address := _git_address(value.strip())):
            yield "git", address, number


def _chart(data: bytes) -> Iterator[Found]:
    is_within = False
    for number, line in lines_of(text_of(data)):
        if line[:1].strip():
            is_within = line.startswith(("dependencies:", "- "))
        if is_within and (match := re.match(r"\s*(?:-\s+)?name:\s*[\"']?([a-z0-9-]{1,100})", line)):
            yield "helm", match[1], number


_READERS: tuple[tuple[re.Pattern[str], Callable[[bytes], Iterator[Found]]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"package\.json", _npm),
        (r"composer\.json", _composer),
        (r"pyproject\.toml", _pyproject),
        (r"requirements[^/]{0,30}\.(txt|in)", _requirements),
        (r"cargo\.toml", _cargo),
        (r"pom\.xml", _maven),
        (r"build\.gradle(\.kts)?", _by_line("maven", _GRADLE)),
        (r"go\.mod", _by_line("golang", _GO)),
        (r"gemfile|[^/]+\.gemspec", _by_line("gem", _GEM)),
        (r"(docker-)?compose([-._][^/]{1,40})?\.ya?ml", _by_line("docker", _IMAGE)),
        (r"(docker|container)file(\.[^/]{1,30})?", _by_line("docker", _FROM)),
        (r"[^/]{1,40}\.(docker|container)file", _by_line("docker", _FROM)),
        (r"\.gitmodules", _submodules),
        (r"chart\.ya?ml", _chart),
    )
)  # fmt: skip
