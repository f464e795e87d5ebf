"""What statistics ask of solutions, as columns: topics, model projects, owners, first release."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from sqlalchemy import Connection, select
from sqlmodel import col

from catalogue.domain.bodies import ModelProject, Organisation, Topic
from catalogue.domain.pairs import GIVING_ROLE
from catalogue.domain.reuse_dates import month_of
from catalogue.domain.topics import with_broader
from catalogue.storage.derived import Link
from catalogue.storage.reuse_columns import NEVER, Bools, Ints
from catalogue.storage.tables import LinkRow, ObservationRow, ProvisionRow, SnapshotRow, SolutionRow

LAENDER = 17  # 1 to 16 as their keys say, 0: not known
_LAND_LENGTH = 2
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Solutions by what they name, such as topics: `members` has a row per key, a column per solution."""

    keys: tuple[str, ...]
    members: Bools

    def of(self, key: str) -> Bools:
        """Which solutions name it; none where nobody does."""
        if key not in self.keys:
            return np.zeros(self.members.shape[1], np.bool_)
        return cast(Bools, self.members[self.keys.index(key)])

    @property
    def none(self) -> Bools:
        """Which solutions name none of them."""
        return cast(Bools, ~self.members.any(axis=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionColumns:
    """Every solution of a revision, in the order of `ids`."""

    ids: tuple[str, ...]
    names: Mapping[str, str]  # by id
    topics: Groups  # with the topics that they are part of
    projects: Groups
    rounds: Groups
    owned: Ints  # of each owner of a solution, sorted by solution: the solution, the body, its Land
    released: Ints  # month of the first release, NEVER where none is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The published lists that say what topics, projects and organisations are."""

    topics: Mapping[str, Topic]
    projects: Mapping[str, ModelProject]
    organisations: Mapping[str, Organisation]


Releases = dict[int, int]  # snapshot -> month of its first release; kept from one revision to the next


def load_solutions(
    connection: Connection, lists: Lists, number_of: Callable[[str], int], releases: Releases
) -> SolutionColumns:
    """All published solutions, by id. `number_of` gives bodies their number; `releases` is added to."""
    query = select(col(SolutionRow.id), col(SolutionRow.name)).order_by(col(SolutionRow.id))
    rows = sorted((row[0], row[1]) for row in connection.execute(query))
    ids = tuple(row[0] for row in rows)
    places = {key: place for place, key in enumerate(ids)}
    links = _links(connection, places)
    rounds = [
        (place, lists.projects[key].round)
        for place, key in links[Link.MODEL_PROJECT]
        if key in lists.projects
    ]
    topics = [
        (place, topic) for place, key in links[Link.TOPIC] for topic in with_broader([key], lists.topics)
    ]
    owned = _owners(connection, places)
    laender = [land_of(body, lists.organisations) for _, body in owned]
    return SolutionColumns(
        ids=ids,
        names=dict(rows),
        topics=_groups(topics, tuple(lists.topics), len(ids)),
        projects=_groups(links[Link.MODEL_PROJECT], tuple(lists.projects), len(ids)),
        rounds=_groups(rounds, tuple(sorted({one.round for one in lists.projects.values()})), len(ids)),
        owned=np.array(
            [[place for place, _ in owned], [number_of(body) for _, body in owned], laender], np.int32
        ),
        released=_released(connection, places, releases),
    )


_Pairs = list[tuple[int, str]]


def _links(connection: Connection, places: Mapping[str, int]) -> dict[str, _Pairs]:
    wanted = [Link.TOPIC.value, Link.MODEL_PROJECT.value]
    query = select(col(LinkRow.kind), col(LinkRow.solution_id), col(LinkRow.target))
    found: dict[str, _Pairs] = {kind: [] for kind in wanted}
    for kind, solution, target in connection.execute(query.where(col(LinkRow.kind).in_(wanted))):
        found[kind].append((places[solution], target))
    return found


def _owners(connection: Connection, places: Mapping[str, int]) -> _Pairs:
    """Each owner of each solution, from whom others have it."""
    query = select(col(ProvisionRow.solution_id), col(ProvisionRow.body)).distinct()
    query = query.where(col(ProvisionRow.role) == GIVING_ROLE)
    return sorted((places[solution], body) for solution, body in connection.execute(query))


def _groups(pairs: Iterable[tuple[int, str]], keys: Sequence[str], count: int) -> Groups:
    """The groups in the order of `keys`; what those do not hold is left out."""
    numbers = {key: number for number, key in enumerate(keys)}
    members = np.zeros((len(keys), count), np.bool_)
    for place, key in pairs:
        if key in numbers:
            members[numbers[key], place] = True
    return Groups(keys=tuple(keys), members=members)


def land_of(body: str, organisations: Mapping[str, Organisation]) -> int:
    """The number of the Land of a body, 0 where it is not known or none."""
    named = body if body.isdecimal() else getattr(organisations.get(body), "land", None) or ""
    number = int(named[:_LAND_LENGTH] or 0)
    return number if number < LAENDER else 0


def _released(connection: Connection, places: Mapping[str, int], releases: Releases) -> Ints:
    """The earliest known release in any repository of a solution."""
    query = select(col(ObservationRow.solution_id), col(ObservationRow.snapshot_id))
    shown = [(places[row[0]], row[1]) for row in connection.execute(query) if row[1] is not None]
    _learn(connection, sorted({number for _, number in shown} - releases.keys()), releases)
    released = np.full(len(places), NEVER, np.int32)
    for place, number in shown:
        month = releases[number]
        if month >= 0 and (released[place] < 0 or month < released[place]):
            released[place] = month
    return released


def _learn(connection: Connection, numbers: Sequence[int], releases: Releases) -> None:
    data = SnapshotRow.__table__.c.data  # type: ignore[attr-defined]  # of a table model
    for start in range(0, len(numbers), _AT_ONCE):
        query = select(col(SnapshotRow.id), data["releases"], data["releases_in_all"])
        query = query.where(col(SnapshotRow.id).in_(numbers[start : start + _AT_ONCE]))
        for number, known, in_all in connection.execute(query):
            releases[number] = first_release(known, in_all)


def first_release(known: Any, in_all: Any) -> int:
    """The month of the first release of a snapshot, NEVER where it is not among its releases.

    A snapshot holds the newest ones only; `in_all` says how many there are. Previews are no releases.
    """
    rows = known if isinstance(known, list) else []
    if not rows or (isinstance(in_all, int) and in_all > len(rows)):
        return NEVER
    full = [row for row in rows if isinstance(row, dict) and not row.get("is_preview")]
    months = [month_of(str(row.get("on", ""))) for row in full]
    return min((month for month in months if month is not None), default=NEVER)
