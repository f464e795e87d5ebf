"""The rows of the comparison: what a council paper would ask of each solution."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import gettext, lazy_gettext

from catalogue.domain.snapshot import Question, Voice
from catalogue.services.browse import Profile
from catalogue.web import labels
from catalogue.web.blueprint import current_language
from catalogue.web.fact_words import value_words
from catalogue.web.shapes import date_words, topic_label
from catalogue.web.statements import contradiction_words, day_words
from catalogue.web.vitality import signs_in_short
from catalogue.web.voices import voice_name

_ = lazy_gettext
Cell: TypeAlias = "str | list[str] | None"


@dataclass(frozen=True, slots=True)
class Row:
    """One question, and each solution's answer; None means: not known. `lang` is set for German texts."""

    label: str
    cells: tuple[Cell, ...]
    lang: str | None = None


def comparison_rows(profiles: Sequence[Profile]) -> list[Row]:
    """All rows, also those where nobody has an answer: what is not known is worth a question too."""
    german = "de" if current_language() != "de" else None
    return [
        Row(str(label), tuple(answer(profile) for profile in profiles), german if is_german else None)
        for label, answer, is_german in _ROWS
    ]


def plain_cell(cell: Cell) -> str:
    """A cell as text for a spreadsheet."""
    if cell is None:
        return str(gettext("nicht bekannt"))
    return "; ".join(cell) if isinstance(cell, list) else cell


def _summary(profile: Profile) -> Cell:
    english = profile.solution.summary_en if current_language() == "en" else None
    return english or profile.solution.summary_de


def _open_source(profile: Profile) -> Cell:
    state = profile.solution.open_source
    return labels.word(labels.OPEN_SOURCE, state.value if state else "not-confirmed")


def _licence(profile: Profile) -> Cell:
    """The licence, who says so and as of when, and whether somebody contradicts."""
    licence = profile.solution.licence
    if not licence or not licence.expression:
        return None
    words = value_words(Question.LICENCE, licence.expression)
    found = profile.card.observed.answers.get(Question.LICENCE)
    if found is None or found.said.voice is Voice.ENTRY:
        said = words
    else:
        source = gettext(
            "laut %(voice)s, Stand %(date)s",
            voice=voice_name(found.said.voice),
            date=day_words(found.said.as_of),
        )
        said = f"{words} ({source})"
    if found is None or not found.contradicting:
        return said
    return [said, gettext("Widerspruch: %(text)s", text=contradiction_words(found))]


def _signs(name: str) -> Callable[[Profile], Cell]:
    """What a repository shows, with the day as of which it does."""

    def answer(profile: Profile) -> Cell:
        signs = signs_in_short(profile.card.observed)
        words = signs.get(name)
        return f"{words} ({gettext('Stand %(date)s', date=signs['as_of'])})" if words else None

    return answer


def _licence_group(profile: Profile) -> Cell:
    return labels.word(labels.LICENCE_GROUP, profile.card.licence_group)


def _reuse(profile: Profile) -> Cell:
    count = profile.card.reuse
    if not count.count:
        return str(gettext("keine bekannt"))
    return str(
        gettext(
            "%(count)s, davon %(confirmed)s bestätigt oder belegt",
            count=count.count,
            confirmed=count.confirmed,
        )
    )


def _reusers(profile: Profile) -> Cell:
    rows = [
        f"{row.body.label} ({labels.word(labels.STAGE, row.reuse.stage)})"
        for row in profile.reuses
        if row.reuse.stage and row.reuse.is_named
    ]
    more = [gettext("und %(count)s weitere", count=len(rows) - 10)] if len(rows) > 10 else []
    unnamed = sum(not row.reuse.is_named for row in profile.reuses)
    if unnamed:
        more.append(gettext("%(count)s nicht öffentlich genannt", count=unnamed))
    return [*rows[:10], *more] or None


def _reach(profile: Profile) -> Cell:
    rows = []
    for reach in profile.solution.stated_reach:
        number = gettext("mindestens %(count)s", count=reach.count) if reach.at_least else str(reach.count)
        as_of = f" ({date_words(reach.as_of)})" if reach.as_of else ""
        rows.append(f"{number} {reach.unit}{as_of}")
    return rows or None


def _contact(profile: Profile) -> Cell:
    contact = profile.solution.contact
    return [value for value in (contact.page, contact.email) if value] or None


def _codes(table: dict[str, object], name: str) -> Callable[[Profile], Cell]:
    def answer(profile: Profile) -> Cell:
        return [labels.word(table, code) for code in getattr(profile.solution, name)] or None

    return answer


def _texts(name: str) -> Callable[[Profile], Cell]:
    return lambda profile: list(getattr(profile.solution, name)) or None


def _transfer(name: str) -> Callable[[Profile], Cell]:
    return lambda profile: getattr(profile.solution.transfer, name)


# label, answer, whether the answer is the entry's own German text
_ROWS: tuple[tuple[object, Callable[[Profile], Cell], bool], ...] = (
    (_("Was sie tut"), _summary, False),
    (_("Art"), lambda p: labels.word(labels.KIND, p.solution.kind) or None, False),
    (_("Bereitgestellt von"), lambda p: [body.label for body in p.card.providers] or None, False),
    (_("Themen"), lambda p: [topic_label(topic) for topic in p.topics] or None, False),
    (_("Open Source"), _open_source, False),
    (_("Lizenz"), _licence, False),
    (_("Lizenzgruppe"), _licence_group, False),
    (_("Lebenszeichen"), _signs("label"), False),
    (_("Letzte Änderung"), _signs("last"), False),
    (_("Letzte Version"), _signs("release"), False),
    (_("Reifegrad"), lambda p: labels.word(labels.MATURITY, p.solution.maturity) or None, False),
    (_("Nachnutzungen"), _reuse, False),
    (_("Wer sie nutzt"), _reusers, False),
    (_("Genannte Verbreitung"), _reach, True),
    (_("Technik"), _texts("technologies"), False),
    (_("Offene Standards"), _texts("standards"), False),
    (_("Läuft auf"), _codes(labels.PLATFORM, "platforms"), False),
    (_("Betrieb und Verstetigung"), lambda p: p.solution.operation, True),
    (_("Voraussetzungen"), _transfer("prerequisites"), True),
    (_("Daten"), _transfer("data"), True),
    (_("Personal"), _transfer("staff"), True),
    (_("Kosten"), _transfer("cost"), True),
    (_("Bekannte Hürden"), _transfer("obstacles"), True),
    (_("Datenschutz"), lambda p: p.solution.data_protection, True),
    (_("Barrierefreiheit"), lambda p: p.solution.accessibility, True),
    (_("Hilfe und Dienstleister"), lambda p: [f"{b.label}: {s.offer}" for b, s in p.support] or None, True),
    (_("Ansprechstelle"), _contact, False),
    (_("Dokumentation"), lambda p: p.solution.documentation, False),
    (_("Quelltext"), lambda p: [r.address for r in p.solution.repositories] or None, False),
    (_("Nicht bestätigt"), lambda p: list(p.solution.unconfirmed) or None, True),
    (_("Zuletzt durchgesehen"), lambda p: date_words(p.solution.reviewed) or None, False),
)
