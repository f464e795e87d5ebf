"""Demand: which search terms may be counted, and which of them are asked often enough to be kept and shown.

Nobody can tell a term that names a person from one that names a task. So a term stays only where several
people use it: with at least `LEAST_SEARCHES` searches on at least `LEAST_DAYS` days.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.domain.retention import PERIODS, Kept

LONGEST_TERM = 80  # signs
LEAST_SEARCHES, LEAST_DAYS = 5, 3
RARE_KEPT = PERIODS[Kept.TERM_MARKS].lasts  # how long a rare term may take to become a frequent one
KEPT = PERIODS[Kept.TERMS].lasts

_WORDS = re.compile(r"[\w\s&+/.,:()#'’\-–\"„“”«»?!§]+")  # the signs of words; anything else is code or noise
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MAIL = re.compile(r"\S@\S|\b(?:at|ät)\b.{1,60}\b(?:dot|punkt)\b")
_ADDRESS = re.compile(r"://|\bwww\.|\b[\w-]+\.(?:de|com|org|net|eu|io|info|dev|gov|edu|city|app)\b")
_MANY_DIGITS = re.compile(r"(?:\d[\s/().+–-]*){6}")  # telephone, customer and file numbers, birthdays
_ENDS = " .,:;!?'’\"„“”«»()/&+-–#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term with all that was counted of it. `found` is what the last search found; days are YYYY-MM-DD."""

    term: str
    searches: int
    days: int
    found: int
    opened: int
    first: str
    last: str

    @property
    def is_frequent(self) -> bool:
        """Whether it may be kept and shown."""
        return is_frequent(self.searches, self.days)


def is_frequent(searches: int, days: int) -> bool:
    """Whether a term was searched for so often, on so many days, that it points at nobody."""
    return searches >= LEAST_SEARCHES and days >= LEAST_DAYS


def term_of(text: str) -> str | None:
    """The term that a search counts for: folded and trimmed. None for what does not look like words."""
    term = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(_ENDS)
    if not term or len(term) > LONGEST_TERM or not _WORDS.fullmatch(term) or not _LETTERS.search(term):
        return None
    if any(pattern.search(term) for pattern in (_MAIL, _ADDRESS, _MANY_DIGITS)):
        return None
    return term


def unmet(terms: Iterable[Term]) -> list[Term]:
    """The terms that found nothing when they were last searched for, the most wanted first."""
    return _by_searches(term for term in terms if term.is_frequent and not term.found)


def unopened(terms: Iterable[Term]) -> list[Term]:
    """The terms that found something which nobody ever opened, the most wanted first."""
    return _by_searches(term for term in terms if term.is_frequent and term.found and not term.opened)


def _by_searches(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: (-term.searches, -term.days, term.term))
