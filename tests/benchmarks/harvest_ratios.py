"""What a harvest costs, as ratios in one run: beside a full clone, beside the first look, 8 jobs beside one.

Run as a program with `tests` on the path: `python -m benchmarks.harvest_ratios [REPOSITORIES]`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from random import Random
from statistics import median

import git_server
from git_server import GitServer, a_repository, git

from harvest.fetch import Door
from harvest.guard import Guard
from harvest.limits import Limits
from harvest.outcome import Known, Outcome, Seen, Unchanged
from harvest.run import harvest, harvest_many

BLOCKS = 5
FILES = {
    "README.md": "# A\n" * 40,
    "LICENSE": "EUPL\n" * 200,
    "src/main.py": "print()\n",
    "pyproject.toml": "\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure: ours, what it is compared with, and the ratio of the two."""

    measure: str
    ours: float
    other: float
    unit: str

    @property
    def ratio(self) -> float:
        """Ours divided by the other."""
        return self.ours / self.other


def a_door() -> Door:
    """A door to this machine without pauses: there is nobody to be polite to."""
    allow = [ip_network("127.0.0.0/8")]
    return Door(limits=Limits(pause=0), guard=Guard(allow=allow))


def now() -> datetime:
    return datetime.now(UTC)


def a_grown_repository(folder: Path, commits: int) -> Path:
    """A repository whose history weighs: a picture of 30 kB changes with every commit, beside 200 files."""
    random = Random(7)  # the same on every machine
    files = {**FILES, **{f"src/m{number}.py": "x = 1\n" * number for number in range(200)}}
    a_repository(folder, files)
    when, parts = 1_704_110_400, []
    for number in range(commits):
        who = f"Ada <ada@stadt-musterstadt.example> {when + number * 3600} +0000"
        start = "from refs/heads/main^0\n" if number == 0 else ""
        picture = random.randbytes(30_000)
        parts.append(
            f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 1\nx\n{start}"
            f"M 100644 inline picture.png\ndata {len(picture)}\n".encode()
            + picture
            + b"\n"
        )
    git(folder, "fast-import", "--quiet", stdin=b"".join(parts))
    return folder


def beside_a_clone(root: Path, *, commits: int = 400) -> Iterator[Row]:
    """Bytes and seconds of a first look beside those of a full clone, and of a second look beside both."""
    with git_server.git_server(root / "grown") as server:
        a_grown_repository(server.root / "a", commits)
        door = a_door()
        looks, clones, repeats = [], [], []
        for number in range(BLOCKS):
            looks.append(_cost(server, lambda: harvest(server.url("a"), door, now())))
            clones.append(_cost(server, lambda number=number: _clone(server, root / f"clone-{number}")))
            first = harvest(server.url("a"), door, now())
            assert isinstance(first, Seen)
            known = Known(refs=first.sighting.refs, has_commits=True)
            repeats.append(_cost(server, lambda known=known: harvest(server.url("a"), door, now(), known)))
        door.close()
    look, clone, repeat = (_middle(costs) for costs in (looks, clones, repeats))
    for name, ours, other in (
        ("first look beside a full clone", look, clone),
        ("second look beside the first", repeat, look),
        ("second look beside a full clone", repeat, clone),
    ):
        yield Row(measure=name, ours=ours[0] / 1000, other=other[0] / 1000, unit="kB")
        yield Row(measure=name, ours=ours[1], other=other[1], unit="s")


def _cost(server: GitServer, act) -> tuple[int, float]:
    server.forget()
    begin = time.perf_counter()
    act()
    return server.sent, time.perf_counter() - begin


def _middle(costs: list[tuple[int, float]]) -> tuple[float, float]:
    return median(cost[0] for cost in costs), median(cost[1] for cost in costs)


def _clone(server: GitServer, folder: Path) -> None:
    git(server.root, "clone", "-q", "--bare", server.url("a"), str(folder))


def many(root: Path, *, repositories: int = 200, jobs: int = 8) -> Iterator[Row]:
    """So many repositories by one job and by several, then once more with nothing new."""
    one = a_repository(root / "many" / "r0", FILES, commits=20, tags=("v1",))
    for number in range(1, repositories):
        subprocess.run(["cp", "-r", str(one), str(root / "many" / f"r{number}")], check=True)
    with _server_apart(root / "many") as port:
        addresses = [f"http://127.0.0.1:{port}/r{number}" for number in range(repositories)]
        alone = _run(addresses, 1, {})
        together = _run(addresses, jobs, {})
        assert all(isinstance(outcome, Seen) for outcome in together.outcomes)
        known = {
            outcome.asked: Known(refs=outcome.sighting.refs, has_commits=True)
            for outcome in together.outcomes
            if isinstance(outcome, Seen)
        }
        again = _run(addresses, jobs, known)
        assert all(isinstance(outcome, Unchanged) for outcome in again.outcomes)
    name = f"{repositories} repositories, {jobs} jobs beside 1"
    yield Row(measure=name, ours=together.seconds, other=alone.seconds, unit="s")
    yield Row(measure=f"{name}: busy cores", ours=together.busy, other=alone.busy, unit="cores")
    yield Row(
        measure=f"{repositories} repositories again, nothing new, beside the first run",
        ours=again.seconds,
        other=together.seconds,
        unit="s",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    outcomes: list[Outcome]
    seconds: float
    busy: float


def _run(addresses: list[str], jobs: int, known: Mapping[str, Known]) -> _Run:
    door = a_door()
    begin, before = time.perf_counter(), _work()
    outcomes = list(harvest_many(addresses, door, jobs=jobs, known=known))
    seconds, worked = time.perf_counter() - begin, _work() - before
    door.close()
    return _Run(outcomes=outcomes, seconds=seconds, busy=worked / seconds)


def _work() -> float:
    """Seconds that all cores of this machine have worked, for us and for others."""
    numbers = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(numbers) - numbers[3] - numbers[4]) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _server_apart(root: Path) -> Iterator[int]:
    """The server in a process of its own, so that it does not wait for the Python of whoever measures."""
    command = [sys.executable, git_server.__file__, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.communicate()


def main(repositories: int) -> None:
    """Measure and print."""
    print(f"{'measure':<62} {'ours':>10} {'other':>10} unit   ratio")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (beside_a_clone(Path(folder)), many(Path(folder), repositories=repositories)):
            for row in rows:
                print(
                    f"{row.measure:<62} {row.ours:>10.3f} {row.other:>10.3f} {row.unit:<5} {row.ratio:>6.3f}"
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
