"""What somebody means who typed the name of a solution or body, and what the keys of a report are called."""

from catalogue.domain.bodies import Bodies
from catalogue.domain.named_bodies import MOST, Choice, Meant, meant_body
from catalogue.domain.report_mails import Named
from catalogue.domain.reporting import Known
from catalogue.domain.reuse_report import Claim
from catalogue.services.catalogue import Catalogue
from catalogue.storage.search.query import SearchQuery
from catalogue.storage.search.suggest import Kind
from catalogue.storage.store import Store

_LONGEST = 100  # signs that are looked up
_LOOKED_AT = 60  # names that begin alike


def known_of(catalogue: Catalogue, lang: str) -> Known:
    """Whom and what a report may name, of the published catalogue of now."""
    return Known(
        solution=lambda text: meant_solution(text, catalogue, lang),
        body=lambda text: meant_body(text, catalogue.bodies),
        today=catalogue.today(),
    )


def meant_solution(text: str, catalogue: Catalogue, lang: str) -> Meant:
    """The solution with this id or, if only one has it, this name; else those that are like it."""
    if catalogue.store.solution(text):
        return Meant(key=text)
    near = (*find_solutions(text, catalogue, lang, _LOOKED_AT), *_searched(text, catalogue))
    exact = {choice.key for choice in near if choice.label.casefold() == text.casefold()}
    if len(exact) == 1:
        return Meant(key=exact.pop())
    likely = [choice for choice in near if choice.key in exact] or near
    return Meant(choices=tuple(dict.fromkeys(likely))[:MOST])


def find_solutions(text: str, catalogue: Catalogue, lang: str, limit: int) -> tuple[Choice, ...]:
    """Solutions whose name the text may be the beginning of."""
    items = catalogue.index.suggest(text[:_LONGEST], 2 * limit, lang="en" if lang == "en" else "de")
    found = (Choice(key=item.id, label=item.label) for item in items if item.kind is Kind.SOLUTION)
    return tuple(found)[:limit]


def _searched(text: str, catalogue: Catalogue) -> tuple[Choice, ...]:
    asked = SearchQuery(text=text[:_LONGEST], limit=MOST, counted=False, explained=False)
    ids = [hit.id for hit in catalogue.index.search(asked).hits]
    return tuple(Choice(key=s.solution.id, label=s.solution.name) for s in catalogue.store.solutions(ids))


def named(claim: Claim, store: Store, bodies: Bodies) -> Named:
    """The claim with its names; a solution that is no longer published keeps its key."""
    stored = store.solution(claim.solution)
    return Named(
        claim=claim,
        solution=stored.solution.name if stored else claim.solution,
        body=bodies.get(claim.body).label,
    )
