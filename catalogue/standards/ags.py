"""Official keys of municipalities and districts (AGS), and the Länder that their first two digits name.

The Amtlicher Gemeindeschlüssel is text: Land (2 digits), Regierungsbezirk (1), Kreis (2), Gemeinde (3). Its
first five digits are the district's key. The Amtlicher Regionalschlüssel (ARS, 12 digits) has four more
for the association of municipalities before the last three. Both are defined by the Statistisches Bundesamt.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

MUNICIPALITY_LENGTH = 8
DISTRICT_LENGTH = 5
ARS_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Land:
    """One of the 16 Länder: its two-digit key, its names and its usual abbreviation (ISO 3166-2:DE)."""

    key: str
    name: str
    english: str
    abbreviation: str


LAENDER: dict[str, Land] = {
    land.key: land
    for land in (
        Land("01", "Schleswig-Holstein", "Schleswig-Holstein", "SH"),
        Land("02", "Hamburg", "Hamburg", "HH"),
        Land("03", "Niedersachsen", "Lower Saxony", "NI"),
        Land("04", "Bremen", "Bremen", "HB"),
        Land("05", "Nordrhein-Westfalen", "North Rhine-Westphalia", "NW"),
        Land("06", "Hessen", "Hesse", "HE"),
        Land("07", "Rheinland-Pfalz", "Rhineland-Palatinate", "RP"),
        Land("08", "Baden-Württemberg", "Baden-Württemberg", "BW"),
        Land("09", "Bayern", "Bavaria", "BY"),
        Land("10", "Saarland", "Saarland", "SL"),
        Land("11", "Berlin", "Berlin", "BE"),
        Land("12", "Brandenburg", "Brandenburg", "BB"),
        Land("13", "Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania", "MV"),
        Land("14", "Sachsen", "Saxony", "SN"),
        Land("15", "Sachsen-Anhalt", "Saxony-Anhalt", "ST"),
        Land("16", "Thüringen", "Thuringia", "TH"),
    )
}


class Fault(StrEnum):
    """Why a text is no key."""

    EMPTY = "empty"
    NOT_DIGITS = "not-digits"
    SEPARATED = "separated"  # digits with spaces, dots or dashes between
    LEADING_ZERO_LOST = "leading-zero-lost"
    REGIONAL_KEY = "regional-key"  # an ARS
    LAND_ONLY = "land-only"
    LENGTH = "length"
    UNKNOWN_LAND = "unknown-land"


class NotAKey(ValueError):
    """The text is no official key; `code` says why, `suggestion` is the key that was probably meant."""

    def __init__(self, text: str, code: Fault, suggestion: str | None = None) -> None:
        self.text = text
        self.code = code
        self.suggestion = suggestion
        hint = f"; perhaps {suggestion}" if suggestion else ""
        super().__init__(f"{text!r} is no key of a municipality (8 digits) or district (5): {code}{hint}")


def parse_key(text: str) -> str:
    """The key of a municipality (8 digits) or district (5 digits) that `text` is; space around it is dropped.

    Checks the form only: whether the key exists is known by the register. Raises `NotAKey`.

    >>> parse_key("15002000")
    '15002000'
    """
    key = text.strip()
    if is_municipality_key(key) or is_district_key(key):
        return key
    raise NotAKey(text, *_explain(key))


def is_municipality_key(text: str) -> bool:
    """Whether the text has the form of an AGS: 8 ASCII digits that begin with a Land."""
    return len(text) == MUNICIPALITY_LENGTH and _is_digits(text) and text[:2] in LAENDER


def is_district_key(text: str) -> bool:
    """Whether the text has the form of a district's key: 5 ASCII digits that begin with a Land."""
    return len(text) == DISTRICT_LENGTH and _is_digits(text) and text[:2] in LAENDER


def land_of(key: str) -> Land:
    """The Land in which a municipality or district lies. Raises `NotAKey`."""
    return LAENDER[parse_key(key)[:2]]


def district_of(key: str) -> str:
    """The key of the district, or of the independent city that is its own district (5 digits)."""
    return key[:DISTRICT_LENGTH]


def ags_of(ars: str) -> str:
    """The AGS within an ARS of 12 digits: Land, Regierungsbezirk, Kreis and, after the association, Gemeinde.

    >>> ags_of("150860015015")
    '15086015'
    """
    return ars[:5] + ars[9:12]


def _is_digits(text: str) -> bool:
    # str.isdigit alone also takes digits of other scripts and superscripts.
    return text.isascii() and text.isdigit()


def _explain(text: str) -> tuple[Fault, str | None]:
    """Why the text is no key, and which key was probably meant."""
    if not text:
        return Fault.EMPTY, None
    if not _is_digits(text):
        return _explain_signs(text)
    if len(text) == ARS_LENGTH:
        return Fault.REGIONAL_KEY, _if_key(ags_of(text))
    if len(text) == ARS_LENGTH - 1:  # an ARS that lost its zero in a spreadsheet
        return Fault.LEADING_ZERO_LOST, _if_key(ags_of(f"0{text}"))
    if len(text) in (MUNICIPALITY_LENGTH - 1, DISTRICT_LENGTH - 1):
        meant = _if_key(f"0{text}")
        return (Fault.LEADING_ZERO_LOST, meant) if meant else (Fault.LENGTH, None)
    if text in LAENDER:
        return Fault.LAND_ONLY, None
    if len(text) in (MUNICIPALITY_LENGTH, DISTRICT_LENGTH):
        return Fault.UNKNOWN_LAND, None
    return Fault.LENGTH, None


def _explain_signs(text: str) -> tuple[Fault, str | None]:
    """The same for a text that has more than digits: perhaps only "15 0 02 000"."""
    bare = re.sub(r"[\s.\-_/'\"]", "", text)
    if not _is_digits(bare):
        return Fault.NOT_DIGITS, None
    return Fault.SEPARATED, _if_key(bare) or _explain(bare)[1]


def _if_key(text: str) -> str | None:
    return text if is_municipality_key(text) or is_district_key(text) else None
