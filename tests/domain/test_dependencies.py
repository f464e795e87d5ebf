"""Solutions that build on each other are found by address, image or package."""

from datetime import UTC, datetime

import pytest

from catalogue.domain.dependencies import matches, offers
from catalogue.domain.snapshot import Fact, Question, Snapshot, Voice


def a_snapshot(*packages: tuple[str, str], aliases: tuple[str, ...] = ()) -> Snapshot:
    return Snapshot(
        asked="https://github.com/town/thing.git",
        address="https://gitlab.opencode.de/town/thing",
        looked_at=datetime(2026, 11, 20, tzinfo=UTC),
        branch="main",
        commit=None,
        committed_at=None,
        refs="",
        facts=tuple(
            Fact(question=Question.PACKAGING, value={"kind": kind, "name": name}, voice=Voice.TREE)
            for kind, name in packages
        ),
        aliases=aliases,
    )


@pytest.mark.parametrize(
    "dependency",
    [
        "https://github.com/Town/Thing",
        "https://gitlab.opencode.de/town/thing.git",
        "https://old.town.de/thing",
        "pkg:golang/github.com/town/thing",
        "pkg:docker/ghcr.io/town/thing",
        "pkg:npm/%40town/thing",
        "pkg:pypi/town-thing",
        "pkg:maven/de.town/thing",
    ],
)
def test_a_dependency_finds_the_solution_that_offers_it(dependency):
    snapshot = a_snapshot(
        ("container-image", "ghcr.io/town/thing"),
        ("npm", "@town/thing"),
        ("python", "Town_Thing"),
        ("maven", "de.town:thing"),
        ("dockerfile", "Dockerfile"),
        aliases=("https://old.town.de/thing",),
    )

    assert matches([dependency], {"thing": offers(snapshot)}) == {"thing": dependency}


def test_a_name_that_two_solutions_offer_names_neither():
    one, other = offers(a_snapshot(("npm", "backend"))), frozenset({"pkg:npm/backend"})

    assert matches(["pkg:npm/backend"], {"one": one, "other": other}) == {}


def test_what_nobody_offers_matches_nothing():
    offered = {"thing": offers(a_snapshot())}

    assert matches(["pkg:npm/thing", "https://github.com/town/other", "javascript:x"], offered) == {}
