"""Which files of a repository are read: the few that say something about it, found by their names alone."""

import re
from collections.abc import Iterable

_PACKAGES = (
    "pyproject.toml", "setup.cfg", "setup.py", "package.json", "composer.json", "pom.xml", "build.gradle",
    "build.gradle.kts", "cargo.toml", "go.mod", "gemfile", "requirements.txt", "mix.exs", "pubspec.yaml",
    "description", "project.toml",
)  # fmt: skip
_SOURCES = (
    "py", "js", "ts", "tsx", "jsx", "vue", "java", "kt", "php", "rb", "go", "rs", "cs", "c", "h", "cpp",
    "hpp", "swift", "dart", "r", "ex", "scala", "sh", "sql",
)  # fmt: skip
MOST_SOURCES = 20
_MOST_EACH = 12

# Kind, the most important first -> (folders above the file at most, its name or path in lower case).
WANTED: tuple[tuple[str, int, str], ...] = (
    ("publiccode", 3, r"(.*/)?publiccode\.ya?ml"),
    ("licence", 0, r"(un)?licen[sc]e[^/]*|copying[^/]*|copyright[^/]*|licenses?/[^/]+|eupl[^/]*"),
    ("licences", 1, r"(licen[sc]es?|legal)/[^/]+"),
    ("reuse", 1, r"reuse\.toml|\.reuse/dep5"),
    ("readme", 0, r"(docs?/|\.github/|\.gitlab/)?readme[^/]*"),
    ("security", 1, r"(\.github/|\.gitlab/|docs?/)?security[^/]*|(\.well-known/)?security\.txt"),
    ("owners", 1, r"(\.github/|\.gitlab/|docs/)?codeowners"),
    ("citation", 0, r"citation\.cff|codemeta\.json"),
    ("package", 1, rf"([^/]+/)?({'|'.join(map(re.escape, _PACKAGES))}|[^/]+\.(csproj|gemspec|cabal))"),
    ("container", 2, r"(.*/)?((dockerfile|containerfile)[^/]*|(docker-)?compose[^/]*\.ya?ml)"),
    ("chart", 4, r"(.*/)?chart\.ya?ml"),
    ("changes", 1, r"(docs?/)?(changelog|changes|history|news|releases?)(\.[a-z]+)?"),
    ("contributing", 1, r"(\.github/|\.gitlab/|docs?/)?(contributing|support|maintainers|authors)[^/]*"),
    ("ci", 2, r"\.gitlab-ci\.yml|\.(github|forgejo|gitea)/workflows/[^/]+\.ya?ml|\.woodpecker\.ya?ml"
              r"|\.travis\.yml|jenkinsfile|azure-pipelines\.ya?ml"),
    ("interface", 4, r"(.*/)?(openapi|swagger|asyncapi)[^/]*\.(ya?ml|json)"),
    ("docs", 2, r"(docs?|documentation|doku|dokumentation)/(.*/)?(index|readme|install[^/]*|admin[^/]*"
                r"|operation[^/]*|betrieb[^/]*|deploy[^/]*)\.(md|rst|adoc|txt)|mkdocs\.ya?ml|install[^/]*\.md"),
)  # fmt: skip
_KINDS = tuple((kind, deep, re.compile(pattern)) for kind, deep, pattern in WANTED)
_SOURCE = re.compile(rf".*\.({'|'.join(_SOURCES)})")
_FOREIGN = re.compile(
    r"(^|/)(node_modules|vendor|third[_-]?party|external|bower_components|dist|build|\.yarn|test_?data|fixtures)/"
)


def choose(paths: Iterable[str], most: int) -> tuple[str, ...]:
    """The files to read, of each kind those nearest to the root, the important kinds first.

    Copies of other people's work in between (`node_modules`, `vendor` ...) are left out, and of source
    files a few are taken from all over the tree, for their licence headers.
    """
    found: dict[str, list[str]] = {kind: [] for kind, _, _ in _KINDS}
    sources: list[str] = []
    for path in paths:
        low = path.lower()
        if _FOREIGN.search(low):
            continue
        if (kind := _kind_of(low)) is not None:
            found[kind].append(path)
        elif _SOURCE.fullmatch(low):
            sources.append(path)
    named = [path for some in found.values() for path in sorted(some, key=_nearness)[:_MOST_EACH]]
    room = max(most - len(named), 0)
    return (*named[:most], *_spread(sorted(sources), min(MOST_SOURCES, room)))


def _kind_of(low: str) -> str | None:
    folders = low.count("/")
    return next(
        (kind for kind, deep, pattern in _KINDS if folders <= deep and pattern.fullmatch(low)),
        None,
    )


def _nearness(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _spread(items: list[str], most: int) -> list[str]:
    """At most so many of them, evenly apart; the same ones for the same tree."""
    if len(items) <= most:
        return items
    return [items[number * len(items) // most] for number in range(most)]
