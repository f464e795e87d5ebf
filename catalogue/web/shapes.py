"""What services answer -> the plain data that the templates' macros take."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from flask import url_for
from flask_babel import format_date, gettext

from catalogue.domain.bodies import Body, Topic
from catalogue.domain.reuse import Evidence, Stage, Step
from catalogue.services.cards import Card
from catalogue.services.search import Sort
from catalogue.web import labels
from catalogue.web.addresses import ResultsAddress, host_of
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue

Shape: TypeAlias = dict[str, object]


def body_url(body: Body) -> str:
    """The page of a body; empty where nobody knows it."""
    if body.is_official:
        return url_for("pages.municipality", key=body.key)
    return url_for("pages.organisation", key=body.key) if body.organisation else ""


def body_shape(body: Body) -> Shape:
    land = labels.land_name(body.land, current_language())
    # "Berlin, Berlin" and "Hamburg, Hamburg" say nothing twice.
    return {"label": body.label, "url": body_url(body), "land": "" if land == body.label else land}


def topic_label(topic: Topic) -> str:
    return topic.en if current_language() == "en" else topic.de


def topic_shapes(keys: Iterable[str]) -> list[Shape]:
    known = catalogue().topics
    return [
        {"id": key, "label": topic_label(known[key]), "url": url_for("pages.topic", key=key)}
        for key in keys
        if key in known
    ]


def date_words(text: str | None) -> str:
    """The date as the source has it: 2024-02-11 -> 11.02.2024, 2024-02 -> Februar 2024, 2024 -> 2024."""
    if not text:
        return ""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    if len(parts) == 2:
        return str(format_date(date(parts[0], parts[1], 1), "MMMM yyyy"))
    return day_words(date(*parts))


def day_words(day: date) -> str:
    """A day as the reader's language writes it."""
    return _day_words(day, current_language())


@lru_cache(maxsize=4096)
def _day_words(day: date, _language: str) -> str:
    return str(format_date(day, "medium"))


def since_words(stage: Stage | None, text: str | None) -> str:
    """Since when a stage is reached: "seit März 2026"; a plan is for a time: "für 2027". Empty if unknown."""
    words = date_words(text)
    if not words or stage is Stage.ENDED:
        return words
    said = (
        gettext("für %(date)s", date=words)
        if stage is Stage.PLANNED
        else gettext("seit %(date)s", date=words)
    )
    return str(said)


def step_words(step: Step) -> str:
    """A stage with its date: "im Betrieb seit März 2024", "geplant für 2027"."""
    return _step_words(step, current_language())


@lru_cache(maxsize=4096)
def _step_words(step: Step, _language: str) -> str:
    label = labels.word(labels.STAGE, step.stage.value)
    if not step.since:
        return label
    date = date_words(step.since)
    if step.stage is Stage.PLANNED:
        return str(gettext("%(stage)s für %(date)s", stage=label, date=date))
    if step.stage is Stage.ENDED:
        return str(gettext("beendet seit %(date)s", date=date))
    return str(gettext("%(stage)s seit %(date)s", stage=label, date=date))


def source_shapes(evidence: Iterable[Evidence]) -> list[Shape]:
    """Evidence as links or words, each with the date on which it was seen where known; words are German."""
    german = "de" if current_language() != "de" else None
    shapes: list[Shape] = []
    for item in evidence:
        label = host_of(item.address) if item.address else item.source or ""
        lang = german if not item.address and label else None
        shapes.append({"label": label, "url": item.address, "date": date_words(item.seen), "lang": lang})
    return shapes


def entry_source(card: Card) -> list[Shape]:
    """The voice of the entry itself, with its date."""
    seen = card.solution.reviewed
    return [
        {
            "label": gettext("Eintrag"),
            "date": date_words(seen) or date_words(card.last_changed.date().isoformat()),
        }
    ]


def page_shape(address: ResultsAddress, total: int) -> Shape:
    """Links to the other pages of results."""
    last = max(1, -(-total // address.size))
    return page_links(total, min(address.page, last), address.at_page, address.size)


def page_links(total: int, page: int, url_of: Callable[[int], str], size: int) -> Shape:
    """Links to the other pages of a list: first, last and those around the current one."""
    last = max(1, -(-total // size))
    numbers = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    items: list[Shape] = []
    for before, number in zip([None, *numbers], numbers, strict=False):
        if before and number - before > 1:
            items.append({"gap": True})
        items.append({"number": number, "url": url_of(number), "current": number == page})
    return {
        "items": items if last > 1 else [],
        "previous_url": url_of(page - 1) if page > 1 else None,
        "next_url": url_of(page + 1) if page < last else None,
    }


def sort_shapes(chosen: str, table: Mapping[str, object]) -> list[Shape]:
    """Orders to choose from; the usual one has no value, so that it stays out of the address."""
    return [
        {"value": "" if code == Sort.RELEVANCE else code, "label": str(label), "chosen": code == chosen}
        for code, label in table.items()
    ]
