"""What reports say is published: alone or with the entries, at once or by the next, whole or not at all."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publishing import HALLE, INDEX, ITEMS, LATER, MAGDEBURG, MERGED, SMALL, Desk, a_folder, a_reuse, an_entry
from reports import confirm, move, report
from sqlalchemy import select

from catalogue.domain.register import Register, Successor
from catalogue.domain.reuse import Origin, Standing
from catalogue.domain.reuse_report import Action, State, Visibility
from catalogue.services.known_reuses import follow_reform
from catalogue.services.publish import Step
from catalogue.services.republish import is_behind
from catalogue.services.search_index import LOCK_FILE, ensure_index
from catalogue.services.used_keys import used_keys
from catalogue.storage.errors import StoreBusy, StoreEmpty
from catalogue.storage.locks import locked
from catalogue.storage.reuse_book import ReuseBook
from catalogue.storage.store import Store
from catalogue.storage.tables import DERIVED

REPUBLISHER = Path(__file__).with_name("republisher.py")
TESTS = REPUBLISHER.parent.parent


def republisher(desk: Desk, moment: str) -> int:
    """Publish reports in a process of its own; its exit code."""
    path = f"import sys, runpy; sys.path.insert(0, {str(TESTS)!r}); sys.argv.pop(0)"
    run = f"{path}; runpy.run_path(sys.argv[0], run_name='__main__')"
    command = [sys.executable, "-c", run, str(REPUBLISHER), str(desk.data_folder), moment]
    return subprocess.run(command, check=False, timeout=60).returncode


# --- With the entries


def test_a_confirmed_report_is_published_with_the_entries_and_noticed_by_itself(desk: Desk) -> None:
    desk.publish(an_entry())
    confirm(desk.store, MAGDEBURG)

    done = desk.publish(an_entry(), now=LATER)

    assert done.changed
    assert done.plan.is_seen_anew
    assert desk.reusers() == {MAGDEBURG}
    assert desk.store.reuse_counts()["hal-plan"].confirmed == 1
    assert [solution for solution, _ in desk.store.reuses_of(MAGDEBURG)] == ["hal-plan"]
    desk.assert_whole()
    assert not desk.publish(an_entry(), now=LATER).changed


def test_what_is_not_confirmed_is_not_published_and_is_known_to_be_looked_at(desk: Desk) -> None:
    desk.publish(an_entry())
    report(desk.store, MAGDEBURG)

    assert is_behind(desk.store)
    assert not desk.publish(an_entry(), now=LATER).changed

    assert desk.reusers() == set()
    assert not is_behind(desk.store)


def test_a_report_about_an_entry_that_is_gone_stays_and_returns_with_the_entry(desk: Desk) -> None:
    entries = [an_entry(f"e{number}") for number in range(6)]
    desk.publish(an_entry(), *entries)
    kept = confirm(desk.store, MAGDEBURG)
    desk.publish(*entries)

    assert desk.store.published_reuse.of() == {}
    assert desk.store.reuse.find(kept.number) == kept

    desk.publish(an_entry(), *entries)

    assert desk.reusers() == {MAGDEBURG}


def test_a_kept_version_of_a_refused_entry_shows_reports_too(desk: Desk) -> None:
    desk.publish(an_entry())
    confirm(desk.store, MAGDEBURG)

    desk.publish(folder=a_folder(bad_ids=["hal-plan"]))

    assert desk.reusers() == {MAGDEBURG}


def test_the_entry_stays_as_it_is_written(desk: Desk) -> None:
    desk.publish(an_entry(reuses=[a_reuse(MAGDEBURG, confirmed="no")]))
    confirm(desk.store, MAGDEBURG)
    desk.republish()

    stored = desk.store.solution("hal-plan")

    assert stored is not None
    assert [reuse.standing for reuse in stored.solution.reuses] == [Standing.STATED]
    (published,) = desk.store.published_reuse.of()["hal-plan"]
    assert (published.standing, published.origin) == (Standing.CONFIRMED, Origin.REPORT)


# --- Alone


def test_what_a_report_says_is_published_without_a_look_at_the_entries(desk: Desk) -> None:
    desk.publish(an_entry(), an_entry("other", reuses=[a_reuse(HALLE)]))
    confirm(desk.store, MAGDEBURG)

    revision = desk.republish()

    assert revision == desk.store.state().revision == 2
    assert desk.reusers() == {MAGDEBURG}
    assert desk.reusers("other") == {HALLE}
    assert not is_behind(desk.store)
    desk.assert_whole()


def test_the_publication_that_follows_finds_nothing_to_do(desk: Desk) -> None:
    desk.publish(an_entry())
    confirm(desk.store, MAGDEBURG)
    desk.republish()

    assert not desk.publish(an_entry(), now=LATER).changed


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["hal-plan", "other", "third"]),
            st.sampled_from([HALLE, MAGDEBURG, SMALL]),
            st.sampled_from([State.WITHDRAWN, State.CONFIRMED]),
            st.booleans(),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_after_any_decisions_the_catalogue_is_the_one_that_a_full_publication_makes(
    decisions: list[tuple[str, str, State, bool]],
) -> None:
    entries = [an_entry(), an_entry("other", reuses=[a_reuse(HALLE, confirmed="no")]), an_entry("third")]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        desk, whole = Desk(Path(one)), Desk(Path(other))
        desk.publish(*entries)
        for solution, body, state, is_published in decisions:
            for each in (desk, whole):
                kept = confirm(each.store, body, solution=solution)
                if state is State.WITHDRAWN:
                    move(each.store, kept, State.WITHDRAWN, Action.WITHDRAWN)
            if is_published:
                desk.republish()
        desk.republish()
        whole.publish(*entries)

        desk.assert_whole()
        assert desk.store.state().content_hash == whole.store.state().content_hash
        assert desk.store.state().reuse_event == whole.store.state().reuse_event
        assert _derived(desk) == _derived(whole)
        assert not desk.publish(*entries, now=LATER).changed
        for each in (desk, whole):
            each.store.close()


def _derived(desk: Desk) -> list[list[tuple[object, ...]]]:
    with desk.store._engine.connect() as connection:
        return [
            sorted((tuple(row) for row in connection.execute(select(kind.__table__))), key=repr)
            for kind in DERIVED
        ]


def test_a_publication_with_nothing_new_reads_no_report(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish(an_entry())
    confirm(desk.store, MAGDEBURG)
    desk.republish()
    monkeypatch.setattr(ReuseBook, "about", lambda *_, **__: pytest.fail("reports were read"))

    assert not desk.publish(an_entry(), now=LATER).changed


def test_a_report_on_one_solution_reads_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish(an_entry(), an_entry("other"))
    confirm(desk.store, MAGDEBURG)
    monkeypatch.setattr(Store, "all_solutions", lambda *_: pytest.fail("all solutions were read"))

    assert desk.republish() == 2


def test_where_the_index_before_is_broken_one_of_all_solutions_is_built(desk: Desk) -> None:
    desk.publish(an_entry(), an_entry("other"))
    confirm(desk.store, MAGDEBURG)
    (desk.data_folder / "index" / desk.store.state().index_folder / "complete.json").unlink()

    desk.republish()

    assert desk.assert_whole() == {"Hal-Plan", "Other"}


def test_a_report_that_is_withdrawn_or_undone_disappears_again(desk: Desk) -> None:
    desk.publish(an_entry(reuses=[a_reuse(MAGDEBURG, confirmed="no")]))
    kept = confirm(desk.store, MAGDEBURG)
    desk.republish()

    move(desk.store, kept, State.WITHDRAWN, Action.WITHDRAWN)
    desk.republish()

    (reuse,) = desk.store.published_reuse.of()["hal-plan"]
    assert reuse.origin is Origin.ENTRY


def test_a_report_that_moves_to_another_solution_is_gone_from_the_first(desk: Desk) -> None:
    desk.publish(an_entry(), an_entry("other"))
    kept = confirm(desk.store, MAGDEBURG)
    desk.republish()

    there = replace(kept, claim=replace(kept.claim, solution="other"))
    desk.store.reuse.keep(there, action=Action.CORRECTED, actor="office:1", now=LATER)
    desk.republish()

    assert desk.reusers() == set()
    assert desk.reusers("other") == {MAGDEBURG}


def test_where_nothing_changes_that_anybody_could_see_there_is_no_new_revision(desk: Desk) -> None:
    desk.publish(an_entry())
    kept = confirm(desk.store, MAGDEBURG)
    desk.republish()
    desk.store.reuse.keep(
        replace(kept, asked_at=LATER), action=Action.ASKED, actor="system", now=LATER + timedelta(days=1)
    )
    report(desk.store, SMALL)

    assert desk.republish() is None
    assert desk.store.state().revision == 2
    assert not is_behind(desk.store)


def test_a_lost_index_is_built_again_with_what_reports_say(desk: Desk) -> None:
    desk.publish(an_entry())
    confirm(desk.store, MAGDEBURG)
    desk.republish()
    for file in (desk.data_folder / "index" / desk.store.state().index_folder).iterdir():
        file.unlink()

    ensure_index(desk.store, desk.data_folder, desk.register, index=INDEX)

    desk.assert_whole()
    assert desk.reusers() == {MAGDEBURG}


def test_before_the_first_publication_there_is_nothing_to_publish(desk: Desk) -> None:
    confirm(desk.store, MAGDEBURG)

    assert not is_behind(desk.store)
    with pytest.raises(StoreEmpty):
        desk.republish()
    desk.publish(an_entry())
    assert desk.reusers() == {MAGDEBURG}


def test_who_cannot_wait_leaves_it_to_the_next_publication(desk: Desk) -> None:
    desk.publish(an_entry())
    confirm(desk.store, MAGDEBURG)

    with locked(desk.data_folder / LOCK_FILE, seconds=0), pytest.raises(StoreBusy):
        desk.republish(wait=0)

    assert is_behind(desk.store)
    assert desk.reusers() == set()
    assert desk.publish(an_entry(), now=LATER).changed
    assert desk.reusers() == {MAGDEBURG}


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (Step.LOCKED, set()),
        (Step.BUILT, set()),
        (Step.WRITTEN, {MAGDEBURG}),
        (Step.SWEPT, {MAGDEBURG}),
    ],
)
def test_whoever_is_killed_leaves_the_old_or_the_new_catalogue(
    desk: Desk, moment: str, found: set[str]
) -> None:
    desk.publish(an_entry(), an_entry("other"))
    confirm(desk.store, MAGDEBURG)

    assert republisher(desk, moment) == -9

    desk.assert_whole()
    assert desk.reusers() == found
    assert republisher(desk, "never") == 0
    desk.assert_whole()
    assert desk.reusers() == {MAGDEBURG}


# --- Without a name


def test_a_body_that_wants_no_name_is_in_no_table_and_no_file_of_the_catalogue(desk: Desk) -> None:
    desk.publish(an_entry(reuses=[a_reuse(MAGDEBURG)]))
    kept = confirm(desk.store, MAGDEBURG, visibility=Visibility.UNNAMED, operator="IT von Magdeburg")
    desk.republish()

    folder = desk.data_folder / "index" / desk.store.state().index_folder
    written = "".join(file.read_text(errors="replace") for file in folder.iterdir())

    assert desk.store.reuse_counts()["hal-plan"].confirmed == 1
    assert desk.store.reuses_of(MAGDEBURG) == []
    assert all(part.body == HALLE for part in desk.store.taking_part())
    assert desk.store.figures().reusing_bodies == 1
    assert MAGDEBURG not in written
    assert MAGDEBURG not in repr(desk.store.published_reuse.of())
    assert f"~{kept.number}" in written


# --- After a municipal reform


def test_a_reform_moves_reports_to_the_key_of_today_and_loses_none(desk: Desk) -> None:
    first = confirm(desk.store, MERGED, since="2025")
    second = confirm(desk.store, SMALL, since="2026")
    desk.publish(an_entry())

    moved = desk.store.reuse.find(first.number)

    assert moved is not None
    assert (moved.claim.body, moved.state) == (SMALL, State.CONFIRMED)
    event = desk.store.reuse.history(first.number)[-1]
    assert (event.action, event.actor) == (Action.MOVED, "system")
    assert event.changes["claim.body"] == (MERGED, SMALL)
    assert desk.store.reuse.find(second.number) == second
    assert desk.reusers() == {SMALL}


def test_a_reform_is_followed_once(desk: Desk) -> None:
    report(desk.store, MERGED)

    assert follow_reform(desk.store.reuse, desk.register, LATER) == 1
    assert follow_reform(desk.store.reuse, desk.register, LATER) == 0


def test_what_nobody_knows_or_leads_nowhere_stays_as_it_is(desk: Desk) -> None:
    report(desk.store, "kielregion")
    report(desk.store, "99999999")
    register = Register(desk.register, {"99999999": Successor("88888888")})

    assert follow_reform(desk.store.reuse, register, LATER) == 0


def test_a_key_that_only_a_report_names_is_in_use(desk: Desk, tmp_path: Path) -> None:
    report(desk.store, MERGED)

    assert MERGED in used_keys(tmp_path / "entries", f"sqlite:///{desk.data_folder}/catalogue.db")


def test_a_dry_run_moves_nothing(desk: Desk) -> None:
    desk.publish(an_entry())
    kept = report(desk.store, MERGED)

    desk.publish(folder=a_folder(an_entry(), items=ITEMS), dry_run=True)

    assert desk.store.reuse.find(kept.number) == kept
