"""What has happened to reuses that the catalogue shows: what anybody may know of a report's history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import Event, ReuseReport, State, Visibility, after


class Happening(StrEnum):
    """What has happened to a reuse in the published catalogue."""

    NEW = "new"
    STAGE = "stage"  # it has reached another stage
    ENDED = "ended"
    GONE = "gone"  # withdrawn, or no longer confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that happened. `body` is its key, empty where it is counted but not named."""

    event: int
    at: datetime
    happening: Happening
    solution: str
    body: str
    stage: Stage | None
    since: str | None


def news_of(history: Iterable[Event], *, since: int) -> list[News]:
    """What each event of one report after `since` changed for readers, first to last.

    Named as the report stands today: who has asked not to be named is not named with what was before either.
    """
    report: ReuseReport | None = None
    found: list[tuple[Event, Happening, ReuseReport]] = []
    for event in history:
        before, report = report, after(report, event)
        happening = _happening(before, report) if event.number > since else None
        if happening:
            found.append((event, happening, report))
    if report is None:
        return []
    is_named = report.claim.visibility is Visibility.PUBLIC
    return [_news(event, happening, shown, is_named=is_named) for event, happening, shown in found]


def summed_up(history: list[Event], *, since: int) -> News | None:
    """All that the events of one report after `since` changed for readers, as one piece of news."""
    before = _replayed(event for event in history if event.number <= since)
    today = _replayed(history)
    if today is None:
        return None
    happening = _happening(before, today)
    if happening is None:
        return None
    return _news(history[-1], happening, today, is_named=today.claim.visibility is Visibility.PUBLIC)


def _replayed(history: Iterable[Event]) -> ReuseReport | None:
    report: ReuseReport | None = None
    for event in history:
        report = after(report, event)
    return report


def _happening(before: ReuseReport | None, today: ReuseReport) -> Happening | None:
    was, is_shown = _is_shown(before), _is_shown(today)
    if not was and is_shown:
        return Happening.NEW
    if was and not is_shown:
        # What says the same as another report goes on under that one.
        return None if today.state is State.MERGED else Happening.GONE
    if not is_shown or before is None or before.claim.stage is today.claim.stage:
        return None
    return Happening.ENDED if today.claim.stage is Stage.ENDED else Happening.STAGE


def _is_shown(report: ReuseReport | None) -> bool:
    return report is not None and report.is_public and not report.claim.is_denial


def _news(event: Event, happening: Happening, report: ReuseReport, *, is_named: bool) -> News:
    claim = report.claim
    is_named = is_named and claim.visibility is Visibility.PUBLIC
    return News(
        event=event.number,
        at=event.at,
        happening=happening,
        solution=claim.solution,
        body=claim.body if is_named else "",
        stage=claim.stage,
        since=_since(claim.steps, is_named=is_named),
    )


def _since(steps: Sequence[Step], *, is_named: bool) -> str | None:
    """When the stage of today began; of who is not named only the year."""
    since = steps[-1].since if steps else None
    return since if is_named or since is None else since[:4]
