"""Deletes what is no longer needed, by the periods of `domain.retention`."""

import logging
from datetime import datetime
from pathlib import Path

from catalogue.domain.retention import Kept
from catalogue.storage.purging import Counts
from catalogue.storage.store import Store
from catalogue.storage.throw_away import sweep
from catalogue.storage.upload_files import Uploads

log = logging.getLogger(__name__)


def purge(store: Store, data_folder: Path, now: datetime, secret: bytes) -> Counts:
    """Delete all that has outlived its period; how much there was of each kind."""
    counts = {**store.purging.run(now, secret), Kept.UPLOADS: Uploads(data_folder).purge(now)}
    sweep(data_folder)  # copies of the database that a restoration left which was ended by force
    if any(counts.values()):
        log.info("purged %s", " ".join(f"{kept}={count}" for kept, count in counts.items() if count))
    return counts


def count(store: Store, data_folder: Path, now: datetime, secret: bytes) -> Counts:
    """How much `purge` would delete now; nothing is changed."""
    return {**store.purging.count(now, secret), Kept.UPLOADS: Uploads(data_folder).count_old(now)}
