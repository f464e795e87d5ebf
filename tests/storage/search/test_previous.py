"""An index made from an older one: what has changed is new, all else as it was, the older one stays whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage.search.builders import a_context, a_solution

from catalogue.domain.solution import Solution
from catalogue.storage.search import previous
from catalogue.storage.search.build import build_index, change_index
from catalogue.storage.search.facts import facts_alone
from catalogue.storage.search.index import SearchIndex, open_index
from catalogue.storage.search.query import SearchQuery, SearchResult
from catalogue.storage.search.semantic import Matrix

START = datetime(2026, 1, 1, tzinfo=UTC)


def build(
    folder: Path, solutions: Sequence[Solution], *, edited: Sequence[str] = (), base: Path | None = None
) -> Path:
    """An index in which `edited` solutions have changed a day later than all others."""
    dates = {s.id: (START, START + timedelta(days=s.id in edited)) for s in solutions}
    build_index(folder, solutions, a_context(), changed=dates, previous=base)
    return folder


def ask(index: SearchIndex, text: str = "", **query: object) -> SearchResult:
    return index.search(SearchQuery(text=text, **query))  # type: ignore[arg-type]


def ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


@pytest.fixture
def solutions() -> list[Solution]:
    tags = ["Baum", "Parkplatz", "Termin", "Sensor"]
    topics = ["mobility", "energy"]
    return [a_solution(f"s{n}", tags=[tags[n % 4]], topics=[topics[n % 2]]) for n in range(8)]


def parts(folder: Path) -> int:
    """Of how many segments the index is."""
    return facts_alone(folder)[0].parts


def test_what_changed_is_found_as_it_is_now_and_all_else_as_before(tmp_path: Path, solutions: list[Solution]):
    old = build(tmp_path / "old", solutions)
    solutions[0] = a_solution("s0", tags=["Zwilling"], topics=["open-data"])
    wanted = [*solutions[:7], a_solution("neu", tags=["Baum"])]  # s7 is gone

    new = build(tmp_path / "new", wanted, edited=["s0", "neu"], base=old)
    whole = build(tmp_path / "whole", wanted, edited=["s0", "neu"])

    assert (parts(new), parts(whole)) == (2, 1)
    with open_index(new) as one, open_index(whole) as other:
        assert len(one) == len(other) == 8
        for text in ("", "Zwilling", "Baum", "Sensor", "neu", "s7", "Parkplatz -Baum"):
            assert sorted(ids(ask(one, text))) == sorted(ids(ask(other, text)))
            assert ask(one, text).facets == ask(other, text).facets
        assert ids(ask(one, "Zwilling")) == ["s0"]
        assert ids(ask(one, "Baum"))[-1:] != ["s0"]
        chosen = {"topic": frozenset({"open-data"})}
        assert ids(ask(one, chosen=chosen)) == ids(ask(other, chosen=chosen)) == ["s0"]
        assert [s.id for s in one.suggest("Beispiel s7")] == []


def test_the_older_index_stays_as_it_was(tmp_path: Path, solutions: list[Solution]):
    old = build(tmp_path / "old", solutions)
    solutions[0] = a_solution("s0", tags=["Zwilling"])

    build(tmp_path / "new", solutions, edited=["s0"], base=old)

    with open_index(old) as index:
        assert ids(ask(index, "Zwilling")) == []
        assert sorted(ids(ask(index, "Baum"))) == ["s0", "s4"]


def test_changes_that_follow_each_other_are_put_together(tmp_path: Path, solutions: list[Solution]):
    folder, made = build(tmp_path / "0", solutions), []
    for round_ in range(1, 5):
        solutions[0] = a_solution("s0", tags=[f"Runde{round_}"])
        dates = {s.id: (START, START + timedelta(days=round_ * (s.id == "s0"))) for s in solutions}
        build_index(tmp_path / str(round_), solutions, a_context(), changed=dates, previous=folder)
        folder = tmp_path / str(round_)
        made.append(parts(folder))
        with open_index(folder) as index:
            assert ids(ask(index, f"Runde{round_}")) == ["s0"]

    assert made == [2, 2, 2, 2]


def test_where_much_has_changed_the_index_is_built_anew(
    tmp_path: Path, solutions: list[Solution], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(previous, "_MOST_CHANGES", 2)
    old = build(tmp_path / "old", solutions)

    new = build(tmp_path / "new", solutions, edited=["s0", "s1", "s2"], base=old)

    assert parts(new) == 1


@pytest.mark.parametrize("most_parts", [2, 12])
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sets(st.integers(0, 11), min_size=1, max_size=4), min_size=3, max_size=6))
def test_an_index_changed_again_and_again_answers_as_one_that_is_built_anew(
    most_parts: int, changes: list[set[int]]
):
    solutions = [a_solution(f"s{n}", tags=["Baum", "Zahl0"]) for n in range(12)]
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(previous, "_MOST_PARTS", most_parts)
        tmp = Path(name)
        dates = {s.id: (START, START) for s in solutions}
        folder = build(tmp / "0", solutions)
        for place, change in enumerate(changes, start=1):
            for number in change:
                tags = ["Parkplatz", f"Zahl{place}"]
                solutions[number] = a_solution(f"s{number}", tags=tags, topics=["energy"])
                dates[f"s{number}"] = (START, START + timedelta(days=place))
            changed, target = [solutions[number] for number in sorted(change)], tmp / str(place)
            target.mkdir()
            assert change_index(target, changed, a_context(), changed=dates, previous=folder)
            folder = target
        build_index(tmp / "whole", solutions, a_context(), changed=dates)
        with open_index(folder) as one, open_index(tmp / "whole") as other:
            assert len(one) == len(other) == 12
            for text in ("", "Baum", "Parkplatz", '"Beispiel s3"', *(f"Zahl{n}" for n in range(10))):
                assert sorted(ids(ask(one, text))) == sorted(ids(ask(other, text)))
                assert ask(one, text).facets == ask(other, text).facets
            chosen = {"topic": frozenset({"energy"})}
            assert sorted(ids(ask(one, chosen=chosen))) == sorted(ids(ask(other, chosen=chosen)))
        assert parts(folder) <= most_parts


def test_an_index_of_other_lists_or_none_is_not_changed(tmp_path: Path, solutions: list[Solution]):
    old, target = build(tmp_path / "old", solutions), tmp_path / "new"
    dates = {s.id: (START, START) for s in solutions}
    target.mkdir()

    for base, topics in ((tmp_path / "nowhere", {}), (old, {})):
        context = replace(a_context(), topics=topics)
        assert not change_index(target, solutions[:1], context, changed=dates, previous=base)
        assert list(target.iterdir()) == []


def test_nothing_is_taken_over_from_a_folder_that_is_no_index(tmp_path: Path, solutions: list[Solution]):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "manifest.json").write_text("{")

    for base in (tmp_path / "nowhere", tmp_path / "broken"):
        assert parts(build(tmp_path / f"from-{base.name}", solutions, base=base)) == 1


def test_facts_that_were_damaged_are_not_taken_over(tmp_path: Path, solutions: list[Solution]):
    old = build(tmp_path / "old", solutions)
    facts = old / "facts.json"
    facts.write_text(facts.read_text().replace("Beispiel s0", "Beispiel s9"))

    assert parts(build(tmp_path / "new", solutions, base=old)) == 1


def test_a_word_that_only_a_removed_solution_had_stops_no_question(tmp_path: Path, solutions: list[Solution]):
    old = build(tmp_path / "old", [*solutions, a_solution("gone", tags=["Quastenflosser"])])

    new = build(tmp_path / "new", solutions, base=old)

    assert parts(new) == 2
    with open_index(new) as index:
        assert ids(ask(index, "Quastenf")) == ids(ask(index, "Quastenflosser")) == []
        assert sorted(ids(ask(index, "Baum Quastenf"))) == ["s0", "s4"]


class Letters:
    """A model that makes vectors of letters, and remembers what it was asked."""

    name = "letters"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def texts(self, texts: Sequence[str]) -> Matrix:
        self.asked += texts
        return np.stack([self.question(text) for text in texts])

    def question(self, text: str) -> Matrix:
        return np.array([text.count(letter) for letter in "aehnst"], np.float32)


def test_vectors_of_a_changed_index_are_those_of_one_built_anew(tmp_path: Path, solutions: list[Solution]):
    dates = {s.id: (START, START) for s in solutions}
    model, target = Letters(), tmp_path / "new"
    build_index(tmp_path / "old", solutions, a_context(), changed=dates, model=model)
    solutions = [a_solution("s0", tags=["Zwilling"]), *solutions[1:]]
    model.asked.clear()
    target.mkdir()
    previous_folder = tmp_path / "old"

    changed = solutions[:1]
    assert change_index(target, changed, a_context(), changed=dates, previous=previous_folder, model=model)

    assert all("s0" in text for text in model.asked)
    build_index(tmp_path / "whole", [*solutions[1:], *changed], a_context(), changed=dates, model=model)
    for name in ("vectors.npy", "vectors-keys.npy"):
        assert np.array_equal(np.load(target / name), np.load(tmp_path / "whole" / name))
    assert np.load(target / "vectors-counts.npy")[0] == 0  # the hole
