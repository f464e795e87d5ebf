"""The register: every municipality and district with its official key, and the ways to find them."""

import datetime
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from heapq import nsmallest
from math import asin, cos, log2, radians, sin, sqrt
from types import MappingProxyType
from typing import NamedTuple

from catalogue.domain.beginnings import WordTable
from catalogue.domain.register_names import SpellingTable, fold, head, tell_apart
from catalogue.standards.ags import DISTRICT_LENGTH, LAENDER, district_of

EARTH_RADIUS_KM = 6371.0088
# "Heidekreis", "Rhein-Kreis Neuss", "Altmarkkreis Salzwedel", "Region Hannover" need no "Landkreis".
_SAYS_WHAT_IT_IS = re.compile(r"kreis\b|^(?:Region|Regionalverband|Städteregion)\b", re.IGNORECASE)


class Kind(StrEnum):
    """What a body of the register is; an independent city is a municipality."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"


class SizeClass(StrEnum):
    """Großstadt, Mittelstadt, Kleinstadt, Landgemeinde."""

    LARGE_CITY = "large-city"
    MEDIUM_TOWN = "medium-town"
    SMALL_TOWN = "small-town"
    RURAL = "rural"


# The limits of "Stadt- und Gemeindetypen" of the BBSR (Bundesinstitut für Bau-, Stadt- und Raumforschung),
# which also counts smaller places with a central function as towns; the register cannot.
_LIMITS = (5_000, 20_000, 100_000)
_CLASSES = (SizeClass.RURAL, SizeClass.SMALL_TOWN, SizeClass.MEDIUM_TOWN, SizeClass.LARGE_CITY)


def size_class(population: int | None) -> SizeClass | None:
    """The size class by population alone (limits of the BBSR); None where the population is not known."""
    return None if population is None else _CLASSES[bisect_right(_LIMITS, population)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality (key of 8 digits) or a district (5 digits) as the official list writes it.

    `name` is the full name ("Halle (Saale), Stadt"), `designation` what it is called ("Stadt", "Landkreis");
    `lat` and `lon` are WGS84. Empty text and None mean: not known.
    """

    key: str
    name: str
    designation: str = ""
    district_name: str = ""
    population: int | None = None
    lat: float | None = None
    lon: float | None = None
    postcode: str = ""
    ars: str = ""

    @property
    def short_name(self) -> str:
        """The name without designation: "Halle (Saale)"."""
        return self.name.split(",", 1)[0].rstrip()

    @property
    def kind(self) -> Kind:
        """Municipality or district."""
        return Kind.DISTRICT if len(self.key) == DISTRICT_LENGTH else Kind.MUNICIPALITY

    @property
    def land(self) -> str:
        """The Land's key, 2 digits."""
        return self.key[:2]

    @property
    def district(self) -> str:
        """The district's key, 5 digits; the own one for a district and for an independent city."""
        return district_of(self.key)


class Successor(NamedTuple):
    """What an old key became, and since when where that is known."""

    new: str
    date: datetime.date | None = None


class UnknownKey(LookupError):
    """No municipality or district has this key, now or before."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"no municipality or district has the key {key}")


def distance_km(a: Municipality, b: Municipality) -> float | None:
    """The great-circle distance (haversine), None where a point is not known."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north_a, north_b = radians(a.lat), radians(b.lat)
    half_north, half_east = (north_b - north_a) / 2, radians(b.lon - a.lon) / 2
    chord = sin(half_north) ** 2 + cos(north_a) * cos(north_b) * sin(half_east) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def with_members(district: Municipality, members: Iterable[Municipality]) -> Municipality:
    """The district with its municipalities' population (sum) and point (mean, weighted by population)."""
    known = [(m.population, m.lat, m.lon) for m in members if m.population is not None]
    placed = [(p, lat, lon) for p, lat, lon in known if lat is not None and lon is not None]
    weight = sum(p for p, _, _ in placed)
    return replace(
        district,
        population=sum(p for p, _, _ in known) if known else None,
        lat=round(sum(p * lat for p, lat, _ in placed) / weight, 5) if weight else None,
        lon=round(sum(p * lon for p, _, lon in placed) / weight, 5) if weight else None,
    )


class Register:
    """All municipalities and districts; keys of before a merger lead to those of today."""

    def __init__(
        self, rows: Iterable[Municipality], aliases: Mapping[str, Successor] = MappingProxyType({})
    ) -> None:
        """Take rows in any order. Raises ValueError where a key comes twice."""
        self._rows: dict[str, Municipality] = {}
        for row in sorted(rows, key=lambda row: row.key):
            if row.key in self._rows:
                raise ValueError(f"the key {row.key} comes twice")
            self._rows[row.key] = row
        self.aliases: Mapping[str, Successor] = MappingProxyType(dict(aliases))

    def __len__(self) -> int:
        """How many municipalities and districts there are."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Municipality]:
        """Municipalities and districts, sorted by key."""
        return iter(self._rows.values())

    def __contains__(self, key: object) -> bool:
        """Whether it is a key of today; for older ones ask `find`."""
        return key in self._rows

    def municipalities(self) -> tuple[Municipality, ...]:
        """All municipalities, sorted by key and so by Land and district."""
        return tuple(row for row in self if row.kind is Kind.MUNICIPALITY)

    def districts(self) -> tuple[Municipality, ...]:
        """All districts, sorted by key. Independent cities are municipalities."""
        return tuple(row for row in self if row.kind is Kind.DISTRICT)

    def find(self, key: str) -> Municipality | None:
        """The municipality or district of a key of today or, over any number of mergers, of before."""
        seen = set()
        while key not in self._rows:
            if key in seen or key not in self.aliases:
                return None
            seen.add(key)
            key = self.aliases[key].new
        return self._rows[key]

    def get(self, key: str) -> Municipality:
        """As `find`, but raises `UnknownKey`."""
        found = self.find(key)
        if found is None:
            raise UnknownKey(key)
        return found

    def resolve(self, key: str) -> str:
        """The key of today. Raises `UnknownKey`."""
        return self.get(key).key

    def label(self, key: str) -> str:
        """A short name of its own: "Halle (Saale)", "Burg (Jerichower Land)", "Landkreis Helmstedt"."""
        row = self.get(key)
        if row.kind is Kind.DISTRICT:
            named = not row.designation or _SAYS_WHAT_IT_IS.search(row.name)
            return row.name if named else f"{row.designation} {row.name}"
        return self._labels_of_namesakes.get(row.key, row.short_name)

    def search(self, text: str, limit: int = 10) -> tuple[Municipality, ...]:
        """Those with a word in label, key or postcode for each word of the text to begin; the largest first.

        Spelling with umlauts (Köln), without (Koeln, Koln) and case do not matter.
        """
        return tuple(self._by_size[place] for place in self._words.find(fold(text).split(), limit))

    def suggest(self, name: str, limit: int = 3) -> tuple[Municipality, ...]:
        """Whom a name means that may be misspelt ("Madgeburg", "Stadt Halle"); of equals the larger first."""
        if name.strip().isdecimal():
            return self.search(name, limit)
        scores = self._spellings.scores(name)
        best = nsmallest(limit, scores, key=lambda key: (-scores[key], *_larger_first(self._rows[key])))
        return tuple(self._rows[key] for key in best)

    def nearest(self, key: str, limit: int = 5) -> tuple[Municipality, ...]:
        """The nearest others of the same kind; none where the point is not known. Raises `UnknownKey`."""
        here = self.get(key)
        far = ((distance_km(here, other), other.key) for other in self._others(here))
        known = ((distance, other) for distance, other in far if distance is not None)
        return tuple(self._rows[other] for _, other in nsmallest(limit, known))

    def alike(
        self, key: str, limit: int = 5, *, among: Collection[str] | None = None
    ) -> tuple[Municipality, ...]:
        """Others of the same kind (of `among`, if given) that are like it. Raises `UnknownKey`.

        First those of the same size class, among them first those of the same Land. Then what differs least:
        100 km away counts as much as twice or half the population. What is not known counts as 10 such steps,
        and the key decides between equals.
        """
        here = self.get(key)
        own_class = size_class(here.population)
        others = [row for row in self._others(here) if among is None or row.key in among]
        first = [o for o in others if o.land == here.land and size_class(o.population) is own_class]

        def unlike(other: Municipality) -> tuple[bool, bool, float, str]:
            other_class = size_class(other.population) is not own_class
            return other_class, other.land != here.land, _difference(here, other), other.key

        # Usually enough of them come first by the rule; not to measure the rest takes 2 ms instead of 30.
        return tuple(nsmallest(limit, first if len(first) >= limit else others, key=unlike))

    def _others(self, here: Municipality) -> Iterator[Municipality]:
        return (row for row in self if row.kind is here.kind and row is not here)

    @cached_property
    def _labels_of_namesakes(self) -> Mapping[str, str]:
        """Labels of the municipalities that share their short name."""
        groups: defaultdict[str, list[Municipality]] = defaultdict(list)
        for row in self.municipalities():
            groups[row.short_name].append(row)
        namesakes = (group for group in groups.values() if len(group) > 1)
        return dict(pair for group in namesakes for pair in tell_apart({r.key: _forms(r) for r in group}))

    @cached_property
    def _by_size(self) -> tuple[Municipality, ...]:
        return tuple(sorted(self, key=_larger_first))

    @cached_property
    def _words(self) -> WordTable:
        return WordTable(map(self._words_of, self._by_size))

    def _words_of(self, row: Municipality) -> str:
        words = f"{row.key} {row.postcode} {fold(self.label(row.key))}"
        return words if row.name.isascii() else f"{words} {fold(row.short_name, bare=True)}"

    @cached_property
    def _spellings(self) -> SpellingTable:
        table = SpellingTable()
        for district in self.districts():
            table.add(self.label(district.key), district.key)
            table.add(district.name, district.key, weight=0.95)  # the town of the same name is meant first
            table.add_titled(("Landkreis", "Kreis"), district.name, district.key)
        for town in self.municipalities():
            for name in {town.short_name, head(town.short_name)}:
                table.add(name, town.key)
                if town.designation:
                    table.add_titled((town.designation,), name, town.key)
        for key, label in self._labels_of_namesakes.items():
            table.add_titled(("",), label, key)
        return table


def _difference(a: Municipality, b: Municipality) -> float:
    """How unlike they are, in steps of 100 km or of twice the population; 10 for what is not known."""
    distance = distance_km(a, b)
    far = 10.0 if distance is None else distance / 100
    return far + (abs(log2(b.population / a.population)) if a.population and b.population else 10.0)


def _larger_first(row: Municipality) -> tuple[int, str]:
    return -(row.population or 0), row.key


def _forms(row: Municipality) -> tuple[str, ...]:
    """Labels from the shortest to one that is unique: two villages Neuenkirchen share even the district."""
    alone = row.key.endswith("000") or not row.district_name  # a city that is its own district
    place = LAENDER[row.land].name if alone else row.district_name.split(",", 1)[0]
    short, name = row.short_name, row.name
    return (
        f"{short} ({place})",
        f"{name} ({place})",
        f"{short} ({place}, {row.postcode})",
        f"{short} ({place}, {row.key})",
    )
