"""Compares the register with a newer official list: what joins, changes, merges, and what would be lost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from catalogue.domain.register import Kind, Municipality, Register, Successor
from catalogue.standards.gv100 import Row

# Between two lists far fewer than this share vanish; one that lacks more is taken for a part or cut off.
MOST_VANISH = 0.1


class UpdateBlocked(Exception):
    """The update may not be applied: `keys` are used and vanish without successor, or far too many vanish.

    Its text is for the operator: what is wrong, which bodies it is about, and what to do.
    """

    def __init__(self, code: str, keys: tuple[str, ...], names: Mapping[str, str]) -> None:
        self.code = code
        self.keys = keys
        what, remedy, most = _SENTENCES[code]
        rows = [f"  {key} {names.get(key, '')}".rstrip() for key in keys[:most]]
        more = [f"  and {len(keys) - most} more"] if len(keys) > most else []
        super().__init__("\n".join([f"{what.format(count=len(keys))}:", *rows, *more, remedy]))


# code -> what is wrong, how to mend it, how many of the bodies are listed
_SENTENCES: Mapping[str, tuple[str, str, int]] = {
    "used-key-vanishes": (
        "Entries name {count} keys that the newer list no longer has and that have no successor",
        "Give their successors in a table old,new,date with --successors, or correct the entries.",
        1000,
    ),
    "list-cut-off": (
        "More than a tenth of the register would vanish, {count} keys",
        "The file seems to be incomplete or a part: use the whole official list.",
        10,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A planned update: what differs, and the register as it would be.

    `renamed` and `changed` are pairs of before and after; what is renamed is not listed as changed too.
    `vanished_with_successor` become aliases; `blocked` vanished without successor although they are used.
    `vanished_names` are the names, by key, of those without successor, used or not.
    """

    added: tuple[Municipality, ...]
    renamed: tuple[tuple[Municipality, Municipality], ...]
    changed: tuple[tuple[Municipality, Municipality], ...]
    vanished_with_successor: Mapping[str, Successor]
    blocked: tuple[str, ...]
    vanished_unused: tuple[str, ...]
    vanished_names: Mapping[str, str]
    rows: tuple[Municipality, ...]
    aliases: Mapping[str, Successor]
    looks_cut_off: bool

    def apply(self) -> Register:
        """The register as it is after the update. Raises `UpdateBlocked`."""
        if self.blocked:
            raise UpdateBlocked("used-key-vanishes", self.blocked, self.vanished_names)
        if self.looks_cut_off:
            raise UpdateBlocked("list-cut-off", self.vanished_unused, self.vanished_names)
        return Register(self.rows, self.aliases)


def as_municipality(row: Row) -> Municipality:
    """A row of an official list in our words."""
    return Municipality(
        key=row.key,
        name=row.name,
        designation=row.designation,
        district_name=row.district_name,
        population=row.population,
        lat=row.lat,
        lon=row.lon,
        postcode=row.postcode,
        ars=row.ars,
    )


def plan_update(
    current: Register,
    newer: Iterable[Municipality],
    successors: Mapping[str, tuple[str, date | None]],
    used_keys: Set[str],
    today: date,
) -> Update:
    """What the newer list would change; pure, so it can be shown before anything happens.

    `successors` maps old keys to the new key and the day of the change; those after `today` do not count yet.
    `used_keys` may be keys of today or of before. A list without districts leaves the districts alone.
    """
    wanted = {row.key: row for row in newer}
    if not any(row.kind is Kind.DISTRICT for row in wanted.values()):
        wanted |= {district.key: district for district in current.districts()}
    in_force = {old: Successor(*new) for old, new in successors.items() if new[1] is None or new[1] <= today}
    aliases = _aliases(in_force, current.aliases, wanted)
    vanished = [row.key for row in current if row.key not in wanted]
    used = {current.resolve(key) for key in used_keys if current.find(key)}
    lost = [key for key in vanished if key not in aliases]
    rows = _completed(wanted, current, aliases)
    kept = [(current.get(key), row) for key, row in rows.items() if key in current]
    unused = tuple(key for key in lost if key not in used)
    return Update(
        added=tuple(row for key, row in rows.items() if key not in current),
        renamed=tuple((old, new) for old, new in kept if old.name != new.name),
        changed=tuple((old, new) for old, new in kept if old.name == new.name and old != new),
        vanished_with_successor={key: aliases[key] for key in vanished if key in aliases},
        blocked=tuple(key for key in lost if key in used),
        vanished_unused=unused,
        vanished_names={key: current.get(key).name for key in lost},
        rows=tuple(rows.values()),
        aliases=aliases,
        looks_cut_off=len(unused) > MOST_VANISH * len(current),
    )


def _aliases(
    newer: Mapping[str, Successor], known: Mapping[str, Successor], wanted: Mapping[str, Municipality]
) -> dict[str, Successor]:
    """Old keys with the key of today, over all steps between; the day is that of the first step.

    Where the newer table leads nowhere (to itself, in a circle, to a key that is not alive) the known alias
    holds. Left out: keys that live (again), and those from which no way leads to one that does.
    """
    aliases = {}
    for old in sorted((newer.keys() | known.keys()) - wanted.keys()):
        for first in (table[old] for table in (newer, known) if old in table):
            if target := _living(first.new, {old}, newer, known, wanted):
                aliases[old] = Successor(target, first.date)
                break
    return aliases


def _living(
    key: str,
    seen: set[str],
    newer: Mapping[str, Successor],
    known: Mapping[str, Successor],
    wanted: Mapping[str, Municipality],
) -> str | None:
    """The first key that lives, by the newer table before the known aliases; None where none is reached.

    Keys that were `seen` are not passed again.
    """
    ahead = [key]
    while ahead:
        here = ahead.pop()
        if here in wanted:
            return here
        if here not in seen:
            seen.add(here)
            ahead += [table[here].new for table in (known, newer) if here in table]
    return None


def _completed(
    wanted: Mapping[str, Municipality], current: Register, aliases: Mapping[str, Successor]
) -> dict[str, Municipality]:
    """The wanted rows, sorted by key; what the list does not say is taken from the register."""
    predecessors: defaultdict[str, list[Municipality]] = defaultdict(list)
    for old, successor in aliases.items():
        if old in current:
            predecessors[successor.new].append(current.get(old))
    rows = {}
    for key in sorted(wanted):
        row = wanted[key]
        known = current.get(key) if key in current else _merged(row, predecessors[key])
        rows[key] = _fill(row, known) if known else row
    return rows


def _merged(row: Municipality, predecessors: list[Municipality]) -> Municipality | None:
    """What the predecessors say about it: people of all, place of the namesake or else of the largest."""
    if not predecessors:
        return None
    seat = max(predecessors, key=lambda old: (old.short_name == row.short_name, old.population or 0, old.key))
    counts = [old.population for old in predecessors]
    people = sum(count for count in counts if count is not None)
    return replace(seat, population=None if None in counts else people)


def _fill(row: Municipality, known: Municipality) -> Municipality:
    """The row with its gaps filled from what is known; a point is taken whole."""
    same_district = row.district == known.district
    has_point = row.lat is not None and row.lon is not None
    return replace(
        row,
        district_name=row.district_name or (known.district_name if same_district else ""),
        population=known.population if row.population is None else row.population,
        lat=row.lat if has_point else known.lat,
        lon=row.lon if has_point else known.lon,
        postcode=row.postcode or known.postcode,
        ars=row.ars or known.ars,
    )
