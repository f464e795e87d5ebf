"""`python -m harvest ADDRESS_OR_PATH` looks at one repository and prints what it learned; nothing is kept.

Exit codes: 0 a snapshot was printed; 1 there is none, and a sentence says why; 2 the command or a setting
cannot be meant.
"""

import argparse
import errno
import io
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from catalogue.domain.snapshot_text import plain_from_snapshot
from catalogue.standards.address import BadAddress
from harvest.fetch import Door
from harvest.guard import Guard
from harvest.outcome import Failed, Outcome, Seen
from harvest.run import harvest, harvest_copy
from harvest.settings import BadSetting, door_settings
from harvest.snapshot_of import snapshot_of
from harvest.words import address_words, failure, lines
from harvest.workspace import sweep

FOUND, NOT_FOUND, MISUSED = 0, 1, 2


def main(words: Sequence[str], environ: Mapping[str, str]) -> int:
    """Look and print; returns the exit code."""
    asked = _parser().parse_args(words)
    signal.signal(signal.SIGTERM, _leave)
    sweep()
    try:
        outcome = _look(asked, environ)
    except BadSetting as error:
        print(f"harvest: {error}", file=sys.stderr)
        return MISUSED
    except BadAddress as error:
        print(f"harvest: --as: {address_words(error.code, asked.address or '', asked.lang)}", file=sys.stderr)
        return MISUSED
    if not isinstance(outcome, Seen):
        assert isinstance(outcome, Failed)
        print(failure(outcome, asked.lang), file=sys.stderr)
        return NOT_FOUND
    snapshot = snapshot_of(outcome.sighting)
    if asked.json:
        print(json.dumps(plain_from_snapshot(snapshot), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(snapshot, asked.lang)))
    return FOUND


def _look(asked: argparse.Namespace, environ: Mapping[str, str]) -> Outcome:
    tokens, allow = door_settings(environ)
    now = asked.on or datetime.now(UTC)
    if not asked.place.strip():
        raise BadSetting("name an address or a folder; . is the folder you are in")
    if "://" not in asked.place:
        return harvest_copy(Path(asked.place), now, address=asked.address)
    if asked.address is not None or asked.on:
        raise BadSetting("--as and --on go with a folder, not with an address")
    door = Door(tokens=tokens, guard=Guard(allow=allow))
    try:
        return harvest(asked.place, door, now)
    finally:
        door.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m harvest",
        description="Sieht ein Git-Repositorium an und zeigt, was zu erfahren war. / Looks at a Git"
        " repository and shows what was learned.",
        epilog="0: gefunden / found; 1: nicht gefunden / not found; 2: falsch aufgerufen / misused",
    )
    parser.add_argument(
        "place", metavar="ADDRESS_OR_PATH", help="https-Adresse oder Ordner / address or folder"
    )
    parser.add_argument(
        "--as",
        dest="address",
        metavar="ADDRESS",
        help="öffentliche Adresse eines Ordners / public address of a folder",
    )
    parser.add_argument(
        "--on",
        type=_day,
        metavar="YYYY-MM-DD",
        help="Tag, von dem die Kopie in einem Ordner stammt / day of which the copy in a folder is",
    )
    parser.add_argument("--json", action="store_true", help="als JSON / as JSON")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="Sprache / language")
    return parser


def _day(text: str) -> datetime:
    """The end of a day in UTC, no later than now: what was committed on that day was seen."""
    try:
        day = datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day, such as 2026-11-30") from None
    if day.year < _GIT:
        raise argparse.ArgumentTypeError(f"in {day.year} there was no Git yet")
    return min(day, datetime.now(UTC))


_GIT = 2005  # the year in which it began


def _leave(number: int, frame: object) -> None:
    """End as if by an error, so that throw-away folders are removed."""
    raise SystemExit(128 + number)


def _printed(words: Sequence[str], environ: Mapping[str, str]) -> int:
    """The same at a terminal that lacks letters, or ends before we do."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = main(words, environ)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else it is tried again at the end
        if error.errno != errno.EPIPE:
            print(f"harvest: cannot write: {error.strerror or error}", file=sys.stderr)
        return NOT_FOUND
    return code


if __name__ == "__main__":
    sys.exit(_printed(sys.argv[1:], os.environ))
