"""`catalogue register update`: what it says when it must not go on."""

import pytest
from builders import HALLE, MAGDEBURG, an_entries_folder
from click.testing import CliRunner

from catalogue.commands.register import register
from catalogue.config import Settings

HEAD = "ags,name,population,lat,lon,ars,district,district_name,postcode\n"


@pytest.fixture
def settings(tmp_path):
    """A catalogue whose entry names Halle, and whose register knows Halle and Magdeburg."""
    kept = tmp_path / "var" / "register"
    kept.mkdir(parents=True)
    rows = {HALLE: "Halle an der Saale", MAGDEBURG: "Magdeburg"}
    lines = [f"{key},{name},1,52.0,11.0,{key}0000,{key[:5]},,39000\n" for key, name in rows.items()]
    (kept / "gemeinden.csv").write_text(HEAD + "".join(lines))
    (kept / "landkreise.csv").write_text("key,name,designation\n")
    (kept / "aliases.csv").write_text("old,new,date\n")
    (kept / "SOURCE.md").write_text("# Source\n")
    entries = an_entries_folder(tmp_path / "entries")
    return Settings.from_environ({"CATALOGUE_DATA": str(tmp_path / "var"), "CATALOGUE_ENTRIES": str(entries)})


@pytest.fixture
def listing(tmp_path):
    """An official list without Halle."""
    path = tmp_path / "auszug.csv"
    head = "Satzart;Textkennzeichen;Land;RB;Kreis;VB;Gem;Name;Fläche;Bevölkerung;m;w;je km2;PLZ;Lon;Lat"
    path.write_text(f"{head}\n60;63;15;0;03;0000;000;Magdeburg;1,0;2;1;1;1;39000;;", encoding="cp1252")
    return path


def test_a_used_key_that_vanishes_is_said_with_its_name_and_what_to_do(settings, listing):
    result = CliRunner().invoke(register, ["update", str(listing)], obj=settings)

    assert result.exit_code == 1
    assert f"  {HALLE} Halle an der Saale\n" in result.stderr
    assert "--successors" in result.stderr
    assert result.stderr.endswith("Nothing was changed.\n")


def test_a_dry_run_names_whom_it_would_be_about(settings, listing):
    result = CliRunner().invoke(register, ["update", str(listing), "--dry-run"], obj=settings)

    assert result.exit_code == 0
    assert f"blocked: 1 ({HALLE} Halle an der Saale)\n" in result.stdout
