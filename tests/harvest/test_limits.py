"""The limits that the documentation names are those of the program."""

import re
from dataclasses import asdict
from pathlib import Path

from harvest.limits import USUAL

PAGE = Path(__file__).parents[2] / "docs" / "harvest-looks.md"


def test_the_table_of_limits_is_true():
    table = PAGE.read_text(encoding="utf-8").partition("<!-- limits -->")[2].partition("<!-- /limits -->")[0]

    shown = {name: float(value) for name, value in re.findall(r"\| `(\w+)` \| ([\d.]+) \|", table)}

    assert shown == asdict(USUAL)
