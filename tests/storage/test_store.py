"""The store: what goes in comes out, and trouble has a name."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publishing import LATER, NOW, Desk, a_folder, an_entry, an_item
from sqlalchemy.engine import make_url

from catalogue.domain.programme import BodyFacts
from catalogue.domain.solution_from_entry import solution_of
from catalogue.storage import errors
from catalogue.storage.database import place_of, writer
from catalogue.storage.errors import StoreError
from catalogue.storage.publication import Publication
from catalogue.storage.store import Store

SAFE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
VALUES = st.recursive(
    st.none() | SAFE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SAFE, inner, max_size=3),
    max_leaves=8,
)


def test_other_users_of_the_machine_cannot_read_the_database(tmp_path: Path) -> None:
    for _ in range(2):  # also one that an earlier version has made
        Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=True).close()

        assert (tmp_path / "catalogue.db").stat().st_mode & 0o007 == 0
        (tmp_path / "catalogue.db").chmod(0o644)


def test_a_stored_solution_is_the_one_that_the_entry_describes(desk: Desk) -> None:
    entry = an_entry(text="Größe, 漢字 und 🌳", tags=["ä", "ß"], stated_reach=[{"count": "11"}])

    desk.publish(entry)

    stored = desk.store.solution("hal-plan")
    assert stored is not None
    assert stored.solution == solution_of(entry)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=VALUES, text=SAFE)
def test_any_values_come_back_as_they_were(desk: Desk, values: object, text: str) -> None:
    entry = an_entry(text=text, transfer={"data": values}, operation=values)

    desk.publish(entry)

    stored = desk.store.solution("hal-plan")
    assert stored is not None
    assert stored.solution == solution_of(entry)


def test_solutions_come_in_the_order_asked_for_and_unknown_ones_are_left_out(desk: Desk) -> None:
    desk.publish(an_entry("a"), an_entry("b"), an_entry("c"))

    found = desk.store.solutions(["c", "gone", "a"])

    assert [stored.solution.id for stored in found] == ["c", "a"]
    assert desk.store.solutions([]) == []
    assert desk.store.solution("gone") is None


def test_a_change_moves_the_last_date_and_keeps_the_first(desk: Desk) -> None:
    desk.publish(an_entry("a"), an_entry("b"))

    desk.publish(an_entry("a", text="neu"), an_entry("b"), now=LATER)

    dates = desk.store.dates()
    assert dates == {"a": (NOW, LATER), "b": (NOW, NOW)}
    assert dates["a"][0].tzinfo is UTC


def test_lists_keep_their_order_and_follow_the_published_catalogue(desk: Desk) -> None:
    topics = [an_item("topic", key, de=key, en=key) for key in ("z", "a")]
    desk.publish(folder=a_folder(an_entry(), items={"topic": tuple(topics)}))
    before = desk.store.topics()

    desk.publish(folder=a_folder(an_entry(), items={"topic": (topics[1],)}))

    assert list(before) == ["z", "a"]
    assert list(desk.store.topics()) == ["a"]
    assert desk.store.topics() is desk.store.topics()  # read once per published catalogue


def test_a_second_publisher_on_the_same_revision_is_refused(desk: Desk) -> None:
    desk.publish(an_entry("a"))
    late = Publication(
        after=0,
        index_folder="1-late",
        content_hash="late",
        published_at=LATER,
        entries=(),
        removed=["a"],
        lists={},
        describe=lambda key: BodyFacts(key=key),
    )

    with pytest.raises(errors.StoreBusy):
        desk.store.apply(late)

    assert desk.store.published().keys() == {"a"}


def test_before_the_first_publication_the_store_says_so(desk: Desk) -> None:
    assert desk.store.find_state() is None
    with pytest.raises(errors.StoreEmpty):
        desk.store.state()


def test_a_store_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreMissing):
        Store.open(f"sqlite:///{tmp_path}/none/catalogue.db", migrate=False)

    assert list(tmp_path.iterdir()) == []


def test_a_database_without_our_tables_is_a_missing_store(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").touch()

    with pytest.raises(errors.StoreMissing):
        Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=False)


@pytest.mark.parametrize("migrate", [True, False])
def test_a_database_from_the_future_is_left_alone(desk: Desk, *, migrate: bool) -> None:
    desk.publish(an_entry("a"))
    desk.store.close()
    file = desk.data_folder / "catalogue.db"
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = file.read_bytes()

    with pytest.raises(errors.StoreTooNew):
        Store.open(f"sqlite:///{file}", migrate=migrate)

    assert file.read_bytes() == before


@pytest.mark.parametrize("migrate", [True, False])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, *, migrate: bool) -> None:
    file = tmp_path / "catalogue.db"
    file.write_bytes(b"These are my holiday pictures. " * 100)

    with pytest.raises(errors.StoreUnusable):
        Store.open(f"sqlite:///{file}", migrate=migrate)

    assert file.read_bytes().startswith(b"These are")


def test_a_data_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "var").touch()

    with pytest.raises(errors.StoreNotWritable):
        Store.open(f"sqlite:///{tmp_path}/var/catalogue.db", migrate=True)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="this system has no /proc")
def test_a_data_folder_where_nothing_can_be_made_cannot_be_written() -> None:
    with pytest.raises(errors.StoreNotWritable):
        Store.open("sqlite:////proc/x/catalogue.db", migrate=True)


def test_a_database_that_is_a_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").mkdir()

    with pytest.raises(errors.StoreNotWritable):
        Store.open(f"sqlite:///{tmp_path}/catalogue.db", migrate=True)


def test_a_read_only_connection_says_that_it_cannot_write(desk: Desk) -> None:
    with writer(desk.store._engine).connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(errors.StoreNotWritable):
            connection.exec_driver_sql("DELETE FROM solution")


def test_whoever_waits_in_vain_for_a_writer_hears_that_it_is_busy(desk: Desk) -> None:
    other = sqlite3.connect(desk.data_folder / "catalogue.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with desk.store._engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA busy_timeout = 0")

    with pytest.raises(errors.StoreBusy), writer(desk.store._engine).begin():
        pass

    other.close()


def test_every_trouble_says_in_both_languages_what_to_do() -> None:
    for kind in StoreError.__subclasses__():
        error = kind("/srv/catalogue.db")

        assert "/srv/catalogue.db" in error.de
        assert "/srv/catalogue.db" in error.en
        assert error.de != error.en
        assert kind.__doc__


def test_a_password_is_never_part_of_a_sentence() -> None:
    address = make_url("postgresql+psycopg://office:secret@db/catalogue")

    assert "secret" not in place_of(address)


FORK = """
import os, sys
from catalogue.storage.store import Store
store = Store.open(sys.argv[1], migrate=False)
with store._engine.connect() as connection:
    inherited = connection.connection.dbapi_connection
pid = os.fork()
if pid == 0:
    with store._engine.connect() as connection:
        own = connection.connection.dbapi_connection
    os._exit(0 if own is not inherited and store.published().keys() == {"a"} else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_worker_opens_connections_of_its_own(desk: Desk) -> None:
    desk.publish(an_entry("a"))

    done = subprocess.run([sys.executable, "-c", FORK, str(desk.store._engine.url)], check=False, timeout=60)

    assert done.returncode == 0
