"""Entries that passed the check and still mean harm: every text shows, nothing of it runs."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from builders import HALLE, MAGDEBURG, as_file, as_yaml
from flask import Flask
from flask.testing import FlaskClient
from html_page import Page, json_of
from page_checks import check_mail, check_page

from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.domain.entry import Value
from catalogue.domain.fields import SOLUTION_FIELDS, Field, Kind

EVIL = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)>" + " {{7*7}} %(name)s %s \\ ${1} --> ]]> <!--"
)
SHORT = "\"'><script>alert(1)</script>"
MAIL = "x&bcc=victim@example.org&body=boo?cc=a,b@example.org%0d%0aBcc:c@example.org#"
ADDRESS = "https://example.org/?a=1&b='x'&c=(javascript:alert(1))#onclick=alert(1)"
FORMULAS = ('=HYPERLINK("https://evil.example";"x")', "+1+1", "-2+3", "@SUM(A1)")
TEXT = """## <script\\>alert(1)</script\\>

`<script>alert(1)</script>` und [ein Link](https://example.org/%22onclick=%22alert(1))
und &lt;img src=x onerror=alert(1)&gt;

```
</code></pre><script>alert(1)</script>
```
"""


def hostile_value(field: Field) -> Value:
    """A value that the check lets through, as harmful as its kind allows."""
    if field.fields:
        made: Value = {
            inner.name: hostile_value(inner) for inner in field.fields if inner.kind is not Kind.FILE
        }
    else:
        made = {
            Kind.LINE: EVIL if field.longest > len(EVIL) else SHORT,
            Kind.TEXT: EVIL,
            Kind.CHOICE: field.choices[-1] if field.choices else "",
            Kind.ADDRESS: ADDRESS,
            Kind.EMAIL: "katalog@example.org",
            Kind.DATE: "2024-02",
            Kind.DAY: "2024-02-11",
            Kind.COUNT: "3",
            Kind.BODY: HALLE,
            Kind.SPDX: "LicenseRef-x",
            Kind.LANGUAGE: "de",
            Kind.TOPIC: "evil",
            Kind.SOLUTION: "mild",
            Kind.MODEL_PROJECT: "evil",
        }[field.kind]
    return [made] if field.many else made


def hostile_fields() -> dict[str, Value]:
    fields = {field.name: hostile_value(field) for field in SOLUTION_FIELDS if field.name != "screenshots"}
    row = {"relation": "uses", "stage": "in-use", "confirmed": "yes", "note": EVIL, "scope": EVIL}
    evidence = [{"source": EVIL}, {"address": ADDRESS}]
    fields["evidence"] = evidence
    fields["reuses"] = [
        {"body": MAGDEBURG, **row, "evidence": evidence},
        {"body": "evil-body", **row, "evidence": evidence},
        {"body": HALLE, **row, "relation": "partner", "evidence": evidence},
    ]
    fields["maturity"], fields["kind"], fields["open_source"] = "stable", "software", "yes"
    fields["milestones"] = [{"date": "2024-02-11", "text": EVIL, "evidence": evidence}]
    fields["stated_reach"] = [
        {"count": "3", "at_least": "true", "unit": EVIL, "as_of": "2024", "text": EVIL, "evidence": evidence}
    ]
    return fields


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, make_app: Callable[..., Flask]) -> FlaskClient:
    """A catalogue of nothing but harm."""
    folder = tmp_path_factory.mktemp("hostile")
    solutions = folder / "entries" / "solutions"
    solutions.mkdir(parents=True)
    lists = {
        "topics": {
            "evil": {"de": SHORT, "en": SHORT, "description": {"de": EVIL, "en": EVIL}},
            "mild": {"de": "M", "en": "M"},
        },
        "organisations": {
            "evil-body": {
                "name": EVIL,
                "kind": "company",
                "homepage": ADDRESS,
                "note": {"de": EVIL, "en": EVIL},
                "members": [HALLE],
            }
        },
        "model-projects": {
            "evil": {
                "name": EVIL,
                "round": "2021",
                "category": "large-city",
                "members": [HALLE, "evil-body"],
                "evidence": [{"address": ADDRESS}, {"source": EVIL}],
                "note": {"de": EVIL, "en": EVIL},
            }
        },
    }
    for name, items in lists.items():
        (folder / "entries" / f"{name}.yml").write_text(as_yaml(items), encoding="utf-8")
    files = {
        "evil": f"---\n{as_yaml(hostile_fields())}---\n{TEXT}\n<!-- en -->\n{TEXT}",
        "mild": as_file(name=MAIL, topics=["evil"], reuses=hostile_fields()["reuses"]),
        **{
            f"formula-{number}": as_file(name=text, topics=["mild"], summary={"de": text}, operation=text)
            for number, text in enumerate(FORMULAS)
        },
    }
    for name, text in files.items():
        (solutions / f"{name}.md").write_text(text, encoding="utf-8")
    environ = {"CATALOGUE_DATA": str(folder / "var"), "CATALOGUE_SEMANTIC": "off"}
    done = run(Settings.from_environ(environ), entries=folder / "entries")
    refused = [
        f"{p.field}: {p.code}"
        for found in (done.plan.refused, done.plan.refused_lists)
        for ps in found.values()
        for p in ps
    ]
    assert not refused, f"these tests would test nothing: {refused}"
    return make_app(folder / "var", office_email="katalog@example.org").test_client()


def pages_of(client: FlaskClient, paths: Iterable[str]) -> Iterable[Page]:
    for lang in ("de", "en"):
        for path in paths:
            answer = client.get(f"/{lang}{path}")
            assert answer.status_code == 200, f"/{lang}{path}: {answer.status}"
            yield Page(answer.text, status=200, headers=answer.headers, address=f"/{lang}{path}")


PATHS = (
    "/",
    "/solutions",
    "/solutions?q=alert",
    "/solutions?q=" + quote(EVIL),
    "/solutions?topic=evil&technology=" + quote(EVIL[:100]),
    "/solutions/evil",
    "/solutions/mild",
    "/compare?id=evil&id=mild&id=" + quote(EVIL[:100]),
    "/municipalities",
    "/municipalities/" + HALLE,
    "/municipalities/" + MAGDEBURG,
    "/organisations/evil-body",
    "/model-projects",
    "/model-projects/evil",
    "/topics",
    "/topics/evil",
    "/submit",
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_in_an_entry_runs_on_any_page(client: FlaskClient, path: str) -> None:
    for page in pages_of(client, [path]):
        check_page(page, page.address[1:3])
        assert "<script>alert" not in page.html.lower()
        assert not [image for image in page.all("img") if image["src"] == "x"]
        assert "49" not in page.heading, "a template in an entry was carried out"


def test_hostile_text_is_shown_as_it_is(client: FlaskClient) -> None:
    shown = " ".join(EVIL.split())

    for page in pages_of(client, ["/solutions/evil"]):
        assert page.heading == shown
        assert page.one("p", class_="page-head__lead").text == shown
        assert all(shown in row.text for row in page.all("li", class_="reuse"))
        assert "<script>alert(1)</script>" in page.section("description").text
    for page in pages_of(client, ["/organisations/evil-body", "/model-projects/evil"]):
        assert page.heading == shown
    for page in pages_of(client, ["/topics/evil"]):
        assert page.heading == SHORT


def test_hostile_names_add_nothing_to_a_mail(client: FlaskClient) -> None:
    for page in pages_of(client, ["/solutions/mild/hint", f"/solutions/evil/hint?body={MAGDEBURG}"]):
        mails = [link for link in page.links() if link.startswith("mailto:katalog@example.org?")]
        assert mails
        for mail in mails:
            check_mail(mail)
    for page in pages_of(client, ["/solutions/mild/hint"]):
        subjects = [check_mail(link)["subject"] for link in page.links() if "?subject=" in link]
        assert any(MAIL in subject for subject in subjects)


def test_a_hostile_search_adds_nothing_to_a_mail(client: FlaskClient) -> None:
    for page in pages_of(
        client, ["/solutions?q=" + quote("xyzzyqwert\r\nXqc: qwxz@zzqx.qq&xqc=wqqz@zzqx.qq")]
    ):
        mail = next(link for link in page.links() if link.startswith("mailto:"))
        assert "&xqc=wqqz@zzqx.qq" in check_mail(mail)["body"]


def test_links_of_an_entry_lead_to_web_addresses_only(client: FlaskClient) -> None:
    for page in pages_of(client, ["/solutions/evil", "/organisations/evil-body"]):
        outward = [link for link in page.links() if "example.org/" in link]
        assert outward
        assert all(link.startswith("https://example.org/") for link in outward)


def test_the_table_holds_no_formula(client: FlaskClient) -> None:
    ids = "&".join(f"id=formula-{number}" for number in range(len(FORMULAS)))

    text = client.get(f"/de/compare.csv?{ids}").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))

    assert rows[0][1:] == ["'" + formula for formula in FORMULAS]
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_answers_for_machines_stay_well_formed(client: FlaskClient) -> None:
    suggestions = client.get("/de/suggest?q=script")
    site_map = client.get("/sitemap.xml")

    assert suggestions.mimetype == "application/json"
    assert "<script>" not in suggestions.text or suggestions.headers["X-Content-Type-Options"] == "nosniff"
    assert isinstance(json_of(suggestions.data), list)
    ElementTree.fromstring(site_map.data)
    json.loads(client.get("/healthz").data)


def test_a_name_that_breaks_attributes_breaks_none(client: FlaskClient, tmp_path: Path) -> None:
    page = next(iter(pages_of(client, ["/solutions?q=alert"])))

    for node in page.all("a", "input", "meta"):
        assert not set(node.attributes) - {
            *(
                "href",
                "class",
                "rel",
                "lang",
                "hreflang",
                "aria-current",
                "id",
                "name",
                "type",
                "value",
                "content",
            ),
            *(
                "charset",
                "autocomplete",
                "spellcheck",
                "enterkeyhint",
                "maxlength",
                "placeholder",
                "form",
                "checked",
            ),
            *("data-suggest", "data-suggest-label", "data-suggest-none", "data-suggest-some"),
            *("data-live-link", "data-said"),
        }
