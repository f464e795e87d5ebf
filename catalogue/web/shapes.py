"""What services answer -> the plain data that the templates' macros take."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from flask import url_for
from flask_babel import format_date, gettext, lazy_gettext
from markupsafe import Markup, escape

from catalogue.domain.bodies import Body, Topic
from catalogue.domain.solution import Evidence, OpenSource, Reuse
from catalogue.services.browse import Card, ReuseRow
from catalogue.services.search import Sort, mark
from catalogue.standards.markdown import plain
from catalogue.web import labels
from catalogue.web.addresses import MOST_COMPARED, ResultsAddress, host_of
from catalogue.web.blueprint import current_language
from catalogue.web.context import catalogue
from catalogue.web.hints import hint_url

Shape: TypeAlias = dict[str, object]

# Words beside a filter value that explain it.
_FACET_NOTES: Mapping[tuple[str, str], object] = {
    ("licence", "permissive"): lazy_gettext("fast ohne Pflichten"),
    ("licence", "copyleft"): lazy_gettext("Änderungen bleiben offen"),
}


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


def card_shape(card: Card, *, address: ResultsAddress | None = None) -> Shape:
    """A card; with `address` it can be put on the shortlist that the address holds."""
    solution, lang = card.solution, current_language()
    summary, summary_lang = solution.summary_de, "de"
    if lang == "en" and solution.summary_en:
        summary, summary_lang = solution.summary_en, "en"
    open_source = solution.open_source or OpenSource.NOT_CONFIRMED
    expression = solution.licence.expression if solution.licence else None
    return {
        "id": solution.id,
        "url": _profile_url(solution.id, address),
        "name": solution.name,
        "summary": highlighted(summary, card.terms) if card.terms else summary,
        "summary_lang": summary_lang,
        "providers": [body_shape(body) for body in card.providers],
        "kind": solution.kind.value if solution.kind else "",
        "kind_label": labels.word(labels.KIND, solution.kind),
        "open_source": open_source.value,
        "open_source_label": labels.word(labels.OPEN_SOURCE, open_source),
        "licence_group": card.licence_group.value,
        "licence_label": labels.word(labels.LICENCE_GROUP, card.licence_group),
        "licence_expression": expression or "",
        "maturity": solution.maturity.value if solution.maturity else "",
        "maturity_label": labels.word(labels.MATURITY, solution.maturity),
        "discontinued": solution.is_discontinued,
        "reuse_count": card.reuse.count,
        "reuse_confirmed": card.reuse.confirmed,
        "reuser_names": [body.label for body in card.reusers],
        "topics": topic_shapes(solution.topics),
        "highlights": _passages(card, summary),
        **_shortlist_part(solution.id, address),
        "reviewed": date_words(solution.reviewed),
    }


def _shortlist_part(key: str, address: ResultsAddress | None) -> Shape:
    """Whether the card is on the shortlist, the address of the other choice, and words for the choice."""
    if address is None:
        return {"in_shortlist": False, "shortlist_url": "", "shortlist_full": False, "shortlist_said": ""}
    is_in, count = key in address.shortlist, len(address.shortlist)
    said = (
        gettext("Gemerkt, %(count)s von %(most)s", count=count, most=MOST_COMPARED)
        if is_in
        else gettext("Nicht mehr gemerkt, noch %(count)s von %(most)s", count=count, most=MOST_COMPARED)
    )
    is_full = address.is_full and not is_in
    return {
        "in_shortlist": is_in,
        "shortlist_url": "" if is_full else address.toggled(key).url(),
        "shortlist_full": is_full,
        "shortlist_said": said,
    }


def _profile_url(key: str, address: ResultsAddress | None) -> str:
    """The profile; it keeps the shortlist that the address holds."""
    kept = ResultsAddress(chosen={}, shortlist=address.shortlist if address else ())
    return kept.url("pages.solution", key=key)


def _passages(card: Card, summary: str) -> list[Markup]:
    """The best passage of the description, unless the summary shows the matched words already."""
    if not card.terms:
        return []
    solution = card.solution
    shown = {text.casefold() for text, hit in mark(summary, card.terms) if hit}
    text = solution.text_en if current_language() == "en" and solution.text_en else solution.text_de
    runs = mark(plain(text), card.terms, limit=200)
    if not any(hit and piece.casefold() not in shown for piece, hit in runs):
        return []
    return [_marked(runs)]


def highlighted(text: str, terms: frozenset[str]) -> Markup:
    """The text with the matched words marked, safe to print."""
    return _marked(mark(text, terms))


def _marked(runs: Sequence[tuple[str, bool]]) -> Markup:
    return Markup("").join(
        Markup("<mark>{}</mark>").format(text) if hit else escape(text) for text, hit in runs
    )


def date_words(text: str | None) -> str:
    """The date as the source has it: 2024-02-11 -> 11.02.2024, 2024-02 -> Februar 2024, 2024 -> 2024."""
    if not text:
        return ""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    if len(parts) == 2:
        return str(format_date(date(parts[0], parts[1], 1), "MMMM yyyy"))
    return str(format_date(date(*parts), "medium"))


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


def when(reuse: Reuse) -> str:
    """Since when, until when, or for which time a reuse is evidenced."""
    words = []
    if reuse.since:
        words.append(gettext("seit %(date)s", date=date_words(reuse.since)))
    if reuse.until:
        words.append(gettext("bis %(date)s", date=date_words(reuse.until)))
    if reuse.seen and not reuse.until:
        seen = date_words(reuse.seen)
        words.append(
            gettext("belegt für %(date)s", date=seen)
            if reuse.confirmed
            else gettext("genannt für %(date)s", date=seen)
        )
    return ", ".join(words)


def reuse_shape(row: ReuseRow, *, by_body: bool) -> Shape:
    """A row: on a profile titled by its body (`by_body`), on a body's page by its solution."""
    reuse, solution = row.reuse, row.card.solution
    body = body_shape(row.body)
    url = body["url"] if by_body else url_for("pages.solution", key=solution.id)
    return {
        "title": row.body.label if by_body else solution.name,
        "url": url,
        "land": body["land"] if by_body else "",
        "programme": _programme(row) if by_body and row.body.is_official else "",
        "relation_label": labels.word(labels.RELATION, reuse.relation),
        "stage": reuse.stage.value if reuse.stage else "",
        "stage_label": labels.word(labels.STAGE, reuse.stage),
        "confirmed": reuse.confirmed,
        "when": when(reuse),
        "scope": reuse.scope,
        "note": reuse.note,
        "sources": source_shapes(reuse.evidence),
        "report_url": hint_url(solution, body=row.body.label),
    }


def _programme(row: ReuseRow) -> str:
    """Whether the body takes part in the programme that pays for most solutions: spill-over is its aim."""
    if row.in_programme:
        return str(gettext("Mitglied eines Modellprojekts"))
    return str(gettext("nicht im Programm gefördert"))


def facet_shapes(address: ResultsAddress, counts: Iterable[object]) -> list[Shape]:
    """The filter groups with words, chosen values first where long; empty groups are left out."""
    lang = current_language()
    topics = {key: topic_label(topic) for key, topic in catalogue().topics.items()}
    shapes: list[Shape] = []
    for group in counts:
        name: str = getattr(group, "name")  # noqa: B009
        values: Sequence[tuple[str, int, bool]] = getattr(group, "values")  # noqa: B009
        shapes.append(
            {
                "name": name,
                "label": labels.word(labels.FACET, name),
                "values": [
                    {
                        "value": value,
                        "label": labels.facet_value(name, value, lang, topics),
                        "note": str(_FACET_NOTES.get((name, value), "")),
                        "count": count,
                        "chosen": chosen,
                    }
                    for value, count, chosen in values
                ],
                "more_after": 8,
            }
        )
    return [shape for shape in shapes if shape["values"]]


def chosen_shapes(address: ResultsAddress, facets: Sequence[Shape]) -> list[Shape]:
    """The chosen filters as chips, each with the address without it."""
    return [
        {
            "facet_label": facet["label"],
            "label": value["label"],
            "remove_url": address.without(str(facet["name"]), str(value["value"])),
        }
        for facet in facets
        if isinstance(values := facet["values"], list)
        for value in values
        if value["chosen"]
    ]


def page_shape(address: ResultsAddress, total: int) -> Shape:
    """Links to the other pages of a list: first, last and those around the current one."""
    last = max(1, -(-total // address.size))
    current = min(address.page, last)
    numbers = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    items: list[Shape] = []
    for i, number in enumerate(numbers):
        if i and number - numbers[i - 1] > 1:
            items.append({"gap": True})
        items.append({"number": number, "url": address.at_page(number), "current": number == current})
    return {
        "items": items if last > 1 else [],
        "previous_url": address.at_page(current - 1) if current > 1 else None,
        "next_url": address.at_page(current + 1) if current < last else None,
    }


def sort_shapes(chosen: str, table: Mapping[str, object]) -> list[Shape]:
    """Orders to choose from; the usual one has no value, so that it stays out of the address."""
    return [
        {"value": "" if code == Sort.RELEVANCE else code, "label": str(label), "chosen": code == chosen}
        for code, label in table.items()
    ]
