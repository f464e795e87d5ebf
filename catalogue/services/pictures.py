"""Screenshots of solutions: only those that a published entry names, only real pictures."""

from pathlib import Path

from catalogue.domain.solution import Solution
from catalogue.storage.entries import is_picture


def find_picture(entries: Path, solution: Solution, name: str) -> Path | None:
    """The file of a screenshot, or None where the entry does not name it or it is no picture any more."""
    if name not in {screenshot.file for screenshot in solution.screenshots}:
        return None
    path = entries / "solutions" / name
    return path if is_picture(path) else None
