"""PostgreSQL on this machine, started for the comparison in a folder of its own and stopped afterwards."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.safe_terms import safe
from catalogue.benchmark.engines import CLASSES, FACETS, FIRST, Answer, Concepts, PeerDocument

try:
    import psycopg
except ImportError:
    psycopg = None

_LABELS = dict(zip(CLASSES, "ABC", strict=True))
_SHARES = ", ".join(str(weight / max(CLASSES.values())) for weight in reversed(CLASSES.values()))
_TABLE = """
    CREATE TABLE docs (id integer PRIMARY KEY, words tsvector NOT NULL,
        topic text[], licence text[], land text[], maturity text[])
"""
_COUNTS = "".join(
    f" UNION ALL SELECT '{name}', value, count(*)::real FROM found, unnest({name}) AS value GROUP BY value"
    for name in FACETS
)
_SEARCH = f"""
    WITH found AS MATERIALIZED (
        SELECT id, ts_rank('{{0, {_SHARES}}}', words, asked)
            AS score, topic, licence, land, maturity
        FROM docs, (SELECT %s::tsquery AS asked) AS question WHERE words @@ asked)
    SELECT '', '', count(*)::real FROM found
    UNION ALL (SELECT 'hit', id::text, score FROM found ORDER BY score DESC, id LIMIT {FIRST}){_COUNTS}
"""


class Postgres:
    """Configuration simple, since the terms are analysed; GIN index, ts_rank, counts in one statement."""

    name = "PostgreSQL"
    in_process = False

    def __init__(self, folder: Path) -> None:
        if psycopg is None:
            raise ImportError("no driver; run: pip install 'psycopg[binary]'")
        if not shutil.which("initdb") or not shutil.which("postgres"):
            raise OSError("initdb or postgres is not on the path")
        # A folder of the system's temporary ones: a socket's path must be short, and postgres must get there.
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._server: subprocess.Popen[bytes] | None = None
        try:
            self._start()
        except (psycopg.Error, subprocess.SubprocessError) as error:
            self.close()
            raise OSError(f"did not start: {error}") from error
        self._run = self._connection.execute
        self._run(_TABLE)
        self._copy: list[tuple[object, ...]] = []

    def _start(self) -> None:
        user, data = "postgres", self._folder / "data"
        as_user: Sequence[str] = ()
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(self._folder, user)
            as_user = ("runuser", "-u", user, "--")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": self._folder}
        subprocess.run(
            [*as_user, "initdb", "-D", data, "-U", user, "--auth=trust", "-EUTF8", "--locale=C", "--no-sync"],
            check=True, timeout=120, **quiet,
        )  # fmt: skip
        options = {"listen_addresses": "", "unix_socket_directories": self._folder, "shared_buffers": "512MB"}
        options |= {"work_mem": "64MB", "maintenance_work_mem": "512MB", "jit": "off"}
        given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self._server = subprocess.Popen([*as_user, "postgres", "-D", data, *given], **quiet)
        for left in reversed(range(100)):
            try:
                self._connection = psycopg.connect(
                    host=str(self._folder), user=user, dbname=user, autocommit=True, connect_timeout=5
                )
                return
            except psycopg.OperationalError:
                if not left:
                    raise
                time.sleep(0.1)

    def add(self, document: PeerDocument) -> None:
        texts = (" ".join(map(safe, document.terms[name])) for name in CLASSES)
        self._copy.append((document.number, *texts, *(list(document.facets[name]) for name in FACETS)))
        if len(self._copy) >= 500:
            self._flush()

    def _flush(self) -> None:
        vector = " || ".join(f"setweight(to_tsvector('simple', %s), '{label}')" for label in _LABELS.values())
        with self._connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO docs VALUES (%s, {vector}, %s, %s, %s, %s)", self._copy)
        self._copy = []

    def finish(self) -> None:
        self._flush()
        self._run("CREATE INDEX ON docs USING gin (words) WITH (fastupdate = off)")
        self._run("VACUUM ANALYZE docs")

    def search(self, concepts: Concepts, *, every: bool) -> Answer:
        parts = ["(" + " | ".join(f"'{safe(term)}'" for term in terms) + ")" for terms in concepts]
        rows = self._run(_SEARCH, ((" & " if every else " | ").join(parts),)).fetchall()
        counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for name, value, count in rows:
            if name in counts:
                counts[name][value] = int(count)
        return Answer(
            total=int(next(count for name, _, count in rows if not name)),
            first=tuple(int(value) for name, value, _ in rows if name == "hit"),
            facets=counts,
        )

    def close(self) -> None:
        if self._server and self._server.poll() is None:
            if connection := getattr(self, "_connection", None):
                connection.close()
            with contextlib.suppress(OSError, ValueError):  # what was started may be but its guardian
                written = (self._folder / "data" / "postmaster.pid").read_text()
                os.kill(int(written.split()[0]), signal.SIGINT)
            try:
                self._server.wait(20)
            except subprocess.TimeoutExpired:
                self._server.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
