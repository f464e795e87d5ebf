"""A solution as the catalogue knows it: typed, complete, made from a checked entry."""

from dataclasses import dataclass
from enum import StrEnum

from catalogue.domain.reuse import Evidence, Reuse


class SolutionKind(StrEnum):
    """What can be taken over."""

    SOFTWARE = "software"
    SERVICE = "service"
    CONCEPT = "concept"


class OpenSource(StrEnum):
    """Only `YES` is called open source on pages."""

    YES = "yes"
    ANNOUNCED = "announced"
    NOT_CONFIRMED = "not-confirmed"


class Maturity(StrEnum):
    """publiccode.yml `developmentStatus`; obsolete means discontinued."""

    CONCEPT = "concept"
    DEVELOPMENT = "development"
    BETA = "beta"
    STABLE = "stable"
    OBSOLETE = "obsolete"


class Funded(StrEnum):
    """Whether the programme Modellprojekte Smart Cities pays for it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    body: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A Git repository (or, with role `group`, a page that lists several)."""

    address: str
    role: str
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What the entry says of the licence; `expression` is SPDX, None where none was seen."""

    expression: str | None
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    date: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A functional address: a page, a mailbox, or both."""

    page: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    body: str
    offer: str
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot:
    file: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReach:
    """A number that a source gives without naming anyone."""

    count: int
    at_least: bool
    unit: str
    text: str
    as_of: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What a town needs to take the solution over."""

    prerequisites: str | None = None
    data: str | None = None
    staff: str | None = None
    cost: str | None = None
    obstacles: str | None = None

    @property
    def is_known(self) -> bool:
        return any((self.prerequisites, self.data, self.staff, self.cost, self.obstacles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """All that an entry says. None and empty tuples mean "not known"."""

    id: str
    name: str
    summary_de: str
    summary_en: str | None
    kind: SolutionKind | None
    open_source: OpenSource | None
    providers: tuple[Provider, ...]
    mpsc: Funded | None
    funding_note: str | None
    model_projects: tuple[str, ...]
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    needs_de: tuple[str, ...]
    needs_en: tuple[str, ...]
    repositories: tuple[Repository, ...]
    homepage: str | None
    documentation: str | None
    demo: str | None
    licence: Licence | None
    maturity: Maturity | None
    milestones: tuple[Milestone, ...]
    contact: Contact
    technologies: tuple[str, ...]
    standards: tuple[str, ...]
    audience: tuple[str, ...]
    platforms: tuple[str, ...]
    languages: tuple[str, ...]
    based_on: tuple[str, ...]
    depends_on: tuple[str, ...]
    operation: str | None
    transfer: Transfer
    support: tuple[Support, ...]
    data_protection: str | None
    accessibility: str | None
    screenshots: tuple[Screenshot, ...]
    reviewed: str | None
    reuses: tuple[Reuse, ...]
    stated_reach: tuple[StatedReach, ...]
    unconfirmed: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    text_de: str
    text_en: str

    @property
    def is_discontinued(self) -> bool:
        return self.maturity is Maturity.OBSOLETE

    @property
    def is_open_source(self) -> bool:
        return self.open_source is OpenSource.YES

    @property
    def latest_event(self) -> str:
        """The date of the latest milestone, as its source has it; empty where none is known."""
        return max((milestone.date for milestone in self.milestones), default="")

    @property
    def reuse_bodies(self) -> frozenset[str]:
        """The bodies that count in "reused by n": each once, however many rows it has."""
        return frozenset(reuse.body for reuse in self.reuses if reuse.counts)

    @property
    def confirmed_bodies(self) -> frozenset[str]:
        """Those of `reuse_bodies` whose use a source confirms."""
        return frozenset(reuse.body for reuse in self.reuses if reuse.counts and reuse.confirmed)
