"""Invented reuses of invented solutions: any number, the same for a seed, and always named as invented."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from catalogue.benchmark.corpus import Corpus
from catalogue.domain.entry import Entry, Value
from catalogue.domain.reuse import Stage, Step, What
from catalogue.domain.reuse_report import (
    REPORTER,
    Action,
    Claim,
    Event,
    MailDomain,
    ReuseReport,
    State,
    Visibility,
    differences,
    moved,
    office,
)

NAME = "Erfunden: {name}"
_LAST_DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)
_LONGEST_NAME = 70
_STATED = 0.3  # of the reuses: by entries; the others are reported
_OF_A_PROJECT = 0.25  # of the solutions
_UNNAMED = 0.02  # of the reports
_STATES = {State.CONFIRMED: 90, State.PENDING: 5, State.REJECTED: 2, State.WITHDRAWN: 3}
# How far reuses have come, and through which stages.
_WAYS: dict[tuple[Stage, ...], int] = {
    (Stage.IN_USE,): 20,
    (Stage.TRIAL, Stage.IN_USE): 25,
    (Stage.PLANNED, Stage.TRIAL, Stage.IN_USE): 15,
    (Stage.TRIAL,): 12,
    (Stage.PLANNED,): 8,
    (Stage.INTERESTED,): 8,
    (Stage.INTERESTED, Stage.PLANNED, Stage.TRIAL): 4,
    (Stage.TRIAL, Stage.ENDED): 4,
    (Stage.TRIAL, Stage.IN_USE, Stage.ENDED): 4,
}
History = tuple[ReuseReport, tuple[Event, ...]]


class Invented:
    """So many solutions with so many reuses, a third of them stated by entries, the others reported."""

    def __init__(self, solutions: int, reuses: int, *, seed: int) -> None:
        """Reads the register and the lists; makes nothing yet."""
        self._corpus = Corpus(solutions, seed=seed)
        self._seed = seed
        self._projects = [key for key, _ in self._corpus.lists["model-project"]]
        self._towns = [row.key for row in self._corpus.register.municipalities()]
        self._weights = list(
            accumulate((row.population or 1) ** 0.5 for row in self._corpus.register.municipalities())
        )
        self._counts = self._shared_out(solutions, reuses)

    def _shared_out(self, solutions: int, reuses: int) -> list[int]:
        """How many reuses each solution has: few many, many few."""
        random = Random(f"shares {self._seed}")  # noqa: S311 - repeatable, not secret
        weights = [random.paretovariate(1.2) for _ in range(solutions)]
        most, counts = len(self._towns) // 4, [0] * solutions
        for number in random.choices(range(solutions), weights, k=reuses):
            counts[number if counts[number] < most else random.randrange(solutions)] += 1
        return counts

    def entries(self) -> Iterator[Entry]:
        """The entries of the solutions, one after the other."""
        for number, count in enumerate(self._counts):
            entry = self._corpus.entry(number)
            random = self._random("entry", number)
            fields = dict(entry.fields)
            fields["name"] = NAME.format(name=str(fields["name"])[:_LONGEST_NAME])
            fields["reuses"] = [self._stated(random, town) for town in self._bodies(number, count)[0]]
            if self._projects and random.random() < _OF_A_PROJECT:
                fields["model_projects"] = [random.choice(self._projects)]
            yield Entry(
                id=entry.id,
                file=entry.file,
                fields={name: value for name, value in fields.items() if value},
                lines={},
                text=entry.text,
                text_en=entry.text_en,
            )

    def reports(self) -> Iterator[History]:
        """The reports with their events, both numbered from 1."""
        report = event = 0
        for number, count in enumerate(self._counts):
            random = self._random("reports", number)
            for town in self._bodies(number, count)[1]:
                report += 1
                made = _history(random, f"loesung-{number:06d}", town, report=report, event=event)
                event += len(made[1])
                yield made

    def _random(self, what: str, number: int) -> Random:
        return Random(f"{what} {self._seed} {number}")  # noqa: S311 - repeatable, not secret

    def _bodies(self, number: int, count: int) -> tuple[Sequence[str], Sequence[str]]:
        """The towns that reuse a solution: those that its entry states, and those that report it."""
        random = self._random("bodies", number)
        found: dict[str, None] = {}
        while len(found) < count:
            found[random.choices(self._towns, cum_weights=self._weights)[0]] = None
        stated = round(count * _STATED + random.random() - 0.5)
        towns = list(found)
        return towns[: max(stated, 0)], towns[max(stated, 0) :]

    def _stated(self, random: Random, town: str) -> Value:
        return {
            "body": town,
            "relation": "uses",
            "stage": random.choice(("in-use", "in-use", "trial", "planned")),
            "confirmed": random.choice(("yes", "no")),
            "since": str(random.randint(2018, 2026)),
            "evidence": [{"source": "Erfunden."}],
        }


def _steps(random: Random) -> tuple[Step, ...]:
    (way,) = random.choices(list(_WAYS), list(_WAYS.values()))
    month = random.randint(2018 * 12, 2025 * 12)
    steps = []
    for stage in way:
        said = random.random()
        year, rest = divmod(month, 12)
        since = None if said < 0.1 else f"{year}" if said < 0.35 else f"{year}-{rest + 1:02}"
        steps.append(Step(stage=stage, since=since))
        month = min(month + random.randint(2, 20), 2026 * 12 + 9)
    return tuple(steps)


def _history(random: Random, solution: str, town: str, *, report: int, event: int) -> History:
    """A report as it stands, and how it came there."""
    reported = _LAST_DAY - timedelta(days=random.randint(20, 900), minutes=random.randint(0, 600))
    claim = Claim(
        solution=solution,
        body=town,
        steps=_steps(random),
        what=random.choice((None, *What)),
        version=random.choice(("", "1.4", "2.0")),
        obstacles=random.choice(("", "", "Erfunden: Schnittstelle zum Fachverfahren.")),
        visibility=Visibility.UNNAMED if random.random() < _UNNAMED else Visibility.PUBLIC,
    )
    first = ReuseReport(
        number=report,
        state=State.PENDING,
        claim=claim,
        reported_at=reported,
        mail_domain=random.choice((MailDomain.OWN, MailDomain.OWN, *MailDomain)),
    )
    events = [_event(None, first, event + 1, reported, REPORTER, Action.SUBMITTED)]
    (state,) = random.choices(list(_STATES), list(_STATES.values()))
    if state is State.PENDING:
        return first, tuple(events)
    at = reported + timedelta(days=random.randint(0, 19))
    is_confirmed = state is State.CONFIRMED
    last = moved(first, state, decided_at=at, affirmed_at=at if is_confirmed else None)
    events.append(_event(first, last, event + 2, at, office(1), Action(state.value)))
    return last, tuple(events)


def _event(
    old: ReuseReport | None, new: ReuseReport, number: int, at: datetime, actor: str, action: Action
) -> Event:
    changes = differences(old, new)
    return Event(report=new.number, number=number, at=at, actor=actor, action=action, changes=changes)
