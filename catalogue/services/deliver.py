"""Deliver what waits in the outbox: each message once, tried again with growing waits, then given up."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from catalogue.domain.delivery import NotDelivered, Parcel, Trouble, Way, next_try
from catalogue.domain.reuse_report import SYSTEM
from catalogue.storage.events import Subject
from catalogue.storage.outbox import Channel, Claimed
from catalogue.storage.store import Store

log = logging.getLogger(__name__)

# No mail waits behind a slow webhook.
_ORDER = (Channel.MAIL, Channel.WEBHOOK)


class Carrier(Protocol):
    """Carries one parcel to where it belongs."""

    def carry(self, parcel: Parcel) -> None:
        """Hand it over. Raises `NotDelivered`."""
        ...


@dataclass(slots=True)
class Delivered:
    """How many messages were taken, will be tried again, and were given up."""

    sent: int = 0
    later: int = 0
    failed: int = 0


def deliver(
    store: Store,
    carriers: Mapping[Channel, Carrier],
    now: Callable[[], datetime],
    *,
    is_over: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Send what is due. Several processes may do so at once; `is_over` ends it before the next message."""
    done = Delivered()
    for channel in _ORDER:
        if channel in carriers:
            _deliver(store, channel, carriers[channel], now, done, is_over)
    if done.sent or done.later or done.failed:
        log.info("delivered sent=%s later=%s failed=%s", done.sent, done.later, done.failed)
    return done


def _deliver(
    store: Store,
    channel: Channel,
    carrier: Carrier,
    now: Callable[[], datetime],
    done: Delivered,
    is_over: Callable[[], bool],
) -> None:
    in_trouble: set[str] = set()  # addresses that nothing more is sent to in this round
    while not is_over() and (claimed := store.outbox.claim(channel, now(), not_to=in_trouble)):
        try:
            _carry(carrier, claimed.parcel)
        except NotDelivered as trouble:
            _settle(store, claimed, trouble, now(), done)
            in_trouble.add(claimed.parcel.address)
            if trouble.way is Way.CARRIER_DOWN:
                return
        else:
            store.outbox.sent(claimed, now())
            done.sent += 1


def _carry(carrier: Carrier, parcel: Parcel) -> None:
    """A fault of ours is told without its words, which might name an address, and ends no round."""
    try:
        carrier.carry(parcel)
    except NotDelivered:
        raise
    except Exception as error:
        log.error("message=%s not delivered error=%s", parcel.number, type(error).__name__)
        raise NotDelivered(Way.LATER, Trouble.BROKEN) from None


def _settle(store: Store, claimed: Claimed, trouble: NotDelivered, now: datetime, done: Delivered) -> None:
    due = next_try(claimed.parcel.tries, now, until=trouble.until)
    if trouble.way in (Way.LATER, Way.CARRIER_DOWN) and due:
        store.outbox.later(claimed, due, trouble.trouble)
        done.later += 1
        return
    store.outbox.failed(claimed, now, trouble.trouble)
    if trouble.way is Way.UNWANTED and claimed.subject == Subject.SUBSCRIPTION:
        store.subscriptions.stop(claimed.number, now, actor=SYSTEM, reason=trouble.trouble)
    log.warning("message=%s given up trouble=%s", claimed.parcel.number, trouble.trouble)
    done.failed += 1
