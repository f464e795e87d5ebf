"""Finds what only a checkout of the source has: engines to compare with, and the pages under load."""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import cast

from catalogue import places
from catalogue.benchmark.engines import Peer
from catalogue.benchmark.measures import Measure

Available = Callable[[Path], tuple[list[Peer], list[str]]]


class NoCheckout(Exception):
    """The program is installed without its source; peers and pages are not there."""


def find_peers(folder: Path) -> tuple[list[Peer], list[str]]:
    """The peers that can be started here, each with its files in the folder, and why others are missing."""
    return cast(Available, _module("peers").available)(folder)


def pages_measure() -> Measure:
    """The measure of the results page under load."""
    return cast(Measure, _module("pages").pages)


def _module(name: str) -> ModuleType:
    """A module of tests/benchmarks. Raises `NoCheckout`."""
    tests = places.PACKAGE.parent / "tests"
    if not places.IN_CHECKOUT or not (tests / "benchmarks" / f"{name}.py").is_file():
        raise NoCheckout("peers and pages are measured from a checkout of the source only")
    if str(tests) not in sys.path:
        sys.path.insert(0, str(tests))
    return import_module(f"benchmarks.{name}")
