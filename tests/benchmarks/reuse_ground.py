"""A catalogue of invented solutions and reuses for measuring, without a search index."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from flask import Flask
from publishing import INDEX, NOW

from catalogue import places
from catalogue.app import create_app
from catalogue.benchmark.invented import Invented
from catalogue.config import Settings
from catalogue.domain.bodies import Bodies
from catalogue.domain.programme import BodyFacts, describer
from catalogue.domain.register import Register
from catalogue.domain.reuse import Origin, Relation, Reuse, Standing, unnamed_key
from catalogue.domain.reuse_report import ReuseReport, State, Visibility
from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_of
from catalogue.services.catalogue import Catalogue
from catalogue.services.check import CheckedFolder
from catalogue.services.publish import publish
from catalogue.services.statistics import KeptStatistics
from catalogue.storage.bulk_reports import write_reports
from catalogue.storage.database import writer
from catalogue.storage.derived import derive_anew
from catalogue.storage.entries import EntriesFolder, load_folder
from catalogue.storage.register import load_register
from catalogue.storage.store import Store


@dataclass(frozen=True)
class Ground:
    """A published store whose derived tables hold all reuses; `derived_in` is how long writing them took."""

    folder: Path
    store: Store
    register: Register
    solutions: Sequence[Solution]
    derived_in: float

    def app(self) -> Flask:
        """The application on it, with the catalogue already open."""
        app = create_app(Settings.from_environ({"CATALOGUE_DATA": str(self.folder)}))
        holder = app.extensions["catalogue"]
        holder.store, holder.catalogue = self.store, self.catalogue(KeptStatistics())
        return app

    def catalogue(self, statistics: KeptStatistics) -> Catalogue:
        """One revision; it has no search index, which statistics do not ask."""
        return Catalogue(
            store=self.store,
            index=None,  # type: ignore[arg-type]  # nothing here searches
            bodies=Bodies(self.register, self.store.organisations()),
            topics=self.store.topics(),
            model_projects=self.store.model_projects(),
            state=self.store.state(),
            statistics=statistics,
        )

    def change(self, number: int) -> None:
        """Let one solution lose its last reuse, and write the derived tables anew."""
        changed = [
            replace(one, reuses=one.reuses[:-1]) if place == number else one
            for place, one in enumerate(self.solutions)
        ]
        self.derive(changed)

    def derive(self, solutions: Iterable[Solution]) -> float:
        """Write the derived tables; returns the seconds that it took."""
        describe = _describe(self.store, self.register)
        began = perf_counter()
        with writer(self.store._engine).begin() as connection:
            derive_anew(connection, solutions, describe, {})
        return perf_counter() - began


def _describe(store: Store, register: Register) -> Callable[[str], BodyFacts]:
    bodies = Bodies(register, store.organisations())
    members = {key for project in store.model_projects().values() for key in project.members}
    return describer(bodies, bodies.canonical(members))


def make_ground(folder: Path, solutions: int, reuses: int, *, seed: int = 1) -> Ground:
    """Publish invented entries with an index that is a JSON file, and derive all reuses."""
    made = Invented(solutions, reuses, seed=seed)
    real, register = load_folder(places.ENTRIES), load_register(places.REGISTER)
    entries = tuple(made.entries())
    checked = CheckedFolder(
        folder=EntriesFolder(entries=entries, items=real.items),
        problems=(),
        bad_ids=frozenset(),
        bad_lists=frozenset(),
    )
    store = Store.open(f"sqlite:///{folder / 'catalogue.db'}", migrate=True)
    publish(store, checked, register, folder, index=INDEX, now=NOW)
    reported: defaultdict[str, list[Reuse]] = defaultdict(list)
    for report, _ in made.reports():
        if report.state is State.CONFIRMED:
            reported[report.claim.solution].append(_reuse(report))
    joined = [
        replace(one, reuses=(*one.reuses, *reported[one.id])) for one in (solution_of(e) for e in entries)
    ]
    write_reports(store, made.reports())
    ground = Ground(folder, store, register, joined, 0.0)
    return replace(ground, derived_in=ground.derive(joined))


def _reuse(report: ReuseReport) -> Reuse:
    """A confirmed report as it is published."""
    claim = report.claim
    unnamed = claim.visibility is Visibility.UNNAMED
    return Reuse(
        body=unnamed_key(report.number) if unnamed else claim.body,
        relation=Relation.USES,
        stage=claim.stage,
        confirmed=True,
        standing=Standing.CONFIRMED,
        origin=Origin.REPORT,
        steps=claim.steps,
        what=claim.what,
        version=claim.version or None,
        obstacles=claim.obstacles or None,
        affirmed=report.affirmed_at.date().isoformat() if report.affirmed_at else None,
        report=report.number,
    )
