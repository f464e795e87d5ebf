"""Loads the register from three CSV files and saves it; reads official lists of municipalities."""

import csv
import io
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from sys import intern
from typing import TypeVar

from catalogue.domain.register import Municipality, Register, Successor, with_members
from catalogue.standards.ags import district_of, is_district_key, is_municipality_key
from catalogue.standards.gv100 import (
    LineFault,
    Listing,
    Unreadable,
    decode,
    designation_in,
    read_listing,
    read_successors,
)
from catalogue.storage.errors import FileFault

MUNICIPALITIES, DISTRICTS, ALIASES, SOURCE = "gemeinden.csv", "landkreise.csv", "aliases.csv", "SOURCE.md"
_MUNICIPALITY_COLUMNS = (
    *("ags", "name", "population", "lat", "lon"),
    *("ars", "district", "district_name", "postcode"),
)
_DISTRICT_COLUMNS = ("key", "name", "designation")
_ALIAS_COLUMNS = ("old", "new", "date")
_Made = TypeVar("_Made")


class RegisterFault(FileFault):
    """A file of the register, or an official list, cannot be read; `faults` says where and why."""

    def __init__(self, path: Path, faults: Iterable[LineFault]) -> None:
        self.path = path
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}:{f.line}: {f.wrong}; {f.remedy}" for f in self.faults))


def load_register(folder: Path) -> Register:
    """The register in the folder, with population and point of each district. Raises `RegisterFault`.

    An alias may lead to a key that is not there: between two files of a save that was cut short it does.
    """
    municipalities = _load(folder / MUNICIPALITIES, _MUNICIPALITY_COLUMNS, _municipality)
    members = defaultdict(list)
    for municipality in municipalities:
        members[municipality.district].append(municipality)
    districts = _load(folder / DISTRICTS, _DISTRICT_COLUMNS, _district)
    aliases = _load(folder / ALIASES, _ALIAS_COLUMNS, _alias)
    return Register(
        [*municipalities, *(with_members(district, members[district.key]) for district in districts)],
        dict(aliases),
    )


def register_stamp(folder: Path) -> tuple[object, ...]:
    """The same as long as nobody has written the register in the folder, or put one there."""
    return folder, *(_stamp(folder / name) for name in (MUNICIPALITIES, DISTRICTS, ALIASES))


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        seen = file.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def save_register(folder: Path, register: Register, source: str) -> None:
    """Write the register and its source note (Markdown).

    All files are complete beside the old ones before the first is renamed, so a full disk harms nothing, and
    whoever loads between two renames gets a register without faults. Raises OSError.
    """
    contents = {
        MUNICIPALITIES: _csv(_MUNICIPALITY_COLUMNS, map(_municipality_cells, register.municipalities())),
        DISTRICTS: _csv(_DISTRICT_COLUMNS, ((d.key, d.name, d.designation) for d in register.districts())),
        ALIASES: _csv(_ALIAS_COLUMNS, map(_alias_cells, sorted(register.aliases.items()))),
        SOURCE: source,
    }
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".register-", dir=folder) as beside:
        for name, text in contents.items():
            _write(Path(beside, name), text)
        for name in contents:
            os.replace(Path(beside, name), folder / name)


def load_source(folder: Path) -> str:
    """The source note (Markdown) of the register in the folder. Raises `RegisterFault`."""
    return decode(_bytes(folder / SOURCE))


def load_listing(path: Path) -> Listing:
    """An official list, GV100AD or Auszug. Raises `RegisterFault` with every faulty line."""
    try:
        return read_listing(decode(_bytes(path)))
    except Unreadable as error:
        raise RegisterFault(path, error.faults) from None


def load_successors(path: Path) -> dict[str, tuple[str, date | None]]:
    """A table `old,new,date`. Raises `RegisterFault` with every faulty line."""
    try:
        return read_successors(decode(_bytes(path)))
    except Unreadable as error:
        raise RegisterFault(path, error.faults) from None


def _load(path: Path, columns: Sequence[str], make: Callable[[list[str]], _Made]) -> list[_Made]:
    """One value a line, made of its cells; the first cell is the key and comes once."""
    reader = csv.reader(_bytes(path).decode("utf-8", errors="replace").splitlines(keepends=True), strict=True)
    made: list[_Made] = []
    keys = set()
    try:
        if next(reader, None) != list(columns):
            raise ValueError(f"the columns are not {','.join(columns)}")
        for cells in reader:
            if len(cells) != len(columns):
                raise ValueError(f"{len(cells)} cells instead of {len(columns)}")
            made.append(make(cells))
            if cells[0] in keys:
                raise ValueError(f"the key {cells[0]} comes twice")
            keys.add(cells[0])
    except (ValueError, csv.Error) as error:
        remedy = "mend the line, or restore the file"
        raise RegisterFault(path, [LineFault(max(reader.line_num, 1), str(error), remedy)]) from None
    return made


def _municipality(cells: list[str]) -> Municipality:
    key, name, population, lat, lon, ars, district, district_name, postcode = cells
    if not is_municipality_key(key) or district_of(key) != district or not name:
        raise ValueError(f"{key!r} is no municipality {name!r} in the district {district!r}")
    return Municipality(
        key=key,
        name=name,
        designation=intern(designation_in(name)),
        district_name=intern(district_name),  # the same text for all of a district takes memory once
        population=_number(population),
        lat=_degrees(lat),
        lon=_degrees(lon),
        postcode=postcode,
        ars=ars,
    )


def _district(cells: list[str]) -> Municipality:
    key, name, designation = cells
    if not is_district_key(key) or not name:
        raise ValueError(f"{key!r} is no district {name!r}")
    return Municipality(key=key, name=name, designation=intern(designation), district_name=name, ars=key)


def _alias(cells: list[str]) -> tuple[str, Successor]:
    old, new, day = cells
    if old == new or not all(is_municipality_key(key) or is_district_key(key) for key in (old, new)):
        raise ValueError(f"{old!r} and {new!r} are not two keys")
    return old, Successor(new, date.fromisoformat(day) if day else None)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text!r} is no number of people")
    return int(text)


def _degrees(text: str) -> float | None:
    if not text:
        return None
    value = float(text)
    if not 5.0 < value < 56.0:  # also false for nan
        raise ValueError(f"{text!r} is no degree in Germany")
    return value


def _municipality_cells(row: Municipality) -> tuple[str, ...]:
    population = "" if row.population is None else str(row.population)
    lat, lon = ("" if value is None else f"{value:.5f}" for value in (row.lat, row.lon))
    return row.key, row.name, population, lat, lon, row.ars, row.district, row.district_name, row.postcode


def _alias_cells(alias: tuple[str, Successor]) -> tuple[str, ...]:
    old, successor = alias
    return old, successor.new, successor.date.isoformat() if successor.date else ""


def _csv(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    """Write the file and wait until the disk has it, so that a rename cannot come before it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise RegisterFault(path, [LineFault(0, reason, "check the path and the permissions")]) from None
