"""The identification of licences beside Debian's licensecheck, in turn in one run: ratios, no times.

`python tests/benchmarks/test_licences.py FILE...` prints the ratios for files of your own.
"""

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from catalogue import places
from catalogue.standards.licence_text.identify import identify_file

OURS = [sys.executable, "-c", "from catalogue.start import main; main()", "licence", "identify", "--json"]
THEIRS = ["licensecheck", "--machine", "--check=.*", "--lines", "0", "--shortname-scheme=spdx"]
TEXTS = sorted((places.PACKAGE.parent / "LICENSES").glob("*.txt"))
CORPUS = places.PACKAGE.parent.parent / "shared" / "corpus" / "licences"


def _seconds(command: Sequence[str]) -> float:
    before = time.perf_counter()
    done = subprocess.run(command, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - before


def ratios(files: Sequence[Path], blocks: int = 3) -> dict[str, float]:
    """Ours by theirs per text: all files in one call, one file in a call, and ours in one by theirs each."""
    names = [str(file) for file in files]
    found: dict[str, list[float]] = {
        "all at once": [],
        "one at a time": [],
        "all at once by one at a time": [],
    }
    for _ in range(blocks):
        ours, theirs = _seconds([*OURS, *names]), _seconds([*THEIRS, *names])
        one, their_one = _seconds([*OURS, names[0]]), _seconds([*THEIRS, names[0]])
        found["all at once"].append(ours / theirs)
        found["one at a time"].append(one / their_one)
        found["all at once by one at a time"].append(ours / len(names) / their_one)
    return {name: statistics.median(values) for name, values in found.items()}


@pytest.mark.skipif(shutil.which("licensecheck") is None, reason="licensecheck is not installed")
def test_it_is_measured_beside_licensecheck_in_the_same_run():
    found = ratios(TEXTS, blocks=1)

    assert found["all at once by one at a time"] < 1  # the goal is 0.1; a busy machine shall not fail it
    assert all(ratio > 0 for ratio in found.values())


def test_the_texts_of_this_project_are_identified_by_their_names():
    known = [path for path in TEXTS if not path.stem.startswith("DL-DE")]

    assert {path.stem: identify_file(path.read_bytes()).spdx for path in known} == {
        path.stem: path.stem for path in known
    }


if __name__ == "__main__":
    chosen = [Path(name) for name in sys.argv[1:]] or sorted(CORPUS.glob("*[!v]")) or TEXTS
    for name, ratio in ratios(chosen).items():
        print(f"{name}: {ratio:.3f}")
