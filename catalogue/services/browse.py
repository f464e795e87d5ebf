"""What a reader of the catalogue can ask for: each function loads one page's worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.domain.bodies import Body, ModelProject, Topic
from catalogue.domain.licences import Duty, duties_of, group_of
from catalogue.domain.programme import funded
from catalogue.domain.register import Municipality
from catalogue.domain.reuse import Reuse, Stage
from catalogue.domain.similarity import Reason, alike
from catalogue.domain.solution import Funded, Solution, Support
from catalogue.domain.vitality import Vitality, judge
from catalogue.services.cards import Card
from catalogue.services.catalogue import Catalogue
from catalogue.services.figures import Figures, Participation, ReuseCount
from catalogue.services.happenings import Book, read_book
from catalogue.services.observing import Seen, see_as_published
from catalogue.services.search import SearchQuery, SearchResult
from catalogue.storage.stored import StoredSolution

NO_REUSE = ReuseCount(count=0, confirmed=0)
_STAGE_ORDER = (Stage.IN_USE, Stage.TRIAL, Stage.PLANNED, Stage.INTERESTED, None, Stage.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The start page."""

    figures: Figures
    topics: tuple[tuple[Topic, int], ...]
    newest: tuple[Card, ...]
    most_reused: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of results."""

    query: SearchQuery
    result: SearchResult
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseRow:
    """A reuse with the body and the solution that it joins, and whether the programme pays the body."""

    body: Body
    reuse: Reuse
    card: Card
    funded: Funded


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All of one solution, ready for a page."""

    card: Card
    providers: tuple[tuple[Body, str], ...]
    reuses: tuple[ReuseRow, ...]
    support: tuple[tuple[Body, Support], ...]
    topics: tuple[Topic, ...]
    model_projects: tuple[ModelProject, ...]
    based_on: tuple[Card, ...]
    depends_on: tuple[Card, ...]
    needed_by: tuple[Card, ...]
    duties: tuple[Duty, ...]
    book: Book
    parts: tuple[Vitality | None, ...]  # of each repository; None where there is nothing to judge by

    @property
    def solution(self) -> Solution:
        return self.card.solution


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPage:
    """A municipality, district or organisation: what it offers and reuses, and who is like it."""

    body: Body
    provides: tuple[tuple[Card, str], ...]
    reuses: tuple[ReuseRow, ...]
    model_projects: tuple[ModelProject, ...]
    member_of: tuple[Body, ...]
    members: tuple[Body, ...]
    neighbours: tuple[tuple[Municipality, Participation | None], ...]
    alike: tuple[tuple[Municipality, Participation | None], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.provides or self.reuses or self.model_projects or self.member_of or self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPage:
    """A model project with its members, its measures, and what its members offer, use or try."""

    project: ModelProject
    members: tuple[Body, ...]
    measures: tuple[Card, ...]
    others: tuple[Card, ...]


def start(catalogue: Catalogue, *, count: int = 3) -> Start:
    """What the start page shows."""
    store = catalogue.store
    counts = store.topic_counts()
    return Start(
        figures=store.figures(),
        topics=tuple((topic, counts.get(topic.id, 0)) for topic in catalogue.topics.values()),
        newest=cards(catalogue, store.newest(count)),
        most_reused=cards(catalogue, store.most_reused(count)),
    )


def find(catalogue: Catalogue, query: SearchQuery) -> Found:
    """Search, with the solutions of one page."""
    result = catalogue.index.search(query)
    hits = {hit.id: hit for hit in result.hits}
    shown = tuple(
        replace(card, terms=hit.terms, reasons=hit.reasons, by=hit.by)
        for card in cards(catalogue, list(hits))
        for hit in (hits[card.solution.id],)
    )
    return Found(query=query, result=result, cards=shown)


def cards(catalogue: Catalogue, ids: Sequence[str]) -> tuple[Card, ...]:
    """The solutions of `ids`, in that order, in short; those that are gone are left out."""
    found = {key: card for key in ids if (card := catalogue.cards.get(key))}
    missing = [key for key in ids if key not in found]
    if missing:
        counts = catalogue.store.reuse_counts(missing)
        several = catalogue.store.solutions(missing)
        seen = see_as_published(catalogue.store, (one.solution for one in several), catalogue.now())
        for stored in several:
            key = stored.solution.id
            card = _card(catalogue, stored, seen[key], counts.get(key, NO_REUSE))
            found[key] = catalogue.cards.keep(key, card)
    return tuple(found[key] for key in ids if key in found)


def _card(catalogue: Catalogue, stored: StoredSolution, seen: Seen, reuse: ReuseCount) -> Card:
    solution = seen.solution
    owners = dict.fromkeys(provider.body for provider in solution.providers)
    reusers = dict.fromkeys(r.body for r in ordered(solution.reuses) if r.counts and r.is_named)
    return Card(
        solution=solution,
        entry=stored.solution,
        observed=seen.observed,
        providers=tuple(catalogue.bodies.get(key) for key in owners),
        licence_group=group_of(solution.licence.expression if solution.licence else None),
        reuse=reuse,
        reusers=tuple(catalogue.bodies.get(key) for key in list(reusers)[:3]),
        first_published=stored.first_published,
        last_changed=stored.last_changed,
    )


def ordered(reuses: Sequence[Reuse]) -> list[Reuse]:
    """Furthest stage first, confirmed before stated, latest first."""
    latest_first = sorted(reuses, key=lambda reuse: reuse.latest, reverse=True)
    return sorted(latest_first, key=lambda reuse: (_STAGE_ORDER.index(reuse.stage), not reuse.confirmed))


def profile(catalogue: Catalogue, solution_id: str) -> Profile | None:
    """All of one solution, or None where there is none with that id."""
    found = cards(catalogue, [solution_id])
    if not found:
        return None
    card, bodies = found[0], catalogue.bodies
    solution, members = card.solution, catalogue.programme_members
    return Profile(
        card=card,
        providers=tuple((bodies.get(p.body), p.role) for p in solution.providers),
        reuses=tuple(
            ReuseRow(body=body, reuse=reuse, card=card, funded=funded(body, members))
            for reuse in ordered(solution.reuses)
            for body in (bodies.get(reuse.body),)
        ),
        support=tuple((bodies.get(support.body), support) for support in solution.support),
        topics=tuple(catalogue.topics[key] for key in solution.topics if key in catalogue.topics),
        model_projects=tuple(
            catalogue.model_projects[key]
            for key in solution.model_projects
            if key in catalogue.model_projects
        ),
        based_on=cards(catalogue, solution.based_on),
        depends_on=cards(catalogue, solution.depends_on),
        needed_by=cards(catalogue, catalogue.store.needing(solution_id)),
        duties=duties_of(solution.licence.expression if solution.licence else None),
        book=read_book(catalogue.store.harvest, solution),
        parts=tuple(
            judge(one.snapshot, catalogue.now(), shipped=one.is_shipped) if one.snapshot else None
            for one in card.observed.looked
        ),
    )


def similar(catalogue: Catalogue, solution: Solution, *, count: int = 4) -> tuple[tuple[Card, Reason], ...]:
    """Other solutions that share something with it, the nearest first, each with the reason."""
    store = catalogue.store
    # Its profile shows those that it needs or that need it anyway.
    shown_anyway = {solution.id, *solution.based_on, *solution.depends_on, *store.needing(solution.id)}
    ids = [key for key in store.sharing_topics(solution.topics, limit=60) if key not in shown_anyway]
    others = [card.solution for card in cards(catalogue, ids)]
    near = alike(solution, others)[:count]
    shown = {card.solution.id: card for card in cards(catalogue, [other for other, _ in near])}
    return tuple((shown[other], reason) for other, reason in near if other in shown)


def body_page(catalogue: Catalogue, key: str) -> BodyPage | None:
    """What is known of a municipality, district or organisation; None where nobody knows the key."""
    body = catalogue.bodies.find(key)
    if body is None:
        return None
    store, bodies, members = catalogue.store, catalogue.bodies, catalogue.programme_members
    roles = store.provisions_of(body.key)
    provides = {card.solution.id: card for card in cards(catalogue, list(dict.fromkeys(i for i, _ in roles)))}
    reused = store.reuses_of(body.key)
    used = {card.solution.id: card for card in cards(catalogue, list(dict.fromkeys(i for i, _ in reused)))}
    rows = sorted(
        (
            ReuseRow(body=body, reuse=reuse, card=used[i], funded=funded(body, members))
            for i, reuse in reused
            if i in used
        ),
        key=lambda row: (_STAGE_ORDER.index(row.reuse.stage), row.card.solution.name.casefold()),
    )
    active = {part.body: part for part in store.taking_part()} if body.is_official else {}
    register = catalogue.register
    return BodyPage(
        body=body,
        provides=tuple((provides[i], role) for i, role in roles if i in provides),
        reuses=tuple(rows),
        model_projects=tuple(
            project
            for project in catalogue.model_projects.values()
            if body.key in bodies.canonical(project.members)
        ),
        member_of=tuple(
            bodies.get(organisation.id)
            for organisation in bodies.organisations.values()
            if body.key in bodies.canonical(organisation.members)
        ),
        members=tuple(bodies.members(body.key)),
        neighbours=tuple(
            (town, active.get(town.key))
            for town in (register.nearest(body.key, 6) if body.is_official else ())
        ),
        alike=tuple((town, active[town.key]) for town in _active_alike(catalogue, body, active)),
    )


def _active_alike(
    catalogue: Catalogue, body: Body, active: Mapping[str, Participation], *, count: int = 6
) -> tuple[Municipality, ...]:
    """Towns like it that offer or reuse something: they are the ones to ask."""
    if not body.is_official:
        return ()
    return catalogue.register.alike(body.key, count, among=active.keys())


def taking_part(catalogue: Catalogue) -> tuple[tuple[Body, Participation], ...]:
    """Every body that offers or reuses something, by name."""
    rows = [(catalogue.bodies.get(part.body), part) for part in catalogue.store.taking_part()]
    return tuple(sorted(rows, key=lambda row: row[0].label.casefold()))


def project_page(catalogue: Catalogue, project_id: str) -> ProjectPage | None:
    """A model project, or None."""
    project = catalogue.model_projects.get(project_id)
    if project is None:
        return None
    measures = catalogue.store.measures_of(project_id)
    return ProjectPage(
        project=project,
        members=tuple(catalogue.bodies.get(key) for key in project.members),
        measures=cards(catalogue, measures),
        others=cards(catalogue, [key for key in project.solutions if key not in measures]),
    )


def compared(catalogue: Catalogue, ids: Sequence[str], *, most: int = 4) -> tuple[Profile, ...]:
    """Up to `most` solutions for a side-by-side table, in the order asked for, each once."""
    wanted = list(dict.fromkeys(ids))[: most * 3]
    found = [page for key in wanted if (page := profile(catalogue, key)) is not None]
    return tuple(found[:most])
