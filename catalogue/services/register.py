"""Brings the register up to date from an official list."""

import logging
from collections.abc import Set
from datetime import date
from pathlib import Path

from catalogue.domain.register_update import Update, as_municipality, plan_update
from catalogue.standards.gv100 import Listing
from catalogue.storage.register import (
    load_listing,
    load_register,
    load_source,
    load_successors,
    save_register,
)

log = logging.getLogger(__name__)


def update(
    current_folder: Path,
    into_folder: Path,
    newer_file: Path,
    successors_file: Path | None,
    *,
    used_keys: Set[str],
    today: date,
    dry_run: bool,
) -> Update:
    """Plan the update and, unless it is a dry run, keep the register of afterwards in `into_folder`.

    `used_keys` are the keys that entries, reports and organisations name. A dry run also returns a plan that
    is blocked, so that it can be shown. Raises `UpdateBlocked` or `RegisterFault`, having written nothing.
    """
    listing = load_listing(newer_file)
    successors = load_successors(successors_file) if successors_file else {}
    current = load_register(current_folder)
    plan = plan_update(current, map(as_municipality, listing.rows), successors, used_keys, today)
    if dry_run:
        return plan
    register = plan.apply()
    source = load_source(current_folder).rstrip() + "\n" + _source_line(newer_file, listing, plan, today)
    save_register(into_folder, register, source)
    log.info("register updated bodies=%s added=%s file=%s", len(register), len(plan.added), newer_file.name)
    return plan


def _source_line(file: Path, listing: Listing, plan: Update, today: date) -> str:
    as_of = f"{listing.as_of:%d.%m.%Y}" if listing.as_of else "not stated in the file"
    counts = (
        f"{len(plan.added)} added, {len(plan.renamed)} renamed, {len(plan.changed)} changed, "
        f"{len(plan.vanished_with_successor)} merged, {len(plan.vanished_unused)} removed"
    )
    return (
        f"- {today.isoformat()}: Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, "
        f"Gebietsstand {as_of} (`{file.name}`): {counts}. What the file does not say is kept.\n"
    )
