"""The benchmark of pages about reuse runs, and measures the page that readers get."""

from pathlib import Path

import pytest

from benchmarks.reuse_ground import make_ground
from benchmarks.reuse_pages import measure_statistics


def test_the_benchmark_measures_every_case_on_a_few_reuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ground = make_ground(tmp_path, 20, 120)

    measure_statistics(ground, rounds=2)
    ground.store.close()

    said = capsys.readouterr().out
    for case in ("warm", "first after a change", "columns after", "a selection nobody", "as xlsx"):
        assert case in said
    assert sum(len(solution.reuses) for solution in ground.solutions) > 90
