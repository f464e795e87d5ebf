"""The orders of results: the place of each document in every one of them."""

from collections.abc import Sequence

import numpy as np

from catalogue.standards.text import sort_key
from catalogue.storage.search.facts import DocumentFacts
from catalogue.storage.search.postings import Numbers
from catalogue.storage.search.query import Sort


def places_of(documents: Sequence[DocumentFacts]) -> dict[Sort, Numbers]:
    """The place of each document in every order. By relevance, equals go by how often they are reused."""
    by_name = sorted(range(len(documents)), key=lambda number: sort_key(documents[number].name))
    orders = {
        Sort.NAME: by_name,
        Sort.NEWEST: sorted(
            by_name, key=lambda number: (documents[number].published, documents[number].latest), reverse=True
        ),
        # By the number that the page shows; of equals, who has more of them confirmed.
        Sort.MOST_REUSED: sorted(
            by_name, key=lambda number: (-documents[number].reused, -documents[number].confirmed)
        ),
    }
    orders[Sort.RELEVANCE] = orders[Sort.MOST_REUSED]
    if any(document.last_activity for document in documents):
        orders[Sort.LAST_ACTIVITY] = sorted(
            by_name, key=lambda number: documents[number].last_activity, reverse=True
        )
    places = {sort: np.zeros(len(documents), np.int32) for sort in orders}
    for sort, order in orders.items():
        places[sort][order] = np.arange(len(documents), dtype=np.int32)
    return places
