"""Many reports at once: nothing is written before the preview was seen, and then all of it or nothing."""

import io
import os
import re
from datetime import date, datetime

import pytest
from html_page import Page
from office import COLOGNE, HALLE, MAGDEBURG, NOW, Office, a_claim, confirmed
from openpyxl import Workbook
from werkzeug.datastructures import FileStorage

from catalogue.domain.access import Role
from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_report import Action, Source, State

TABLE = """Lösung;Kommune;Im Betrieb seit;Stand;Seit;Ansprechstelle;Bemerkung
hal-plan;Halle (Saale);2024-05;;;;gut
HAL-Plan;05315000;;erprobt;3/2025;;
hal-plan;Neustadt;2024;;;;
unbekannt;Köln;bald;;;kein Postfach;
hal-plan;Halle (Saale);2025;;;;noch einmal
;;;;;;
hal-plan;Magdeburg;2023;;;;
"""


def upload(office: Office, data: bytes | str, name: str = "tabelle.csv", **fields: object):
    content = data.encode() if isinstance(data, str) else data
    return office.send("/office/upload", file=FileStorage(io.BytesIO(content), filename=name), **fields)


def preview_path(answer) -> str:
    assert answer.status_code == 303, answer.text
    found = re.fullmatch(r"/de(/office/upload/[\w-]{32})", answer.location)
    assert found, answer.location
    return found.group(1)


def reports(office: Office):
    return office.store.reuse.about(None)


def test_the_preview_names_each_bad_row_and_writes_nothing(office: Office) -> None:
    known = office.add(a_claim(body=MAGDEBURG), **confirmed())

    page = office.page(preview_path(upload(office, TABLE)))

    words = page.main.text
    assert "Zeile 4 hal-plan · Neustadt Kommune: „Neustadt“ kennt der Katalog nicht" in words
    assert "Meinten Sie Neustadt" in words
    assert "Lösung: „unbekannt“ kennt der Katalog nicht" in words
    assert "Im Betrieb seit: „bald“ ist kein Datum." in words
    assert "Ansprechstelle: „kein Postfach“ ist keine Mailadresse." in words
    assert "Zeile 6" in words
    assert "stehen schon in Zeile 2" in words
    assert "Bemerkung" in words  # a heading that nobody knows
    assert f"Meldung {known}" in page.section("same").text
    taken = [[cell.text for cell in row.all("th", "td")] for row in page.section("good").all("tr")[1:]]
    assert taken == [
        ["2", "HAL-Plan", "Halle (Saale)15002000", "im Betrieb seit Mai 2024"],
        ["3", "HAL-Plan", "Köln05315000", "erprobt seit März 2025"],
    ]
    assert [report.number for report in reports(office)] == [known]


def faults(page: Page) -> dict[str, list[str]]:
    """What the preview says is wrong, by row."""
    found = {}
    for row in page.section("bad").all("li", class_="work-row"):
        title = row.one("p", class_="work-row__title").text
        found[title.split(" ")[1]] = [fault.text for fault in row.one("ul").all("li")]
    return found


def test_a_fault_names_the_column_as_the_file_calls_it_and_what_to_write(office: Office) -> None:
    table = "Maßnahme;AGS;Status;Umfang;öffentlich\nhal-plan;99999999;demnächst;alles;vielleicht\n"

    page = office.page(preview_path(upload(office, table)))

    assert faults(page) == {
        "2": [
            "AGS: „99999999“ kennt der Katalog nicht, oder mehrere heißen so. Schreiben Sie den amtlichen"
            " Schlüssel.",
            "Umfang: „alles“ steht nicht zur Wahl. Schreiben Sie eines davon: ganz, Teil, angepasst.",
            "öffentlich: „vielleicht“ steht nicht zur Wahl. Schreiben Sie eines davon: öffentlich, nicht"
            " nennen.",
            "Status: „demnächst“ steht nicht zur Wahl. Schreiben Sie eines davon: interessiert, geplant,"
            " erprobt, im Betrieb, beendet, keine Nachnutzung.",
        ]
    }


def test_a_row_whose_texts_have_slipped_is_not_taken_over(office: Office) -> None:
    table = "Lösung;Kommune;Im Betrieb seit;Aufwand\nhal-plan;Köln;2025;zwei Tage; dann ging es\n"

    page = office.page(preview_path(upload(office, table)))

    assert "Die Zeile hat 5 Zellen" in faults(page)["2"][0]
    assert not page.all("button", value="take")


def test_a_column_without_a_heading_is_not_passed_over_in_silence(office: Office) -> None:
    table = "Lösung;;Kommune;Im Betrieb seit;\nhal-plan;wichtig;Köln;2025;\n"

    page = office.page(preview_path(upload(office, table)))

    assert "Spalte 2, ohne Überschrift" in page.main.text
    assert "Spalte 5" not in page.main.text


def test_a_spreadsheet_with_dates_keys_and_formulas_is_read_as_it_shows_itself(office: Office) -> None:
    book = Workbook()
    book.active.append(["Lösung", "Kommune", "Im Betrieb seit", "Version", "Aufwand"])
    book.active.append(["hal-plan", 5315000, date(2024, 5, 1), 2, "drei Tage"])
    book.active["C2"].number_format = "mmm yy"  # "Mai 24"
    book.active.append([])
    book.active.append(["hal-plan", "Halle (Saale)", 2024, "=D2", "#NV"])
    book.active.append(["=A2", "Magdeburg", datetime(2024, 5, 17), 2.1, ""])
    out = io.BytesIO()
    book.save(out)

    page = office.page(preview_path(upload(office, out.getvalue(), "umfrage.xlsx")))

    taken = [[cell.text for cell in row.all("th", "td")] for row in page.section("good").all("tr")[1:]]
    assert taken == [["2", "HAL-Plan", "Köln05315000", "im Betrieb seit Mai 2024"]]
    found = faults(page)
    assert [said.split(":")[0] for said in found["4"]] == ["Version", "Aufwand"]
    assert "„=D2“ ist eine Formel oder ihr Fehler" in found["4"][0]
    assert "„=A2“ kennt der Katalog nicht" in found["5"][0]


def test_what_was_reported_since_the_preview_is_shown_before_anything_is_taken_over(office: Office) -> None:
    path = preview_path(upload(office, TABLE))
    rows = office.page(path).one("input", name="rows")["value"]
    office.add(a_claim(body=COLOGNE))

    answer = office.send(path, do="take", state="pending", reason="Umfrage", rows=rows)

    page = Page(answer.text, status=409, headers=answer.headers, address=path)
    assert answer.status_code == 409
    assert "Inzwischen hat sich etwas geändert" in page.one("div", role="alert").text
    assert page.one("textarea", id="reason").text == "Umfrage"
    assert "checked" in page.one("input", name="state", value="pending").attributes
    assert len(reports(office)) == 1

    office.send(path, do="take", state="pending", rows=page.one("input", name="rows")["value"])

    assert len(reports(office)) == 3


def test_good_rows_are_taken_over_confirmed_with_their_reason(office: Office) -> None:
    path = preview_path(upload(office, TABLE))

    refused = office.send(path, do="take", state="confirmed")
    assert "Es fehlt der Grund" in refused.text
    assert reports(office) == []

    answer = office.send(path, do="take", state="confirmed", reason="Umfrage Dezember 2025")
    assert "3 Meldungen sind übernommen." in office.page(answer.location.removeprefix("/de")).main.text
    kept = reports(office)
    assert [report.claim.body for report in kept] == [HALLE, COLOGNE, MAGDEBURG]
    assert {(report.state, report.source, report.affirmed_at) for report in kept} == {
        (State.CONFIRMED, Source.UPLOAD, NOW)
    }
    assert kept[1].claim.stage is Stage.TRIAL
    for report in kept:
        (event,) = office.store.reuse.history(report.number)
        assert (event.action, event.actor, event.reason) == (
            Action.CONFIRMED,
            "office:7",
            "Umfrage Dezember 2025",
        )
        assert event.number == report.version
    assert office.changed == [frozenset({"hal-plan"})]


def test_or_they_wait_for_confirmation_and_are_not_public(office: Office) -> None:
    path = preview_path(upload(office, TABLE))

    office.send(path, do="take", state="pending")

    assert {report.state for report in reports(office)} == {State.PENDING}
    assert office.changed == []
    assert len(office.page("/office/work/pending").all("li", class_="work-row")) == 3


def test_taking_over_twice_takes_over_once(office: Office) -> None:
    path = preview_path(upload(office, TABLE))

    for _ in range(2):
        answer = office.send(path, do="take", state="pending")

    assert len(reports(office)) == 3
    assert "schon übernommen" in office.page(answer.location.removeprefix("/de")).main.text


def test_the_same_table_again_finds_everything_reported(office: Office) -> None:
    office.send(preview_path(upload(office, TABLE)), do="take", state="pending")

    page = office.page(preview_path(upload(office, TABLE)))

    assert page.section("same").all("tbody")[0].all("tr").__len__() == 3
    assert not page.all("button", value="take")


def test_an_upload_that_is_thrown_away_is_gone(office: Office) -> None:
    path = preview_path(upload(office, TABLE))

    office.send(path, do="forget")

    assert office.client.get(f"/de{path}").status_code == 303
    folder = office.app.extensions["catalogue"].settings.data / "uploads"
    assert os.listdir(folder) == []


def test_an_upload_belongs_to_its_account_and_lasts_an_hour(office: Office) -> None:
    path = preview_path(upload(office, TABLE))

    office.account = 8
    assert office.client.get(f"/de{path}").status_code == 303
    office.account = 7
    assert office.client.get(f"/de{path}").status_code == 200
    office.now = NOW.replace(hour=14)
    assert office.client.get(f"/de{path}").status_code == 303
    assert office.send(path, do="take", state="pending").location.endswith("gone=1")
    assert reports(office) == []


@pytest.mark.parametrize("token", ["x", "." * 32, "..%2F..%2Fsecret.key", "a" * 32])
def test_a_made_up_upload_finds_nothing(office: Office, token: str) -> None:
    answer = office.client.get(f"/de/office/upload/{token}")

    assert answer.status_code in (303, 404)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "leer.csv", "Die Datei ist leer"),
        (b"a;b\n1;2\n", "t.csv", "fehlt „Lösung“ oder „Kommune“"),
        ("Lösung;Kommune\n".encode(), "t.csv", "Die Datei ist leer"),
        ("Lösung;Kommune;AGS\nx;y;z\n".encode(), "t.csv", "steht zweimal da"),
        (b"PK\x03\x04kaputt", "t.xlsx", "beschädigt"),
        ("Lösung;Kommune\n".encode() + b"x;y\n" * 10_001, "t.csv", "mehr als 5.000 Zeilen"),
        (b"x" * (2 * 1024 * 1024 + 1), "t.csv", "zu groß"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(office, data, name, expected) -> None:
    answer = upload(office, data, name)

    assert answer.status_code == 400
    assert expected in answer.text


def test_no_file_is_no_trouble(office: Office) -> None:
    answer = office.send("/office/upload")

    assert answer.status_code == 400
    assert "Wählen Sie eine Datei aus." in answer.text


def test_an_enormous_body_is_not_read(office: Office) -> None:
    answer = upload(office, b"x" * (3 * 1024 * 1024))

    assert answer.status_code == 413
    assert reports(office) == []


def test_the_template_is_understood_as_it_is(office: Office) -> None:
    for lang in ("de", "en"):
        template = office.client.get(f"/{lang}/office/upload/template.csv").get_data(as_text=True)
        row = ";".join(["hal-plan", "Köln", "im Betrieb" if lang == "de" else "in use", "2025"])

        page = office.page(preview_path(upload(office, f"{template}{row}\n")))

        assert not page.all("ul", class_="work-row__faults")
        assert "im Betrieb seit 2025" in page.main.text


def test_what_a_stranger_wrote_into_a_table_is_shown_as_text(office: Office) -> None:
    evil = "<img src=x onerror=alert(1)>"

    page = office.page(preview_path(upload(office, f"Lösung;Kommune;{evil}\n{evil};=cmd|'/c calc'!A0;x\n")))

    assert evil in page.main.text
    assert not page.main.all("img")


def test_a_reader_cannot_upload(office: Office) -> None:
    office.role = Role.READER

    assert office.client.get("/de/office/upload").status_code == 403
