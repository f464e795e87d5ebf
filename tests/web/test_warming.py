"""Cards are made before anybody asks for them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from html_page import Page

from catalogue.storage.store import Store
from catalogue.web.warming import warm

MakeApp = Callable[..., Flask]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_page_of_results_reads_no_solution_again_once_the_cards_are_made(
    published: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    address = f"/{lang}/solutions?q=Stadt"
    cold = make_app(published).test_client().get(address)
    app = make_app(published)
    warm(app, app.extensions["catalogue"].current(), pause=0)

    def unexpected(*_: object) -> None:
        raise AssertionError("a solution was read")

    monkeypatch.setattr(Store, "solutions", unexpected)
    answer = app.test_client().get(address)

    assert answer.status_code == 200
    assert answer.text == cold.text
    assert '<article class="card solution-card">' in answer.text


def test_links_of_cards_that_were_made_early_lead_below_the_path_of_the_site(
    published: Path, make_app: MakeApp
) -> None:
    app = make_app(published)
    warm(app, app.extensions["catalogue"].current(), script_name="/katalog", pause=0)

    answer = app.test_client().get("/de/solutions?q=Stadt", base_url="http://localhost/katalog")
    page = Page(answer.text, status=200, headers=answer.headers, address="/katalog/de/solutions?q=Stadt")

    links = [link["href"] for card in page.all("article") for link in card.all("a")]
    assert links
    assert all(link.startswith("/katalog/de/") for link in links)
