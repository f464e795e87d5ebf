"""`catalogue benchmark` measures what needs no peer, and its figures say what they mean."""

import json

import pytest
from click.testing import CliRunner

from catalogue.benchmark.engines import FIRST
from catalogue.benchmark.table import Goal, Row, as_json, as_text, at_least, at_most
from catalogue.benchmark.timing import in_turn, ratio_of
from catalogue.cli import cli
from catalogue.storage.search.query import SearchQuery


@pytest.mark.parametrize("measure", ["everything"])
def test_it_measures_without_any_peer_and_prints_json(measure):
    done = CliRunner().invoke(cli, ["benchmark", "--size", "100", "--no-peers", "--only", measure, "--json"])

    assert done.exit_code == 0, done.output
    (row,) = json.loads(done.stdout)["rows"]
    assert row["ratio"] > 0
    assert row["least"] <= row["ratio"] <= row["most"]


def test_engines_take_turns_and_are_warmed_up_first():
    asked: list[str] = []
    engines = {name: [lambda name=name: asked.append(name)] * 2 for name in ("a", "b")}

    times = in_turn(engines, blocks=3)

    assert "".join(asked) == "aabb" + "aabb" + "bbaa" + "aabb"
    assert {name: len(blocks) for name, blocks in times.items()} == {"a": 3, "b": 3}


def test_a_ratio_is_the_median_of_the_ratios_of_the_blocks():
    found = ratio_of([1.0, 2.0, 9.0], [2.0, 2.0, 3.0])

    assert (found.ours, found.theirs) == (2.0, 2.0)
    assert (found.least, found.middle, found.most) == (0.5, 1.0, 3.0)


@pytest.mark.parametrize(
    ("row", "goal", "met"),
    [
        ({"ours": 1.0, "ratio": 2.4}, at_most(2.5), True),
        ({"ours": 1.0, "ratio": 2.6}, at_most(2.5), False),
        ({"ours": 1.0, "ratio": 0.5}, at_least(0.5), True),
        ({"ours": 59.0, "unit": "MB"}, at_most(60), True),  # nothing beside it: our own figure counts
        ({"ours": 61.0, "unit": "MB"}, at_most(60), False),
        ({"ours": 61.0, "unit": "MB"}, None, None),
    ],
)
def test_a_row_says_whether_its_goal_is_met(row: dict[str, object], goal: Goal | None, met: bool | None):
    made = Row(measure="x", goal=goal, **row)

    assert made.met is met
    assert as_json([made])[0]["met"] is met
    assert {True: "yes", False: "NO", None: ""}[met] in as_text([made])


def test_a_page_shows_as_many_as_peers_are_asked_for():
    assert SearchQuery().limit == FIRST
