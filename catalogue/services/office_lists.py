"""All reports by what is asked for, and the audit trail: what the office looks up."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from catalogue.domain.claim_reading import Finders, Meant
from catalogue.domain.named_place import named_place
from catalogue.domain.register_names import fold
from catalogue.domain.reuse_report import ReuseReport
from catalogue.services.catalogue import Catalogue
from catalogue.services.work_list import Named, named_of
from catalogue.storage.audit import WantedEvents
from catalogue.storage.events import Entered, Subject
from catalogue.storage.report_lists import Order, Wanted
from catalogue.storage.store import Store

__all__ = ["Entered", "Order", "Subject", "Wanted", "WantedEvents"]
_MOST_NAMED = 200  # bodies and solutions that a text may mean
_NEAR = 3


def reports(
    catalogue: Catalogue, wanted: Wanted, order: Order, *, offset: int, limit: int
) -> tuple[int, list[Named]]:
    """How many reports are asked for, and a page of them with the names of what they are about."""
    total, found = catalogue.store.report_lists.page(
        _named(catalogue, wanted), order, offset=offset, limit=limit
    )
    return total, named_of(catalogue, found)


def each_report(catalogue: Catalogue, wanted: Wanted) -> Iterator[ReuseReport]:
    """All reports that are asked for, by number."""
    return catalogue.store.report_lists.each(_named(catalogue, wanted))


def _named(catalogue: Catalogue, wanted: Wanted) -> Wanted:
    """With the keys of what the words name: organisations of the Land, bodies and solutions of the text."""
    organisations = catalogue.bodies.organisations.values()
    in_land = tuple(one.id for one in organisations if wanted.land and one.land == wanted.land)
    if not wanted.text:
        return replace(wanted, organisations=in_land)
    text = fold(wanted.text)
    names = catalogue.store.report_lists.solution_names()
    return replace(
        wanted,
        organisations=in_land,
        bodies_named=(
            *(row.key for row in catalogue.register.search(wanted.text, _MOST_NAMED)),
            *(one.id for one in organisations if text and text in fold(one.name)),
        ),
        solutions_named=tuple(key for key, name in names.items() if text and text in fold(f"{name} {key}"))[
            :_MOST_NAMED
        ],
    )


# --- The audit trail


def events(
    store: Store, wanted: WantedEvents, *, offset: int, limit: int
) -> tuple[int, list[Entered], Mapping[str, str]]:
    """How many events are asked for, a page of them, and the names of those who acted."""
    total, found = store.audit.page(wanted, offset=offset, limit=limit)
    return total, found, names_of_actors(store, (event.actor for event in found))


def names_of_actors(store: Store, actors: Iterator[str]) -> Mapping[str, str]:
    """The names of the accounts among these actors."""
    numbers = {actor.removeprefix("office:") for actor in actors}
    return store.audit.actors({int(number) for number in numbers if number.isdecimal()})


# --- Whom and what people mean


def finders(catalogue: Catalogue) -> Finders:
    """Finds solutions by id or name, and bodies by key or a name that only one has."""
    return Finders(solution=_solution_finder(catalogue), body=lambda text: _body(catalogue, text))


def _solution_finder(catalogue: Catalogue) -> Callable[[str], Meant]:
    names = catalogue.store.report_lists.solution_names()
    by_name: dict[str, list[str]] = {}
    for key, name in names.items():
        by_name.setdefault(fold(name), []).append(key)

    def find(text: str) -> Meant:
        folded = fold(text)
        if text in names or (text := text.lower()) in names:
            return Meant(key=text)
        keys = by_name.get(folded, [])
        if len(keys) == 1:
            return Meant(key=keys[0])
        near = keys or [key for name, found in by_name.items() if folded and folded in name for key in found]
        return Meant(near=tuple(near[:_NEAR]))

    return find


def _body(catalogue: Catalogue, text: str) -> Meant:
    """Spreadsheets take the leading zero off a key: "1001000" is "01001000"."""
    if text.isascii() and text.isdecimal() and len(text) in (4, 7):
        padded = catalogue.bodies.find(f"0{text}")
        if padded:
            return Meant(key=padded.key)
    if found := catalogue.bodies.find(text):
        return Meant(key=found.key)
    named = named_place(text, catalogue.register)
    if named.found:
        return Meant(key=named.found.key)
    organisations = catalogue.bodies.organisations.values()
    same = [
        one.id
        for one in organisations
        if fold(text) and fold(text) in (fold(one.name), fold(one.short_name or ""))
    ]
    if len(same) == 1:
        return Meant(key=same[0])
    near = [f"{catalogue.register.label(one.key)} ({one.key})" for one in named.candidates]
    return Meant(near=tuple(near[:_NEAR]))
