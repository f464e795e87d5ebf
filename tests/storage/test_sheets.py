"""Files for spreadsheets: whatever stands in a cell, it is no formula and can be read again."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalogue.storage.sheets import LONGEST_CELL, Sheet, as_csv, as_json, as_xlsx, clean, unquoted

CELLS = st.one_of(
    st.text(max_size=60),
    st.builds(
        lambda sign, text: sign + text, st.sampled_from([*"=+-@\t\r\n'", "'=", "''-"]), st.text(max_size=20)
    ),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.none(),
)
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=6)
EVIL = [
    ('=HYPERLINK("https://evil.example";"x")', "+1+1"),
    ("@SUM(A1)", "'=1"),
    ("\t=1", "-2+3"),
    ("_x0041_", -5),
]


def a_sheet(rows: list[tuple[object, ...]], **more: object) -> Sheet:
    return Sheet(title="Zahlen", columns=("=Land", "Wert"), rows=rows, **more)  # type: ignore[arg-type]  # by name


def cells_of_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@given(rows=ROWS)
@example(rows=EVIL)
def test_no_cell_of_a_csv_file_begins_like_a_formula_but_numbers(rows: list[tuple[object, ...]]) -> None:
    read = cells_of_csv(as_csv(a_sheet(rows)))[1:]

    for row, cells in zip(rows, read, strict=True):
        for value, cell in zip(row, cells, strict=True):
            if isinstance(value, str):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
                assert unquoted(cell) == clean(value)
            else:
                assert cell == ("" if value is None else str(value))


@given(rows=ROWS)
@example(rows=EVIL)
@settings(max_examples=50)
def test_a_workbook_holds_texts_and_numbers_and_nothing_else(rows: list[tuple[object, ...]]) -> None:
    data = as_xlsx(a_sheet(rows))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name]
    assert not any("<f>" in page or "<hyperlink" in page for page in pages)
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            read = page.cell(number, place).value
            if isinstance(value, str):
                assert (read or "") == clean(value)
            else:
                assert read == (None if value is None else pytest.approx(value))


@given(rows=ROWS)
def test_json_says_the_same_rows(rows: list[tuple[object, ...]]) -> None:
    said = json.loads(as_json(a_sheet(rows, about=(("Stand", "2026-11-26"),))))

    assert said["about"] == {"Stand": "2026-11-26"}
    assert said["rows"] == [[clean(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def test_a_workbook_says_on_its_second_sheet_what_the_table_is() -> None:
    sheet = a_sheet(
        [("Hessen", 3)],
        about=(("Definition", "=was gezählt wird"), ("Stand", "2026-11-26")),
        made_at=datetime(2026, 11, 26, tzinfo=UTC),
    )

    book = load_workbook(io.BytesIO(as_xlsx(sheet)))

    assert book.sheetnames == ["Zahlen", "Definition"]
    assert [[cell.value for cell in row] for row in book["Definition"]] == [
        ["Definition", "=was gezählt wird"],
        ["Stand", "2026-11-26"],
    ]
    assert book["Definition"]["B1"].data_type == "s"


@pytest.mark.parametrize(
    "title", ["Von [A] nach B: was/wer? * \\", "history", "'", "x" * 80, "\x00", "Definition"]
)
def test_any_title_names_a_sheet(title: str) -> None:
    sheet = Sheet(title=title, columns=("a",), rows=[("b",)])

    assert len(load_workbook(io.BytesIO(as_xlsx(sheet))).sheetnames) == 2


def test_a_text_too_long_for_a_cell_is_cut_in_a_workbook_and_whole_in_csv() -> None:
    sheet = Sheet(title="Lang", columns=("a",), rows=[("ä" * 40_000,)])

    assert load_workbook(io.BytesIO(as_xlsx(sheet))).worksheets[0]["A2"].value == "ä" * LONGEST_CELL
    assert cells_of_csv(as_csv(sheet))[1] == ["ä" * 40_000]


def test_a_date_is_a_date_in_a_workbook_and_the_same_everywhere() -> None:
    sheet = a_sheet([("x", date(2026, 3, 9))], about=(("Stand", date(2026, 11, 26)),))

    book = load_workbook(io.BytesIO(as_xlsx(sheet)))

    cell, as_of = book.worksheets[0]["B2"], book.worksheets[1]["B1"]
    assert (cell.value, cell.is_date) == (datetime(2026, 3, 9), True)
    assert as_of.value == datetime(2026, 11, 26)
    assert cells_of_csv(as_csv(sheet))[1] == ["x", "2026-03-09"]
    said = json.loads(as_json(sheet))
    assert (said["rows"], said["about"]) == ([["x", "2026-03-09"]], {"Stand": "2026-11-26"})
