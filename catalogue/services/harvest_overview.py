"""The work list of the harvest: figures, and what somebody should mend, over all published solutions."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.domain.findings import Finding, Watched, findings_between, findings_of, in_order
from catalogue.domain.observed import repository_keys
from catalogue.domain.relations import Relation, relations
from catalogue.domain.snapshot import Question
from catalogue.domain.solution import Funded, SolutionKind
from catalogue.domain.vitality import Level
from catalogue.services.observing import Seen, see
from catalogue.storage.harvest_book import HarvestBook
from catalogue.storage.harvested import Standing
from catalogue.storage.store import Store

RECENTLY = timedelta(days=7)
KEPT_FOR = timedelta(minutes=1)
_LONGEST = timedelta(hours=1)
_SHARE = 20  # it is made anew after so many times what it took: at most a twentieth of the time goes into it


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestFigures:
    """How the harvest stands. Repositories are those that published entries name, each counted once."""

    repositories: int
    recent: int  # looked at within seven days, well
    failing: int
    never: int  # not looked at from here; what shipped with the catalogue is no look
    levels: Mapping[Level, int]  # solutions with a repository, by how alive they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished:
    """A funded measure of which nobody else can take over the source: what it lacks."""

    solution: str
    without_repository: bool
    without_licence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything that the work list shows; `names` are those of the solutions, by id."""

    figures: HarvestFigures
    findings: tuple[Finding, ...]
    relations: tuple[Relation, ...]
    names: Mapping[str, str]
    last_look: datetime | None
    made_at: datetime
    unpublished: tuple[Unpublished, ...] = ()


def overview(store: Store, now: datetime) -> Overview:
    """Read everything once and find what is to mend."""
    solutions = [stored.solution for stored in store.all_solutions()]
    seen = see(store.harvest, solutions, now)
    standings, pages = standings_of(store.harvest, seen), store.harvest.pages()
    related = relations((solution, seen[solution.id].observed.looked) for solution in solutions)
    watched = [
        Watched(
            solution=solution,
            observed=seen[solution.id].observed,
            standings=[standings.get(key or "") for key in repository_keys(solution)],
        )
        for solution in solutions
    ]
    found = [finding for one in watched for finding in findings_of(one, pages, now)]
    return Overview(
        figures=_figures(standings, watched, now),
        findings=tuple(in_order([*found, *findings_between(related)])),
        relations=tuple(related),
        names={solution.id: solution.name for solution in solutions},
        last_look=max((one.last_attempt for one in standings.values() if one.last_attempt), default=None),
        made_at=now,
        unpublished=tuple(_unpublished(watched)),
    )


def _unpublished(watched: Iterable[Watched]) -> Iterator[Unpublished]:
    """Measures of the programme without a published repository or a licence; a concept needs neither."""
    for one in watched:
        solution, answers = one.solution, one.observed.answers
        is_funded = solution.mpsc is Funded.YES or bool(solution.model_projects)
        if not is_funded or solution.kind is SolutionKind.CONCEPT:
            continue
        licence = answers.get(Question.LICENCE)
        lacking = Unpublished(
            solution=solution.id,
            without_repository=not solution.repositories,
            without_licence=licence is None or licence.said.value in ("NONE", "NOASSERTION"),
        )
        if lacking.without_repository or lacking.without_licence:
            yield lacking


def standings_of(book: HarvestBook, seen: Mapping[str, Seen]) -> Mapping[str, Standing]:
    """How the repositories of these solutions stand, by the key under which an entry names them."""
    return book.standings(sorted({key for one in seen.values() for key, _ in one.observations if key}))


def _figures(standings: Mapping[str, Standing], watched: list[Watched], now: datetime) -> HarvestFigures:
    each = {standing.key: standing for standing in standings.values()}.values()
    recent = [one for one in each if one.last_success and now - one.last_success <= RECENTLY]
    levels = Counter(
        one.observed.level for one in watched if any(key for key in repository_keys(one.solution))
    )
    return HarvestFigures(
        repositories=len(each),
        recent=len(recent),
        failing=sum(1 for one in each if one.failing_since),
        never=sum(1 for one in each if one.last_attempt is None),
        levels={level: levels[level] for level in Level},
    )


class KeptOverview:
    """The work list as it was a moment ago: everybody may read it, so it is not made for each reader.

    It is made anew when something was looked at since, and each hour, since time alone makes findings. Only
    one thread makes it; the others get the one before, where there is one.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """`clock` says what time it is."""
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: _Made | None = None

    def get(self, store: Store) -> Overview:
        """The work list, at most a minute behind (more where making it takes long)."""
        kept = self._kept
        if kept and kept.holds(self._clock(), store.harvest.mark):
            return kept.overview
        if not self._lock.acquire(blocking=kept is None):
            return kept.overview if kept else self.get(store)
        try:
            if self._kept is kept:  # else somebody made it while we waited
                self._kept = self._made(store)
            return self._kept.overview if self._kept else self.get(store)
        finally:
            self._lock.release()

    def _made(self, store: Store) -> "_Made":
        began, mark = self._clock(), store.harvest.mark()
        made = overview(store, began)
        took = self._clock() - began
        return _Made(overview=made, mark=mark, sure_until=began + took + max(KEPT_FOR, _SHARE * took))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    overview: Overview
    mark: tuple[object, ...]
    sure_until: datetime

    def holds(self, now: datetime, mark: Callable[[], tuple[object, ...]]) -> bool:
        if now < self.sure_until:
            return True
        return now - self.overview.made_at < _LONGEST and mark() == self.mark
