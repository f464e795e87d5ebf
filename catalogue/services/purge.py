"""Deletes what is no longer needed, by the periods of `domain.retention`."""

import logging
from datetime import datetime

from catalogue.storage.purging import Counts
from catalogue.storage.store import Store

log = logging.getLogger(__name__)


def purge(store: Store, now: datetime, secret: bytes) -> Counts:
    """Delete all that has outlived its period; how much there was of each kind."""
    counts = store.purging.run(now, secret)
    if any(counts.values()):
        log.info("purged %s", " ".join(f"{kept}={count}" for kept, count in counts.items() if count))
    return counts
