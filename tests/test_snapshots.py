"""The shipped snapshots: facts only, of repositories that entries name, with no person in them."""

import re
from pathlib import Path

import pytest

from catalogue import places
from catalogue.domain.observed import repository_keys
from catalogue.domain.snapshot import Question, Snapshot
from catalogue.domain.solution_from_entry import solution_of
from catalogue.standards.address import same_repository
from catalogue.standards.email import looks_personal
from catalogue.storage.entries import load_folder
from catalogue.storage.snapshot_files import load_snapshots

FILES = sorted(places.SNAPSHOTS.glob("*.json"))


@pytest.fixture(scope="module")
def named() -> frozenset[str]:
    """The keys of all repositories that entries name."""
    entries = load_folder(places.ENTRIES).entries
    return frozenset(key for entry in entries for key in repository_keys(solution_of(entry)) if key)


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    (found,) = load_snapshots(request.param)
    return found


def test_there_are_snapshots_for_most_repositories_that_entries_name(named: frozenset[str]) -> None:
    assert len(FILES) >= len(named) * 0.8


def test_a_shipped_snapshot_is_of_a_repository_that_an_entry_names(
    snapshot: Snapshot, named: frozenset[str]
) -> None:
    assert same_repository(snapshot.asked) in named
    assert snapshot.commit
    assert snapshot.activity


def test_a_shipped_snapshot_holds_no_words_of_others_and_no_person(snapshot: Snapshot) -> None:
    contacts = [fact.value for fact in snapshot.facts_on(Question.CONTACT)]

    assert not snapshot.facts_on(Question.SUMMARY)
    assert not any(
        looks_personal(str(one["email"])) for one in contacts if isinstance(one, dict) and "email" in one
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_mail_address_stands_anywhere_but_in_a_contact(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    stray = [
        line for line in lines if re.search(r"[\w.+-]+@[\w-]+\.[a-z]{2}", line) and '"contact"' not in line
    ]

    assert not [line for line in stray if "pkg:" not in line and '"path"' not in line]
