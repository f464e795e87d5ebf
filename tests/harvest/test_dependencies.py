"""What a repository builds on, as addresses and package URLs."""

import json

import pytest
from sightings import a_sighting, reasons, values

from catalogue.domain.snapshot import Question
from harvest.readers.dependencies import read_dependencies


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("package.json", json.dumps({"dependencies": {"@town/ui": "^1"}}), ["pkg:npm/%40town/ui"]),
        (
            "package.json",
            json.dumps({"dependencies": {"ui": "github:town/ui#main"}}),
            ["https://github.com/town/ui", "pkg:npm/ui"],
        ),
        ("pyproject.toml", "[project]\ndependencies = ['Town_Thing[x]>=1']\n", ["pkg:pypi/town-thing"]),
        ("pyproject.toml", "[tool.poetry.dependencies]\npython = '3'\nflask = '3'\n", ["pkg:pypi/flask"]),
        ("requirements.txt", "# x\n-r other.txt\nflask==3 ; python_version>'3'\n", ["pkg:pypi/flask"]),
        ("requirements.txt", "git+https://git.town.de/a/b.git@v1#egg=b\n", ["https://git.town.de/a/b"]),
        ("requirements.txt", "-e git+ssh://git@git.town.de/a/b.git\n", ["https://git.town.de/a/b"]),
        (
            "pom.xml",
            "<dependency>\n<groupId>de.town</groupId>\n<artifactId>x</artifactId>",
            ["pkg:maven/de.town/x"],
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    image: ghcr.io/town/x:1@sha256:ab\n",
            ["pkg:docker/ghcr.io/town/x"],
        ),
        ("compose.yaml", "    image: ${REGISTRY}/x:1\n", []),
        (
            "Dockerfile",
            "FROM --platform=linux/amd64 docker.io/library/node:20 AS a\nFROM scratch\n",
            ["pkg:docker/node"],
        ),
        ("go.mod", "require github.com/town/x v1.2.3\n", ["pkg:golang/github.com/town/x"]),
        ("Gemfile", "gem 'rails', '~> 7'\n", ["pkg:gem/rails"]),
        (".gitmodules", '[submodule "a"]\n\turl = git@git.town.de:a/b.git\n', ["https://git.town.de/a/b"]),
        ("composer.json", json.dumps({"require": {"php": "8", "town/x": "1"}}), ["pkg:composer/town/x"]),
        (
            "Chart.yaml",
            "name: a\ndependencies:\n  - name: postgresql\n    version: 1\n",
            ["pkg:helm/postgresql"],
        ),
        ("node_modules/a/package.json", json.dumps({"dependencies": {"b": "1"}}), []),
        ("package.json", json.dumps({"dependencies": {"x": "git+https://127.0.0.1/a/b"}}), ["pkg:npm/x"]),
        ("package.json", json.dumps({"dependencies": ["x"]}), []),
    ],
)
def test_a_dependency_is_named_such_that_it_can_be_matched(path, content, expected):
    assert values(read_dependencies(a_sighting(files={path: content})), Question.DEPENDENCY) == expected


def test_a_flood_of_packages_does_not_push_out_an_address():
    many = {f"p{i}": "1" for i in range(1000)} | {"z": "github:town/z"}

    found = list(read_dependencies(a_sighting(files={"package.json": json.dumps({"dependencies": many})})))

    assert len(values(found, Question.DEPENDENCY)) == 200
    assert values(found, Question.DEPENDENCY)[0] == "https://github.com/town/z"
    assert reasons(found, Question.DEPENDENCY) == ["too-large"]
