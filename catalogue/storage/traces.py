"""Deletes so that nothing of it is left in the files of the database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine

from catalogue.storage.database import BUSY_SECONDS, writer


@contextmanager
def without_traces(engine: Engine) -> Iterator[Connection]:
    """A transaction that overwrites what it deletes, where SQLite would leave it in free pages."""
    with writer(engine).begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        yield connection


def write_back(engine: Engine) -> None:
    """Empty SQLite's log of commits, which holds old pages; while somebody reads it, the next time."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection, suppress(sqlite3.Error):
        driver = connection.connection.driver_connection
        if driver is not None:  # outside of any transaction, and not at the cost of others
            driver.execute("PRAGMA busy_timeout = 200")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            driver.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
