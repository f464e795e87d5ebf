"""The generated entries as a database for Datasette: full text index, and columns to count by."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from catalogue.benchmark.ground import Ground

_FACETS = "_facet=licence&_facet=land&_facet=maturity&_facet_array=topics"


def write_database(path: Path, ground: Ground) -> None:
    """A table of solutions with an FTS5 index over name, summary and text."""
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE solutions (id TEXT PRIMARY KEY, name TEXT, summary TEXT, body TEXT, licence TEXT,"
        " land TEXT, maturity TEXT, topics TEXT)"
    )
    connection.executemany(
        "INSERT INTO solutions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                solution.id,
                solution.name,
                solution.summary_de,
                solution.text_de,
                solution.licence.expression if solution.licence else None,
                solution.providers[0].body[:2],
                solution.maturity.value if solution.maturity else None,
                json.dumps(solution.topics),
            )
            for solution in ground.solutions
        ),
    )
    connection.execute(
        "CREATE VIRTUAL TABLE solutions_fts USING fts5(name, summary, body, content='solutions')"
    )
    connection.execute("INSERT INTO solutions_fts (solutions_fts) VALUES ('rebuild')")
    connection.commit()
    connection.execute("VACUUM")
    connection.close()


def datasette_paths(words: Sequence[str]) -> list[str]:
    """The page of a table with a search, four facets and twenty rows."""
    return [f"/bench/solutions?_search={quote(word)}&{_FACETS}&_size=20" for word in words]
