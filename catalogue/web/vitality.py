"""Signs of life in words: the level with its date, and every question with its answer and evidence."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from flask_babel import format_decimal, gettext, ngettext

from catalogue.domain.observed import Observed
from catalogue.domain.provenance import link_to
from catalogue.domain.snapshot import Reason, Release, Snapshot
from catalogue.domain.vitality import Level, Vitality
from catalogue.domain.vitality_signs import Answered, Outcome, Sign
from catalogue.domain.vitality_words import level_in_words, unknown_because, words_of
from catalogue.services.browse import Profile
from catalogue.web import labels
from catalogue.web.addresses import host_of
from catalogue.web.bars import bars_shape
from catalogue.web.blueprint import current_language
from catalogue.web.fact_words import short, shown_address
from catalogue.web.shapes import Shape
from catalogue.web.statements import checked, day_words, month_words, place_words
from catalogue.web.voices import voice_name

# level -> tone and icon of its badge; what is not there gets none
TONES: Mapping[Level, tuple[str, str]] = {
    Level.LIVELY: ("success", "success"),
    Level.MAINTAINED: ("success", "check"),
    Level.QUIET: ("info", "info"),
    Level.DORMANT: ("warning", "warning"),
    Level.ARCHIVED: ("danger", "danger"),
    Level.UNKNOWN: ("neutral", "help"),
}


def language() -> Literal["de", "en"]:
    """The language of sentences that stand in tables of the domain."""
    return "de" if current_language() == "de" else "en"


def card_vitality(observed: Observed) -> Shape:
    """How alive a solution is, for its card: level, word and, where nobody has looked of late, the month."""
    found, level = observed.vitality, observed.level
    is_known = found is not None and level is not Level.UNKNOWN
    return {
        "vitality": level.value if is_known else "",
        "vitality_label": labels.word(labels.VITALITY, level) if is_known else "",
        "vitality_as_of": month_words(found.vitality.as_of) if found and is_shipped(observed) else "",
    }


def signs_in_short(observed: Observed) -> dict[str, str]:
    """Level, last commit and last version in words, and the day of the look; empty where there was none."""
    if observed.vitality is None:
        return {}
    found, by = observed.vitality.vitality, observed.vitality.by
    return {
        "label": labels.word(labels.VITALITY, found.level),
        "last": day_words(found.last),
        "release": release_words(newest_release(by)),
        "as_of": day_words(found.looked_on),
    }


def is_shipped(observed: Observed) -> bool:
    """Whether what the level follows from was read before this catalogue was set up."""
    by = observed.vitality.by if observed.vitality else None
    return any(looked.is_shipped and looked.snapshot is by for looked in observed.looked)


def vitality_shape(profile: Profile) -> Shape | None:
    """The signs of life of a solution; None where no repository was looked at."""
    observed = profile.card.observed
    if observed.vitality is None:
        return None
    found, by = observed.vitality.vitality, observed.vitality.by
    questions = [question_shape(answered, by) for answered in found.questions]
    counts = {outcome: sum(row["outcome"] == outcome for row in questions) for outcome in Outcome}
    return {
        **level_shape(found, shipped=is_shipped(observed)),
        "last": day_words(found.last),
        "people": _people(found),
        "release": release_words(newest_release(by)),
        "bars": bars_shape(by.activity),
        "questions": questions,
        "counts": gettext(
            "%(yes)s ja, %(no)s nein, %(unknown)s nicht bekannt",
            yes=counts[Outcome.YES],
            no=counts[Outcome.NO],
            unknown=counts[Outcome.UNKNOWN],
        ),
        "goes_on": checked(observed.vitality.goes_on_in),
        "sources": [_source(by)],
    }


def level_shape(found: Vitality, *, shipped: bool) -> Shape:
    """A level with its badge, its rule, and as of when it is judged."""
    tone, icon = TONES[found.level]
    as_of = day_words(found.as_of)
    return {
        "level": found.level.value,
        "label": labels.word(labels.VITALITY, found.level),
        "tone": tone,
        "icon": icon,
        "rule": _rule(found),
        "is_old": found.level is Level.UNKNOWN and found.last is not None,
        "as_of": as_of,
        "looked": day_words(found.looked_on),
        "is_shipped": shipped,
        "last": day_words(found.last),
    }


def _rule(found: Vitality) -> str:
    """What the level means; where only the look is too old for one, just that."""
    if found.level is Level.UNKNOWN and found.last is not None:
        return str(
            gettext(
                "Der letzte Blick ins Repositorium ist vom %(date)s."
                " Das ist zu lange her, um etwas über heute zu sagen.",
                date=day_words(found.looked_on),
            )
        )
    return level_in_words(found.level, language())[1]


def newest_release(snapshot: Snapshot) -> Release | None:
    """The newest version that is no preview and not dated after the look."""
    day = snapshot.looked_at.date()
    dated = [one for one in snapshot.releases if not one.is_preview and one.on <= day]
    return max(dated, key=lambda one: one.on, default=None)


def release_words(release: Release | None) -> str:
    """A version with its day."""
    if release is None:
        return ""
    return str(gettext("%(name)s vom %(date)s", name=short(release.name, 60), date=day_words(release.on)))


def _people(found: Vitality) -> str:
    """How many people took part, where that could be counted."""
    number = found.answer(Sign.PEOPLE_12).number
    if number is None:
        return ""
    if not number:
        return str(gettext("Niemand hat in zwölf Monaten mitgearbeitet"))
    return str(ngettext("%(num)s Person in zwölf Monaten", "%(num)s Personen in zwölf Monaten", int(number)))


def _source(snapshot: Snapshot) -> Shape:
    """The repository whose history was read, the commit that it ended with, and the day."""
    address = shown_address(snapshot.address)
    commit = f", Commit {snapshot.commit[:10]}" if snapshot.commit else ""
    return {
        "voice": voice_name("history"),
        "label": address + commit,
        "url": checked(snapshot.address),
        "date": day_words(snapshot.looked_at.date()),
    }


def question_shape(answered: Answered, snapshot: Snapshot) -> Shape:
    """A question with its answer, the evidence, the rule, and what would turn the answer into a yes."""
    words, outcome = words_of(answered.sign, language()), answered.outcome
    where = answered.where
    link = checked(link_to(snapshot, where)) if where else None
    return {
        "question": words.question,
        "outcome": outcome,
        "answer": _OUTCOMES[outcome](),
        "evidence": _evidence(answered, snapshot),
        "because": unknown_because(answered.because, language()) if answered.because else "",
        "url": link,
        "place": (place_words(where) or host_of(where.address or "")) if where else "",
        "date": day_words(snapshot.looked_at.date()),
        "rule": words.rule,
        "change": "" if outcome is Outcome.YES or answered.because in _NOT_THEIRS else words.change,
    }


# Where we could not look, nothing that they do would change the answer.
_NOT_THEIRS = (Reason.NOT_ASKED, Reason.UNREACHABLE, Reason.LIMITED, Reason.REFUSED)
_OUTCOMES: Mapping[Outcome, Callable[[], str]] = {
    Outcome.YES: lambda: gettext("ja"),
    Outcome.NO: lambda: gettext("nein"),
    Outcome.UNKNOWN: lambda: gettext("nicht bekannt"),
}


def _evidence(answered: Answered, snapshot: Snapshot) -> str:
    """What the answer follows from, as one line."""
    tell, number = _NUMBERS.get(answered.sign), answered.number
    counted = _grouped(tell(int(number)), int(number)) if tell and number else ""
    if counted and _is_cut_off(answered, snapshot):
        counted = gettext("mindestens %(count)s", count=counted)
    on = _dated(answered.sign, answered.on)
    return "; ".join(part for part in (counted, on) if part)


def _grouped(words: str, number: int) -> str:
    """The words with their number as the language groups its digits."""
    return words.replace(str(number), format_decimal(number), 1)


def _is_cut_off(answered: Answered, snapshot: Snapshot) -> bool:
    """Whether there are more versions than those that a snapshot keeps, and all of the kept ones count."""
    kept = sum(not release.is_preview for release in snapshot.releases)
    return (
        answered.sign in (Sign.RELEASES, Sign.RELEASE_12)
        and snapshot.releases_in_all > len(snapshot.releases)
        and answered.number == kept
    )


def _dated(sign: Sign, on: date | None) -> str:
    if on is None:
        return ""
    if sign in (Sign.COMMIT_6, Sign.COMMIT_12, Sign.PEOPLE_12, Sign.ORGANISATIONS_12):
        return str(gettext("letzte Änderung am %(date)s", date=day_words(on)))
    if sign in (Sign.RELEASES, Sign.RELEASE_12):
        return str(gettext("letzte Version vom %(date)s", date=day_words(on)))
    if sign is Sign.AGE:
        return str(gettext("erste Änderung am %(date)s", date=day_words(on)))
    return ""


_NUMBERS: Mapping[Sign, Callable[[int], str]] = {
    Sign.COMMIT_6: lambda n: ngettext("%(num)s Änderung", "%(num)s Änderungen", n),
    Sign.COMMIT_12: lambda n: ngettext("%(num)s Änderung", "%(num)s Änderungen", n),
    Sign.PEOPLE_12: lambda n: ngettext("%(num)s Person", "%(num)s Personen", n),
    Sign.ORGANISATIONS_12: lambda n: ngettext("%(num)s Organisation", "%(num)s Organisationen", n),
    Sign.RELEASES: lambda n: ngettext("%(num)s Version", "%(num)s Versionen", n),
    Sign.RELEASE_12: lambda n: ngettext("%(num)s Version", "%(num)s Versionen", n),
    Sign.REACTION: lambda n: ngettext("mittlerer Wert %(num)s Tag", "mittlerer Wert %(num)s Tage", n),
    Sign.AGE: lambda n: ngettext("%(num)s Monat alt", "%(num)s Monate alt", n),
}
