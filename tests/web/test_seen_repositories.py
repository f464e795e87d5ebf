"""What looks at repositories add to profiles, cards, filters and the comparison."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import format_date
from builders import as_file
from flask import Flask
from flask.testing import FlaskClient
from html_page import Node, Page
from seen_repositories import (
    COMMIT,
    NOW,
    YESTERDAY,
    Look,
    a_snapshot,
    fact,
    months_ago,
    published_with,
)

from catalogue.domain.entry import Value
from catalogue.domain.snapshot import Gap, Question, Reason, Release, Voice
from catalogue.domain.snapshot_changes import Change, ChangeKind
from catalogue.domain.vitality import judge
from catalogue.domain.vitality_signs import Sign
from catalogue.services.known_reuses import unassigned_used_by
from catalogue.web.found import whose_domain
from catalogue.web.vitality import question_shape

GetPage = Callable[..., Page]
HOST = "https://github.com/town"
EVIL = "\"'><script>alert(1)</script>\u202e" + "x" * 3000


def an_entry(name: str, /, *parts: Mapping[str, Value], **fields: Value) -> str:
    """An entry whose main repository is called like it."""
    main = {"address": f"{HOST}/{name}", "role": "main"}
    return as_file(**{"name": name.title(), "repositories": [main, *parts], **fields})


LICENCE = {"expression": "MIT", "source": "README"}
ENTRIES = {
    "lively": an_entry("lively", licence=LICENCE, open_source="yes", maturity="stable"),
    "quarrel": an_entry("quarrel", licence=LICENCE, open_source="yes"),
    "parts": an_entry(
        "parts",
        {"address": f"{HOST}/part", "role": "component", "licence": "MIT"},
        {"address": f"{HOST}/unseen", "role": "component"},
        {"address": f"{HOST}/gone", "role": "component"},
        licence=LICENCE,
    ),
    "asleep": an_entry("asleep", licence=LICENCE),
    "attic": an_entry("attic", licence=LICENCE),
    "heir": an_entry("old-home", {"address": f"{HOST}/new-home", "role": "main"}),
    "shipped": an_entry("shipped", licence=LICENCE),
    "stale": an_entry("stale", licence=LICENCE),
    "silent": an_entry("silent"),
    "unseen-one": an_entry("nobody"),
    "bare": as_file(name="Without repository"),
    "evil": an_entry("evil", name="Evil stranger"),
}
TWO_MONTHS_AGO = datetime.now(UTC).replace(microsecond=0) - timedelta(days=61)
LOOKS = (
    Look(
        snapshot=a_snapshot(
            f"{HOST}/lively",
            fact(Question.LICENCE, "MIT", Voice.LICENCE_FILE, "LICENSE", (1, 21)),
            fact(Question.ARCHIVED, False, Voice.FORGE),
            fact(Question.TESTS, "tests/test_it.py", Voice.TREE, "tests/test_it.py"),
            last=months_ago(1),
            releases=tuple(Release(name=f"2.{n}", on=months_ago(9 - n)) for n in range(8, 0, -1)),
            gaps=(Gap(question=Question.CHANGELOG, reason=Reason.ABSENT, voice=Voice.TREE),),
        ),
        changes=(
            Change(
                kind=ChangeKind.LICENCE,
                on=months_ago(2),
                before="GPL-3.0-only",
                after="MIT",
                voice=Voice.LICENCE_FILE,
            ),
        ),
    ),
    Look(
        snapshot=a_snapshot(
            f"{HOST}/quarrel",
            fact(
                Question.LICENCE,
                "GPL-3.0-only",
                Voice.LICENCE_FILE,
                "LICENSE",
                (1, 674),
                notes=("later-may-apply",),
            ),
            fact(Question.LICENCE, "ISC", Voice.METADATA, "package.json", (12, 12)),
            last=months_ago(1),
        )
    ),
    Look(
        snapshot=a_snapshot(
            f"{HOST}/parts", fact(Question.LICENCE, "MIT", Voice.LICENCE_FILE, "LICENSE"), last=months_ago(10)
        )
    ),
    Look(
        snapshot=a_snapshot(
            f"{HOST}/part-now",
            fact(Question.LICENCE, "AGPL-3.0-only", Voice.LICENCE_FILE, "LICENSE", (1, 661)),
            fact(Question.ORIGIN, {"kind": "fork", "address": f"{HOST}/origin"}, Voice.FORGE),
            asked=f"{HOST}/part",
            last=months_ago(20),
        )
    ),
    Look(address=f"{HOST}/gone", failed="absent"),
    Look(snapshot=a_snapshot(f"{HOST}/asleep", last=months_ago(50), months=(0,) * 12)),
    Look(
        snapshot=a_snapshot(f"{HOST}/attic", fact(Question.ARCHIVED, True, Voice.FORGE), last=months_ago(5))
    ),
    Look(
        snapshot=a_snapshot(
            f"{HOST}/old-home", fact(Question.ARCHIVED, True, Voice.FORGE), last=months_ago(20)
        )
    ),
    Look(snapshot=a_snapshot(f"{HOST}/new-home", last=months_ago(1))),
    Look(
        snapshot=a_snapshot(f"{HOST}/shipped", last=TWO_MONTHS_AGO.date(), looked=TWO_MONTHS_AGO),
        is_shipped=True,
    ),
    Look(
        snapshot=a_snapshot(f"{HOST}/stale", last=months_ago(30), looked=YESTERDAY - timedelta(days=700)),
        is_shipped=True,
    ),
    Look(
        snapshot=a_snapshot(
            f"{HOST}/silent",
            fact(Question.LICENCE, "EUPL-1.2", Voice.PUBLICCODE, "publiccode.yml", (9, 9)),
            fact(Question.MATURITY, "beta", Voice.PUBLICCODE, "publiccode.yml", (4, 4)),
            fact(Question.VERSION, "0.9", Voice.PUBLICCODE, "publiccode.yml", (5, 5)),
            fact(Question.HOMEPAGE, "https://silent.example.org/", Voice.PUBLICCODE, "publiccode.yml"),
            fact(Question.DOCUMENTATION, "docs/start.md", Voice.TREE, "docs/start.md"),
            fact(Question.LANGUAGES, ("Python", "TypeScript"), Voice.TREE),
            fact(Question.STANDARDS, {"id": "oparl", "rule": "named"}, Voice.README, "README.md", (3, 3)),
            fact(Question.PACKAGING, {"kind": "dockerfile", "name": "Dockerfile"}, Voice.TREE, "Dockerfile"),
            fact(Question.SECURITY_POLICY, "SECURITY.md", Voice.TREE, "SECURITY.md"),
            fact(Question.CHANGELOG, "CHANGELOG.md", Voice.TREE, "CHANGELOG.md"),
            fact(
                Question.CONTACT,
                {"email": "security@town.example.org"},
                Voice.SECURITY,
                "SECURITY.md",
                (6, 6),
                notes=("for-security",),
            ),
            fact(
                Question.USED_BY,
                ("Stadt Münster", "Stadt Halle"),
                Voice.PUBLICCODE,
                "publiccode.yml",
                (30, 30),
            ),
            last=months_ago(1),
        )
    ),
    Look(
        snapshot=a_snapshot(
            f"{HOST}/evil",
            fact(Question.LICENCE, EVIL, Voice.LICENCE_FILE, "a/" + EVIL),
            fact(Question.LICENCE, "MIT", Voice.PUBLICCODE, "publiccode.yml"),
            fact(Question.HOMEPAGE, "javascript:alert(1)", Voice.FORGE),
            fact(Question.CONTACT, {"email": "a@b.example?bcc=c@d.example", "page": EVIL}, Voice.README),
            fact(Question.CONTACT, {"email": "x@y.example.org"}, Voice.README, EVIL),
            fact(Question.STANDARDS, {"id": EVIL}, Voice.README),
            fact(Question.LANGUAGES, (EVIL,) * 50, Voice.TREE),
            fact(Question.PACKAGING, {"kind": EVIL, "name": EVIL}, Voice.TREE),
            fact(Question.USED_BY, tuple(f"{n}{EVIL}" for n in range(60)), Voice.PUBLICCODE),
            fact(Question.ORIGIN, {"kind": "fork", "address": "javascript:alert(1)"}, Voice.FORGE),
            last=months_ago(1),
            people=1,
            releases=(Release(name=EVIL, on=months_ago(1)),),
        )
    ),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, make_app: Callable[..., Flask]) -> Flask:
    """The application on a catalogue whose repositories were looked at."""
    folder = tmp_path_factory.mktemp("seen")
    return make_app(published_with(folder, ENTRIES, LOOKS), office_email="katalog@example.org")


@pytest.fixture(scope="module")
def titles() -> dict[tuple[str, str], str]:
    """The titles of this catalogue's pages."""
    return {}


def german(day: date, form: str = "medium") -> str:
    return format_date(day, form, locale="de")


def hrefs(node: Node) -> list[str]:
    return [link["href"] for link in node.all("a")]


# --- The profile


def test_the_glance_tells_level_last_commit_people_version_and_draws_the_months(get_page: GetPage) -> None:
    glance = get_page("/solutions/lively").section("glance")

    assert "Lebhaft" in glance.text
    assert f"Letzte Änderung: {german(months_ago(1))}" in glance.text
    assert "2 Personen in zwölf Monaten" in glance.text
    assert f"Letzte Version: 2.8 vom {german(months_ago(1))}" in glance.text
    picture = glance.one("svg", role="img")
    assert picture.one("title").text.startswith("Änderungen je Monat, ")
    assert picture.one("desc").text.endswith(": 8.")
    assert len(picture.all("rect")) == 6  # a month without commits has no bar


def test_the_numbers_of_the_picture_stand_in_a_table(get_page: GetPage) -> None:
    rows = get_page("/solutions/lively").section("vitality").one("table").one("tbody").all("tr")

    assert [row.one("td").text for row in rows] == [
        "0",
        "0",
        "3",
        "0",
        "5",
        "8",
        "0",
        "0",
        "2",
        "0",
        "1",
        "4",
    ]


def test_yes_no_and_unknown_are_three_answers_each_with_its_reason(get_page: GetPage) -> None:
    signs = get_page("/solutions/lively").section("vitality").all("div", class_="sign")
    told = {sign.one("dt").text: sign for sign in signs}

    yes, no = told["Gibt es automatische Tests?"], told["Gibt es ein Änderungsprotokoll?"]
    unknown = told["Werden Meldungen innerhalb von zwei Wochen beantwortet?"]
    assert yes.one("span", class_="outcome").text == "Ja"
    assert hrefs(yes) == [f"{HOST}/lively/blob/{COMMIT}/tests/test_it.py"]
    assert no.one("span", class_="outcome").text == "Nein"
    assert "Das würde die Antwort ändern: Eine Datei CHANGELOG.md" in no.text
    assert unknown.one("span", class_="outcome").text == "Nicht bekannt"
    assert "Danach hat noch niemand gefragt" in unknown.text
    assert len(told) == 15


def test_a_licence_is_shown_with_the_lines_that_say_it(get_page: GetPage) -> None:
    permission = get_page("/solutions/lively").section("permission")

    assert f"{HOST}/lively/blob/{COMMIT}/LICENSE#L1-L21" in hrefs(permission)
    assert f"Quelle: Lizenzdatei, LICENSE, Zeilen 1 bis 21, Stand {german(YESTERDAY)}" in permission.text
    assert not permission.all("div", class_="alert")


def test_a_contradiction_is_one_plain_sentence_with_links_on_both_sides(get_page: GetPage) -> None:
    page = get_page("/solutions/quarrel")

    alert = page.section("permission").one("div", class_="alert")

    assert (
        "Der Eintrag nennt MIT, die Lizenzdatei nennt GPL-3.0-only, die Paketbeschreibung nennt ISC."
        in alert.text
    )
    assert "Gezeigt wird GPL-3.0-only, laut Lizenzdatei." in alert.text
    assert "ob auch spätere Fassungen gelten, sagt der Text allein nicht" in alert.text
    assert hrefs(alert) == [
        f"{HOST}/quarrel/blob/{COMMIT}/LICENSE#L1-L674",
        f"{HOST}/quarrel/blob/{COMMIT}/package.json#L12",
    ]
    assert "Die Angaben zur Lizenz widersprechen sich" in page.section("glance").text


def test_a_contradiction_in_a_part_names_the_repository(get_page: GetPage) -> None:
    page = get_page("/solutions/parts")

    alert = page.section("permission").one("div", class_="alert")

    assert "Im Repositorium github.com/town/part:" in alert.text
    assert "Der Eintrag nennt MIT, die Lizenzdatei nennt AGPL-3.0-only." in alert.text
    assert "Für einen Teil widersprechen sich" in page.section("glance").text


def test_each_repository_has_its_own_standing(get_page: GetPage) -> None:
    rows = get_page("/solutions/parts").section("technology").all("li", class_="repository")
    main, part, unseen, gone = rows

    assert "Gepflegt" in main.text
    assert "Ruhig" in part.text
    assert "Lizenz: AGPL-3.0-only" in part.text
    assert "Umgezogen nach github.com/town/part-now" in part.text
    assert "Abspaltung (Fork) von github.com/town/origin" in part.text
    assert "Nicht angesehen" in unseen.text
    assert "vergeblich nachgesehen: Dort ist kein öffentliches Git-Repositorium." in gone.text


@pytest.mark.parametrize(
    ("key", "word", "notice"),
    [
        ("asleep", "Eingeschlafen", "Im Quelltext hat sich seit mehr als drei Jahren nichts geändert."),
        ("attic", "Archiviert", "Das Repositorium ist archiviert."),
    ],
)
def test_what_is_dead_says_so_in_words_on_its_profile_and_card(
    get_page: GetPage, key: str, word: str, notice: str
) -> None:
    page = get_page(f"/solutions/{key}")
    card = next(card for card in get_page("/solutions").cards() if key.title() in card.text)

    assert notice in page.main.text
    assert word in page.section("glance").text
    assert word in [badge.text for badge in card.all("span", class_="badge")]


def test_work_that_goes_on_in_another_repository_is_said(get_page: GetPage) -> None:
    page = get_page("/solutions/heir")

    assert "Die Arbeit geht in einem anderen weiter: github.com/town/new-home" in page.main.text
    assert f"{HOST}/new-home" in hrefs(page.section("vitality"))
    assert "Gepflegt" in page.section("glance").text


def test_a_year_without_commits_draws_no_picture(get_page: GetPage) -> None:
    assert not get_page("/solutions/asleep").section("glance").all("svg")


def test_a_shipped_snapshot_is_shown_with_its_own_day(get_page: GetPage) -> None:
    page = get_page("/solutions/shipped")
    card = next(card for card in get_page("/solutions").cards() if "Shipped" in card.text)

    assert f"Stand {german(TWO_MONTHS_AGO)}" in page.section("glance").text
    assert "seither haben wir hier nicht nachgesehen" in page.section("vitality").text
    assert f"Stand {german(TWO_MONTHS_AGO, 'MMMM yyyy')}" in card.text


def test_a_look_that_is_too_old_tells_nothing_of_today(get_page: GetPage) -> None:
    page = get_page("/solutions/stale")

    assert "Nicht bekannt" in page.section("glance").text
    assert "Das ist zu lange her, um etwas über heute zu sagen." in page.section("vitality").text
    assert not page.section("glance").all("svg")


def test_nobody_has_looked_and_there_is_nothing_to_look_at_are_two_answers(get_page: GetPage) -> None:
    unseen, bare = (get_page(f"/solutions/{key}").section("vitality").text for key in ("unseen-one", "bare"))

    assert "haben wir noch nicht nachgesehen" in unseen
    assert "Ein öffentliches Repositorium ist nicht bekannt." in bare


def test_names_that_nobody_can_assign_are_offered_to_the_office_with_their_place(
    app: Flask, get_page: GetPage
) -> None:
    get_page("/")
    found = unassigned_used_by(app.extensions["catalogue"].current())

    place = f"{HOST}/silent/blob/{COMMIT}/publiccode.yml#L30"
    assert ("silent", "Stadt Halle", place) in found
    assert not [one for one in found if one.name == "Stadt Münster"]


def test_what_the_entry_leaves_open_comes_from_the_repository_with_its_voice(get_page: GetPage) -> None:
    page = get_page("/solutions/silent")
    technology, vitality = page.section("technology"), page.section("vitality")

    assert "EUPL-1.2" in page.section("glance").text
    assert "Beta" in vitality.text
    assert "Quelle: publiccode.yml, Zeile 4" in vitality.text
    assert "0.9" in vitality.text
    assert "https://silent.example.org/" in hrefs(page.section("description"))
    assert f"{HOST}/silent/blob/{COMMIT}/docs/start.md" in hrefs(technology)
    for words in ("Python, TypeScript", "OParl", "Container-Bauanleitung: Dockerfile", "CHANGELOG.md"):
        assert words in technology.text
    assert f"{HOST}/silent/blob/{COMMIT}/SECURITY.md" in hrefs(technology)
    assert "Im Repositorium genannt" in page.section("reuse").text
    assert "Stadt Halle" in page.section("reuse").text  # nobody can say which one
    assert "nennt die publiccode.yml, von der Kommune noch nicht bestätigt" in page.section("reuse").text
    assert page.section("reuse").all("a", href="/de/municipalities/05515000")
    assert f"{HOST}/silent/blob/{COMMIT}/publiccode.yml#L30" in hrefs(page.section("reuse"))
    assert "1 Nachnutzung davon noch keine bestätigt oder belegt" in page.section("glance").text


def test_more_contacts_are_named_with_their_voice(get_page: GetPage) -> None:
    contact = get_page("/solutions/silent").section("contact")

    assert "Weitere Ansprechstellen aus dem Repositorium" in contact.text
    assert "mailto:security@town.example.org" in hrefs(contact)
    assert "(für Sicherheitslücken)" in contact.text
    assert "Quelle: Sicherheitshinweise, SECURITY.md, Zeile 6" in contact.text


def test_the_profile_does_not_ask_for_what_the_repository_says(get_page: GetPage) -> None:
    silent, bare = (get_page(f"/solutions/{key}").section("improve").text for key in ("silent", "bare"))

    for asked in ("Lizenz mit Fundstelle", "Dokumentation", "Reifegrad"):
        assert asked in bare
        assert asked not in silent


def test_the_timeline_has_seen_changes_and_the_last_versions_newest_first(get_page: GetPage) -> None:
    timeline = get_page("/solutions/lively").section("timeline")
    events = [event.all("p")[1].text for event in timeline.all("li", class_="timeline__event")]

    assert events == [
        "Version 2.8 erschienen",
        "Lizenz geändert: bisher GPL-3.0-only, jetzt MIT",
        *(f"Version 2.{n} erschienen" for n in (7, 6, 5, 4)),
    ]
    assert "Quelle: Lizenzdatei, github.com/town/lively" in timeline.text


def test_a_mailbox_of_a_repository_says_whether_it_is_on_a_domain_of_the_providers(
    get_page: GetPage, app: Flask
) -> None:
    assert "(Domain der Anbieter)" in get_page("/solutions/evil").section("contact").text
    with app.test_request_context("/de/"):
        assert whose_domain("it@town.example", frozenset({"other.example"})) == (
            "andere Domain als die der Anbieter"
        )
        assert whose_domain("it@town.example", frozenset()) == ""


def test_what_strangers_write_shows_as_text_and_not_for_ever(get_page: GetPage) -> None:
    page = get_page("/solutions/evil")  # get_page checks that nothing runs and mails go to one recipient

    assert "javascript:" not in page.html
    assert "\u202e" not in page.html
    assert "x" * 250 not in page.main.text
    assert [link for link in hrefs(page.section("contact")) if link.startswith("mailto:")] == [
        "mailto:x@y.example.org"
    ]


@pytest.mark.parametrize("key", sorted(ENTRIES))
def test_every_profile_is_sound_in_english(get_page: GetPage, key: str) -> None:
    assert get_page(f"/solutions/{key}", "en").section("vitality")


# --- Filters and the comparison


def test_solutions_can_be_narrowed_by_vitality_and_last_activity(get_page: GetPage) -> None:
    lively = get_page("/solutions?vitality=lively")
    recent = get_page("/solutions?last_activity=6-months&vitality=archived")

    assert lively.card_names() == ["Lively"]
    assert recent.card_names() == ["Attic"]
    facet = get_page("/solutions").one("details", id="facet-vitality")
    for word in ("lebhaft", "gepflegt", "eingeschlafen", "archiviert"):
        assert word in facet.text


def test_the_comparison_says_as_of_when(client: FlaskClient) -> None:
    answer = client.get("/de/compare.csv?id=lively&id=quarrel&id=bare")
    rows = {
        row[0]: row[1:] for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    }

    seen = german(YESTERDAY)
    last = german(months_ago(1))
    assert rows["Lebenszeichen"] == [f"lebhaft (Stand {seen})", f"gepflegt (Stand {seen})", "nicht bekannt"]
    assert rows["Letzte Änderung"][0] == f"{last} (Stand {seen})"
    assert rows["Letzte Version"] == [f"2.8 vom {last} (Stand {seen})", "nicht bekannt", "nicht bekannt"]
    assert rows["Lizenz"][0] == f"MIT (laut Lizenzdatei, Stand {seen})"
    assert "Widerspruch: Der Eintrag nennt MIT, die Lizenzdatei nennt GPL-3.0-only" in rows["Lizenz"][1]


def test_more_versions_than_are_kept_are_at_least_so_many(app: Flask) -> None:
    kept = tuple(Release(name=f"1.{n}", on=months_ago(1)) for n in range(3))
    by = replace(a_snapshot(f"{HOST}/lively", last=months_ago(1), releases=kept), releases_in_all=931)
    found = judge(by, NOW, shipped=False).answer(Sign.RELEASES)

    with app.test_request_context("/de/"):
        assert question_shape(found, by)["evidence"].startswith("mindestens 3 Versionen; ")
        whole = replace(by, releases_in_all=3)
        assert question_shape(found, whole)["evidence"].startswith("3 Versionen; ")


def test_digits_are_grouped_as_the_language_does(app: Flask) -> None:
    by = a_snapshot(f"{HOST}/lively", last=months_ago(1), months=(0,) * 11 + (1234,))
    found = judge(by, NOW, shipped=False).answer(Sign.COMMIT_12)

    for lang, number in (("de", "1.234 "), ("en", "1,234 ")):
        with app.test_request_context(f"/{lang}/"):
            assert question_shape(found, by)["evidence"].startswith(number)


def test_a_year_without_people_names_nobody(get_page: GetPage) -> None:
    assert (
        "Niemand hat in zwölf Monaten mitgearbeitet" in get_page("/solutions/asleep").section("vitality").text
    )


def test_the_profile_leads_to_what_was_read(get_page: GetPage) -> None:
    for key in ("lively", "bare"):
        assert f"/de/solutions/{key}/status" in hrefs(get_page(f"/solutions/{key}").section("vitality"))
