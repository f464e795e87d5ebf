"""Dates as sources give them: a year, a month or a day (ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD)."""

import calendar
import re
from datetime import date

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
EARLIEST, LATEST = 1990, 2100


class BadDate(ValueError):
    """The text is no date, or no day that exists."""


def parse_date(text: str) -> tuple[date, date]:
    """The first and last day that the text covers. Raises `BadDate`.

    >>> parse_date("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise BadDate(text)
    year, month, day = match.groups()
    if not EARLIEST <= int(year) <= LATEST:
        raise BadDate(text)
    try:
        first = date(int(year), int(month or "1"), int(day or "1"))
    except ValueError:
        raise BadDate(text) from None
    if day:
        return first, first
    last_month = int(month or "12")
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def first_day(text: str | None) -> date | None:
    """The first day that a date covers; None for what is none."""
    try:
        return parse_date(text or "")[0]
    except BadDate:
        return None


def sort_key(text: str | None) -> str:
    """A key by which dates of any precision sort; what is unknown sorts first."""
    return text or ""
