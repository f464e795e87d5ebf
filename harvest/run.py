"""One look at one repository, and many at once: Git is the base, the forge adds."""

import logging
import os
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from itertools import chain, zip_longest
from pathlib import Path
from urllib.parse import urlsplit

from catalogue.domain.snapshot import Reason
from catalogue.standards.address import BadAddress, parse_address
from harvest.asking import Remembered, Trouble
from harvest.fetch import Door
from harvest.forge_finder import ForgeFinder
from harvest.git import GitSays, look_at_copy, look_at_server
from harvest.git_ask import Offer, ask_git, same_place
from harvest.git_local import find_copy
from harvest.git_process import Budget
from harvest.limits import USUAL, Limits
from harvest.outcome import Failed, Known, Outcome, Seen, Unchanged
from harvest.sighting import ForgeSays, Sighting

log = logging.getLogger(__name__)
NOTHING_KNOWN = Known()


def harvest(
    address: str,
    door: Door,
    now: datetime,
    known: Known = NOTHING_KNOWN,
    *,
    forges: ForgeFinder | None = None,
    base: Path | None = None,
) -> Outcome:
    """Look at the repository behind an address. Trouble is an outcome, never an exception.

    `base` is where throw-away folders are made.
    """
    try:
        offer, said = _ask_git(address, door, now, known, base)
    except Trouble as trouble:
        return _failed(address, now, trouble)
    except OSError as error:
        return _failed(address, now, _our_own(error))
    forge, remembered = _ask_forge(offer, door, known, forges or ForgeFinder())
    found, refs = _place(offer.address, forge), offer.names.fingerprint
    if said is None:
        return Unchanged(
            asked=address, address=found, looked_at=now, refs=refs, forge=forge, remembered=remembered
        )
    return Seen(sighting=_sighting(address, found, now, said, refs, forge), remembered=remembered)


def harvest_copy(
    path: Path, now: datetime, *, address: str | None = None, limits: Limits = USUAL
) -> Seen | Failed:
    """Read a repository in a folder of this machine, on behalf of its public address where one is given.

    No server is asked. Raises `BadAddress` for an address that is no public one.
    """
    asked = _public(address) if address is not None else os.fsencode(path).decode(errors="replace")
    budget = Budget(limits)
    try:
        copy = find_copy(Path(os.path.realpath(path)), budget)  # of a circle of links, the first one
        said = look_at_copy(copy.objects, copy.shallow, copy.names, budget, now)
    except Trouble as trouble:
        return _failed(asked, now, trouble)
    except OSError as error:
        return _failed(asked, now, _our_own(error))
    return Seen(sighting=_sighting(asked, asked, now, said, copy.names.fingerprint, None))


def _public(text: str) -> str:
    """An address as entries name them. Raises `BadAddress`."""
    address = parse_address(text)
    if not address.is_encrypted:
        raise BadAddress("address-scheme")
    return address.text


def _our_own(error: OSError) -> Trouble:
    return Trouble(Reason.UNREACHABLE, f"trouble on this machine: {error}")


def _ask_git(
    address: str, door: Door, now: datetime, known: Known, base: Path | None
) -> tuple[Offer, GitSays | None]:
    """What the server offers, and what is there; None where that is known already."""
    offer = ask_git(address, door)
    if offer.names.is_empty and known.has_commits:
        raise Trouble(Reason.UNREADABLE, "the repository had commits before, and now shows none")
    if offer.names.fingerprint == known.refs:
        return offer, None
    return offer, _look(offer, door, now, base)


def _look(offer: Offer, door: Door, now: datetime, base: Path | None) -> GitSays:
    """What Git says; a server that asks Git for a pause gets it from the whole harvest."""
    try:
        return look_at_server(offer, Budget(door.limits, door.stop), now, base)
    except Trouble as trouble:
        if trouble.reason is Reason.LIMITED:
            door.rest(offer.target.host)
            door.check_rest(offer.target.host)
        raise


def _ask_forge(
    offer: Offer, door: Door, known: Known, forges: ForgeFinder
) -> tuple[ForgeSays | None, Mapping[str, Remembered]]:
    """What the forge adds, and the answers to remember: the earlier ones where it was not asked again."""
    asking = door.asking(known.remembered)
    try:
        forge = forges.find(door.guard.check(offer.address), asking)
        says = forge.look(offer.address, asking) if forge else None
    except Trouble as trouble:
        log.info("forge not asked address=%s reason=%s", offer.address, trouble.reason)
        return None, known.remembered
    return says, {**known.remembered, **asking.kept}


def _place(address: str, forge: ForgeSays | None) -> str:
    """Where the repository is now: the forge knows a new name better than a redirect does."""
    said = forge.address if forge else None
    try:
        is_new = said is not None and same_place(parse_address(said).text) != same_place(address)
    except BadAddress:
        return address
    return said if said and is_new else address


def _sighting(
    asked: str, address: str, now: datetime, said: GitSays, refs: str, forge: ForgeSays | None
) -> Sighting:
    return Sighting(
        asked=asked,
        address=address,
        looked_at=now,
        branch=said.branch,
        commit=said.commit,
        committed_at=said.committed_at,
        refs=refs,
        tree=said.tree,
        history=said.history,
        forge=forge,
        gaps=said.gaps,
    )


def _failed(asked: str, now: datetime, trouble: Trouble) -> Failed:
    return Failed(
        asked=asked, looked_at=now, reason=trouble.reason, detail=trouble.detail, until=trouble.until
    )


def harvest_many(
    addresses: Iterable[str],
    door: Door,
    *,
    jobs: int = 8,
    known: Mapping[str, Known] | None = None,
    forges: ForgeFinder | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    base: Path | None = None,
) -> Iterator[Outcome]:
    """Look at many repositories with so many threads; outcomes come as they are ready.

    A repository that breaks our own program is one failed outcome. Once `door.stop` is set nothing new is
    begun, what runs ends soon, and what was not begun or was broken off has no outcome.
    """
    finder = forges or ForgeFinder()

    def one(address: str) -> Outcome:
        moment = now()
        try:
            return harvest(
                address, door, moment, (known or {}).get(address, NOTHING_KNOWN), forges=finder, base=base
            )
        except Exception as error:
            log.exception("harvest broke address=%s", address)
            # The text of an error may quote what strangers wrote; the log has its place.
            broke = f"our program broke: {type(error).__name__}"
            return _failed(address, moment, Trouble(Reason.UNREADABLE, broke))

    waiting = deque(_by_turns(addresses))
    with ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="harvest") as pool:
        yield from _as_they_come(pool, one, waiting, jobs, door.stop)


def _as_they_come(
    pool: ThreadPoolExecutor,
    one: Callable[[str], Outcome],
    waiting: deque[str],
    jobs: int,
    stop: threading.Event,
) -> Iterator[Outcome]:
    running: set[Future[Outcome]] = set()
    while running or (waiting and not stop.is_set()):
        while waiting and len(running) < jobs and not stop.is_set():
            running.add(pool.submit(one, waiting.popleft()))
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            outcome = future.result()
            if not (stop.is_set() and isinstance(outcome, Failed)):  # broken off by us: no failure of theirs
                yield outcome


def _by_turns(addresses: Iterable[str]) -> Iterator[str]:
    """The addresses with their hosts in turn, so that no host has all threads for itself."""
    rows: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        try:
            host = urlsplit(address).netloc
        except ValueError:
            host = ""
        rows[host].append(address)
    return (one for one in chain.from_iterable(zip_longest(*rows.values())) if one is not None)
