"""Containers and packages that others can install, and files that only look like them."""

import json

import pytest
from sightings import a_sighting, reasons, values

from catalogue.domain.snapshot import Question
from harvest.readers.packaging import read_packaging

PUSH = "jobs:\n  build:\n    steps:\n      - uses: docker/build-push-action@v5\n        with:\n"


POM = (
    "<project><parent><groupId>de.town</groupId><artifactId>parent</artifactId></parent>"
    "<artifactId>thing</artifactId><distributionManagement></distributionManagement></project>"
)


def npm(**keys: object) -> str:
    return json.dumps({"version": "1.0.0", **keys})


def composer(kind: str) -> str:
    return json.dumps({"name": "town/thing", "type": kind, "autoload": {"psr-4": {"A": "src"}}})


def packages(*paths: str, **kwargs: object) -> list[tuple[str, str]]:
    found = values(read_packaging(a_sighting(*paths, **kwargs)), Question.PACKAGING)
    return [(value["kind"], value["name"]) for value in found]


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("Chart.yaml", "apiVersion: v2\nname: thing\n", ("helm", "thing")),
        ("package.json", npm(name="@town/ui", files=["dist"]), ("npm", "@town/ui")),
        ("package.json", npm(name="ui", publishConfig={"access": "public"}), ("npm", "ui")),
        ("setup.py", "setup(\n    name='ckanext-thing',\n)\n", ("python", "ckanext-thing")),
        ("composer.json", composer("typo3-cms-extension"), ("composer", "town/thing")),
        ("pom.xml", POM, ("maven", "de.town:thing")),
        ("thing/metadata.txt", "[general]\nname=Thing\nqgisMinimumVersion=3.0\n", ("qgis-plugin", "thing")),
    ],
)  # fmt: skip
def test_a_package_is_known_by_its_metadata(path, content, expected):
    assert packages(files={path: content}) == [expected]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", json.dumps({"name": "app", "version": "1", "private": True, "publishConfig": {}})),
        ("package.json", json.dumps({"name": "app", "version": "1", "bin": "x"})),  # an application's own
        (
            "web/libraries/select2/package.json",
            json.dumps({"name": "select2", "version": "4", "files": ["d"]}),
        ),
        ("pyproject.toml", "[tool.ruff]\nline-length = 100\n"),
        ("pyproject.toml", "[project]\nname = 'app'\n[build-system]\nrequires = []\n"),  # there is no package
        ("composer.json", composer("project")),
        ("pom.xml", "<project><groupId>a</groupId><artifactId>b</artifactId></project>"),
        ("compose.yaml", "services:\n  db:\n    image: postgres:16\n"),  # a helper for developers
        (".devcontainer/Dockerfile", "FROM x"),
        ("Dockerfile.dev", "FROM x"),
        ("tests/Dockerfile", "FROM x"),
        ("package.json", "{"),
    ],
)
def test_metadata_that_offers_nothing_to_install_is_no_package(path, content):
    assert packages(files={path: content}) == []


def test_a_python_project_with_its_package_can_be_installed():
    project = "[project]\nname = 'town-thing'\n[build-system]\nrequires = []\n"

    assert packages("src/town_thing/__init__.py", files={"pyproject.toml": project}) == [
        ("python", "town-thing")
    ]


def test_a_dockerfile_and_a_compose_file_that_builds_are_containers():
    files = {"docker/Dockerfile": "FROM x", "compose.yaml": "services:\n  app:\n    build: .\n"}

    assert packages(files=files) == [("dockerfile", "docker/Dockerfile"), ("compose", "compose.yaml")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("          images: ghcr.io/${{ github.repository }}\n", "ghcr.io/town/thing"),
        ("          tags: town/thing:latest\n", "town/thing"),
        ("  tags: ghcr.io/${{ github.repository_owner }}/web:${{ github.sha }}\n", "ghcr.io/town/web"),
        ("          tags: ${{ steps.meta.outputs.tags }}\n", None),  # who knows
        ("          tags: other/thing:latest\n", None),  # somebody else's
        ("          tags: ghcr.io/town/thing/ci-base\n", None),  # for the workflows themselves
    ],
)  # fmt: skip
def test_a_published_image_is_named_by_the_workflow_that_pushes_it(line, name):
    found = packages(files={".github/workflows/image.yml": PUSH + line})

    assert found == ([("container-image", name)] if name else [])


def test_an_image_of_the_owner_in_compose_is_this_one_only_by_its_name():
    compose = (
        "services:\n  a:\n    image: ghcr.io/town/thing-api:1.2\n  b:\n    image: ghcr.io/town/gateway:1\n"
    )

    assert packages(files={"compose.yaml": compose}) == [("container-image", "ghcr.io/town/thing-api")]


def test_a_monorepo_names_a_few_packages_of_a_kind():
    files = {f"p{i}/package.json": npm(name=f"@town/p{i}", files=["x"]) for i in range(30)}

    assert len(packages(files=files)) == 8


def test_nothing_to_install_is_absent_only_where_all_was_seen():
    assert reasons(read_packaging(a_sighting("README.md")), Question.PACKAGING) == ["absent"]
    assert reasons(read_packaging(a_sighting("a", is_whole=False)), Question.PACKAGING) == ["too-large"]
