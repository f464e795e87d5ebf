"""Official lists: what is read, what is left out, and what a faulty line is told."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.standards.gv100 import (
    Listing,
    Unreadable,
    decode,
    designation_in,
    read_auszug,
    read_gv100ad,
    read_listing,
    read_successors,
)


def gv100ad_line(
    kind: str,
    district: str,
    name: str,
    *,
    municipality: str = "",
    association: str = "",
    type_: str = "",
    population: int | None = None,
    postcode: str = "",
    day: str = "20251231",
) -> str:
    """A line of 220 characters with every field where Destatis has it."""
    number = "" if population is None else f"{population:011}"
    area = "" if population is None else f"{5302:011}"
    line = (
        f"{kind:2}{day:8}{district:5}{municipality:3}{association:4}{name:50}{'':50}{type_:2}{'':4}"
        f"{area:11}{number:11}{number:11}{'':4}{postcode:5}{'*****' if postcode else '':5}{'':2}"
        f"{'2115':4}{'1112':4}{'11901':5}{'001':30}"
    )
    assert len(line) == 220
    return line


GV100AD = "\n".join(
    [
        gv100ad_line("10", "01", "Schleswig-Holstein"),
        gv100ad_line("40", "01001", "Flensburg, Stadt", type_="41", day="20251031"),
        gv100ad_line("50", "01001", "Flensburg, Stadt", association="0000", type_="50"),
        gv100ad_line(
            "60",
            "01001",
            "Flensburg, Stadt",
            municipality="000",
            association="0000",
            type_="61",
            population=92550,
            postcode="24937",
        ),
        gv100ad_line("20", "091", "Reg.-Bez. Oberbayern"),
        gv100ad_line("40", "09180", "Garmisch-Partenkirchen", type_="44"),
        gv100ad_line(
            "60",
            "09180",
            "Murnau a.Staffelsee, M",
            municipality="124",
            association="5003",
            type_="60",
            population=12095,
            postcode="82418",
        ),
        gv100ad_line(
            "60",
            "09180",
            "Ettaler Forst",
            municipality="451",
            association="9451",
            type_="66",
            population=0,
        ),
        gv100ad_line("40", "10041", "Regionalverband Saarbrücken", type_="45"),
    ]
)
HEADINGS = "Gemeinden in Deutschland;;;;;;;\n;;;;;;;\nSatz-;Text-;Amtlicher;;;;;Name;km2\nart;;Land;RB\n"
FLENSBURG = ["60", "61", "01", "0", "01", "0000", "000", "Flensburg, Stadt", "53,02", "90 164"]
FLENSBURG += ["44 904", "45 260", "1 701", "24937", "9,43751", "54,78252", "F02", "Ostsee"]


def auszug(*rows: list[str], separator: str = ";", headings: str = "") -> str:
    """A CSV as a spreadsheet saves it."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return headings + text.getvalue()


def changed(**cells: str) -> list[str]:
    """Flensburg with some cells changed: c0 is the first."""
    return [cells.get(f"c{number}", cell) for number, cell in enumerate(FLENSBURG)]


def test_a_gv100ad_gives_municipalities_and_districts_with_their_official_values() -> None:
    listing = read_gv100ad(GV100AD)

    flensburg, district, murnau, saarbruecken = listing.rows
    assert listing.as_of == date(2025, 12, 31)  # records of towns may carry older days
    assert (flensburg.key, flensburg.ars, flensburg.population) == ("01001000", "010010000000", 92550)
    assert (flensburg.name, flensburg.designation) == ("Flensburg, Stadt", "Stadt")
    assert flensburg.postcode == "24937"
    assert (flensburg.lat, flensburg.lon) == (None, None)  # the format has no coordinates
    assert (district.key, district.name, district.designation) == (
        "09180",
        "Garmisch-Partenkirchen",
        "Landkreis",
    )
    assert (murnau.key, murnau.ars, murnau.designation) == ("09180124", "091805003124", "Markt")
    assert murnau.district_name == "Garmisch-Partenkirchen"
    assert saarbruecken.designation == "Regionalverband"


def test_independent_cities_come_once_and_uninhabited_areas_not_at_all() -> None:
    keys = [row.key for row in read_gv100ad(GV100AD).rows]

    assert "01001" not in keys
    assert "09180451" not in keys


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_umlauts_survive_every_encoding_the_lists_had(encoding: str) -> None:
    listing = read_listing(decode(GV100AD.replace("\n", "\r\n").encode(encoding)))

    assert listing.rows[-1].name == "Regionalverband Saarbrücken"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("headings", ["", HEADINGS])
def test_an_auszug_is_read_with_any_separator_and_headings(separator: str, headings: str) -> None:
    district = ["40", "43", "01", "0", "51", "", "", "Dithmarschen", *[""] * 10]
    note = ["© Statistisches Bundesamt (Destatis), 2021", *[""] * 17]
    text = auszug(FLENSBURG, district, [], note, separator=separator, headings=headings)

    flensburg, dithmarschen = read_listing(text).rows

    assert (flensburg.key, flensburg.population, flensburg.postcode) == ("01001000", 90164, "24937")
    assert (flensburg.lat, flensburg.lon) == (54.78252, 9.43751)
    assert (dithmarschen.key, dithmarschen.designation) == ("01051", "Kreis")


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"c9": "90.164"}, "population", 90164),  # German thousands
        ({"c9": "90,164"}, "population", 90164),  # English thousands
        ({"c9": "90\u00a0164"}, "population", 90164),  # a space that does not break
        ({"c9": ""}, "population", None),  # not said is not zero
        ({"c9": "0"}, "population", 0),
        ({"c2": "1", "c4": "1", "c5": "0", "c6": "0"}, "key", "01001000"),  # zeros lost in a spreadsheet
        ({"c13": "1067"}, "postcode", "01067"),  # the same for Dresden
        ({"c14": "9.43751"}, "lon", 9.43751),
        ({"c15": ""}, "lat", None),
        ({"c7": "Meschede, Kreis- und  Hochschulstadt"}, "name", "Meschede, Kreis- und Hochschulstadt"),
    ],
)
def test_an_auszug_may_write_values_in_many_ways(
    cells: dict[str, str], field: str, value: str | float | None
) -> None:
    (row,) = read_auszug(auszug(changed(**cells))).rows

    assert getattr(row, field) == value


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"c2": "17"}, "unknown-land"),  # there is no 17th Land
        ({"c1": "68"}, "type of municipality '68'"),  # a type nobody described
        ({"c9": "viele"}, "population 'viele'"),
        ({"c9": "9,5"}, "population '9,5'"),  # thousands come in threes
        ({"c13": "2493x"}, "postcode '2493x'"),
        ({"c14": "54,78", "c15": "9,43"}, "coordinate '9,43'"),  # swapped
        ({"c7": ""}, "'' is no name"),
        ({"c7": "L\ufffdbeck"}, "is no name"),  # letters lost in an encoding
        ({"c5": "12345"}, "association '12345'"),
        ({"c0": "70"}, "kind of record '70'"),
    ],
)
def test_a_faulty_line_of_an_auszug_says_what_is_wrong(cells: dict[str, str], said: str) -> None:
    good = changed(c4="02")

    with pytest.raises(Unreadable) as caught:
        read_auszug(auszug(good, changed(**cells)))

    (fault,) = caught.value.faults
    assert fault.line == 2
    assert said in fault.wrong
    assert fault.remedy


def test_all_faulty_lines_are_named_at_once_and_nothing_is_read() -> None:
    lines = GV100AD.splitlines()
    lines[3] = lines[3][:139] + "0000009255x" + lines[3][150:]  # population
    lines[6] = lines[6][:120]  # cut off
    lines.append(lines[5])  # twice
    lines.append("99" + lines[5][2:])  # no such record

    with pytest.raises(Unreadable) as caught:
        read_gv100ad("\n".join(lines))

    assert [fault.line for fault in caught.value.faults] == [4, 7, 10, 11]
    assert "line 7: only 120 characters instead of 220" in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n\n", "<html><body>Seite nicht gefunden</body></html>", "a;b\n1;2\n"])
def test_a_file_without_municipalities_is_no_list(text: str) -> None:
    with pytest.raises(Unreadable, match="no municipality"):
        read_listing(text)


def test_a_missing_column_and_an_open_quotation_mark_are_faults() -> None:
    short = ";".join(FLENSBURG[:12])
    quoted = ";".join([*FLENSBURG[:7], '"Flensburg, Stadt', *FLENSBURG[8:]])

    with pytest.raises(Unreadable, match="12 cells instead of at least 16"):
        read_auszug(short)
    with pytest.raises(Unreadable, match="cells instead of"):
        read_auszug(quoted + "\n" + ";".join(changed(c4="02")))


def test_successors_are_read_with_or_without_heading_and_date() -> None:
    table = "old,new,date\n16056000,16063105,2021-07-01\n\n03153007,03153019,\n07132074,07132502\n"

    assert read_successors(table) == {
        "16056000": ("16063105", date(2021, 7, 1)),
        "03153007": ("03153019", None),
        "07132074": ("07132502", None),
    }
    assert read_successors(table.partition("\n")[2].replace(",", ";")) == read_successors(table)
    assert read_successors("") == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("3153007,03153019,", "perhaps 03153007"),  # the zero was lost
        ("16056000,16063105,01.07.2021", "is no day"),
        ("16056000,16063105,2021-02-30", "is no day"),  # well written, but not in the calendar
        ("16056000,16056000,", "own successor"),
        ("16056000", "1 cells"),
        ("16056000,16063105,,", "4 cells"),
    ],
)
def test_a_faulty_successor_says_what_is_wrong(line: str, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_successors(f"old,new,date\n{line}\n")

    (fault,) = caught.value.faults
    assert fault.line == 2
    assert said in fault.wrong


def test_an_old_key_has_one_successor() -> None:
    with pytest.raises(Unreadable, match="comes twice"):
        read_successors("16056000,16063105\n16056000,16063104\n")


@pytest.mark.parametrize(
    ("name", "designation"),
    [
        ("Halle (Saale), Stadt", "Stadt"),
        ("Murnau a.Staffelsee, M", "Markt"),  # Bavaria shortens
        ("Erding, GKSt", "Große Kreisstadt"),
        ("Diepenau,Flecken", "Flecken"),  # the space is missing in the list
        ("Biederitz", ""),
    ],
)
def test_the_designation_is_written_out(name: str, designation: str) -> None:
    assert designation_in(name) == designation


@given(
    st.one_of(
        st.text(max_size=300),
        st.sampled_from(["60;", '6020251231"', GV100AD[:700]]).flatmap(
            lambda start: st.text(max_size=200).map(lambda rest: start + rest)
        ),
    )
)
def test_any_text_is_read_or_refused_with_a_reason_for_every_line(text: str) -> None:
    for read in (read_listing, read_gv100ad, read_auszug):
        try:
            result: Listing | Unreadable = read(text)
        except Unreadable as error:
            result = error

        assert result.rows if isinstance(result, Listing) else result.faults


@given(st.integers(min_value=0, max_value=99_999_999), st.text(alphabet="aäößł -.()/'", max_size=40))
def test_what_is_written_in_the_layout_is_read_back(population: int, rest: str) -> None:
    name = f"A{rest}"
    line = gv100ad_line(
        "60", "15002", name, municipality="000", association="0000", type_="61", population=population
    )

    (row,) = read_gv100ad(line).rows

    assert (row.key, row.name, row.population) == ("15002000", " ".join(name.split()), population)
