"""What the harvest knows of one solution: each repository, what was read and what was not, what to mend."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.domain.advice import Advice, advice_for
from catalogue.domain.findings import Finding, Watched, findings_between, findings_of, in_order
from catalogue.domain.looking_again import Answer, best, is_alive, plan_ask
from catalogue.domain.observed import Observed, repository_keys
from catalogue.domain.provenance import Looked
from catalogue.domain.relations import Relation
from catalogue.domain.solution import Repository, Solution
from catalogue.services.catalogue import Catalogue
from catalogue.services.observing import see
from catalogue.storage.errors import StoreError
from catalogue.storage.harvested import Page, SeenChange, Standing
from catalogue.storage.store import Store

log = logging.getLogger(__name__)

_SHOWN_CHANGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryStatus:
    """One repository of an entry: how looks at it stand (None: nobody looks) and the last good one."""

    repository: Repository
    key: str | None
    standing: Standing | None
    looked: Looked
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionStatus:
    """Everything that the status page of a solution shows; `names` are those of all solutions, by id."""

    solution: Solution
    observed: Observed
    repositories: tuple[RepositoryStatus, ...]
    findings: tuple[Finding, ...]
    advice: tuple[Advice, ...]
    needed_by: tuple[Relation, ...]
    page: Page | None  # the contact page of the entry
    changes: tuple[SeenChange, ...]
    names: Mapping[str, str]
    is_alive: bool
    now: datetime


def solution_status(catalogue: Catalogue, solution_id: str) -> SolutionStatus | None:
    """The status of one published solution as it is now; None where there is none with that id."""
    store, now = catalogue.store, catalogue.now()
    stored = store.solution(solution_id)
    if stored is None:
        return None
    solution, everything = stored.solution, catalogue.harvest.get(store)
    observed = see(store.harvest, [solution], now)[solution.id].observed
    keys = repository_keys(solution)
    known = [key for key in keys if key]
    standings = store.harvest.standings(known)
    ours = [one for one in everything.relations if one.solution == solution.id]
    theirs = [one for one in everything.relations if one.other == solution.id]
    pages = store.harvest.pages() if solution.contact.page else {}
    watched = Watched(
        solution=solution, observed=observed, standings=[standings.get(key or "") for key in keys]
    )
    return SolutionStatus(
        solution=solution,
        observed=observed,
        repositories=_repositories(solution, keys, standings, observed, ours),
        findings=tuple(in_order([*findings_of(watched, pages, now), *findings_between(ours)])),
        advice=tuple(advice_for(solution, observed)),
        needed_by=tuple(theirs),
        page=pages.get(solution.contact.page or ""),
        changes=tuple(store.harvest.changes(known, limit=_SHOWN_CHANGES)) if known else (),
        names=everything.names,
        is_alive=is_alive(store.harvest.last_attempt(), now),
        now=now,
    )


def _repositories(
    solution: Solution,
    keys: Sequence[str | None],
    standings: Mapping[str, Standing],
    observed: Observed,
    related: Sequence[Relation],
) -> tuple[RepositoryStatus, ...]:
    return tuple(
        RepositoryStatus(
            repository=repository,
            key=key,
            standing=standings.get(key or ""),
            looked=looked,
            relations=tuple(one for one in related if one.address == repository.address),
        )
        for repository, key, looked in zip(solution.repositories, keys, observed.looked, strict=True)
    )


def ask_for_look(store: Store, solution: Solution, now: datetime) -> Answer:
    """Note down that somebody wants another look at the repositories of a solution; says what came of it.

    Whatever the trouble of the store, the reader gets an answer.
    """
    try:
        answers = [_ask(store, standing, now) for standing in _standings(store, solution).values()]
    except StoreError as error:
        log.warning("look not noted down solution=%s error=%s", solution.id, type(error).__name__)
        return Answer.UNAVAILABLE
    answer = best(answers)
    log.info("look asked for solution=%s answer=%s", solution.id, answer)
    return answer


def _standings(store: Store, solution: Solution) -> Mapping[str, Standing]:
    found = store.harvest.standings([key for key in repository_keys(solution) if key])
    return {standing.key: standing for standing in found.values()}


def _ask(store: Store, standing: Standing, now: datetime) -> Answer:
    ask = plan_ask(last_attempt=standing.last_attempt, asked_for=standing.asked_for, now=now)
    if ask.answer is Answer.ASKED:
        store.harvest.ask_again(standing.key, now=now)
    return ask.answer
