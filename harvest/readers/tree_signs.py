"""What names of files show: changelog, tests, checks of every change, documentation, security policy."""

import re
from collections.abc import Callable, Iterator, Sequence

from catalogue.domain.snapshot import Fact, Gap, Question, Reason, Voice, Where
from harvest.readers.reading import by_depth, is_foreign, lines_of, name_of, not_there, text_of
from harvest.sighting import Sighting, Tree

_PROSE = r"(\.(md|markdown|rst|txt|adoc|asciidoc|org))"
_CHANGELOG = re.compile(
    rf"([^/]+/){{0,2}}(change[-_ ]?logs?|release[-_ ]?notes|aenderungen|änderungen){_PROSE}?"
    rf"|(changes|history|news|releases){_PROSE}?"
    rf"|(docs?/)?(changes|releases?|release[-_]notes){_PROSE}|debian/changelog"
    rf"|\.changeset/config\.json|changelogs?/[^/]+{_PROSE}"
    rf"|(docs?/)?(changelogs?|release[-_]notes)/[^/]+({_PROSE}|\.ya?ml)",
)
_CHANGELOG_HTML = re.compile(r"([^/]+/){0,2}(changelog|release[-_]?notes)\.html?")
_TEST = re.compile(
    r"(.*/)?((test_[^/]+|tests)\.py|[^/]+_tests?\.(py|go|rb|exs|dart|c|cc|cpp|rs)|[^/]+_spec\.(rb|lua)"
    r"|[^/]+[.-](test|tests|spec|e2e-spec|cy|e2e)\.[cm]?[jt]sx?|test[-_][^/]+\.r"
    r"|[^/]+(test|tests|testcase|it|spec)\.(java|kt|groovy|scala)"
    r"|[^/]+(test|tests|cest|cept)\.php|[^/]+tests?\.(cs|swift|vb)|[^/]+\.feature|[^/]+\.robot|[^/]+\.bats)"
)
_TEST_FOLDER = re.compile(
    r"(.*/)?(tests?|__tests__|spec|cypress|e2e|playwright)/(.*/)?[^/]+"
    r"\.(py|php|rb|java|kt|go|[cm]?[jt]sx?|cs|r|pl|t|cpp|rs|dart|swift)"
)
# Names that only end like a test (Audit.java, Commit.kt), and helpers that test nothing themselves.
_NO_TEST = re.compile(
    r"(.*/)?([^/]*(audit|digit|commit|credit|edit|permit|submit|unit|exit|limit|init|visit|split|await|hit"
    r"|latest|contest|request|attest|manifest)\.(java|kt|groovy|scala|php|cs|swift)"
    r"|(conftest|__init__|setup|settings|jest\.setup|setuptests|(test|spec|rails)_helper|[^/]*helpers?|bootstrap"
    r"|constants|testconstants|utils|application_system_test_case|channels/.*)\.[a-z]+"
    r"|[^/]+\.(config|setup)\.[cm]?[jt]s)"
)
# What a framework's command creates: there without anybody having written a test.
_EXAMPLE_TEST = re.compile(
    r"(.*/)?(exampletest\.php|example(unit|instrumented)test\.(kt|java)|widget_test\.dart|tests\.py"
    r"|app\.(test|spec)\.[jt]sx?|app\.component\.spec\.ts|app\.e2e-spec\.ts|[^/]*applicationtests?\.(java|kt)"
    r"|testcase\.php|createsapplication\.php|helloworld\.spec\.[jt]s|example\.(test|spec|cy)\.[jt]sx?"
    r"|runnertests\.swift|test_helper\.rb|cypress/(support|plugins|fixtures)/[^/]+)"
)
_WORKFLOW = re.compile(r"\.(github|forgejo|gitea)/workflows/[^/]+\.ya?ml")
_CI = re.compile(
    r"\.gitlab-ci\.ya?ml|\.gitlab/ci/[^/]+\.ya?ml|jenkinsfile[^/]{0,40}|\.jenkins/[^/]+|\.travis\.yml"
    r"|\.circleci/config\.ya?ml|\.?azure-pipelines[^/]{0,40}\.ya?ml|bitbucket-pipelines\.ya?ml|\.drone\.ya?ml"
    r"|\.woodpecker\.ya?ml|\.woodpecker/[^/]+\.ya?ml|\.?appveyor\.yml|\.builds/[^/]+\.ya?ml|\.cirrus\.yml"
)
# Workflows that look after issues and robots instead of the code.
_HOUSEKEEPING = re.compile(
    r"(^|[-_.])(stale|labels?|labeler|greetings?|welcome|projects?|assign|auto-?merge|lock|close|sync|mirror|cla"
    r"|dependabot|renovate|contributors|notify|slack|all-contributors|issues?|triage|docs?|documentation|sbom|say)([-_.]|$)"
)
_CHECKING = re.compile(
    r"^[ \t]{0,8}[\"']?(push|pull_request|pull_request_target|merge_group)[\"']?:[ \t]*($|[#{\[])"
    r"|^[\"']?on[\"']?:.{0,200}\b(push|pull_request|merge_group)\b|^[ \t]+-[ \t]+(push|pull_request)[ \t]*$",
    re.MULTILINE,
)
_FOR_CHECKS = re.compile(
    r"(^|[-_./])(ci|tests?|build|checks?|lint|verify|maven|gradle|pytest|jest|main)([-_.]|$)"
)
_SECURITY = re.compile(
    r"((\.github|\.gitlab|docs?)/)?security(\.(md|rst|txt|adoc))?|([^/]+/){0,5}\.well-known/security\.txt"
)
_TEMPLATE = re.compile(r"Use this section to tell people|Tell them where to go, how often", re.IGNORECASE)
_LINK_TARGET = re.compile(r"\]\([^()]{0,300}\)")
_MANUAL = re.compile(rf"(docs?|documentation|dokumentation|handbuch|manual)/(.*/)?[^/]+{_PROSE}")
_MANUAL_SITE = re.compile(
    r"([^/]+/){0,2}(mkdocs\.ya?ml|docusaurus\.config\.[jt]s|antora\.yml)|([^/]+/)?docs?/(source/)?conf\.py"
    r"|([^/]+/){0,2}\.vitepress/config\.m?[jt]s"
)


def read_tree_signs(sighting: Sighting) -> Iterator[Fact | Gap]:
    """A fact for each sign with the file that shows it, a gap for each other one."""
    tree = sighting.tree
    own = sorted((path for path in tree.paths if not is_foreign(path) and len(path) < 400), key=by_depth)
    yield _first(tree, own, Question.CHANGELOG, "no file such as CHANGELOG.md", _is_changelog)
    yield _tests(tree, own)
    speaking = sorted(own, key=lambda path: not _FOR_CHECKS.search(name_of(path)))
    absent = "no set-up of a known service that runs at every change"
    yield _first(tree, speaking, Question.CONTINUOUS_INTEGRATION, absent, lambda path: _is_ci(tree, path))
    yield _security_policy(tree, own)
    yield _documentation(tree, own)


def _fact(question: Question, path: str, line: int | None = None) -> Fact:
    return Fact(question=question, value=path, voice=Voice.TREE, where=Where(path=path, first_line=line))


def _first(
    tree: Tree, own: Sequence[str], question: Question, absent: str, fits: Callable[[str], bool]
) -> Fact | Gap:
    found = next((path for path in own if fits(path)), None)
    return _fact(question, found) if found else not_there(tree, question, absent)


def _is_changelog(path: str) -> bool:
    small = path.lower()
    return bool(_CHANGELOG.fullmatch(small) or _CHANGELOG_HTML.fullmatch(small))


def _tests(tree: Tree, own: Sequence[str]) -> Fact | Gap:
    """The first test that is no example of a framework; only examples tell nothing."""
    tests = sorted((path for path in own if _is_test(path)), key=_how_much_a_test)
    written = next((path for path in tests if not _EXAMPLE_TEST.fullmatch(path.lower())), None)
    if written:
        return _fact(Question.TESTS, written)
    if tests:
        return Gap(
            question=Question.TESTS,
            reason=Reason.UNREADABLE,
            voice=Voice.TREE,
            where=Where(path=tests[0]),
            detail="only tests that a framework creates as an example",
        )
    return not_there(tree, Question.TESTS, "no file named like a test")


def _is_test(path: str) -> bool:
    small = path.lower()
    is_named = _TEST.fullmatch(small) or _TEST_FOLDER.fullmatch(small)
    return bool(is_named) and not _NO_TEST.fullmatch(small)


def _how_much_a_test(path: str) -> tuple[bool, bool]:
    """Sorts what is named and placed like a test before what is only one of the two."""
    small = path.lower()
    return not _TEST.fullmatch(small), not _TEST_FOLDER.fullmatch(small)


def _is_ci(tree: Tree, path: str) -> bool:
    """Whether a file sets up checks of the code; a workflow that only tends issues does not."""
    small = path.lower()
    if not _WORKFLOW.fullmatch(small):
        return _CI.fullmatch(small) is not None
    if _HOUSEKEEPING.search(name_of(small)):
        return False
    content = tree.files.get(path)
    return content is None or _CHECKING.search(text_of(content)) is not None


def _security_policy(tree: Tree, own: Sequence[str]) -> Fact | Gap:
    paths = [path for path in own if _SECURITY.fullmatch(path.lower())]
    for path in paths:
        text = text_of(tree.files.get(path, b"?"))
        if text.strip() and not _TEMPLATE.search(text):
            return _fact(Question.SECURITY_POLICY, path)
    if paths:
        return Gap(
            question=Question.SECURITY_POLICY,
            reason=Reason.UNREADABLE,
            voice=Voice.TREE,
            where=Where(path=paths[0]),
            detail="empty, or the unchanged template of the forge",
        )
    return not_there(tree, Question.SECURITY_POLICY, "no SECURITY.md and no security.txt in this repository")


def _documentation(tree: Tree, own: Sequence[str]) -> Fact | Gap:
    """A site generator's settings, or a folder of documentation with at least two pages."""
    site = next((path for path in own if _MANUAL_SITE.fullmatch(path.lower())), None)
    if site:
        return _fact(Question.DOCUMENTATION, site)
    pages = [path for path in own if _MANUAL.fullmatch(path.lower()) and not _is_changelog(path)]
    if len(pages) >= 2:
        entrance = next((path for path in pages if name_of(path).startswith(("readme.", "index."))), pages[0])
        return _fact(Question.DOCUMENTATION, entrance)
    return not_there(tree, Question.DOCUMENTATION, "no folder of documentation")


def headings(data: bytes) -> Iterator[tuple[int, str]]:
    """The headings of a Markdown, AsciiDoc or reStructuredText file, with their lines."""
    previous = ""
    is_code = False
    for number, line in lines_of(text_of(data)):
        if line.startswith(("```", "~~~")):
            is_code = not is_code
        if is_code:
            continue
        if match := re.match(r"(?:#{1,6}|={2,6})[ \t]+(\S.{0,120})", line):
            yield number, _LINK_TARGET.sub("]", match[1]).strip(" \t#=*:_`")
        elif previous.strip() and re.fullmatch(r"[=~^\"'-]{3,200}", line.strip()):
            yield number - 1, previous.strip()[:120]
        previous = line
