"""The office's work list: what waits, with what is known of it, and deciding on it in one click."""

from dataclasses import replace
from datetime import timedelta

import pytest
from office import A_YEAR_AGO, COLOGNE, HALLE, MAIL, NOW, Office, a_claim, a_report, confirmed

from catalogue.domain.access import Right, Role, may
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import Action, MailDomain, State, Visibility


def rows(page) -> list[str]:
    return [row.text for row in page.all("li", class_="work-row")]


def test_an_office_with_nothing_to_do_shows_what_the_harvest_found(office: Office) -> None:
    page = office.page("/office")

    assert page.heading == "Arbeitsliste"
    assert "0 Zu bestätigen" in [node.text for node in page.all("a", class_="work-index__item")]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_page_of_the_office_opens_in_both_languages(office: Office, lang: str) -> None:
    number = office.add(email=MAIL)
    paths = ["/office", "/office/work/pending", "/office/work/contacts", "/office/work/unpublished"]
    paths += ["/office/reports", f"/office/reports/{number}", f"/office/reports/{number}/correct"]
    paths += ["/office/reports/new", "/office/audit", "/office/upload"]

    for path in paths:
        assert office.page(path, lang=lang).heading


def test_a_report_stands_in_the_list_with_what_is_known_of_it(office: Office) -> None:
    office.add(mail_domain=MailDomain.OWN)
    office.add(a_claim(solution="civitas-core"), **confirmed())
    office.add(mail_domain=MailDomain.FREE)

    first, second = rows(office.page("/office/work/pending"))

    assert first.startswith("Magdeburg")
    assert "im Betrieb seit Mai 2025" in first
    assert "Mail der Kommune" in first
    assert "100.000 Einwohner und mehr" in first
    assert "1 weitere Meldung zu derselben Lösung" in first
    assert "1 Meldung zu anderen Lösungen" in first
    assert "Eintrag nennt sie" in first  # HAL-Plan's entry names Magdeburg
    assert "Mail eines freien Anbieters" in second


def test_one_click_confirms_publishes_tells_the_reporter_and_leads_to_the_next(office: Office) -> None:
    first, second = office.add(email=MAIL), office.add(a_claim(body=COLOGNE))
    page = office.page("/office/work/pending")
    button = page.all("button", name="one")[0]
    after = page.one("input", name=f"after-{first}")["value"]

    answer = office.send(
        "/office/decide", one=button["value"], here="pending", page="1", **{f"after-{first}": after}
    )

    assert answer.status_code == 303
    report = office.report(first)
    assert (report.state, report.decided_at, report.affirmed_at) == (State.CONFIRMED, NOW, NOW)
    assert office.changed == [frozenset({"hal-plan"})]
    assert office.delivered == 1
    assert [mail["address"] for mail in office.mails()] == [MAIL]
    shown = office.page(answer.location.removeprefix("/de"))
    assert f"Meldung {first} ist bestätigt." in shown.main.text
    focused = [link for link in shown.all("a") if "autofocus" in link.attributes]
    assert [link["href"] for link in focused] == [f"/de/office/reports/{second}"]


def test_pressing_the_button_twice_confirms_once_and_is_no_trouble(office: Office) -> None:
    number = office.add(email=MAIL)
    ticket, seen = office.ticket(), office.seen(number)

    for _ in range(2):
        answer = office.send("/office/decide", one=f"confirm:{seen}", here="pending", ticket=ticket)

    assert "/office/work/pending" in answer.location
    assert len(office.store.reuse.history(number)) == 2
    assert len(office.mails()) == 1


def test_several_are_confirmed_at_once_and_published_once(office: Office) -> None:
    numbers = [office.add(a_claim(body=body)) for body in (HALLE, COLOGNE)]

    answer = office.send(
        "/office/decide", do="confirm", chosen=[office.seen(number) for number in numbers], here="pending"
    )

    assert [office.report(number).state for number in numbers] == [State.CONFIRMED] * 2
    assert office.changed == [frozenset({"hal-plan"})]
    assert "2 Meldungen sind bestätigt." in office.page(answer.location.removeprefix("/de")).main.text


def test_nothing_selected_confirms_nothing(office: Office) -> None:
    number = office.add()

    answer = office.send("/office/decide", do="confirm", here="pending")

    assert office.report(number).state is State.PENDING
    assert office.changed == []
    assert "Nichts ausgewählt" in office.page(answer.location.removeprefix("/de")).main.text


def test_what_another_official_was_quicker_with_is_shown_and_not_overwritten(office: Office) -> None:
    number = office.add()
    seen = office.seen(number)
    office.account = 8
    office.decide(number, "reject", reason="Kein Nachweis.")
    office.account = 7

    answer = office.send("/office/decide", one=f"confirm:{seen}", here="pending")

    page = office.page(answer.location.removeprefix("/de"))
    assert office.report(number).state is State.REJECTED
    assert "hat sich inzwischen geändert" in page.main.text
    assert "Ada Verwaltung: abgelehnt" in page.main.text


def test_of_several_those_are_named_that_could_not_be_done(office: Office) -> None:
    done, late = (
        office.add(email=MAIL, **confirmed(A_YEAR_AGO)),
        office.add(email=MAIL, **confirmed(A_YEAR_AGO)),
    )
    without = office.add(a_claim(body=HALLE), **confirmed(A_YEAR_AGO))
    chosen = [office.seen(number) for number in (done, late, without)]
    office.account = 8
    office.decide(late, "affirm", reason="Anruf.")
    office.account = 7

    answer = office.send("/office/decide", do="ask", chosen=chosen, here="stale")

    page = office.page(answer.location.removeprefix("/de"))
    said = [note.text for note in page.all("div", class_="told")]
    assert f"Zu Meldung {done} ist nachgefragt." in said[0]
    assert f"Meldung {without}: Es ist keine Adresse hinterlegt." in said[1]
    assert f"Meldung {late} hat sich inzwischen geändert." in said[2]
    (link,) = page.all("div", class_="told")[2].all("a")
    there = office.page(link["href"].removeprefix("/de"))
    assert "Ada Verwaltung: gilt weiter" in there.one("div", role="alert").text


@pytest.mark.parametrize("query", ["refused=x", "refused=1.x", "overtaken=x", "overtaken=1", "overtaken=1.²"])
def test_an_address_that_was_made_up_says_nothing(office: Office, query: str) -> None:
    page = office.page(f"/office?done=confirm&{query}")

    assert not page.all("div", class_="told")


def test_a_confirmed_report_that_was_changed_waits_until_it_is_accepted_or_taken_back(office: Office) -> None:
    kept, reverted = office.add(**confirmed()), office.add(a_claim(body=COLOGNE), **confirmed())
    for number in (kept, reverted):
        report = office.report(number)
        ended = (*report.claim.steps, Step(stage=Stage.ENDED, since="2026-06"))
        office.store.reuse.keep(
            replace_claim(report, steps=ended), action=Action.CHANGED, actor="reporter", now=NOW
        )
    waiting = rows(office.page("/office/work/to-check"))
    assert len(waiting) == 2
    for row in waiting:  # what was changed stands beside the button
        assert (
            "Stufe: im Betrieb seit Mai 2025 → jetzt: im Betrieb seit Mai 2025 → beendet seit Juni 2026"
            in row
        )

    office.send("/office/decide", one=f"accept:{office.seen(kept)}", here="to-check")
    office.send("/office/decide", one=f"revert:{office.seen(reverted)}", here="to-check")

    assert rows(office.page("/office/work/to-check")) == []
    assert office.report(kept).claim.stage is Stage.ENDED
    assert office.report(reverted).claim.stage is Stage.IN_USE
    assert len(office.changed) == 2


def replace_claim(report, **changes):
    return replace(report, claim=replace(report.claim, **changes), is_to_check=True)


def test_old_confirmations_are_asked_about_once_in_sixty_days(office: Office) -> None:
    old = office.add(email=MAIL, **confirmed(A_YEAR_AGO))
    office.add(a_claim(body=HALLE), **confirmed(NOW))  # fresh
    ended = a_claim(body=COLOGNE, steps=(Step(stage=Stage.ENDED, since="2024"),))
    office.add(ended, **confirmed(A_YEAR_AGO))  # nothing changes any more
    (row,) = rows(office.page("/office/work/stale"))
    assert row.startswith("Magdeburg")

    office.send("/office/decide", one=f"ask:{office.seen(old)}", here="stale")

    assert rows(office.page("/office/work/stale")) == []
    (mail,) = office.mails()
    assert mail["address"] == MAIL
    assert "/de/reuse/receipt/" in str(mail["text"])
    assert office.changed == []
    assert office.delivered == 1
    again = office.decide(old, "ask")
    assert again.status_code == 400
    assert "In den letzten 60 Tagen" in again.text
    office.now = NOW + timedelta(days=61)
    assert len(rows(office.page("/office/work/stale"))) == 1


def test_a_report_without_an_address_cannot_be_asked_about(office: Office) -> None:
    number = office.add(**confirmed(A_YEAR_AGO))

    answer = office.send("/office/decide", one=f"ask:{office.seen(number)}", here="stale")

    assert "Es ist keine Adresse hinterlegt" in office.page(answer.location.removeprefix("/de")).main.text
    assert office.report(number).asked_at is None


def test_a_denial_waits_as_long_as_the_entry_names_the_body(office: Office) -> None:
    office.add(a_claim(steps=()), **confirmed())
    office.add(a_claim(steps=(), body=COLOGNE), **confirmed())  # no entry says that Cologne uses it

    (row,) = rows(office.page("/office/work/denied"))

    assert row.startswith("Magdeburg")
    assert "keine Nachnutzung" in row


def test_three_thousand_reports_are_read_page_by_page(office: Office) -> None:
    reports = [a_report(a_claim(solution=f"solution-{n % 100}")) for n in range(3000)]
    office.store.reuse.keep_new(reports, action=Action.SUBMITTED, actor="reporter", now=NOW)
    office.page("/office")  # warm

    with office.queries() as few:
        office.page("/office/work/pending?page=120")
    with office.queries() as start:
        office.page("/office")
    with office.queries() as listed:
        page = office.page("/office/reports?page=3&sort=body")

    assert len(few) < 15
    assert len(start) < 45
    assert len(listed) < 15
    assert "3.000 Meldungen" in page.main.text
    assert len(page.all("tbody")[0].all("tr")) == 25


def test_the_counts_follow_each_report_and_the_clock(office: Office) -> None:
    def counts() -> list[str]:
        return [node.text for node in office.page("/office").all("a", class_="work-index__item")]

    number = office.add()
    assert "1 Zu bestätigen" in counts()
    office.add(a_claim(solution="civitas-core"), **confirmed())
    office.add(a_claim(body=COLOGNE))
    assert "2 Zu bestätigen" in counts()  # although the clock stands still
    office.decide(number, "reject", reason="Doppelt.")
    assert "1 Zu bestätigen" in counts()
    assert "0 Älter als zwölf Monate" in counts()

    office.now += timedelta(days=400)
    assert "1 Älter als zwölf Monate" in counts()


def test_changed_reports_are_looked_up_all_at_once(office: Office) -> None:
    def change(body: str) -> None:
        report = office.report(office.add(a_claim(body=body), **confirmed()))
        moved = replace_claim(report, operator="IT der Stadt")
        office.store.reuse.keep(moved, action=Action.CHANGED, actor="reporter", now=NOW)

    change(COLOGNE)
    office.page("/office/work/to-check")  # warm
    with office.queries() as one:
        office.page("/office/work/to-check")
    for body in (HALLE, "15003000", "09162000"):
        change(body)
    office.page("/office/work/to-check")  # counts anew
    with office.queries() as four:
        assert len(rows(office.page("/office/work/to-check"))) == 4

    assert len(four) == len(one)


def test_a_page_beyond_the_last_leads_to_the_last(office: Office) -> None:
    office.add()

    assert office.client.get("/de/office/work/pending?page=9").location == "/de/office/work/pending?page=1"
    assert office.client.get("/de/office/reports?page=9").location == "/de/office/reports"
    assert office.client.get("/de/office/audit?page=9").location == "/de/office/audit"


# --- Who may


@pytest.mark.parametrize("role", list(Role))
def test_buttons_are_shown_only_to_those_who_may(office: Office, role: Role) -> None:
    number = office.add(email=MAIL, **confirmed(A_YEAR_AGO))
    office.add(a_claim(body=HALLE))
    office.role = role

    page, report = office.page("/office"), office.page(f"/office/reports/{number}")

    may_decide = may(role, Right.DECIDE)
    assert bool(page.all("button", name="one")) is may_decide
    assert bool(report.all("input", name="seen")) is may_decide
    assert (MAIL in report.html) is may(role, Right.SEE_MAIL)
    assert ("Link sperren" in report.main.text) is may(role, Right.REVOKE)
    audit = office.page("/office/audit")
    assert bool(audit.links("Als CSV herunterladen")) is may(role, Right.EXPORT_AUDIT)


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/office/decide", Right.DECIDE),
        ("/office/reports/1", Right.DECIDE),
        ("/office/reports/1/correct", Right.DECIDE),
        ("/office/reports/new", Right.DECIDE),
        ("/office/upload", Right.UPLOAD),
        ("/office/upload/abc", Right.UPLOAD),
    ],
)
def test_who_may_not_is_refused_even_with_a_form(office: Office, path: str, right: Right) -> None:
    number = office.add()
    ticket = office.ticket()
    office.role = Role.READER
    assert not may(Role.READER, right)

    answer = office.send(path, do="confirm", one=f"confirm:{number}.1", seen=f"{number}.1", ticket=ticket)

    assert answer.status_code == 403
    assert office.report(number).state is State.PENDING


def test_nobody_sees_the_office_without_a_login(office: Office) -> None:
    number = office.add()
    office.role = None
    paths = ["/office", "/office/work/pending", "/office/reports", f"/office/reports/{number}"]
    paths += ["/office/reports.csv", "/office/audit", "/office/audit.csv", "/office/upload"]

    for path in paths:
        answer = office.client.get(f"/de{path}")
        assert answer.status_code == 303, path
        assert "login" in answer.location


@pytest.mark.parametrize(
    ("headers", "ticket"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, None),
        ({"Origin": "https://evil.example"}, None),
        ({}, ""),
        ({}, "made.up"),
    ],
)
def test_a_form_that_is_not_ours_changes_nothing(office: Office, headers, ticket) -> None:
    number = office.add()
    given = office.ticket() if ticket is None else ticket

    for path in ("/office/decide", f"/office/reports/{number}", "/office/reports/new", "/office/upload"):
        answer = office.client.post(
            f"/de{path}",
            data={"ticket": given, "one": f"confirm:{office.seen(number)}", "do": "confirm"},
            headers=headers,
        )
        assert answer.status_code == 403, path

    assert office.report(number).state is State.PENDING


def test_the_ticket_of_another_login_is_worth_nothing(office: Office) -> None:
    number = office.add()
    ticket = office.ticket()
    office.account = 8

    answer = office.send("/office/decide", one=f"confirm:{office.seen(number)}", ticket=ticket)

    assert answer.status_code == 403


def test_only_the_office_sees_who_does_not_want_to_be_named(office: Office) -> None:
    office.add(a_claim(body=COLOGNE, visibility=Visibility.UNNAMED))

    (row,) = rows(office.page("/office/work/pending"))

    assert row.startswith("Köln")
    assert "ohne Namen" in row
