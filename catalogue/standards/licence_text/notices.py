"""Short statements: which licences a text names, without being their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from catalogue.standards.licence_text.names import (
    CC,
    GNU,
    GNU_AFTER,
    GNU_BARE,
    HINT,
    NUMBERS,
    OLDEST,
    creative_commons,
    eupl_patterns,
    gnu_kind,
    named_patterns,
    unversioned_patterns,
)
from catalogue.standards.licence_text.patterns import MOST, Pattern

# Put together, so that no tool takes this line for the tag of this file.
_TAG_NAME = "-".join(("SPDX", "License", "Identifier"))
TAG = re.compile(rf"{_TAG_NAME}:[ \t]*([^\n*<\"']{{1,200}})")
_TAG_WORD = re.compile(r"[A-Za-z0-9.:+-]+|[()]")

# How sure a statement makes us.
BY_TAG = 0.97
BY_NOTICE = 0.95
BY_NAME = 0.9
NO_VERSION = 0.6
_GNU = {"GPL", "LGPL", "AGPL", "GFDL"}
_GRANTS = Pattern(
    r"\b(?:licensed|released|distributed|available|published|provided|redistribute|covered|permitted"
    r"|governed|"
    r"subject to|under the|terms of|lizenziert|veröffentlicht|steht|stehen|unter der|unter den|lizenz"
    r"|onder|sous)\b"
)


class Named(NamedTuple):
    """A licence that a statement names: where in the words, how sure, and what is not told."""

    spdx: str
    start: int
    end: int
    confidence: float
    notes: tuple[str, ...] = ()


def tags(text: str) -> list[tuple[str, int]]:
    """The expressions of SPDX tags with their lines."""
    found = []
    for match in islice(TAG.finditer(text), MOST):
        words = [word for word in _TAG_WORD.findall(match.group(1)) if not word.startswith("--")]
        expression = " ".join(words).replace("( ", "(").replace(" )", ")").strip()
        if expression:
            found.append((expression, text.count("\n", 0, match.start()) + 1))
    return found


def _gnu(words: str) -> Iterator[Named]:
    for pattern in (GNU, GNU_AFTER):
        for match in pattern.finditer(words):
            said = match.groupdict()
            kind = gnu_kind(said["kind"] or said["kindb"])
            number = f"{said['major']}.{said['minor'] or '0'}"
            number = number if number in NUMBERS[kind] else f"{said['major']}.0"
            if number not in NUMBERS[kind]:
                continue
            later = bool(said["later"] or said.get("later2"))
            notes = () if later or said.get("only") else ("later-may-apply",)
            spdx = f"{kind}-{number}-{'or-later' if later else 'only'}"
            if said["second"] and number == "2.0" and not later:
                spdx, notes = f"{kind}-2.0-only OR {kind}-3.0-only", ()
            yield Named(spdx, *match.span(), BY_NOTICE, notes)
    for match in GNU_BARE.finditer(words):
        kind = gnu_kind(match["kind"] or match["kindb"])
        yield Named(OLDEST[kind], *match.span(), NO_VERSION, ("version-not-told",))


def _european(words: str) -> Iterator[Named]:
    patterns = eupl_patterns(words)
    if patterns is None:
        return
    versioned, bare = patterns
    for match in versioned.finditer(words):
        yield Named(f"EUPL-1.{match['minor']}", *match.span(), BY_NOTICE)
    for match in bare.finditer(words):
        yield Named("EUPL-1.2", *match.span(), NO_VERSION, ("version-not-told",))


def _creative(words: str) -> Iterator[Named]:
    for match in CC.finditer(words):
        name = creative_commons(match["parts"])
        if not match["major"]:
            yield Named(f"LicenseRef-{name}", *match.span(), NO_VERSION, ("version-not-told",))
            continue
        port = "-DE" if match["port"] and match["major"] == "3" else ""
        yield Named(f"{name}-{match['major']}.{match['minor']}{port}", *match.span(), BY_NOTICE)


def _others(words: str) -> Iterator[Named]:
    for pattern, spdx in named_patterns():
        for match in pattern.finditer(words):
            yield Named(spdx, *match.span(), BY_NAME)
    for pattern, spdx in unversioned_patterns():
        for match in pattern.finditer(words):
            yield Named(spdx, *match.span(), NO_VERSION, ("version-not-told",))


def named_in(words: str) -> list[Named]:
    """The licences named in these words, in order; of names that overlap, the one that says more."""
    if not HINT.search(words):
        return []
    found = [*_gnu(words), *_european(words), *_creative(words), *_others(words)]
    found.sort(key=lambda one: (-one.confidence, one.start - one.end))
    kept: list[Named] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return _without_shadows(sorted(kept, key=lambda one: one.start))


def _family(spdx: str) -> str:
    return re.split(r"-\d|-or-|-only", spdx.removeprefix("LicenseRef-"))[0]


def _without_shadows(named: list[Named]) -> list[Named]:
    """Without names that lack the number when the same licence is named in full nearby."""
    full = {_family(one.spdx) for one in named if one.confidence > NO_VERSION}
    if full & _GNU:  # "the GNU General Public License for more details" ends the notice of any of them
        full |= _GNU
    kept = [one for one in named if one.confidence > NO_VERSION or _family(one.spdx) not in full]
    later = {_stem(one.spdx) for one in kept if one.spdx.endswith("-or-later")}
    return [
        one
        for one in kept
        if not (one.spdx.endswith("-only") and _stem(one.spdx) in later and "later-may-apply" in one.notes)
    ]


def _stem(spdx: str) -> str:
    return spdx.removesuffix("-or-later").removesuffix("-only")


def grants(words: str) -> bool:
    """Whether the words speak of giving a licence, and not only name one."""
    return bool(_GRANTS.search(words))
