"""Solution -> what the index holds of it: the table of fields with their weights, and their terms."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from catalogue.domain.bodies import Bodies, ModelProject, Topic
from catalogue.domain.solution import Solution
from catalogue.domain.synonyms import SynonymGroup
from catalogue.standards.ags import LAENDER
from catalogue.storage.search import terms
from catalogue.storage.search.tokens import composed, tokenise


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """How alive a solution is, as far as its repositories tell: level (None: not known), last commit, ranges.

    `fingerprint` changes with whatever else was seen of them.
    """

    level: str | None
    last_activity: date | None
    ranges: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True)
class SearchContext:
    """What solutions refer to, what words mean, and how alive solutions are."""

    bodies: Bodies
    topics: Mapping[str, Topic]
    model_projects: Mapping[str, ModelProject]
    synonyms: tuple[SynonymGroup, ...] = ()
    signs: Mapping[str, Signs] = field(default_factory=dict)


Texts = Callable[[Solution, SearchContext], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the index: whose texts it holds, in which language, and how much a match there weighs.

    `flat` is BM25F's B: how much a long text loses against a short one (0 nothing, 1 in full).
    `exact` keeps the words as they stand as well, so that an exact match weighs more than a stem. A `leading`
    field says what the solution is about; a word elsewhere may be there by the way.
    """

    name: str
    texts: Texts
    weight: float
    english: bool = False
    exact: bool = True
    leading: bool = True
    flat: float = 0.3


# Addresses are no words: what a server or folder is called says nothing of the solution.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\]]+")
_LINK_TARGET = re.compile(r"\]\([^)\s]*\)")  # of Markdown; its other signs are no words anyway


def _name(solution: Solution, _: SearchContext) -> Iterator[str]:
    yield solution.name


def _keywords(solution: Solution, context: SearchContext) -> Iterator[str]:
    yield from solution.tags
    yield from (context.topics[topic].de for topic in solution.topics if topic in context.topics)


def _keywords_en(solution: Solution, context: SearchContext) -> Iterator[str]:
    yield from (context.topics[topic].en for topic in solution.topics if topic in context.topics)


def _summary(solution: Solution, _: SearchContext) -> Iterator[str]:
    yield solution.summary_de


def _summary_en(solution: Solution, _: SearchContext) -> Iterator[str]:
    yield solution.summary_en or ""


def _needs(solution: Solution, _: SearchContext) -> Iterator[str]:
    yield from solution.needs_de


def _needs_en(solution: Solution, _: SearchContext) -> Iterator[str]:
    yield from solution.needs_en


def _technology(solution: Solution, _: SearchContext) -> Iterator[str]:
    yield from solution.technologies
    yield from solution.standards
    expression = solution.licence.expression if solution.licence else None
    for licence in re.findall(r"[A-Za-z0-9][\w.-]*", expression or ""):
        if licence not in ("AND", "OR", "WITH"):
            # "EUPL", "EUPL-1.2", and "MIT-Lizenz", because "mit" alone is a word that says nothing
            family = licence.split("-")[0]
            yield from (licence, f"{family}-Lizenz", f"{family}-License", f"{family}-Licence")


def _providers(solution: Solution, context: SearchContext) -> Iterator[str]:
    for provider in solution.providers:
        yield from _body(provider.body, context)


def _others(solution: Solution, context: SearchContext) -> Iterator[str]:
    """Who reuses it and who helps, and the model projects that it is a measure of."""
    reusers = (reuse.body for reuse in solution.reuses if reuse.is_named)
    for key in dict.fromkeys((*reusers, *(s.body for s in solution.support))):
        yield from _body(key, context)
    for project in solution.model_projects:
        if project in context.model_projects:
            yield context.model_projects[project].name


def _body(key: str, context: SearchContext) -> Iterator[str]:
    body = context.bodies.get(key)
    yield body.label
    yield body.key
    if key != body.key:
        yield key  # of before a merger
    if body.organisation and body.organisation.short_name:
        yield body.organisation.short_name
    land = LAENDER.get(body.land or "")
    if land:
        yield land.name
        if land.english != land.name:
            yield land.english


def _body_de(solution: Solution, _: SearchContext) -> Iterator[str]:
    transfer = solution.transfer
    yield _LINK_TARGET.sub("]", solution.text_de)
    yield from solution.audience
    for text in (
        solution.operation, transfer.prerequisites, transfer.data, transfer.staff, transfer.cost,
        transfer.obstacles, solution.data_protection, solution.accessibility, solution.funding_note,
    ):  # fmt: skip
        yield text or ""


def _body_en(solution: Solution, _: SearchContext) -> Iterator[str]:
    yield _LINK_TARGET.sub("]", solution.text_en)


# A new field is a line here. Change `index.FORMAT_VERSION` with it.
FIELDS: tuple[Field, ...] = (
    Field(name="name", texts=_name, weight=2.5, flat=0.1),
    Field(name="keywords", texts=_keywords, weight=2.5),
    Field(name="keywords_en", texts=_keywords_en, weight=1.8, english=True),
    Field(name="summary", texts=_summary, weight=2.0),
    Field(name="summary_en", texts=_summary_en, weight=1.6, english=True),
    Field(name="needs", texts=_needs, weight=1.6),
    Field(name="needs_en", texts=_needs_en, weight=1.4, english=True),
    Field(name="technology", texts=_technology, weight=1.8),
    Field(name="providers", texts=_providers, weight=2.0, flat=0.1),
    Field(name="others", texts=_others, weight=0.7, flat=0.5),
    Field(name="body", texts=_body_de, weight=0.8, exact=False, leading=False, flat=0.6),
    Field(name="body_en", texts=_body_en, weight=0.6, english=True, exact=False, leading=False, flat=0.6),
)
# All words of all fields in order, for phrases; scored a little, for exact words of the body.
WORDS, WORDS_WEIGHT = "words", 0.2


@dataclass(frozen=True, slots=True)
class Document:
    """A solution as the index holds it: terms by field (`WORDS` included), and how each word is spelt."""

    terms: Mapping[str, list[str]]
    spelt: Mapping[str, str]


def document_of(solution: Solution, context: SearchContext) -> Document:
    """Analyse every text of a solution, once."""
    found: dict[str, list[str]] = {one.name: [] for one in FIELDS}
    words: list[str] = []
    spelt: dict[str, str] = {}
    for one in FIELDS:
        for text in filter(None, one.texts(solution, context)):
            tokens = tokenise(_ADDRESS.sub(" ", composed(text)))
            found[one.name] += terms.english_of(tokens) if one.english else terms.german_of(tokens)
            if one.exact:
                found[one.name] += terms.exact_of(tokens)
            words += (*terms.sequence_of(tokens), terms.GAP)
            for form, spelling in terms.spellings_of(tokens):
                spelt.setdefault(form, spelling)
    return Document({**found, WORDS: words}, spelt)
