"""Migrations: the tables are what the models say, and no migration loses a row."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from publishing import Desk, a_reuse, an_entry
from sqlalchemy import Column, String, inspect

from catalogue.storage.database import connect
from catalogue.storage.migrate import Standing, migrating, standing, upgrade
from catalogue.storage.store import Store
from catalogue.storage.tables import METADATA


def test_the_migrations_make_exactly_the_tables_of_the_models(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/catalogue.db")

    upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_migrating_twice_does_nothing(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/catalogue.db")

    upgrade(engine)
    upgrade(engine)

    assert standing(engine) is Standing.CURRENT
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/catalogue.db")

    def fail() -> None:
        with migrating(engine) as connection:
            connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_altering_a_table_keeps_the_rows_that_refer_to_it(desk: Desk) -> None:
    desk.publish(an_entry("a", reuses=[a_reuse("15003000")]))
    engine = connect(str(desk.store._engine.url))

    with migrating(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("solution", recreate="always") as table:
            table.add_column(Column("more", String))

    assert desk.store.reuse_counts()["a"].count == 1
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_several_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.db"

    with ThreadPoolExecutor(8) as threads:
        stores = list(threads.map(lambda _: Store.open(url, migrate=True), range(8)))

    assert all(store.find_state() is None for store in stores)
    for store in stores:
        store.close()


def test_a_folder_with_a_percent_sign_is_no_trouble(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/100 % sicher/catalogue.db", migrate=True)

    store.close()

    assert (tmp_path / "100 % sicher" / "catalogue.db").is_file()


def test_readers_go_on_while_somebody_writes(desk: Desk) -> None:
    with sqlite3.connect(desk.data_folder / "catalogue.db") as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()

    assert mode == ("wal",)
