"""The status page of an entry: what was read, what failed, what helps, and asking for another look."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from babel.dates import format_date
from flask import Flask
from flask.testing import FlaskClient
from harvest_catalogue import (
    DAY,
    FORK,
    FORK_KEY,
    HOUR,
    LICENCE,
    NOW,
    TOOL,
    TOOL_KEY,
    a_snapshot,
    fact,
    fail,
    gap,
    keep,
    open_store,
    publish,
)
from html_page import Page
from page_checks import check_page

from catalogue.config import Settings
from catalogue.domain.snapshot import Question, Reason, Voice
from catalogue.storage.store import Store

STATUS = "/de/solutions/tool/status"
HOSTILE = '"><script>alert(1)</script>\u202e'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return publish(tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings)
    yield opened
    opened.close()


@pytest.fixture
def client(settings: Settings, make_app: Callable[..., Flask]) -> FlaskClient:
    return make_app(settings.data, entries=str(settings.entries)).test_client(use_cookies=False)


def page_of(client: FlaskClient, path: str = STATUS, lang: str = "de", **more: object) -> Page:
    answer = client.get(path, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    page = Page(answer.text, status=200, headers=answer.headers, address=path)
    check_page(page, lang)
    return page


def asked_for(store: Store, key: str = TOOL_KEY) -> bool:
    return store.harvest.standings([key])[key].asked_for is not None


# --- What is shown


def test_what_was_read_stands_with_voice_file_line_and_day(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(fact(Question.LICENCE, "MIT", Voice.LICENCE_FILE, "LICENSE", line=3)))

    page = page_of(client)

    commit = "c0ffee" * 6 + "c0de"
    assert f"{TOOL}/blob/{commit}/LICENSE#L3" in page.links()
    assert f"{TOOL}/commit/{commit}" in page.links()
    assert "MIT" in page.main.text
    assert "Lizenzdatei, LICENSE, Zeile 3" in page.main.text
    assert "gefragt: GitHub" in page.main.text


def test_what_is_not_there_and_what_could_not_be_read_stand_apart(client: FlaskClient, store: Store) -> None:
    gaps = (
        gap(Question.CHANGELOG, Voice.TREE),
        gap(Question.REACTION, Voice.FORGE, Reason.LIMITED, "rate limit"),
        gap(Question.CONTACT, Voice.README, Reason.PERSONAL),
    )
    keep(store, a_snapshot(LICENCE, gaps=gaps))

    text = page_of(client).main.text

    absent, _, unread = text.partition("Nicht zu lesen oder nicht gefragt")
    assert "Änderungsprotokoll" in absent.partition("Nachgesehen und nicht vorhanden")[2]
    assert "Antwort auf Meldungen: die Plattform bat um eine Pause (rate limit)" in unread
    assert "Ansprechstelle: dort steht nur eine Person" in unread


def test_what_one_voice_could_not_tell_is_not_called_absent(client: FlaskClient, store: Store) -> None:
    gaps = (
        gap(Question.CONTACT, Voice.PUBLICCODE),
        gap(Question.CONTACT, Voice.README, Reason.UNREACHABLE),
    )
    keep(store, a_snapshot(LICENCE, gaps=gaps))

    assert "Nachgesehen und nicht vorhanden" not in page_of(client).main.text


def test_a_failure_says_since_when_and_why_and_what_is_known_stays(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(when=NOW - 9 * DAY))
    fail(store, when=NOW - 5 * DAY)
    fail(store, when=NOW - 4 * DAY, detail="connection refused")

    text = page_of(client).main.text

    assert "Wir konnten nicht nachsehen." in text
    assert "connection refused" in text
    assert "Erfolglose Versuche in Folge: 2." in text
    assert "Was wir davor gelesen haben, bleibt stehen." in text
    assert "Fragen Sie die Ansprechstelle".lower() in text.lower()


def test_a_voice_is_called_as_on_the_profile(client: FlaskClient, store: Store) -> None:
    stated = fact(Question.LICENCE, "MIT", Voice.METADATA, "package.json")
    described = fact(Question.VERSION, "1.0", Voice.PUBLICCODE, "publiccode.yml")
    keep(store, a_snapshot(LICENCE, stated, described))

    text = page_of(client).main.text

    assert "Paketbeschreibung, package.json" in text
    assert "Quelle: publiccode.yml, Zeile 1" in text  # and not "publiccode.yml, publiccode.yml"


def test_a_contradiction_and_a_faulty_publiccode_say_how_to_mend_them(
    client: FlaskClient, store: Store
) -> None:
    verdict = {"valid": False, "errors": 3, "warnings": 1}
    keep(
        store,
        a_snapshot(LICENCE, fact(Question.PUBLICCODE, verdict, Voice.PUBLICCODE, "publiccode.yml")),
    )

    text = page_of(client).main.text

    assert "Zur Lizenz gibt es unterschiedliche Angaben." in text  # the entry says EUPL-1.2
    assert "EUPL-1.2" in text
    assert "entspricht nicht dem Standard (Fehler: 3, Warnungen: 1)" in text
    assert "catalogue publiccode check publiccode.yml" in text


def test_a_fork_names_the_solution_that_it_comes_from_and_is_named_there(
    client: FlaskClient, store: Store
) -> None:
    origin = fact(Question.ORIGIN, {"kind": "fork", "address": TOOL}, Voice.FORGE)
    keep(store, a_snapshot())
    keep(store, a_snapshot(LICENCE, origin, asked=FORK), key=FORK_KEY)

    fork, tool = page_of(client, "/de/solutions/fork/status"), page_of(client)

    assert "/de/solutions/tool" in fork.links()
    assert "Abspaltung (Fork) von" in fork.main.text
    assert "/de/solutions/fork/status" in tool.links()


def test_a_moved_repository_shows_both_addresses(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(address="https://github.com/town/toolbox"))

    page = page_of(client)

    assert {TOOL, "https://github.com/town/toolbox"} <= set(page.links())
    assert "Tragen Sie die neue Adresse in den Eintrag ein." in page.main.text


def test_an_entry_without_repository_has_a_page_that_helps(client: FlaskClient) -> None:
    page = page_of(client, "/de/solutions/bare/status")

    assert "Es ist kein Repositorium bekannt." in page.main.text
    assert "/de/submit" in page.links()
    assert not page.main.all("form")


def test_a_list_of_repositories_is_said_to_be_one(client: FlaskClient) -> None:
    page = page_of(client, "/de/solutions/listing/status")

    assert "Das ist eine Liste mehrerer Repositorien" in page.main.text
    assert not page.main.all("form")


def test_what_shipped_with_the_catalogue_is_said_to_have(client: FlaskClient, store: Store) -> None:
    store.harvest.keep(TOOL_KEY, a_snapshot(), now=NOW, due=NOW + DAY, remembered={}, is_shipped=True)

    text = page_of(client).main.text
    assert "Er selbst hat hier noch nicht nachgesehen." in text
    assert (
        f"(Stand {format_date((NOW - DAY).date(), 'medium', 'de')})" in text
    )  # the level is not one of today


def test_a_solution_that_is_not_there_has_no_status(client: FlaskClient) -> None:
    assert client.get("/de/solutions/nobody-knows/status").status_code == 404
    assert client.post("/de/solutions/nobody-knows/status").status_code == 404


def test_a_page_is_whole_where_nobody_has_looked_yet(client: FlaskClient) -> None:
    page = page_of(client)

    assert "noch nie" in page.main.text
    assert page_of(client, "/en/solutions/tool/status", "en").heading


def test_what_strangers_write_is_only_text(client: FlaskClient, store: Store) -> None:
    facts = (
        fact(Question.VERSION, HOSTILE + "x" * 5000, Voice.HISTORY),
        fact(Question.HOMEPAGE, "javascript:alert(1)", Voice.FORGE),
        fact(Question.ORIGIN, {"kind": "fork", "address": "javascript:alert(1)"}, Voice.FORGE),
        fact(Question.NAME, "%(name)s {0} {{7*7}}", Voice.README, f"{HOSTILE}.md"),
        fact(Question.LANGUAGES, (HOSTILE, "Python"), Voice.TREE),
        fact(Question.SUMMARY, {"de": HOSTILE}, Voice.PUBLICCODE),
    )
    keep(store, a_snapshot(*facts, gaps=[gap(Question.TESTS, Voice.TREE, Reason.UNREADABLE, HOSTILE)]))
    fail(store, when=NOW - 5 * DAY, detail=HOSTILE * 100)

    page = page_of(client)

    assert len(page.all("script")) == 1  # ours
    assert not [link for link in page.links() if urlsplit(link).scheme not in ("", "https", "mailto")]
    assert "{{7*7}}" in page.main.text
    assert "\u202e" not in page.html  # would turn the rest of the line round
    assert max(len(word) for word in page.main.text.split()) <= 400


# --- Noch einmal ansehen


def test_the_button_notes_down_a_look_and_says_so(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot())
    form = page_of(client).main.one("form")
    assert (form["method"], form["action"]) == ("post", STATUS)

    answer = client.post(STATUS, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert asked_for(store)
    address, _, place = answer.headers["Location"].partition("#")
    page = page_of(client, address)
    assert page.section(place).text.count("Ein neuer Blick ist vorgemerkt.") == 1  # where the reader lands
    assert not page.main.all("form")  # once is enough


def test_a_second_wish_changes_nothing(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot())
    client.post(STATUS)
    first = store.harvest.standings([TOOL_KEY])[TOOL_KEY].asked_for

    answer = client.post(STATUS)

    assert dict(parse_qsl(urlsplit(answer.headers["Location"]).query)) == {"asked": "already"}
    assert store.harvest.standings([TOOL_KEY])[TOOL_KEY].asked_for == first


def test_who_has_just_been_looked_at_has_to_wait_and_is_told(client: FlaskClient, store: Store) -> None:
    keep(store, a_snapshot(when=NOW - HOUR / 4))

    answer = client.post(STATUS)

    assert not asked_for(store)
    page = page_of(client, answer.headers["Location"].partition("#")[0])
    assert "Wir haben gerade erst nachgesehen." in page.main.text
    assert "Minuten" in page.main.text
    assert not page.main.all("form")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_press_the_button(
    client: FlaskClient, store: Store, headers: dict[str, str]
) -> None:
    answer = client.post(STATUS, headers=headers)

    assert answer.status_code == 403
    assert not asked_for(store)
    assert "Das geht nur von unserer Seite aus" in answer.text


def test_reading_the_page_asks_for_nothing(client: FlaskClient, store: Store) -> None:
    page = page_of(client, f"{STATUS}?asked=asked")

    assert not asked_for(store)
    assert not page.all(id="notice")  # nothing is noted down, whatever the address claims
    assert page.is_noindex


def test_nothing_is_promised_where_the_harvest_does_not_run(client: FlaskClient, store: Store) -> None:
    client.post(STATUS)  # nobody has ever looked

    assert "Die Ernte läuft hier zurzeit nicht." in page_of(client).main.text


def test_nothing_is_promised_where_the_harvest_is_switched_off(
    settings: Settings, store: Store, make_app: Callable[..., Flask]
) -> None:
    client = make_app(settings.data, harvest="off").test_client(use_cookies=False)
    keep(store, a_snapshot())
    client.post(STATUS)

    assert "Dieser Katalog sieht zurzeit nicht selbst nach." in page_of(client).main.text


def test_a_wish_that_could_not_be_noted_down_is_told_in_a_friendly_way(client: FlaskClient) -> None:
    page = page_of(client, f"{STATUS}?asked=unavailable")

    assert "Das ließ sich gerade nicht vormerken." in page.main.text
    assert "Bitte versuchen Sie es in einigen Minuten noch einmal." in page.main.text
