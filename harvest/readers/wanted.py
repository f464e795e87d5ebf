"""Which few files a look reads: the ones that the readers ask for, chosen by name alone."""

import re
from collections.abc import Iterable

from harvest.readers.reading import by_depth, is_foreign

_SHELF = r"((\.github|\.gitlab|docs?)/)?"  # where forges look for files about the repository
_PROSE = r"(\.(md|markdown|rst|txt|adoc|org))?"
_LICENCE = r"licen[cs]es?|lizenz(en)?|mit-license|copying|unlicense|notice|copyright"
_PACKAGES = (
    r"pyproject\.toml|setup\.(cfg|py)|package\.json|composer\.json|pom\.xml|cargo\.toml|go\.mod|gemfile"
    r"|[^/]+\.gemspec|requirements[^/]{0,30}\.(txt|in)|build\.gradle(\.kts)?|pubspec\.yaml|chart\.ya?ml"
    r"|metadata\.txt|galaxy\.yml|[^/]+\.csproj"
)
# (pattern of the whole path in small letters, how many such files at most); the first that fits counts
WANTED: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), most)
    for pattern, most in (
        (rf"{_SHELF}(readme|liesmich)(\.[a-z]{{2}}|[-_][a-z]{{2}})?{_PROSE}", 6),
        (r"publiccode\.ya?ml|citation\.cff|codemeta\.json|\.gitmodules", 6),
        (rf"{_SHELF}(security|support|contact|kontakt|maintainers|authors){_PROSE}", 8),
        (r"([^/]+/){0,5}\.well-known/security\.txt|security\.txt", 3),
        (rf"{_SHELF}codeowners", 3),
        (rf"([^/]+/)?({_LICENCE})([-._][^/]{{0,40}})?", 12),
        (r"licenses/[^/]+|reuse\.toml|\.reuse/dep5|\.licenserc\.ya?ml", 40),
        (r"([^/]+/){0,2}[^/]+\.license", 5),
        (rf"({_PACKAGES})", 20),
        (rf"([^/]+/){{1,3}}({_PACKAGES})", 30),
        (r"([^/]+/){0,2}(docker-)?compose([-._][^/]{1,40})?\.ya?ml", 10),
        (r"([^/]+/){0,2}((docker|container)file(\.[^/]{1,30})?|[^/]{1,40}\.(docker|container)file)", 10),
        (r"\.(github|forgejo|gitea)/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.gitlab/ci/[^/]+\.ya?ml", 25),
        (r"\.woodpecker\.ya?ml|\.woodpecker/[^/]+\.ya?ml|\.drone\.yml|\.travis\.yml|jenkinsfile", 5),
        (r"([^/]+/){1,2}readme\.(md|rst|adoc)", 10),
        (r"docs?/([^/]+/)?[^/]+\.(md|rst|adoc)", 15),
    )
)  # fmt: skip


def wanted(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths of the files to read, at most about 190; of each kind those highest in the tree."""
    found: dict[int, list[str]] = {}
    for path in paths:
        kind = None if len(path) > 300 or is_foreign(path) else _kind(path.lower())
        if kind is not None:
            found.setdefault(kind, []).append(path)
    return tuple(
        path for kind in sorted(found) for path in sorted(found[kind], key=by_depth)[: WANTED[kind][1]]
    )


def _kind(path: str) -> int | None:
    return next((i for i, (pattern, _) in enumerate(WANTED) if pattern.fullmatch(path)), None)
