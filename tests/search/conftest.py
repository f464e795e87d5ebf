"""The index of the shipped entries as it is published, without and with the meanings."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from storage.search.builders import the_shipped

from catalogue.storage.search.build import build_index
from catalogue.storage.search.index import SearchIndex, open_index
from catalogue.storage.search.semantic import Encoder, encoder

WITHOUT_MEANING = "CATALOGUE_TESTS_WITHOUT_MEANING"
# Looked up on import, since the tests run without any settings of the catalogue.
_IS_LEFT_OUT = bool(os.environ.get(WITHOUT_MEANING))

Build = Callable[[Encoder | None], Path]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds an index of the entries, for words alone or for meanings too."""

    def build(model: Encoder | None) -> Path:
        solutions, context = the_shipped()
        folder = tmp_path_factory.mktemp("measured") / "index"
        build_index(folder, solutions, context, changed={}, model=model)
        return folder

    return build


@pytest.fixture(scope="session")
def words_index(build: Build) -> Iterator[SearchIndex]:
    """The search without the extra `semantic`."""
    with open_index(build(None)) as index:
        yield index


@pytest.fixture(scope="session")
def meanings_index(build: Build) -> Iterator[SearchIndex]:
    """The search with it; making the vectors takes about a minute."""
    if _IS_LEFT_OUT:
        pytest.skip(f"{WITHOUT_MEANING} is set")
    model = encoder()
    if model is None:
        pytest.skip("the extra `semantic` is not installed")
    with open_index(build(model)) as index:
        yield index
