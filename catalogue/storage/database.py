"""Connections to the database: how each is set up, and what its errors mean to us."""

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from catalogue.storage.errors import (
    StoreBusy,
    StoreError,
    StoreNotWritable,
    StoreUnreachable,
    StoreUnusable,
)
from catalogue.storage.json_text import json_text

BUSY_SECONDS = 10
_PRAGMAS = (
    "PRAGMA synchronous = NORMAL",  # with WAL: a power cut may undo the last commit, never damage the file
    "PRAGMA foreign_keys = ON",
)
_AS_IT_LIES = "as it lies"  # marks a connection that takes the file for unchanging
# https://www.sqlite.org/rescode.html, primary codes. A limit on the size of files shows as IOERR.
_SQLITE: Mapping[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_READONLY: StoreNotWritable,
    sqlite3.SQLITE_PERM: StoreNotWritable,
    sqlite3.SQLITE_FULL: StoreNotWritable,
    sqlite3.SQLITE_CANTOPEN: StoreNotWritable,
    sqlite3.SQLITE_IOERR: StoreNotWritable,
    sqlite3.SQLITE_CORRUPT: StoreUnusable,
    sqlite3.SQLITE_NOTADB: StoreUnusable,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html, by class and code. Most specific first.
_POSTGRESQL: Sequence[tuple[str, type[StoreError]]] = (
    ("25006", StoreNotWritable),  # read_only_sql_transaction
    ("42501", StoreNotWritable),  # insufficient_privilege
    ("53100", StoreNotWritable),  # disk_full
    ("40", StoreBusy),  # transaction rolled back: serialization failure, deadlock
    ("55P03", StoreBusy),  # lock_not_available
    ("XX001", StoreUnusable),  # data_corrupted
    ("08", StoreUnreachable),
    ("28", StoreUnreachable),
    ("3D", StoreUnreachable),  # no such database
    ("57P", StoreUnreachable),  # shutting down, cannot connect now
)


def connect(url: str, *, read: bool = False) -> Engine:
    """An engine whose errors are ours (`catalogue.storage.errors`). Opens no connection yet.

    With `read`, a SQLite file is read even where the disk is full or the folder read-only.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, json_serializer=json_text, hide_parameters=True)
        event.listen(engine, "do_connect", _connect_sqlite(file_of(address) if read else None))
        event.listen(engine, "checkin", _let_go)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        # One state per transaction, as SQLite has it, so that what is read together fits together.
        engine = create_engine(
            address,
            json_serializer=json_text,
            hide_parameters=True,  # errors are logged, and parameters may be mail addresses
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
        )
    event.listen(engine, "connect", _note_process)
    event.listen(engine, "checkout", _refuse_foreign_process)
    event.listen(engine, "handle_error", _raise_ours)
    return engine


def writer(engine: Engine) -> Engine:
    """The same engine for transactions that write: SQLite then queues at their beginning.

    A transaction that starts by reading cannot wait for another writer later on; it fails at once.
    """
    return engine.execution_options(begin_with="BEGIN IMMEDIATE")


def file_of(address: URL) -> Path | None:
    """The file of a SQLite database; None for a database in memory or on a server."""
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def url_of(file: Path) -> str:
    """The address of a SQLite file: a path may hold any sign; in an address a percent sign is an escape."""
    return f"sqlite:///{quote(str(file), safe='/: ')}"


def database_file(url: str) -> Path | None:
    """As `file_of`, of an address as settings have it."""
    return file_of(make_url(url))


def place_of(address: URL) -> str:
    """The database as people know it: a path, or an address without its password."""
    if address.get_backend_name() == "sqlite":
        return address.database or ":memory:"
    return address.render_as_string(hide_password=True)


def _connect_sqlite(readable: Path | None) -> Callable[..., sqlite3.Connection]:
    """How to open a connection; `readable` is the file to read as it lies where opening it has to write."""

    def connect_sqlite(
        _dialect: Dialect, record: ConnectionPoolEntry, arguments: Sequence[Any], options: dict[str, Any]
    ) -> sqlite3.Connection:
        try:
            return _set_up_sqlite(sqlite3.connect(*arguments, **options))
        except sqlite3.OperationalError as error:
            if readable is None or meaning(error) is not StoreNotWritable or _has_log(readable):
                raise
            record.info[_AS_IT_LIES] = True
            address = f"{readable.absolute().as_uri()}?mode=ro&immutable=1"
            changed = {**options, "uri": True, "isolation_level": None}
            connection: sqlite3.Connection = sqlite3.connect(address, *arguments[1:], **changed)
            return connection

    return connect_sqlite


def _set_up_sqlite(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        # Python's sqlite3 begins transactions late and never before DDL; `_begin_sqlite` does it properly,
        # so that a migration that fails leaves nothing behind.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")  # the next one may have to wait
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("PRAGMA journal_mode = WAL")  # readers go on while a publisher writes
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(file: Path) -> bool:
    """Whether commits wait in the log beside the file: without them the file is not what was published."""
    log = file.with_name(f"{file.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def _let_go(_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """What was read as it lies may be written later on, when there is room again: look anew next time."""
    if record.info.get(_AS_IT_LIES):
        record.invalidate()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get("begin_with", "BEGIN")))


def _note_process(_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    record.info["pid"] = os.getpid()


def _refuse_foreign_process(
    _connection: DBAPIConnection, record: ConnectionPoolEntry, proxy: PoolProxiedConnection
) -> None:
    """A server that forks its workers hands them our connections; neither database survives sharing."""
    if record.info["pid"] != os.getpid():
        record.dbapi_connection = proxy.dbapi_connection = None  # type: ignore[misc]  # SQLAlchemy's own recipe
        raise DisconnectionError("opened by another process")


def _raise_ours(context: ExceptionContext) -> None:
    kind = meaning(context.original_exception)
    if kind is not None:
        address = context.engine.url if context.engine else None
        raise kind(place_of(address) if address else "") from context.original_exception


def meaning(error: BaseException) -> type[StoreError] | None:
    """The trouble of ours that an error of a database driver stands for; None for a bug."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF)  # extended codes carry the primary one in their low byte
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return next((kind for start, kind in _POSTGRESQL if state.startswith(start)), None)
    # psycopg raises its OperationalError without a state where no server was reached at all.
    return StoreUnreachable if type(error).__name__ == "OperationalError" else None
