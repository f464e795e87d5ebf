"""The measures: each takes the ground and yields rows."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median

from catalogue.benchmark.corpus import SEED
from catalogue.benchmark.engines import Run, Typing
from catalogue.benchmark.ground import Ground
from catalogue.benchmark.inside import anew, answering, forget_words, renew
from catalogue.benchmark.questions import COUNT, hostile
from catalogue.benchmark.table import Goal, Row, at_most, compared
from catalogue.benchmark.timing import in_turn, ratio_of
from catalogue.domain.solution_from_entry import solution_of
from catalogue.storage.search import compounds
from catalogue.storage.search.index import open_index
from catalogue.storage.search.query import SearchQuery
from catalogue.storage.search.tokens import fold

OURS, RANKING = "ours", "ours, terms given"
LARGE = 50_000  # entries from which on the goals for a hundred thousand hold
_SMALL_GOALS = {
    "tantivy": at_most(2.5),
    "Whoosh": at_most(1 / 40, "1/40"),
    "FTS5": at_most(1 / 8, "1/8"),
    "PostgreSQL": at_most(1 / 15, "1/15"),
}
_LARGE_GOALS = {"tantivy": at_most(3), "Whoosh": at_most(1 / 80, "1/80")}
_MEMORY_QUESTIONS, _RENEWED = 200, 5

Measure = Callable[[Ground], Iterator[Row]]


def _asking(ground: Ground, texts: Sequence[str]) -> list[Run]:
    return [partial(ground.index.search, SearchQuery(text=text)) for text in texts]


def searching(ground: Ground) -> Iterator[Row]:
    """Text, all facets and the first page: everything from the text on, and from understood terms on."""
    goals = _LARGE_GOALS if len(ground.corpus) >= LARGE else _SMALL_GOALS
    for kind, texts in ground.questions.as_lists().items():
        asked = [ground.terms(text) for text in texts]
        engines: dict[str, Sequence[Run]] = {
            OURS: _asking(ground, texts),
            RANKING: [answering(ground.index, text) for text in texts],
            **{
                peer.name: [partial(peer.search, terms, every=kind == "narrow") for terms in asked]
                for peer in ground.peers
            },
        }
        times = in_turn(engines)
        for whole in (OURS, RANKING):
            for peer in ground.peers:
                goal = goals.get(peer.name) if kind == "broad" else None
                label = f"search, {kind}" + (", terms given" if whole is RANKING else "")
                yield compared(label, peer.name, ratio_of(times[whole], times[peer.name]), goal)
        yield compared(f"search, {kind}", RANKING, ratio_of(times[OURS], times[RANKING]))


def everything(ground: Ground) -> Iterator[Row]:
    """The list of all entries with its facets, as against an ordinary broad question."""
    engines = {OURS: _asking(ground, [""]) * 5, "broad": _asking(ground, ground.questions.broad)}
    times = in_turn(engines)
    yield compared("all entries, no text", "search, broad", ratio_of(times[OURS], times["broad"]))


def typing(ground: Ground) -> Iterator[Row]:
    """Autocomplete, and words with a typing error."""
    peer = ground.peer("tantivy")
    wrong = [wrong for wrong, _ in ground.questions.misspelt]
    suggest: list[Run] = [partial(ground.index.suggest, text, 8) for text in ground.questions.beginnings]
    if not isinstance(peer, Typing):
        for label, calls in (("autocomplete", suggest), ("typing error", _asking(ground, wrong))):
            (times,) = in_turn({OURS: calls}).values()
            yield Row(measure=label, ours=median(times))
        return
    begun: list[Run] = [
        partial(peer.beginning, [fold(word) for word in text.split()]) for text in ground.questions.beginnings
    ]
    times = in_turn({OURS: suggest, peer.name: begun})
    yield compared("autocomplete", "tantivy prefix", ratio_of(times[OURS], times[peer.name]), at_most(0.3))
    # As against the bare question of the peer: nothing is counted and nothing explained.
    bare = [SearchQuery(text=word, counted=False, explained=False) for word in wrong]
    times = in_turn(
        {
            OURS: [partial(ground.index.search, query) for query in bare],
            "ours, first": [anew(ground.index, query) for query in bare],
            "ours, facets": _asking(ground, wrong),
            "without": [partial(peer.misspelt, word, facets=False) for word in wrong],
            "with": [partial(peer.misspelt, word, facets=True) for word in wrong],
        }
    )
    yield compared("typing error", "tantivy fuzzy", ratio_of(times[OURS], times["without"]), at_most(0.5))
    first = ratio_of(times["ours, first"], times["without"])
    yield compared("typing error, asked for the first time", "tantivy fuzzy", first)
    counted = ratio_of(times["ours, facets"], times["with"])
    yield compared("typing error, facets and reasons", "tantivy fuzzy + facets", counted)


def hostility(ground: Ground) -> Iterator[Row]:
    """Questions that want to cost much, as against an ordinary broad one."""
    texts = hostile(ground.corpus.vocabulary, seed=SEED)
    times = in_turn(
        {
            "broad": _asking(ground, ground.questions.broad),
            **{name: _asking(ground, [text]) * 5 for name, text in texts.items()},
        }
    )
    for name in texts:
        yield compared(f"hostile: {name}", "search, broad", ratio_of(times[name], times["broad"]), at_most(1))


def new_words(ground: Ground) -> Iterator[Row]:
    """What a word costs that no cache knows: taken apart, and in a question."""
    forget_words()
    words = iter(ground.questions.new)
    start = time.perf_counter()
    for _ in range(COUNT):
        compounds.parts_of(fold(next(words)))
    yield Row(measure="a new word taken apart", ours=(time.perf_counter() - start) / COUNT)
    fresh: list[Run] = [lambda: ground.index.search(SearchQuery(text=next(words)))] * COUNT
    times = in_turn({"fresh": fresh, "rare": _asking(ground, ground.questions.rare)})
    yield compared("question with a new word", "search, rare", ratio_of(times["fresh"], times["rare"]))


def building(ground: Ground) -> Iterator[Row]:
    """Building the index as against peers that write the same terms, our analysis counted for both.

    In seconds of a processor, since it is done but once; so only beside peers that work in this process.
    """
    seconds, goals = ground.seconds, {"tantivy": at_most(4), "FTS5": at_most(2.5)}
    names = [peer.name for peer in ground.peers if peer.in_process]
    for name in names:
        theirs = seconds["analysis"] + seconds[name]
        yield _once("build, analysis in both", name, seconds["ours"], theirs, goals.get(name))
    for name in names:
        ours = max(seconds["ours"] - seconds["analysis"], 0.0)
        yield _once("build, writing alone", name, ours, seconds[name])
    yield Row(measure="analysis alone", ours=seconds["analysis"], unit="s")


def renewing(ground: Ground) -> Iterator[Row]:
    """One changed entry until it can be found, and opening a generation."""
    (opening,) = in_turn({OURS: [lambda: open_index(ground.index_folder).close()]}).values()
    yield Row(measure="opening a generation", ours=median(opening))
    passed = []
    made_use = True
    for number in range(_RENEWED):
        solutions = list(ground.solutions)
        solutions[number] = solution_of(ground.corpus.entry(number, edition=1))
        new = ground.folder / f"renewed-{number}"
        start = time.perf_counter()
        made_use = renew(ground.index_folder, new, ground.corpus, solutions, number)
        with open_index(new) as index:
            index.search(SearchQuery(text=solutions[number].name))
        passed.append(time.perf_counter() - start)
        if not made_use:
            break
    label = "one changed entry until found" + ("" if made_use else " (built anew)")
    goal = at_most(1, "1 s") if len(ground.corpus) < LARGE else None
    yield Row(measure=label, ours=median(passed), unit="s", goal=goal)


def memory(ground: Ground) -> Iterator[Row]:
    """What a fresh process takes for the index, and after two hundred questions."""
    kinds = ground.questions.as_lists().values()
    texts = [text for kind in kinds for text in kind]
    texts += [wrong for wrong, _ in ground.questions.misspelt]
    texts += ground.questions.new[: _MEMORY_QUESTIONS - len(texts)]
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "catalogue.benchmark.memory", str(ground.index_folder)],
        input="\n".join(texts[:_MEMORY_QUESTIONS]),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    found = json.loads(done.stdout)
    yield Row(measure="memory of a worker, opened", ours=found["opened"], unit="MB")
    goal = at_most(60, "60 MB") if len(ground.corpus) < LARGE else None
    label = f"memory of a worker, {_MEMORY_QUESTIONS} questions"
    yield Row(measure=label, ours=found["answered"], unit="MB", goal=goal)
    yield Row(measure="... of it shared with nobody", ours=found["own"], unit="MB")


def _once(label: str, peer: str, ours: float, theirs: float, goal: Goal | None = None) -> Row:
    """A row of something that is done but once."""
    ratio = ours / theirs if theirs else None
    return Row(measure=label, ours=ours, unit="s", peer=peer, theirs=theirs, ratio=ratio, goal=goal)


MEASURES: dict[str, Measure] = {
    "search": searching,
    "everything": everything,
    "typing": typing,
    "hostile": hostility,
    "new-words": new_words,
    "build": building,
    "update": renewing,
    "memory": memory,
}
