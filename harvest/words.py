"""Snapshots and failures in sentences for a terminal, German and English."""

from collections.abc import Iterator, Mapping
from typing import Literal

from catalogue.domain.harvest_words import told
from catalogue.domain.snapshot import Plain, Snapshot
from catalogue.domain.wording import SENTENCES
from harvest.outcome import Failed

Language = Literal["de", "en"]

_LABELS: Mapping[str, tuple[str, str]] = {
    "address": ("Adresse", "address"),
    "aliases": ("früher", "formerly"),
    "looked_at": ("angesehen", "looked at"),
    "branch": ("Zweig", "branch"),
    "commit": ("Stand", "commit"),
    "committed_at": ("vom", "made at"),
    "forge": ("Plattform", "forge"),
    "activity": ("Verlauf", "history"),
    "releases": ("Versionen", "versions"),
    "facts": ("Angaben", "facts"),
    "gaps": ("Lücken", "gaps"),
    "none": ("ohne", "none"),
}


def failure(failed: Failed, language: Language) -> str:
    """Why there is no snapshot, in one line."""
    until = f", {failed.until.isoformat(timespec='seconds')}" if failed.until else ""
    if failed.detail in SENTENCES:  # what is wrong with the address itself
        return address_words(failed.detail, failed.asked, language)
    return f"{_shown(failed.asked)}: {told(failed.reason, failed.detail + until, language)}"


def address_words(code: str, address: str, language: Language) -> str:
    """What is wrong with an address, and how to mend it."""
    if code == "address-scheme" and address.lower().startswith("http://"):
        code = "address-http"
    happened, helps = SENTENCES[code][_index(language)]
    return f"{happened.format(value=_shown(address))}. {helps}."


def lines(snapshot: Snapshot, language: Language) -> Iterator[str]:
    """The snapshot in lines."""
    none = _label("none", language)
    yield f"{_label('address', language)}: {snapshot.address}"
    if snapshot.aliases:
        yield f"{_label('aliases', language)}: {', '.join(snapshot.aliases)}"
    yield f"{_label('looked_at', language)}: {snapshot.looked_at.isoformat(timespec='seconds')}"
    yield f"{_label('branch', language)}: {snapshot.branch or none}"
    yield f"{_label('commit', language)}: {snapshot.commit or none}"
    if snapshot.committed_at:
        yield f"{_label('committed_at', language)}: {snapshot.committed_at.isoformat()}"
    yield f"{_label('forge', language)}: {snapshot.forge or none}"
    yield f"{_label('activity', language)}: {_activity(snapshot, language)}"
    newest = ", ".join(f"{release.name} ({release.on})" for release in snapshot.releases[:3])
    yield f"{_label('releases', language)}: {snapshot.releases_in_all}{': ' if newest else ''}{newest}"
    yield f"{_label('facts', language)}: {len(snapshot.facts) or none}"
    for fact in snapshot.facts:
        yield f"  {fact.question}: {_shown(fact.value)} [{fact.voice}{_at(fact.where.path)}]"
    yield f"{_label('gaps', language)}: {len(snapshot.gaps) or none}"
    for gap in snapshot.gaps:
        yield f"  {gap.question}: {gap.reason} [{gap.voice}] {gap.detail}".rstrip()


def _activity(snapshot: Snapshot, language: Language) -> str:
    found = snapshot.activity
    if found is None:
        return _label("none", language)
    words = (
        f"{found.commits} Commits von Menschen, {found.bot_commits} von Programmen, {found.first} bis"
        f" {found.last}",
        f"{found.commits} commits by people, {found.bot_commits} by programs, {found.first} to {found.last}",
    )
    cut = ("; ältere nicht gelesen", "; older ones not read")
    return words[_index(language)] + ("" if found.is_whole else cut[_index(language)])


def _shown(value: Plain) -> str:
    text = ", ".join(map(_shown, value)) if isinstance(value, tuple) else str(value)
    return "".join(c if c.isprintable() else " " for c in text)[:200]


def _at(path: str | None) -> str:
    return f" {_shown(path)}" if path else ""


def _label(name: str, language: Language) -> str:
    return _LABELS[name][_index(language)]


def _index(language: Language) -> int:
    return 0 if language == "de" else 1
