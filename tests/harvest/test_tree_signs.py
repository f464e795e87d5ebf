"""What names of files show, and what only looks like it."""

import pytest
from sightings import a_sighting, reasons, values

from catalogue.domain.snapshot import Question
from harvest.readers.languages import read_languages
from harvest.readers.operation import read_operation
from harvest.readers.tree_signs import read_tree_signs

ON_PUSH = "on:\n  push:\n    branches: [main]\njobs:\n  test:\n"


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("CHANGELOG.md", Question.CHANGELOG),
        ("backend/CHANGELOG.md", Question.CHANGELOG),
        ("doc/ChangeLog", Question.CHANGELOG),
        ("docs/releasenotes.md", Question.CHANGELOG),
        ("CHANGES.rst", Question.CHANGELOG),
        ("app/tests/test_views.py", Question.TESTS),
        ("src/components/Map.spec.ts", Question.TESTS),
        ("backend/src/test/java/de/town/PermitServiceTest.java", Question.TESTS),
        ("pkg/parse_test.go", Question.TESTS),
        ("spec/models/tree_spec.rb", Question.TESTS),
        ("tests/Feature/LoginTest.php", Question.TESTS),
        (".gitlab-ci.yml", Question.CONTINUOUS_INTEGRATION),
        ("Jenkinsfile", Question.CONTINUOUS_INTEGRATION),
        (".forgejo/workflows/build.yaml", Question.CONTINUOUS_INTEGRATION),
        ("SECURITY.md", Question.SECURITY_POLICY),
        (".github/SECURITY.md", Question.SECURITY_POLICY),
        ("public/.well-known/security.txt", Question.SECURITY_POLICY),
        ("mkdocs.yml", Question.DOCUMENTATION),
    ],
)
def test_a_sign_is_seen_by_its_usual_name(path, question):
    assert values(read_tree_signs(a_sighting(path)), question) == [path]


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("node_modules/x/CHANGELOG.md", Question.CHANGELOG),  # somebody else's
        ("web/news.html", Question.CHANGELOG),  # a page of the application
        ("src/changelog.ts", Question.CHANGELOG),
        ("src/main/java/de/town/Audit.java", Question.TESTS),  # only ends like one
        ("src/git/Commit.java", Question.TESTS),
        ("src/Request.php", Question.TESTS),
        ("vendor/lib/tests/test_a.py", Question.TESTS),
        ("tests/conftest.py", Question.TESTS),
        (".github/workflows/stale.yml", Question.CONTINUOUS_INTEGRATION),
        (".github/workflows/label-issues.yml", Question.CONTINUOUS_INTEGRATION),
        (".github/dependabot.yml", Question.CONTINUOUS_INTEGRATION),
        ("src/security.md", Question.SECURITY_POLICY),
        ("docs/one-page.md", Question.DOCUMENTATION),
    ],
)
def test_what_only_looks_like_a_sign_is_none(path, question):
    found = list(read_tree_signs(a_sighting(path)))

    assert values(found, question) == []
    assert reasons(found, question) == ["absent"]


@pytest.mark.parametrize("path", ["src/App.test.js", "app/tests.py", "tests/Unit/ExampleTest.php"])
def test_the_example_test_of_a_framework_says_nothing(path):
    assert reasons(read_tree_signs(a_sighting(path)), Question.TESTS) == ["unreadable"]


def test_among_tests_the_most_telling_one_is_named():
    found = read_tree_signs(a_sighting("tests/data.py", "scripts/test_db.py", "app/tests/test_views.py"))

    assert values(found, Question.TESTS) == ["app/tests/test_views.py"]


def test_a_workflow_counts_where_it_runs_at_every_change():
    nightly = "on:\n  schedule:\n    - cron: '0 3 * * *'\njobs:\n  x:\n    with:\n      push: true\n"
    paths = {".github/workflows/nightly.yml": nightly, ".github/workflows/pr.yml": "on: [pull_request]\n"}

    found = read_tree_signs(a_sighting(files=paths))

    assert values(found, Question.CONTINUOUS_INTEGRATION) == [".github/workflows/pr.yml"]


def test_a_workflow_that_tests_is_named_before_others():
    found = read_tree_signs(
        a_sighting(
            files={".github/workflows/actionlint.yml": ON_PUSH, ".github/workflows/tests.yml": ON_PUSH}
        )
    )

    assert values(found, Question.CONTINUOUS_INTEGRATION) == [".github/workflows/tests.yml"]


def test_an_unchanged_template_is_no_security_policy():
    text = "# Security Policy\nUse this section to tell people about which versions are supported.\n"

    found = list(read_tree_signs(a_sighting(files={"SECURITY.md": text})))

    assert values(found, Question.SECURITY_POLICY) == []
    assert reasons(found, Question.SECURITY_POLICY) == ["unreadable"]


def test_a_part_of_the_names_does_not_show_that_something_is_absent():
    cut = list(read_tree_signs(a_sighting("README.md", is_whole=False)))
    unseen = list(read_tree_signs(a_sighting(is_whole=False)))

    assert reasons(cut, Question.TESTS) == ["too-large"]
    assert reasons(unseen, Question.CHANGELOG) == ["unreachable"]
    assert values(read_tree_signs(a_sighting("CHANGELOG.md", is_whole=False)), Question.CHANGELOG)


@pytest.mark.parametrize(
    "path", ["INSTALL.md", "docs/betrieb.md", "docs/de/01-installation.md", "docs/deployment/kubernetes.md"]
)
def test_a_page_for_those_who_run_it_is_found(path):
    assert values(read_operation(a_sighting(path, "README.md")), Question.OPERATION) == [path]


@pytest.mark.parametrize(
    ("readme", "line"),
    [
        ("# Thing\n\n## Deployment\n", 3),
        ("# Thing\n\n## Installation\n", 3),
        ("Thing\n=====\n\nBetrieb\n-------\n", 4),
        ("# Thing\n## Local deployment for development\n", None),
        ("# Thing\n## Ruby installation\n", None),
        ("# Thing\n```\n# deployment\n```\n", None),  # a comment in code
        ("# Thing\n## [Step 1](installation.md)\n", None),
    ],
)
def test_a_section_of_the_readme_is_found_by_its_heading(readme, line):
    found = list(read_operation(a_sighting(files={"README.md": readme})))

    assert [one.where.first_line for one in found] == [line]
    assert (reasons(found, Question.OPERATION) == ["absent"]) is (line is None)


def test_a_readme_that_was_not_read_is_no_missing_section():
    assert reasons(read_operation(a_sighting(too_large=["README.md"])), Question.OPERATION) == ["too-large"]


def test_languages_are_those_of_the_own_program_files():
    paths = [
        *(f"src/a{i}.py" for i in range(10)),
        *(f"web/a{i}.ts" for i in range(5)),
        *(f"node_modules/a{i}.js" for i in range(50)),  # somebody else's
        *(f"i18n/thing_{i}.ts" for i in range(50)),  # translations of Qt
        *(f"app/migrations/{i}.py" for i in range(50)),  # generated
        "deploy.sh",
        "README.md",
    ]

    assert values(read_languages(a_sighting(*paths)), Question.LANGUAGES) == [("Python", "TypeScript")]
    assert reasons(read_languages(a_sighting("README.md")), Question.LANGUAGES) == ["absent"]
