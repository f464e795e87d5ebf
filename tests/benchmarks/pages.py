"""The results page under load, beside the same page from memory, an empty page and Datasette."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import quote

from servers import Server, free_port, start_server

from benchmarks.datasette import datasette_paths, write_database
from benchmarks.load import Load, put_under_load
from benchmarks.page_apps import PATHS
from catalogue import places
from catalogue.benchmark.ground import Ground
from catalogue.benchmark.table import Goal, Row, at_least, at_most
from catalogue.services.catalogue import index_format
from catalogue.services.check import CheckedFolder
from catalogue.services.publish import publish
from catalogue.storage.entries import EntriesFolder, load_folder
from catalogue.storage.store import Store

BLOCKS, SECONDS = 5, 3.0
WARMING = 40.0  # seconds in which fresh workers make what every page of a revision shares
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    """Something that answers on a port, and what it is asked for."""

    name: str
    port: int
    paths: Sequence[str]


def pages(ground: Ground) -> Iterator[Row]:
    """Requests a second, and how late the late answers are."""
    folder = ground.folder / "pages"
    _publish(ground, folder / "var")
    texts = [text for kind in ground.questions.as_lists().values() for text in kind]
    paths = [f"/de/solutions?q={quote(text)}" for text in texts]
    (folder / "paths.txt").write_text("\n".join(paths), encoding="utf-8")
    with ExitStack() as stack:
        real = stack.enter_context(_serving(folder, "catalogue.app:create_app()"))
        memory = stack.enter_context(_serving(folder, "benchmarks.page_apps:from_memory()"))
        hello = stack.enter_context(_serving(folder, "benchmarks.page_apps:hello()"))
        sites = [
            Site("results page", real.port, paths),
            Site("from memory", memory.port, paths),
            Site("hello world", hello.port, ["/"]),
            Site("autocomplete", real.port, _suggestions(ground)),
        ]
        time.sleep(WARMING)
        loads = _in_turn(sites)
    page, memory_page, empty = loads["results page"], loads["from memory"], loads["hello world"]
    yield _row("results page, requests", page, "from memory", memory_page, at_least(0.5))
    yield _row("results page, requests", page, "hello world", empty)
    yield _row("autocomplete, requests", loads["autocomplete"], "hello world", empty)
    for name in ("results page", "from memory"):
        shares = [load.p99 / load.p50 for load in loads[name]]
        yield Row(
            measure=f"{name}, p99 to p50",
            ours=median(load.p99 for load in loads[name]),
            peer="p50",
            theirs=median(load.p50 for load in loads[name]),
            ratio=median(shares),
            least=min(shares),
            most=max(shares),
            goal=at_most(1.6) if name == "results page" else None,
        )
    failed = sum(load.failed for site in loads.values() for load in site)
    yield Row(measure="failed answers", ours=failed, unit="", goal=at_most(0))
    yield from _beside_datasette(ground, folder, texts)


def _beside_datasette(ground: Ground, folder: Path, texts: Sequence[str]) -> Iterator[Row]:
    """One process each, the same single words."""
    program = shutil.which("datasette")
    if not program:
        print("note: Datasette is not on the path", file=sys.stderr)
        return
    words = [text.split()[0] for text in texts if " " in text][:10]
    write_database(folder / "bench.db", ground)
    port = free_port()
    command = [program, "serve", "-i", str(folder / "bench.db"), "-p", str(port)]
    command += ["--setting", "sql_time_limit_ms", "20000", "--setting", "facet_time_limit_ms", "20000"]
    with ExitStack() as stack:
        real = stack.enter_context(_serving(folder, "catalogue.app:create_app()", workers=1))
        other = start_server(command, folder, port=port)
        stack.callback(other.stop)
        _wait(other, "/-/versions.json")
        paths = [f"/de/solutions?q={quote(word)}" for word in words]
        sites = [Site("results page", real.port, paths), Site("Datasette", port, datasette_paths(words))]
        time.sleep(WARMING)
        loads = _in_turn(sites)
    yield _row(
        "results page, one process", loads["results page"], "Datasette", loads["Datasette"], at_least(30)
    )


def _suggestions(ground: Ground) -> list[str]:
    return [f"/de/suggest?q={quote(text)}" for text in ground.questions.beginnings]


def _in_turn(sites: Sequence[Site]) -> dict[str, list[Load]]:
    """Load on each in turn, every block beginning with another one; the first round is thrown away."""
    loads: dict[str, list[Load]] = {site.name: [] for site in sites}
    for site in sites:
        put_under_load(site.port, site.paths, seconds=SECONDS)
    for block in range(BLOCKS):
        place = block % len(sites)
        for site in (*sites[place:], *sites[:place]):
            loads[site.name].append(put_under_load(site.port, site.paths, seconds=SECONDS))
    return loads


def _row(
    label: str, ours: Sequence[Load], peer: str, theirs: Sequence[Load], goal: Goal | None = None
) -> Row:
    ratios = [mine.rate / other.rate for mine, other in zip(ours, theirs, strict=True)]
    return Row(
        measure=label,
        ours=median(load.rate for load in ours),
        unit="/s",
        peer=peer,
        theirs=median(load.rate for load in theirs),
        ratio=median(ratios),
        least=min(ratios),
        most=max(ratios),
        goal=goal,
    )


def _publish(ground: Ground, data: Path) -> None:
    """Put the generated entries into a data folder the way that `catalogue publish` does."""
    data.mkdir(parents=True)
    real = load_folder(places.ENTRIES)
    corpus = ground.corpus
    folder = EntriesFolder(
        entries=tuple(corpus.entry(number) for number in range(len(corpus))),
        items=real.items,
        organisations=real.organisations,
        topics=real.topics,
    )
    checked = CheckedFolder(folder=folder, problems=(), bad_ids=frozenset(), bad_lists=frozenset())
    store = Store.open(f"sqlite:///{data / 'catalogue.db'}", migrate=True)
    try:
        publish(
            store, checked, corpus.register, data, index=index_format(semantic=False), now=datetime.now(UTC)
        )
    finally:
        store.close()


@contextmanager
def _serving(folder: Path, application: str, workers: int = 2) -> Iterator[Server]:
    """gunicorn with the project's own configuration."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:catalogue.server"]
    command += ["--bind", f"127.0.0.1:{port}", application]
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")))
    server = start_server(
        command,
        folder,
        port=port,
        PYTHONPATH=path,
        WEB_CONCURRENCY=str(workers),
        CATALOGUE_DATA=str(folder / "var"),
        **{PATHS: str(folder / "paths.txt")},
    )
    try:
        yield server.wait(180)  # the page from memory makes all of them first
    finally:
        try:
            server.stop()
        except subprocess.TimeoutExpired:
            print(f"note: {application} had to be killed", file=sys.stderr)


def _wait(server: Server, path: str) -> None:
    """Until it answers there; Datasette has no health page."""
    for _ in range(600):
        try:
            if server.get(path)[0].status == 200:
                return
        except OSError:
            time.sleep(0.1)
        assert server.process.poll() is None, server.said
    raise AssertionError(server.said)
