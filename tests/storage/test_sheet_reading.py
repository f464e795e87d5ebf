"""Tables that somebody uploads: read as text whatever made them, refused where they are hostile."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from catalogue.storage.sheet_reading import MOST_BYTES, MOST_ROWS, BadSheet, read_rows


def xlsx(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with a part added, or in place of the one of this name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def code(data: bytes, name: str = "table.xlsx") -> str:
    with pytest.raises(BadSheet) as caught:
        read_rows(data, name)
    return caught.value.code


TABLE = [["Lösung", "Kommune"], ["hal-plan", "Köln"]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_whatever_made_it(delimiter: str, encoding: str) -> None:
    text = "".join(delimiter.join(row) + "\r\n" for row in TABLE)

    assert read_rows(text.encode(encoding), "tabelle.csv") == TABLE


def test_cells_of_csv_may_hold_delimiters_quotes_and_lines() -> None:
    data = b'a;b\n"x;y";"say ""hi""\nnow"\n'

    assert read_rows(data, "t.csv") == [["a", "b"], ["x;y", 'say "hi" now']]


def test_xlsx_is_read_as_text_and_dates_as_dates() -> None:
    data = xlsx(
        ["Lösung", "Seit", "Schlüssel"],
        ["hal-plan", date(2025, 5, 17), 1001000],
        ["x", datetime(2024, 1, 1, 8), 1.5],
    )

    assert read_rows(data, "t.xlsx") == [
        ["Lösung", "Seit", "Schlüssel"],
        ["hal-plan", "2025-05-17", "1001000"],
        ["x", "2024-01-01", "1.5"],
    ]  # fmt: skip


def test_a_formula_is_not_evaluated_and_without_a_result_not_taken_for_empty() -> None:
    data = xlsx(["a", "b"], ['=HYPERLINK("http://evil.example","x")', "=1+1"], ["c", "d"])

    formulas = ['=HYPERLINK("http://evil.example","x")', "=1+1"]
    assert read_rows(data, "t.xlsx") == [["a", "b"], formulas, ["c", "d"]]


def test_of_a_formula_the_result_counts_that_the_file_holds() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c", "d"])
        for column, result in enumerate((2, "Köln", "", "#N/A")):
            sheet.write_formula(1, column, "=IF(A9,A9,A9)", None, result)
        sheet.write(2, 0, "x")
    part = "xl/worksheets/sheet1.xml"
    written = zipfile.ZipFile(out).read(part)
    assert b'<c r="C2"><f>' in written
    as_excel_does = with_part(out.getvalue(), part, written.replace(b'<c r="C2">', b'<c r="C2" t="str">'))

    assert read_rows(as_excel_does, "t.xlsx") == [["a", "b", "c", "d"], ["2", "Köln", "", "#N/A"], ["x"]]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("mmm yy", "2024-05"),  # what a spreadsheet makes of "Mai 2024"
        ("mm/yyyy", "2024-05"),
        ("[$-407]mmmm\\ yyyy", "2024-05"),
        ("yyyy", "2024"),
        ("dd.mm.yyyy", "2024-05-01"),
        ('yyyy"d"', "2024"),  # in quotation marks no letter means anything
        ("yyyy-mm-dd hh:mm", "2024-05-01"),
    ],
)
def test_a_date_is_as_precise_as_its_cell_shows_it(shown: str, expected: str) -> None:
    book = Workbook()
    book.active.append([date(2024, 5, 1)])
    book.active["A1"].number_format = shown

    assert read_rows(saved(book), "t.xlsx") == [[expected]]


def test_lines_of_two_encodings_are_both_read() -> None:
    data = "Lösung;Kommune\n".encode() + "hal-plan;Köln\n".encode("cp1252") + "hal-plan;Görlitz\n".encode()

    assert read_rows(data, "t.csv") == [["Lösung", "Kommune"], ["hal-plan", "Köln"], ["hal-plan", "Görlitz"]]


def test_a_hidden_sheet_before_the_first_one_does_not_count() -> None:
    book = Workbook()
    book.active.append(["Listen"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Umfrage").append(["a"])

    assert read_rows(saved(book), "t.xlsx") == [["a"]]


def test_merged_cells_count_once_and_empty_rows_keep_their_place() -> None:
    book = Workbook()
    for row in (["a", "b"], ["x", "y"], [], ["", "z"]):
        book.active.append(row)
    book.active.merge_cells("A2:B2")

    assert read_rows(saved(book), "t.xlsx") == [["a", "b"], ["x"], [], ["", "z"]]


def test_only_the_first_sheet_counts() -> None:
    book = Workbook()
    book.active.append(["a"])
    book.create_sheet("zweites").append(["b"])

    assert read_rows(saved(book), "t.xlsx") == [["a"]]


def test_as_many_rows_as_promised_are_read_and_no_more() -> None:
    most = b"a;b\n" + b"x;y\n" * MOST_ROWS

    assert len(read_rows(most, "t.csv")) == MOST_ROWS + 1
    assert code(most + b"x;y\n", "t.csv") == "sheet-rows"
    assert code(xlsx(["a"], *([["x"]] * 10_001))) == "sheet-rows"


def test_a_sheet_that_claims_to_be_endless_is_read_to_its_last_row() -> None:
    book = Workbook()
    book.active.append(["a"])
    book.active["A1048576"] = ""
    data = saved(book)

    assert read_rows(data, "t.xlsx") == [["a"]]


def test_a_far_away_cell_does_not_make_a_million_rows() -> None:
    book = Workbook()
    book.active.append(["a"])
    book.active["A1000000"] = "x"

    assert read_rows(saved(book), "t.xlsx") in ([["a"]],)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "t.csv", "sheet-empty"),
        (b" \r\n;;\r\n", "t.csv", "sheet-empty"),
        (b"a" * (MOST_BYTES + 1), "t.csv", "sheet-large"),
        (b";".join([b"a"] * 61), "t.csv", "sheet-columns"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "t.xls", "sheet-kind"),  # an old Excel file
        (b"%PDF-1.7\0", "t.csv", "sheet-kind"),
        (b"a;\x81\n", "t.csv", "sheet-encoding"),
        (b"PK\x03\x04 and nothing more", "t.xlsx", "sheet-broken"),
        (b'a;"' + b"x" * 200_000, "t.csv", "sheet-broken"),  # a cell that never ends
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(data: bytes, name: str, expected: str) -> None:
    assert code(data, name) == expected


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    assert len(bomb) < 200_000

    assert code(bomb) == "sheet-large"


def test_a_sheet_of_millions_of_tiny_texts_is_refused_before_they_are_read() -> None:
    texts = b"<sst>" + b"<si><t>a</t></si>" * 1_000_000 + b"</sst>"

    assert code(with_part(xlsx(*TABLE), "xl/sharedStrings.xml", texts)) == "sheet-large"


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    bomb = bytearray(with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024)))
    size = (60 * 1024 * 1024).to_bytes(4, "little")
    while (place := bomb.find(size)) >= 0:
        bomb[place : place + 4] = (1000).to_bytes(4, "little")

    assert code(bytes(bomb)) in ("sheet-broken", "sheet-large")


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY file SYSTEM "file:///etc/passwd">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;&file;</t></si></sst>"""


@pytest.mark.parametrize("part", ["sharedStrings.xml", "workbook.xml", "worksheets/sheet1.xml", "styles.xml"])
def test_entities_in_the_xml_are_not_expanded(part: str) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:  # writes shared strings, as Excel does
        book.add_worksheet().write_row(0, 0, ["a", "b"])

    assert read_rows(out.getvalue(), "t.xlsx") == [["a", "b"]]
    assert code(with_part(out.getvalue(), f"xl/{part}", ENTITIES)) == "sheet-broken"


def test_macros_are_refused() -> None:
    assert code(with_part(xlsx(["a"]), "xl/vbaProject.bin", b"x")) == "sheet-macros"
    assert code(xlsx(["a"]), "t.xlsm") == "sheet-macros"


def test_any_other_archive_is_no_table() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "x")

    assert code(out.getvalue()) == "sheet-kind"


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        try:
            rows = read_rows(start + data, "x")
        except BadSheet:
            continue
        assert all(isinstance(cell, str) and cell.isprintable() for row in rows for cell in row)


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(place: int, byte: int) -> None:
    data = bytearray(SMALL)
    data[place % len(data)] = byte

    try:
        read_rows(bytes(data), "x.xlsx")
    except BadSheet:
        return


SMALL = xlsx(["a", "b"], ["c", 1])


@pytest.mark.parametrize("before", range(-6, 2))
def test_a_formula_is_found_wherever_its_tag_lies_in_the_file(before: int) -> None:
    part, start = "xl/worksheets/sheet1.xml", 1024 * 1024
    data = xlsx(["a", "b"], ["=1+1", "x"])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        written = package.read(part)
    at = written.index(b"<f>")
    filler = b"<!--" + b" " * (start + before - at - 7) + b"-->"
    row = written.index(b"<sheetData>")
    shifted = written[:row] + filler + written[row:]
    assert shifted.index(b"<f>") == start + before

    assert read_rows(with_part(data, part, shifted), "t.xlsx") == [["a", "b"], ["=1+1", "x"]]
