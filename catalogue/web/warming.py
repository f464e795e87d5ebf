"""Makes what is asked for most before anybody asks, in the background of a new revision."""

import time

from flask import Flask, g

from catalogue.services import browse
from catalogue.services.catalogue import MOST_CARDS, Catalogue
from catalogue.services.search import SearchQuery
from catalogue.web.blueprint import LANGUAGES
from catalogue.web.cards import prepare_card
from catalogue.web.context import settled
from catalogue.web.pictures.ground import germany, small_germany

_BATCH = 20  # solutions that are read at once
_PAUSE = 0.005  # seconds after each card, in which requests have the processor to themselves


def warm(app: Flask, known: Catalogue, *, script_name: str = "", pause: float = _PAUSE) -> None:
    """Keep what statistics are counted from, and the cards that are shown first, in the language most read.

    The ground of the maps is made too. `script_name` is the path below which the application is served:
    cards hold links.
    """
    ids = [hit.id for hit in known.index.search(SearchQuery(limit=MOST_CARDS)).hits]
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": script_name}):
        g.lang, g.catalogue = LANGUAGES[0], known
        known.figures_of_reuse()
        for start in range(0, len(ids), _BATCH):
            for card in browse.cards(known, ids[start : start + _BATCH]):
                prepare_card(card)
                time.sleep(pause)
    small_germany()
    for area in germany().areas:
        _ = area.at  # found once, then kept
        time.sleep(pause)
    settled()
