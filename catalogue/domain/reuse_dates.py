"""Dates of steps as numbers: months since the year 0, and what a year without a month is taken for.

A date that names only its year counts as the year's last month where things are put in order (by the end of
the year it had begun for certain), and as its middle where time is measured.
"""

MONTHS = 12
_MID_YEAR = 6  # July, from 0


def month_of(text: str) -> int | None:
    """The month of YYYY, YYYY-MM or YYYY-MM-DD; December where it names none; None where it is no date."""
    year, _, rest = text.partition("-")
    month = rest.partition("-")[0] or str(MONTHS)
    if not (len(year) == 4 and year.isdecimal() and month.isdecimal() and 1 <= int(month) <= MONTHS):
        return None
    return int(year) * MONTHS + int(month) - 1


def is_year_only(text: str) -> bool:
    """Whether a date names no month."""
    return "-" not in text


def middle_of_year(month: int) -> int:
    """The middle of the year in which a month lies."""
    return month // MONTHS * MONTHS + _MID_YEAR


def period_of(month: int, *, by_quarter: bool) -> int:
    """The number of the period that holds a month: years, or quarters."""
    return month // 3 if by_quarter else month // MONTHS


def period_name(period: int, *, by_quarter: bool) -> str:
    """A period as readers write it: 2026 or 2026-Q3."""
    return f"{period // 4:04}-Q{period % 4 + 1}" if by_quarter else f"{period:04}"
