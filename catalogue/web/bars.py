"""The commits of twelve months as a small picture and as a table: plain numbers for a template to draw."""

from datetime import date

from flask_babel import format_decimal, gettext, ngettext

from catalogue.domain.snapshot import Activity
from catalogue.domain.vitality_signs import months_before
from catalogue.web.shapes import Shape
from catalogue.web.statements import month_words

MONTHS = 12
_HEIGHT, _STEP, _WIDTH = 48, 20, 14  # in the units of the picture
_LEAST = 3  # a month with commits is never drawn as nothing


def bars_shape(activity: Activity | None) -> Shape | None:
    """The picture of the last twelve months; None where no history was seen."""
    rows = _rows(activity) if activity else []
    known = [count for _, count in rows if count is not None]
    if not known:
        return None
    most, total = max(known), sum(known)
    first, last = month_words(rows[0][0]), month_words(rows[-1][0])
    peak = next(day for day, count in rows if count == most)
    return {
        "title": gettext("Änderungen je Monat, %(first)s bis %(last)s", first=first, last=last),
        "description": _description(total, most, month_words(peak)),
        "total": total,
        "said": ngettext(
            "%(count)s Änderung in zwölf Monaten",
            "%(count)s Änderungen in zwölf Monaten",
            total,
            count=format_decimal(total),
        ),
        "width": len(rows) * _STEP,
        "height": _HEIGHT,
        "first": first,
        "last": last,
        "rows": [
            {"month": month_words(day), "count": count, **_bar(i, count, most)}
            for i, (day, count) in enumerate(rows)
        ],
    }


def _rows(activity: Activity) -> list[tuple[date, int | None]]:
    """Month and count, the oldest first; None where the history was cut off before that month."""
    days = [months_before(activity.until.replace(day=1), back) for back in range(MONTHS)]
    counts = list(reversed(activity.months))
    known = {day: counts[back] if back < len(counts) else 0 for back, day in enumerate(days)}
    if activity.is_whole:
        return [(day, known[day]) for day in reversed(days)]
    seen = [day for day in days if known[day]]
    oldest = min(seen, default=days[0])
    return [(day, known[day] if day >= oldest else None) for day in reversed(days)]


def _bar(i: int, count: int | None, most: int) -> Shape:
    high = max(_LEAST, round(count * (_HEIGHT - 2) / most)) if count and most else 0
    return {"x": i * _STEP + (_STEP - _WIDTH) // 2, "y": _HEIGHT - 1 - high, "w": _WIDTH, "h": high}


def _description(total: int, most: int, peak: str) -> str:
    if not total:
        return str(gettext("In diesen Monaten gab es keine Änderung."))
    return str(gettext("Die meisten Änderungen gab es im %(month)s: %(most)s.", month=peak, most=most))
