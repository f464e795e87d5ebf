"""Which day it is where those live who type dates: in Germany, not in UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Berlin")


def day_here(now: datetime) -> date:
    """The day of this moment in Germany; after midnight there, UTC has yesterday for an hour or two."""
    return now.astimezone(HERE).date()
