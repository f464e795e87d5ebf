"""A small catalogue whose repositories were looked at: what tests of status, changes and work list need."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from builders import HALLE, an_entries_folder, as_file

from catalogue.commands.publish import run
from catalogue.config import Settings
from catalogue.domain.snapshot import (
    Activity,
    Fact,
    Gap,
    Person,
    Plain,
    Question,
    Reason,
    Release,
    Snapshot,
    Voice,
    Where,
)
from catalogue.domain.snapshot_changes import Change
from catalogue.storage.store import Store

TOOL, TOOL_KEY = "https://github.com/town/tool", "github.com/town/tool"
FORK, FORK_KEY = "https://github.com/village/tool", "github.com/village/tool"
NOW = datetime.now(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def publish(folder: Path) -> Settings:
    """The entries: a tool, its fork, one without repository, one that names a list of repositories."""
    files = {
        "tool": as_file(
            name="Werkzeug",
            repositories=[{"address": TOOL, "role": "main"}],
            licence={"expression": "EUPL-1.2", "source": "README"},
            maturity="stable",
        ),
        "fork": as_file(name="Gabel", repositories=[{"address": FORK, "role": "main"}]),
        "bare": as_file(name="Ohne Quelltext", providers=[{"body": HALLE, "role": "owner"}]),
        "listing": as_file(
            name="Sammlung", repositories=[{"address": "https://github.com/town", "role": "group"}]
        ),
    }
    an_entries_folder(folder / "entries", **files)
    settings = Settings.from_environ(
        {
            "CATALOGUE_DATA": str(folder / "var"),
            "CATALOGUE_ENTRIES": str(folder / "entries"),
            "CATALOGUE_SEMANTIC": "off",
        }
    )
    assert not run(settings).plan.refused
    return settings


def open_store(settings: Settings) -> Store:
    """The store of this catalogue."""
    return Store.open(settings.database_url, migrate=False)


def fact(question: Question, value: Plain, voice: Voice, path: str | None = None, line: int = 1) -> Fact:
    """Something seen, at a line of a file."""
    where = Where(path=path, first_line=line, last_line=line) if path else Where()
    return Fact(question=question, value=value, voice=voice, where=where)


def gap(question: Question, voice: Voice, reason: Reason = Reason.ABSENT, detail: str = "") -> Gap:
    """Something looked for in vain."""
    return Gap(question=question, reason=reason, voice=voice, detail=detail)


LICENCE = fact(Question.LICENCE, "MIT", Voice.LICENCE_FILE, "LICENSE")


def a_snapshot(
    *facts: Fact,
    asked: str = TOOL,
    address: str | None = None,
    gaps: Iterable[Gap] = (),
    releases: Iterable[Release] = (),
    when: datetime = NOW - DAY,
) -> Snapshot:
    """What a look learned: a lively repository under MIT, unless other facts are named."""
    return Snapshot(
        asked=asked,
        address=address or asked,
        looked_at=when,
        branch="main",
        commit="c0ffee" * 6 + "c0de",
        committed_at=when - DAY,
        refs="r",
        forge="github",
        activity=Activity(
            first=datetime(2020, 1, 1).date(),
            last=(when - DAY).date(),
            until=when.date(),
            months=(3,) * 12,
            people=(Person(last=(when - DAY).date()), Person(last=(when - DAY).date())),
            commits=36,
        ),
        releases=tuple(releases),
        facts=facts or (LICENCE,),
        gaps=tuple(gaps),
    )


def keep(store: Store, snapshot: Snapshot, *changes: Change, key: str = TOOL_KEY) -> None:
    """A look that went well."""
    store.harvest.keep(
        key,
        snapshot,
        now=snapshot.looked_at,
        due=snapshot.looked_at + DAY,
        remembered={},
        changes=changes,
    )


def fail(store: Store, *, when: datetime, detail: str = "timed out", key: str = TOOL_KEY) -> None:
    """A look that failed."""
    store.harvest.failed(key, now=when, due=when + HOUR, reason="unreachable", detail=detail)
