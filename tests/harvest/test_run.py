"""One look after another, and many at once: nothing is lost, and nothing new costs next to nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from git_server import a_repository, git

from catalogue.domain.snapshot import Fact, Gap, Question, Reason, Release, Voice
from catalogue.domain.snapshot_text import plain_from_snapshot, snapshot_from_plain
from harvest.asking import Ask, Remembered, Trouble
from harvest.forge_finder import ForgeFinder
from harvest.forges import Forge
from harvest.guard import Target
from harvest.outcome import Failed, Known, Seen, Unchanged
from harvest.run import harvest, harvest_many
from harvest.sighting import ForgeSays, Sighting
from harvest.snapshot_of import renewed, snapshot_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
FILES = {"README.md": "# A\n", "LICENSE": "EUPL\n"}


class OneForge(ForgeFinder):
    """Every host runs this forge."""

    def __init__(self, says: ForgeSays | Trouble | Exception) -> None:
        super().__init__()
        self.says = says

    def find(self, target: Target, ask: Ask) -> Forge:
        return self  # type: ignore[return-value]

    def look(self, address: str, ask: Ask) -> ForgeSays:
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def known_from(outcome: Seen) -> Known:
    return Known(refs=outcome.sighting.refs, has_commits=True, remembered=outcome.remembered)


def test_a_second_look_with_nothing_new_is_one_list_of_names(server, door, base):
    a_repository(server.root / "a", FILES, tags=("v1",))
    first = harvest(server.url("a"), door, NOW, base=base)
    server.forget()

    second = harvest(server.url("a"), door, LATER, known_from(first), base=base)

    assert isinstance(second, Unchanged)
    assert (second.looked_at, second.refs) == (LATER, first.sighting.refs)
    assert server.asked == ["GET /a/info/refs?service=git-upload-pack", "POST /a/git-upload-pack"]


@pytest.mark.parametrize(
    "change",
    [
        ("update-ref", "refs/heads/main", "main~1"),
        ("tag", "v2", "main"),
        ("branch", "other", "main~1"),
        ("branch", "-m", "main", "trunk"),
        ("tag", "-d", "v1"),
    ],
    ids=lambda change: " ".join(change),
)
def test_a_change_of_branches_or_tags_is_seen(server, door, base, change):
    folder = a_repository(server.root / "a", FILES, commits=2, tags=("v1",))
    first = harvest(server.url("a"), door, NOW, base=base)
    git(folder, *change)

    assert isinstance(harvest(server.url("a"), door, LATER, known_from(first), base=base), Seen)


def test_a_repository_that_was_emptied_is_a_failure_and_no_empty_snapshot(server, door, base):
    folder = a_repository(server.root / "a", FILES)
    first = harvest(server.url("a"), door, NOW, base=base)
    git(folder, "update-ref", "-d", "refs/heads/main")

    second = harvest(server.url("a"), door, LATER, known_from(first), base=base)

    assert isinstance(second, Failed)
    assert second.reason is Reason.UNREADABLE


def test_what_the_forge_says_is_added_and_its_new_name_is_the_address(server, door, base):
    a_repository(server.root / "a", FILES)
    says = ForgeSays(forge="gitlab", address="https://git.example.org/new/a", is_archived=True)

    outcome = harvest(server.url("a"), door, NOW, base=base, forges=OneForge(says))
    snapshot = snapshot_of(outcome.sighting)

    assert (snapshot.asked, snapshot.address) == (server.url("a"), "https://git.example.org/new/a")
    assert snapshot.aliases == (server.url("a"),)
    assert snapshot.forge == "gitlab"
    assert snapshot.commit is not None


def test_a_silent_forge_leaves_what_git_says_and_what_was_remembered(server, door, base):
    a_repository(server.root / "a", FILES)
    remembered = {"https://api.example/a": Remembered(etag="1", value=1)}

    outcome = harvest(
        server.url("a"),
        door,
        NOW,
        Known(remembered=remembered),
        base=base,
        forges=OneForge(Trouble(Reason.UNREACHABLE, "down")),
    )

    assert isinstance(outcome, Seen)
    assert (outcome.sighting.forge, outcome.remembered) == (None, remembered)


# --- Many -------------------------------------------------------------------------------------------------


def test_one_bad_repository_never_stops_the_others(server, make_door, base):
    for name in ("a", "b", "c"):
        a_repository(server.root / name, FILES)
    addresses = [server.url(name) for name in ("a", "gone", "b", "c")]
    addresses += ["https://10.0.0.1/x", "no address", "https://[", ""]

    outcomes = {one.asked: one for one in harvest_many(addresses, make_door(), jobs=3, base=base)}

    assert set(outcomes) == set(addresses)
    assert [address for address, one in outcomes.items() if isinstance(one, Failed)] != []
    assert {one.asked for one in outcomes.values() if isinstance(one, Seen)} == {
        server.url(name) for name in ("a", "b", "c")
    }
    assert list(base.iterdir()) == []


def test_a_fault_of_our_own_is_a_failure_of_one(server, make_door, base, caplog):
    a_repository(server.root / "a", FILES)

    (outcome,) = harvest_many([server.url("a")], make_door(), forges=OneForge(KeyError("x")), base=base)

    assert isinstance(outcome, Failed)
    assert "KeyError" in outcome.detail
    assert "harvest broke" in caplog.text


def test_the_same_address_is_looked_at_once(server, make_door, base):
    a_repository(server.root / "a", FILES)

    assert len(list(harvest_many([server.url("a")] * 3, make_door(), base=base))) == 1


def test_after_a_stop_nothing_new_is_begun(server, make_door, base):
    for number in range(12):
        a_repository(server.root / f"r{number}", FILES)
    door, outcomes = make_door(), []

    for outcome in harvest_many([server.url(f"r{n}") for n in range(12)], door, jobs=2, base=base):
        outcomes.append(outcome)
        door.stop.set()

    assert 1 <= len(outcomes) <= 4
    assert list(base.iterdir()) == []


# --- Snapshots --------------------------------------------------------------------------------------------


def read_forge(sighting: Sighting) -> tuple[tuple[Fact, ...], tuple[Gap, ...]]:
    """Stands for the readers: the archive mark of the forge, and a licence of the file."""
    facts, gaps = [], []
    if sighting.tree.files:
        facts.append(Fact(question=Question.LICENCE, value="EUPL-1.2", voice=Voice.LICENCE_FILE))
    if sighting.forge and sighting.forge.is_archived is not None:
        value = sighting.forge.is_archived
        facts.append(Fact(question=Question.ARCHIVED, value=value, voice=Voice.FORGE))
    elif sighting.forge:
        gaps.append(Gap(question=Question.ARCHIVED, reason=Reason.LIMITED, voice=Voice.FORGE))
    return tuple(facts), tuple(gaps)


def a_snapshot(server, door, base, says: ForgeSays):
    a_repository(server.root / "a", FILES, commits=3, tags=("v1.0",))
    outcome = harvest(server.url("a"), door, NOW, base=base, forges=OneForge(says))
    return snapshot_of(outcome.sighting, read_forge)


def unchanged(snapshot, says: ForgeSays | None, address: str | None = None) -> Unchanged:
    return Unchanged(
        asked=snapshot.asked,
        address=address or snapshot.address,
        looked_at=LATER,
        refs=snapshot.refs,
        forge=says,
    )


def test_a_snapshot_holds_the_history_in_numbers_and_can_be_kept(server, door, base):
    snapshot = a_snapshot(server, door, base, ForgeSays(forge="gitlab", is_archived=False))

    assert (snapshot.activity.commits, snapshot.releases[0].name) == (3, "v1.0")
    assert snapshot_from_plain(plain_from_snapshot(snapshot)) == snapshot


def test_with_nothing_new_only_the_date_and_the_word_of_the_forge_change(server, door, base):
    first = a_snapshot(server, door, base, ForgeSays(forge="gitlab", is_archived=False))

    later = renewed(first, unchanged(first, ForgeSays(forge="gitlab", is_archived=True)), read_forge)

    assert later.looked_at == LATER
    assert (later.commit, later.activity, later.releases) == (first.commit, first.activity, first.releases)
    assert [(fact.question, fact.value) for fact in later.facts] == [
        (Question.LICENCE, "EUPL-1.2"),
        (Question.ARCHIVED, True),
    ]


@pytest.mark.parametrize("says", [None, ForgeSays(forge="gitlab")], ids=["nobody asked", "no answer"])
def test_a_forge_that_does_not_answer_takes_nothing_away(server, door, base, says):
    first = a_snapshot(server, door, base, ForgeSays(forge="gitlab", is_archived=True))

    later = renewed(first, unchanged(first, says), read_forge)

    assert later.facts == first.facts


def test_a_move_keeps_the_old_address_as_an_alias(server, door, base):
    first = a_snapshot(server, door, base, ForgeSays(forge="gitlab"))

    later = renewed(first, unchanged(first, None, "https://git.example.org/new"), read_forge)

    assert (later.address, later.aliases) == ("https://git.example.org/new", (first.address,))


def test_a_release_that_only_the_forge_has_published_since_is_taken_up(server, door, base):
    a_repository(server.root / "a", FILES, tags=("v1.0.0",))
    first = harvest(server.url("a"), door, NOW, base=base)
    release = Release(name="2.0 Sommer", on=LATER.date(), source="forge")
    says = ForgeSays(forge="gitlab", releases=(release,))

    second = harvest(server.url("a"), door, LATER, known_from(first), forges=OneForge(says), base=base)

    newer = renewed(snapshot_of(first.sighting), second)
    assert [one.name for one in newer.releases] == ["2.0 Sommer", "v1.0.0"]
