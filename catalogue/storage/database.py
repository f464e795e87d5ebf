"""Connections to the database: how each is set up, and what its errors mean to us."""

import os
import sqlite3
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, create_engine, event
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
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",  # first: the next one may have to wait
    "PRAGMA journal_mode = WAL",  # readers go on while a publisher writes
    "PRAGMA synchronous = NORMAL",  # with WAL: a power cut may undo the last commit, never damage the file
    "PRAGMA foreign_keys = ON",
)
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


def connect(url: str) -> Engine:
    """An engine whose errors are ours (`catalogue.storage.errors`). Opens no connection yet."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, json_serializer=json_text)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        # One state per transaction, as SQLite has it, so that what is read together fits together.
        engine = create_engine(
            address, json_serializer=json_text, pool_pre_ping=True, isolation_level="REPEATABLE READ"
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


def place_of(address: URL) -> str:
    """The database as people know it: a path, or an address without its password."""
    if address.get_backend_name() == "sqlite":
        return address.database or ":memory:"
    return address.render_as_string(hide_password=True)


def _set_up_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Python's sqlite3 begins transactions late and never before DDL; `_begin_sqlite` does it properly, so
    # that a migration that fails leaves nothing behind.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.cursor().execute(pragma)


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
    kind = _meaning(context.original_exception)
    if kind is not None:
        address = context.engine.url if context.engine else None
        raise kind(place_of(address) if address else "") from context.original_exception


def _meaning(error: BaseException) -> type[StoreError] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF)  # extended codes carry the primary one in their low byte
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return next((kind for start, kind in _POSTGRESQL if state.startswith(start)), None)
    # psycopg raises its OperationalError without a state where no server was reached at all.
    return StoreUnreachable if type(error).__name__ == "OperationalError" else None
