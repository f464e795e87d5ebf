"""Calls webhooks: JSON by POST through the guard of the harvest, signed, never redirected."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime

from catalogue.domain.delivery import NotDelivered, Parcel, Trouble, Way
from catalogue.domain.snapshot import Reason
from harvest.asking import Trouble as Fault
from harvest.fetch import Door

AGENT = "reuse-catalogue-webhook/1"
SIGNATURE, TIMESTAMP, DELIVERY = "X-Catalogue-Signature", "X-Catalogue-Timestamp", "X-Catalogue-Delivery"
SECRET = "secret"  # noqa: S105  # the name under which a message carries the key of its subscription
_GONE = 410
_MEANING: Mapping[Reason, tuple[Way, Trouble]] = {
    Reason.REFUSED: (Way.NEVER, Trouble.NOT_PUBLIC),
    Reason.LIMITED: (Way.LATER, Trouble.REFUSED),
}


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What the receiver computes too: HMAC-SHA256 of timestamp, full stop and body."""
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


class WebhookCarrier:
    """Carries parcels as calls. The door is made when it is first needed, and should try only once."""

    def __init__(self, make_door: Callable[[], Door], *, now: Callable[[], datetime]) -> None:
        self._make_door = make_door
        self._door: Door | None = None
        self._now = now

    def carry(self, parcel: Parcel) -> None:
        """Call the address. Raises `NotDelivered` for all answers but 2xx."""
        self._door = self._door or self._make_door()
        body, timestamp = parcel.text.encode(), str(int(self._now().timestamp()))
        headers = {
            "User-Agent": AGENT,
            "Content-Type": "application/json",
            SIGNATURE: signature(parcel.headers.get(SECRET, ""), timestamp, body),
            TIMESTAMP: timestamp,
            # As in a mail's id: where everything was lost, numbers come again after a restoration.
            DELIVERY: f"{parcel.number}.{parcel.made:%Y%m%d%H%M%S}",
        }
        try:
            status = self._door.call(parcel.address, body, headers=headers).status
        except Fault as fault:
            way, trouble = _MEANING.get(fault.reason, (Way.LATER, Trouble.UNREACHABLE))
            raise NotDelivered(way, trouble, until=fault.until) from None
        if status == _GONE:
            raise NotDelivered(Way.UNWANTED, Trouble.ANSWERED, str(status))
        if not 200 <= status < 300:
            raise NotDelivered(Way.LATER, Trouble.ANSWERED, str(status))

    def close(self) -> None:
        """Let go of all connections."""
        if self._door:
            self._door.close()
