"""The engines to compare with that this machine has, and why others are missing."""

from pathlib import Path

from benchmarks.peer_fts5 import Fts5
from benchmarks.peer_postgres import Postgres
from benchmarks.peer_tantivy import Tantivy
from benchmarks.peer_whoosh import PlainWhoosh
from catalogue.benchmark.engines import Peer

KINDS = (Tantivy, PlainWhoosh, Fts5, Postgres)


def available(folder: Path) -> tuple[list[Peer], list[str]]:
    """Every engine that starts, each in a folder of its own, and a sentence for each that does not."""
    found: list[Peer] = []
    missing = []
    for kind in KINDS:
        try:
            found.append(kind(folder / kind.name))
        except (ImportError, OSError) as error:
            missing.append(f"{kind.name}: {error}")
    return found, missing
