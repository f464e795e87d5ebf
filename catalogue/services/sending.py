"""One round of what leaves the house: what subscribers are to be told, and what is due."""

from collections.abc import Callable, Mapping
from datetime import datetime

from catalogue.domain.bodies import Bodies
from catalogue.services.deliver import Carrier, Delivered, deliver
from catalogue.services.links import Links
from catalogue.services.telling import tell
from catalogue.storage.outbox import Channel
from catalogue.storage.store import Store


def send_round(
    store: Store,
    bodies: Bodies,
    links: Links,
    carriers: Mapping[Channel, Carrier],
    now: Callable[[], datetime],
    *,
    is_over: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Tell subscribers what they do not know yet, then send what is due."""
    tell(store, bodies, links, now())
    return deliver(store, carriers, now, is_over=is_over)
