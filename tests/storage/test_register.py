"""The register on disk: loaded and saved whole or not at all, and updated from official lists."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from catalogue.domain.register import Register, UnknownKey
from catalogue.domain.register_update import UpdateBlocked
from catalogue.services.register import update
from catalogue.storage.register import (
    RegisterFault,
    load_listing,
    load_register,
    load_source,
    load_successors,
    save_register,
)

SHIPPED = Path(__file__).parents[2] / "catalogue" / "data" / "register"
FILES = ("SOURCE.md", "aliases.csv", "gemeinden.csv", "landkreise.csv")


@pytest.fixture(scope="module")
def shipped() -> Register:
    """The register that is shipped."""
    return load_register(SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small register of three towns and a district, free to be broken."""
    (tmp_path / "gemeinden.csv").write_text(
        "ags,name,population,lat,lon,ars,district,district_name,postcode\n"
        '15002000,"Halle (Saale), Stadt",226767,51.48276,11.97056,150020000000,15002,Halle,06108\n'
        "15089001,Klein,1000,51.80000,11.70000,150890001001,15089,Salzlandkreis,39000\n"
        "15089002,Unbekannt,,,,150890002002,15089,Salzlandkreis,\n",
        encoding="utf-8",
    )
    (tmp_path / "landkreise.csv").write_text("key,name,designation\n15089,Salzlandkreis,Landkreis\n")
    (tmp_path / "aliases.csv").write_text("old,new,date\n15089900,15089001,2009-01-01\n")
    (tmp_path / "SOURCE.md").write_text("# Source\n\n## Updates\n")
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    """All that lies in the folder."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_the_shipped_register_is_whole(shipped: Register) -> None:
    towns, districts = shipped.municipalities(), shipped.districts()

    assert (len(towns), len(districts), len(shipped.aliases)) == (10_786, 294, 4)
    assert sum(town.population or 0 for town in towns) == 82_711_282
    assert all(row.population and row.lat and row.lon and row.name and row.ars for row in shipped)
    assert all(town.postcode and town.district_name for town in towns)
    assert all(47 < (row.lat or 0) < 56 and 5 < (row.lon or 0) < 16 for row in shipped)
    assert {row.land for row in towns} == {f"{number:02}" for number in range(1, 17)}


def test_the_predecessors_of_the_sources_are_the_first_aliases(shipped: Register) -> None:
    names = {old: shipped.label(old) for old in shipped.aliases}

    assert names == {
        "03153007": "Langelsheim",
        "07132074": "Neitersen",
        "16056000": "Eisenach (Wartburgkreis)",
        "16065023": "Greußen",
    }
    assert shipped.aliases["16056000"].date == date(2021, 7, 1)


def test_a_district_has_the_people_of_its_municipalities(shipped: Register) -> None:
    plon = shipped.get("01057")
    members = [town for town in shipped.municipalities() if town.district == "01057"]

    assert plon.population == sum(town.population or 0 for town in members) > 100_000


def test_what_is_saved_is_loaded_again_byte_for_byte(shipped: Register, tmp_path: Path) -> None:
    save_register(tmp_path / "new", shipped, load_source(SHIPPED))

    assert texts(tmp_path / "new") == {name: text for name, text in texts(SHIPPED).items() if name in FILES}


def test_what_is_not_known_stays_not_known(folder: Path) -> None:
    register = load_register(folder)

    save_register(folder, register, "# Source\n")

    unknown = load_register(folder).get("15089002")
    assert (unknown.population, unknown.lat, unknown.lon, unknown.postcode) == (None, None, None, "")
    assert load_register(folder).get("15089").population == 1_000


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("gemeinden.csv", "15089001,", "5089001,", 3, "'5089001' is no municipality"),
        ("gemeinden.csv", ",15089,", ",15088,", 3, "in the district '15088'"),
        ("gemeinden.csv", "226767", "viele", 2, "'viele' is no number"),
        ("gemeinden.csv", "226767", "-5", 2, "'-5' is no number"),
        ("gemeinden.csv", "51.48276", "nan", 2, "'nan' is no degree"),
        ("gemeinden.csv", "51.48276", "151.48276", 2, "is no degree"),
        ("gemeinden.csv", ",06108", "", 2, "8 cells instead of 9"),
        ("gemeinden.csv", "15089002,Unb", "15089001,Unb", 4, "comes twice"),
        ("gemeinden.csv", "ags,", "key,", 1, "the columns are not ags,name"),
        ("gemeinden.csv", '"Halle', '"Halle"x', 2, "expected after"),
        ("landkreise.csv", "15089", "15089000", 2, "is no district"),
        ("aliases.csv", "2009-01-01", "2009", 2, "Invalid isoformat"),
        ("aliases.csv", "15089001", "15089900", 2, "are not two keys"),
    ],
)
def test_a_faulty_file_is_named_with_line_and_reason(
    folder: Path, file: str, old: str, new: str, line: int, said: str
) -> None:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(RegisterFault) as caught:
        load_register(folder)

    (fault,) = caught.value.faults
    assert (caught.value.path, fault.line) == (path, line)
    assert said in fault.wrong
    assert str(caught.value).startswith(f"{path}:{line}: ")


@pytest.mark.parametrize("file", FILES[1:])
def test_a_missing_or_empty_file_is_a_fault_and_not_an_empty_register(folder: Path, file: str) -> None:
    (folder / file).write_text("")
    with pytest.raises(RegisterFault, match=f"{file}:1: the columns"):
        load_register(folder)

    (folder / file).unlink()
    with pytest.raises(RegisterFault, match=f"{file}:0: No such file"):
        load_register(folder)


def test_a_save_that_fails_changes_nothing(
    folder: Path, shipped: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(folder)
    written = []

    def full_disk(number: int) -> None:
        written.append(number)
        if len(written) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        save_register(folder, shipped, "")

    assert texts(folder) == before  # and nothing is left beside


@pytest.mark.parametrize("done", [1, 2, 3])
def test_a_save_cut_short_between_two_renames_leaves_a_register_that_loads(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, done: int
) -> None:
    other = tmp_path_factory.mktemp("other")
    newer = load_register(folder)
    save_register(other, Register([row for row in newer if row.key != "15089001"]), "")

    for name in ("gemeinden.csv", "landkreise.csv", "aliases.csv")[:done]:
        shutil.copy(other / name, folder / name)

    register = load_register(folder)
    assert register.find("15089900") is None  # led to what is gone, and says so
    assert register.get("15002000").short_name == "Halle (Saale)"


def an_auszug(folder: Path, *rows: str) -> Path:
    """An official list of the given municipalities, each as "key;name;population"."""
    lines = ["Satzart;Textkennzeichen;Land;RB;Kreis;VB;Gem;Name;Fläche;Bevölkerung;m;w;je km2;PLZ;Lon;Lat"]
    for row in rows:
        key, name, population = row.split(";")
        parts = ";".join((key[:2], key[2], key[3:5], "0000", key[5:]))
        lines.append(f"60;63;{parts};{name};1,0;{population};1;1;1;06000;;")
    path = folder.parent / "AuszugGV4QAktuell.csv"
    path.write_text("\n".join(lines), encoding="cp1252")
    return path


def successors(folder: Path, *lines: str) -> Path:
    """A table of successors."""
    path = folder.parent / "nachfolge.csv"
    path.write_text("\n".join(("old,new,date", *lines)))
    return path


def test_an_update_is_planned_kept_and_noted_with_its_source(folder: Path, tmp_path: Path) -> None:
    newer = an_auszug(folder, "15002000;Halle (Saale), Stadt;230000", "15089009;Größer;3 000")
    table = successors(folder, "15089001,15089009,2025-01-01", "15089002,15089009,")
    into = tmp_path / "var" / "register"

    plan = update(folder, into, newer, table, used_keys={"15089900"}, today=date(2026, 1, 1), dry_run=False)

    register = load_register(into)
    assert [row.key for row in plan.added] == ["15089009"]
    assert register.get("15002000").population == 230_000
    assert register.get("15002000").lat == 51.48276  # the list has no point
    assert register.resolve("15089900") == register.resolve("15089002") == "15089009"
    assert register.get("15089").population == 3_000
    assert "- 2026-01-01: Statistisches Bundesamt (Destatis)" in load_source(into)
    assert "1 added, 0 renamed, 1 changed, 2 merged, 0 removed" in load_source(into)


def test_a_dry_run_shows_even_a_blocked_plan_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    newer = an_auszug(folder, "15002000;Halle (Saale), Stadt;230000")

    plan = update(
        folder, tmp_path / "new", newer, None, used_keys={"15089900"}, today=date(2026, 1, 1), dry_run=True
    )

    assert plan.blocked == ("15089001",)
    assert not (tmp_path / "new").exists()


def test_a_blocked_update_writes_nothing(folder: Path) -> None:
    before = texts(folder)
    newer = an_auszug(folder, "15002000;Halle (Saale), Stadt;230000")

    with pytest.raises(UpdateBlocked, match="15089001"):
        update(folder, folder, newer, None, used_keys={"15089001"}, today=date(2026, 1, 1), dry_run=False)

    assert texts(folder) == before


def test_an_update_may_replace_the_register_it_came_from(folder: Path) -> None:
    newer = an_auszug(folder, "15002000;Halle (Saale), Stadt;1", "15089001;Klein;2", "15089002;Unbekannt;3")

    update(folder, folder, newer, None, used_keys=set(), today=date(2026, 1, 1), dry_run=False)

    assert sorted(texts(folder)) == sorted(FILES)
    assert [town.population for town in load_register(folder).municipalities()] == [1, 2, 3]


def test_a_faulty_list_is_named_with_all_its_lines(folder: Path) -> None:
    newer = an_auszug(folder, "15002000;Halle (Saale), Stadt;viele", "17089009;Nirgends;3")
    table = successors(folder, "15089001,15089001,", "1,2,")

    with pytest.raises(RegisterFault) as caught:
        load_listing(newer)
    assert [fault.line for fault in caught.value.faults] == [2, 3]
    assert str(newer) in str(caught.value)
    with pytest.raises(RegisterFault) as caught:
        load_successors(table)
    assert [fault.line for fault in caught.value.faults] == [2, 3]
    with pytest.raises(RegisterFault, match="check the path"):
        load_listing(folder / "no-such-file.txt")


def test_an_unknown_key_of_a_loaded_register_is_an_error(shipped: Register) -> None:
    with pytest.raises(UnknownKey):
        shipped.get("15999999")
