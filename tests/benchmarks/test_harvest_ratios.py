"""The measures of the harvest count what they say; bytes and questions are the same on every machine."""

from benchmarks.harvest_ratios import beside_a_clone, many


def test_a_look_brings_a_small_part_of_a_clone_and_a_second_one_next_to_nothing(tmp_path):
    rows = [row for row in beside_a_clone(tmp_path, commits=60) if row.unit == "kB"]

    first, second, _ = (row.ratio for row in rows)
    assert first < 0.1
    assert second < 0.2


def test_many_repositories_are_all_seen_and_then_all_unchanged(tmp_path):
    rows = list(many(tmp_path, repositories=6, jobs=3))

    assert [row.unit for row in rows] == ["s", "cores", "s"]
    assert all(row.ratio > 0 for row in rows)
