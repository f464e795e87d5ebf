"""How pages about many reuses stand beside pages of the same size made from memory.

    PYTHONPATH=.:tests python -m benchmarks.reuse_pages --solutions 10000 --reuses 100000
    PYTHONPATH=.:tests python -m benchmarks.reuse_pages --path /de/office --cookie NAME=VALUE --data FOLDER

Ratios, in one process, ours and theirs in turn. A page from memory renders the same templates with the
values that the page had, so what differs is asking for the values.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import Flask, render_template, template_rendered
from flask.testing import FlaskClient
from office_login import an_account

from benchmarks.reuse_ground import Ground, make_ground
from catalogue.app import create_app
from catalogue.config import Settings
from catalogue.domain.access import Role
from catalogue.services.catalogue import Catalogue
from catalogue.services.work_list import Section, work

ROUNDS = 15
_GIVEN = {"g", "request", "session", "lang", "locale", "other_lang_url", "page", "version"}
Timed = Callable[[], float]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    began = perf_counter()
    work()
    return perf_counter() - began


def getter(client: FlaskClient, path: str, cookie: str = "") -> Callable[[], bytes]:
    """Asks for a page and insists on getting it."""

    def get() -> bytes:
        answer = client.get(path, headers={"Cookie": cookie} if cookie else {})
        assert answer.status_code == 200, f"{path}: {answer.status}"
        return bytes(answer.data)

    return get


def from_memory(app: Flask, path: str, get: Callable[[], bytes]) -> Callable[[], bytes]:
    """The templates that the page renders when it is asked for now, rendered with the same values."""
    seen: list[tuple[str, dict[str, object]]] = []

    def keep(_: Flask, template: object, context: dict[str, object], **__: object) -> None:
        own = {name: value for name, value in context.items() if name not in _GIVEN}
        seen.append((str(getattr(template, "name", "")), own))

    with template_rendered.connected_to(keep, app):
        get()

    def view(**_: object) -> str:
        return "".join(render_template(name, **values) for name, values in seen)[-1_000_000:]

    with app.test_request_context(path) as context:
        endpoint = str(context.request.endpoint)

    def answer() -> bytes:
        real = app.view_functions[endpoint]
        app.view_functions[endpoint] = view
        try:
            return get()
        finally:
            app.view_functions[endpoint] = real

    return answer


def in_turn(one: Timed, other: Timed, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Medians of both, and of their ratio; each round times both, beginning with another one."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            theirs, ours = other(), one()
        else:
            ours, theirs = one(), other()
        pairs.append((ours, theirs))
    return (
        median(ours for ours, _ in pairs),
        median(theirs for _, theirs in pairs),
        median(ours / theirs for ours, theirs in pairs),
    )


def say(what: str, ours: float, theirs: float, ratio: float, most: float | None = None) -> None:
    """A line: milliseconds of both, the ratio, and what it may be at most."""
    goal = "" if most is None else f"  at most {most:g}: {'met' if ratio <= most else 'MISSED'}"
    print(
        f"{what:52} {ours * 1000:8.1f} ms  from memory {theirs * 1000:7.1f} ms  {ratio:6.2f}x{goal}",
        flush=True,
    )


def measure_statistics(ground: Ground, rounds: int = ROUNDS) -> None:
    """The public statistics: warm, cold with another selection, and first after a change."""
    app = ground.app()
    holder, client = app.extensions["catalogue"], app.test_client(use_cookies=False)
    path = "/de/statistics"
    get = getter(client, path)
    first: Catalogue = holder.catalogue
    print(f"columns of all reuses, first time: {seconds(first.figures_of_reuse) * 1000:.0f} ms")
    memory = from_memory(app, path, get)
    print(f"page: {len(get()) / 1000:.0f} kB, {len(first.figures_of_reuse().columns.reuses):,} reuses")
    say("statistics, warm", *in_turn(lambda: seconds(get), lambda: seconds(memory), rounds), most=3)

    ground.change(7)
    loads: list[float] = []

    def first_after_a_change() -> float:
        """A new revision is opened and its columns are loaded; then somebody asks for the page."""
        holder.catalogue = ground.catalogue(holder.catalogue.statistics.after())
        loads.append(seconds(holder.catalogue.figures_of_reuse))
        return seconds(get)

    timed = in_turn(first_after_a_change, lambda: seconds(memory), rounds)
    say("statistics, first after a change", *timed, most=15)
    print(f"columns after a change, before the new revision is served: {median(loads) * 1000:.0f} ms")
    filtered = [getter(client, f"{path}?land={land:02}") for land in range(1, 17)]
    timed = iter(filtered)
    say(
        "statistics, a selection nobody asked for",
        *in_turn(lambda: seconds(next(timed)), lambda: seconds(memory), rounds),
        most=15,
    )
    for kind in ("csv", "json", "xlsx"):
        name = f"{path}/reuses.{kind}"
        print(f"all reuses as {kind}: {seconds(getter(client, name)) * 1000:.0f} ms")


def measure_work_list(ground: Ground, rounds: int = ROUNDS) -> None:
    """The office's start page and each of its sections, with all reports in the store."""
    store, app = ground.store, ground.app()
    now = app.extensions["catalogue"].clock()
    official = an_account(store, Role.ADMINISTRATOR, "official", now)
    cookie = f"office={store.sessions.open(official.id, now)}"
    counts = {
        section: work(app.extensions["catalogue"].catalogue, section, now, offset=0, limit=1).count
        for section in Section
    }
    print("waiting: " + ", ".join(f"{section} {count:,}" for section, count in counts.items() if count))
    filled = [f"/de/office/work/{section}" for section, count in counts.items() if count]
    measure_path(app, ["/de/office", *filled, "/de/office/reports"], cookie, rounds)


def measure_path(app: Flask, paths: Sequence[str], cookie: str, rounds: int = ROUNDS) -> None:
    """Any other pages, once warm."""
    client = app.test_client(use_cookies=False)
    for path in paths:
        get = getter(client, path, cookie)
        first = seconds(get)
        memory = from_memory(app, path, get)
        say(
            path,
            *in_turn(lambda get=get: seconds(get), lambda memory=memory: seconds(memory), rounds),
            most=3,
        )
        print(f"  {len(get()) / 1000:.0f} kB; for the first time {first * 1000:.0f} ms")


def main() -> None:
    """Measure what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--solutions", type=int, default=10_000)
    parser.add_argument("--reuses", type=int, default=100_000)
    parser.add_argument("--path", action="append", default=[], help="of a page of --data; repeatable")
    parser.add_argument("--cookie", default="", help="sent with --path: NAME=VALUE")
    parser.add_argument("--data", type=Path, help="a data folder, such as one of `catalogue demo-data`")
    chosen = parser.parse_args()
    if chosen.path:
        app = create_app(Settings.from_environ({"CATALOGUE_DATA": str(chosen.data)}))
        measure_path(app, chosen.path, chosen.cookie)
        return
    with tempfile.TemporaryDirectory(prefix="reuse-benchmark-") as folder:
        ground = make_ground(Path(folder), chosen.solutions, chosen.reuses)
        print(f"derived tables of {chosen.reuses:,} reuses written in {ground.derived_in:.1f} s")
        measure_statistics(ground)
        measure_work_list(ground)
        ground.store.close()


if __name__ == "__main__":
    main()
