"""SQLite's full text index, with facets counted by SQL over the rows that were found."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.safe_terms import safe
from catalogue.benchmark.engines import CLASSES, FACETS, FIRST, Answer, Concepts, PeerDocument

_WEIGHTS = ", ".join(map(str, CLASSES.values()))


class Fts5:
    """Without the texts themselves; BM25 with a weight a column."""

    name = "FTS5"
    in_process = True

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._connection = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self._run = self._connection.execute
        self._run("PRAGMA journal_mode = WAL")
        self._run("PRAGMA cache_size = -200000")
        self._run("PRAGMA temp_store = MEMORY")
        columns = ", ".join(CLASSES)
        self._run(f"CREATE VIRTUAL TABLE texts USING fts5({columns}, content='', tokenize='unicode61')")
        self._run("CREATE TABLE facets (doc INTEGER, code INTEGER, PRIMARY KEY (doc, code)) WITHOUT ROWID")
        self._run("CREATE TEMP TABLE found (doc INTEGER PRIMARY KEY, score REAL)")
        self._codes: dict[tuple[str, str], int] = {}
        self._run("BEGIN")

    def add(self, document: PeerDocument) -> None:
        texts = (" ".join(map(safe, document.terms[name])) for name in CLASSES)
        self._run(
            "INSERT INTO texts (rowid, heavy, middle, light) VALUES (?, ?, ?, ?)", (document.number, *texts)
        )
        codes = (
            self._codes.setdefault((name, value), len(self._codes))
            for name, values in document.facets.items()
            for value in values
        )
        self._connection.executemany(
            "INSERT INTO facets VALUES (?, ?)", ((document.number, code) for code in codes)
        )

    def finish(self) -> None:
        self._run("COMMIT")
        self._run("INSERT INTO texts (texts) VALUES ('optimize')")
        self._run("ANALYZE")
        self._names = {code: key for key, code in self._codes.items()}

    def search(self, concepts: Concepts, *, every: bool) -> Answer:
        asked = (" AND " if every else " OR ").join(f"({_any(terms)})" for terms in concepts)
        self._run("DELETE FROM found")
        self._run(
            f"INSERT INTO found SELECT rowid, bm25(texts, {_WEIGHTS}) FROM texts WHERE texts MATCH ?",
            (asked,),
        )
        (total,) = self._run("SELECT count(*) FROM found").fetchone()
        first = self._run(f"SELECT doc FROM found ORDER BY score LIMIT {FIRST}").fetchall()
        counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for code, count in self._run(
            "SELECT code, count(*) FROM found JOIN facets USING (doc) GROUP BY code"
        ):
            name, value = self._names[code]
            counts[name][value] = count
        return Answer(total=total, first=tuple(row[0] for row in first), facets=counts)

    def close(self) -> None:
        self._connection.close()


def _any(terms: Iterable[str]) -> str:
    return " OR ".join(f'"{safe(term)}"' for term in terms)
