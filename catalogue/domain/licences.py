"""May we? What a licence expression means for a town that wants to take a solution over."""

import re
from enum import StrEnum
from functools import lru_cache

from catalogue.standards import spdx


class LicenceGroup(StrEnum):
    """How free one is, from the freest to the least certain."""

    PERMISSIVE = "permissive"
    COPYLEFT = "copyleft"
    UNCLEAR = "unclear"  # nothing stated, or a text that no list knows
    NONE = "none"  # looked at, and nobody grants anything


# Only what has to be kept is listed; every other SPDX id that is open is permissive.
_COPYLEFT = (
    "AGPL-", "GPL-", "LGPL-", "EUPL-", "MPL-", "EPL-", "CDDL-", "CECILL-2", "OSL-", "CC-BY-SA-", "ODbL-",
    "GFDL-", "MS-RL", "CPL-", "IPL-", "SSPL-", "CPAL-", "RPL-", "D-FSL-", "CECILL-1", "CECILL-C",
    "APSL-", "QPL-", "NPOSL-", "Sleepycat", "LiLiQ-R", "CERN-OHL-S", "CERN-OHL-W", "CDLA-Sharing-", "OFL-",
    "ESA-PL-weak-copyleft-", "ESA-PL-strong-copyleft-",
)  # fmt: skip
# On SPDX's list but not open source: use, change or sale is restricted.
_NOT_OPEN = (
    "CC-BY-NC", "CC-BY-ND", "BUSL-", "SSPL-", "JSON", "Elastic-", "PolyForm-", "Hippocratic-", "Aladdin",
    "NCGL-", "MS-LPL", "UnRAR",
)  # fmt: skip
# Copyleft that reaches whoever only uses the software over a network.
_NETWORK = ("AGPL-", "EUPL-", "SSPL-", "OSL-", "CPAL-", "RPL-")
_NONE = ("NONE",)
_STRICTNESS = (LicenceGroup.PERMISSIVE, LicenceGroup.COPYLEFT, LicenceGroup.UNCLEAR, LicenceGroup.NONE)


def group_of_id(licence: str) -> LicenceGroup:
    """The group of a single SPDX id."""
    if licence in _NONE:
        return LicenceGroup.NONE
    if licence.startswith("LicenseRef-") or licence.startswith(_NOT_OPEN):
        return LicenceGroup.UNCLEAR
    if licence.startswith(_COPYLEFT):
        return LicenceGroup.COPYLEFT
    return LicenceGroup.PERMISSIVE


@lru_cache(maxsize=1024)
def group_of(expression: str | None) -> LicenceGroup:
    """The group of an expression: AND takes the strictest part, OR the freest; absent is unclear.

    An expression that cannot be parsed is unclear too. `NONE` means: looked at, nothing granted.
    """
    if not expression:
        return LicenceGroup.UNCLEAR
    if expression.strip().upper() == "NONE":
        return LicenceGroup.NONE
    try:
        ways = spdx.alternatives(spdx.parse_expression(expression))
    except spdx.NotAnExpression:
        return LicenceGroup.UNCLEAR
    per_way = [max((group_of_id(part) for part in way), key=_STRICTNESS.index) for way in ways]
    return min(per_way, key=_STRICTNESS.index)


class Duty(StrEnum):
    """What one must do, or may do, under a licence; the pages say it in words."""

    USE = "use"  # run it for any purpose, change it, pass it on
    KEEP_NOTICES = "keep-notices"  # keep copyright and licence texts
    SHARE_CHANGES = "share-changes"  # who passes on a changed version gives its source under the same licence
    SHARE_NETWORK = "share-network"  # the same where people use it over a network
    SEVERAL = "several"  # several licences apply to parts
    CHOICE = "choice"  # one may choose
    ASK = "ask"  # nothing certain: ask before taking it over


def duties_of(expression: str | None) -> tuple[Duty, ...]:
    """What the expression allows and asks, most important first; `ASK` alone where it is not clear."""
    group = group_of(expression)
    if not expression or group in (LicenceGroup.UNCLEAR, LicenceGroup.NONE):
        return (Duty.ASK,)
    ways = spdx.alternatives(spdx.parse_expression(expression))
    licences = {part for way in ways for part in way}
    duties = [Duty.USE]
    if licences - {"CC0-1.0", "0BSD", "Unlicense"}:
        duties.append(Duty.KEEP_NOTICES)
    if group is LicenceGroup.COPYLEFT:
        duties.append(Duty.SHARE_CHANGES)
        if all(any(part.startswith(_NETWORK) for part in way) for way in ways):
            duties.append(Duty.SHARE_NETWORK)
    if len(ways) > 1:
        duties.append(Duty.CHOICE)
    if any(len(way) > 1 for way in ways):
        duties.append(Duty.SEVERAL)
    return tuple(duties)


def contradicts(one: str, other: str) -> bool:
    """Whether two statements name different licences; spelling and order aside, a choice holds its parts.

    Raises `NotAnExpression`.
    """
    return not _ids(one) <= _ids(other) and not _ids(other) <= _ids(one)


def text_contradicts(identified: str, stated: str) -> bool:
    """Whether the licence of a text contradicts a statement.

    A GNU text alone does not tell `-only` from `-or-later`: it contradicts neither.
    """
    one, other = families_of(identified), families_of(stated)
    return not (one <= other or other <= one)


def families_of(expression: str) -> frozenset[str]:
    """The licences of an expression without `-only`, `-or-later` and `+`: those whose texts are the same.

    `NONE` and `NOASSERTION` stand for themselves. Raises `NotAnExpression`.
    """
    if expression.strip().upper() in ("NONE", "NOASSERTION"):
        return frozenset({expression.strip().upper()})
    return frozenset(_FORM.sub("", licence) for licence in spdx.licences_in(expression))


_FORM = re.compile(r"(-only|-or-later|\+)$")


def _ids(expression: str) -> set[str]:
    return set(spdx.licences_in(expression))
