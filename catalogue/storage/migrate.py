"""Brings the tables of a database to the state that this version of the program expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, column, inspect, select, table

from catalogue.storage.database import writer

FOLDER = Path(__file__).parent / "migrations"
_VERSION = table("alembic_version", column("version_num"))


class Standing(Enum):
    """How the tables of a database stand to this version of the program."""

    EMPTY = auto()
    OLDER = auto()
    CURRENT = auto()
    NEWER = auto()


def standing(engine: Engine) -> Standing:
    """Compare the database with the migrations that we know. Changes nothing."""
    # Asked by hand: Alembic's own way logs two lines about itself each time.
    with engine.connect() as connection:
        has_table = inspect(connection).has_table("alembic_version")
        current = connection.scalar(select(_VERSION.c.version_num)) if has_table else None
    if current is None:
        return Standing.EMPTY
    known = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()]  # newest first
    if current not in known:
        return Standing.NEWER
    return Standing.CURRENT if current == known[0] else Standing.OLDER


def upgrade(engine: Engine) -> None:
    """Run the missing migrations, all or none. Two processes may try at once: the second finds it done."""
    with migrating(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction in which a table can be made anew without harm to those that refer to it.

    Altering a table of SQLite means copying and dropping it, and dropping it with foreign keys on deletes
    every row that refers to it. The switch works only outside a transaction, hence the bare cursor.
    """
    with writer(engine).connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        _set_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise AssertionError("the migration leaves rows that refer to nothing")
        finally:
            _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, value: str) -> None:
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA foreign_keys = {value}")
