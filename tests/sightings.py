"""Sightings for tests: complete by default, the test names the files."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from catalogue.domain.snapshot import Fact, Gap, Plain, Question
from harvest.sighting import ForgeSays, History, Sighting, Tree

LOOKED = datetime(2026, 11, 20, 8, tzinfo=UTC)


def a_sighting(
    *paths: str,
    files: Mapping[str, str | bytes] | None = None,
    too_large: Iterable[str] = (),
    is_whole: bool = True,
    address: str = "https://github.com/town/thing",
    asked: str | None = None,
    forge: ForgeSays | None = None,
    history: History | None = None,
    gaps: tuple[Gap, ...] = (),
) -> Sighting:
    """A look at a repository that has these paths and these files with their content."""
    content = {
        path: text if isinstance(text, bytes) else text.encode() for path, text in (files or {}).items()
    }
    tree = Tree(
        paths=tuple(dict.fromkeys((*paths, *content, *too_large))),
        files=content,
        too_large=frozenset(too_large),
        is_whole=is_whole,
    )
    return Sighting(
        asked=asked or address,
        address=address,
        looked_at=LOOKED,
        branch="main",
        commit="c0ffee",
        committed_at=LOOKED,
        refs="",
        tree=tree,
        history=history,
        forge=forge,
        gaps=gaps,
    )


def values(found: Iterable[Fact | Gap], question: Question) -> list[Plain]:
    """The values of all facts on a question."""
    return [one.value for one in found if isinstance(one, Fact) and one.question is question]


def reasons(found: Iterable[Fact | Gap], question: Question) -> list[str]:
    """The reasons of all gaps on a question."""
    return [one.reason.value for one in found if isinstance(one, Gap) and one.question is question]
