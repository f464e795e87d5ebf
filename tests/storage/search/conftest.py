"""Indexes for the search's tests."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from storage.search.builders import a_context, the_shipped

from catalogue.domain.solution import Solution
from catalogue.storage.search.build import build_index
from catalogue.storage.search.index import SearchIndex, open_index

Make = Callable[..., SearchIndex]
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def make_index(tmp_path: Path) -> Iterator[Make]:
    """Builds and opens an index; each solution is published a day after the one before."""
    opened: list[SearchIndex] = []

    def make(*solutions: Solution) -> SearchIndex:
        folder = tmp_path / f"index-{len(opened)}"
        days = {s.id: START + timedelta(days=day) for day, s in enumerate(solutions)}
        build_index(folder, solutions, a_context(), changed={key: (day, day) for key, day in days.items()})
        opened.append(open_index(folder))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """The index of the shipped entries."""
    solutions, context = the_shipped()
    folder = tmp_path_factory.mktemp("search") / "index"
    build_index(folder, solutions, context, changed={})
    with open_index(folder) as index:
        yield index
