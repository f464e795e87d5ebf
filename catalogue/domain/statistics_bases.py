"""What several figures of the statistics count alike, said once; and the groups that figures are shown in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, NamedTuple

from catalogue.domain.pairs import pair_rule
from catalogue.domain.statistics import Figure

Language = Literal["de", "en"]


class Basis(StrEnum):
    """A rule that holds for several figures, by the name that its anchor has."""

    COUNTS = "counts"
    PAIRS = "pairs"
    APART = "apart"
    DATED = "dated"


class BasisWords(NamedTuple):
    """What a rule is about, and the rule."""

    title: str
    text: str


# basis -> (German, English)
_BASES: Mapping[Basis, tuple[BasisWords, BasisWords]] = {
    Basis.COUNTS: (
        BasisWords(
            "Was als Nachnutzung zählt",
            "Eine Nachnutzung ist eine Stelle und eine Lösung, wie viele Quellen sie auch nennen. Gezählt"
            " werden Nachnutzungen, die heute erprobt werden oder im Betrieb sind; wer eine Stufe auswählt,"
            " zählt diese.",
        ),
        BasisWords(
            "What counts as a reuse",
            "A reuse is one body and one solution, however many sources name it. Counted are reuses that are"
            " on trial or in use today; whoever chooses a stage counts that one.",
        ),
    ),
    Basis.PAIRS: (
        BasisWords("Was als Paar zählt", pair_rule("de") + " Wer eine Stufe auswählt, zählt diese."),
        BasisWords("What counts as a pair", pair_rule("en") + " Whoever chooses a stage counts that one."),
    ),
    Basis.APART: (
        BasisWords(
            "Kleine Zahlen und nicht genannte Stellen",
            "Nicht öffentlich genannte Stellen stehen in einer eigenen Zeile.",
        ),
        BasisWords(
            "Small numbers and bodies that are not named",
            "Bodies that are not named publicly have a row of their own.",
        ),
    ),
    Basis.DATED: (
        BasisWords(
            "Wie Zeitreihen zählen",
            "Grundlage sind Nachnutzungen, von denen bekannt ist, seit wann die heutige Stufe gilt; die"
            " anderen stehen, nach ihrer heutigen Stufe, in der letzten Zeile. Eine Angabe ohne Monat zählt"
            " zum Ende ihres Jahres. Das laufende Jahr reicht bis zum Stand.",
        ),
        BasisWords(
            "How time series count",
            "Based on reuses of which it is known when the stage of today began; the others are in the last"
            " row, by their stage of today. A date without a month counts at the end of its year. The current"
            " year goes up to the date of the figure.",
        ),
    ),
}
_COUNTS, _WITH_UNNAMED = (Basis.COUNTS,), (Basis.COUNTS, Basis.APART)
FIGURE_BASES: Mapping[Figure, tuple[Basis, ...]] = {
    Figure.TOTALS: _COUNTS,
    Figure.STOCK: (Basis.DATED,),
    Figure.FLOW: (Basis.DATED,),
    Figure.LANDS: _WITH_UNNAMED,
    Figure.SIZES: _WITH_UNNAMED,
    Figure.TOPICS: _WITH_UNNAMED,
    Figure.SOLUTIONS: _COUNTS,
    Figure.ROUNDS: _WITH_UNNAMED,
    Figure.SPILL_OVER: _WITH_UNNAMED,
    Figure.LAND_PAIRS: (Basis.PAIRS,),
    Figure.BODY_PAIRS: (Basis.PAIRS,),
    Figure.MEASURES: _COUNTS,
    Figure.UNUSED: _COUNTS,
    Figure.REGIONS: _COUNTS,
    Figure.FRESHNESS: _COUNTS,
}


class Group(StrEnum):
    """The parts of the statistics' page, by the name that their anchor has."""

    OVERVIEW = "overview"
    BODIES = "by-body"
    SOLUTIONS = "by-solution"
    TIME = "by-time"
    PAIRS = "by-pair"


# In the order of the page, so that what stands side by side is about as tall.
GROUPS: Mapping[Group, tuple[Figure, ...]] = {
    Group.OVERVIEW: (Figure.TOTALS, Figure.FRESHNESS),
    Group.BODIES: (Figure.LANDS, Figure.REGIONS, Figure.SIZES, Figure.DISTRICTS, Figure.SPILL_OVER),
    Group.SOLUTIONS: (Figure.SOLUTIONS, Figure.MEASURES, Figure.TOPICS, Figure.UNUSED, Figure.ROUNDS),
    Group.TIME: (Figure.STOCK, Figure.FLOW, Figure.TRANSITIONS, Figure.FIRST_REUSE),
    Group.PAIRS: (Figure.LAND_PAIRS, Figure.BODY_PAIRS),
}
_GROUP_WORDS: Mapping[Group, tuple[str, str]] = {
    Group.OVERVIEW: ("Überblick", "Overview"),
    Group.BODIES: ("Wer nachnutzt", "Who reuses"),
    Group.SOLUTIONS: ("Was nachgenutzt wird", "What is reused"),
    Group.TIME: ("Im Lauf der Zeit", "Over time"),
    Group.PAIRS: ("Wer von wem übernimmt", "Who takes over from whom"),
}


def basis_words(basis: Basis, language: Language) -> BasisWords:
    """A rule in words."""
    return _BASES[basis][language == "en"]


def group_word(group: Group, language: Language) -> str:
    """What a part of the page is called."""
    return _GROUP_WORDS[group][language == "en"]


def full_definition(figure: Figure, own: str, language: Language) -> str:
    """What a figure counts, whole: what its bases say around its own sentences."""
    said = {basis: basis_words(basis, language).text for basis in FIGURE_BASES.get(figure, ())}
    before = [said[basis] for basis in (Basis.COUNTS, Basis.PAIRS) if basis in said]
    after = [said[basis] for basis in (Basis.APART, Basis.DATED) if basis in said]
    return " ".join((*before, own, *after))
