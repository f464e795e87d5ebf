"""Solutions -> a search index in a folder of its own."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from catalogue.domain.solution import Solution
from catalogue.storage.search.documents import SearchContext, document_of
from catalogue.storage.search.facets import confirming_bodies, reusing_bodies, values_of
from catalogue.storage.search.facts import DocumentFacts, Facts, TopicLabel, save_facts, words_of
from catalogue.storage.search.names import keys_of
from catalogue.storage.search.postings import write_postings
from catalogue.storage.search.ranking import standing
from catalogue.storage.search.tokens import tokenise

Changed = Mapping[str, tuple[datetime, datetime]]
_SHORTEST_NAME = 4  # letters of a town's name that is worth telling from a misspelt word


def build_index(
    folder: Path,
    solutions: Sequence[Solution],
    context: SearchContext,
    *,
    changed: Changed,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write a complete index into the folder, which is made and must hold nothing else.

    `changed` says when a solution was first published and last changed (aware); `progress` is told the number
    of solutions done. Raises OSError where the folder cannot be written; what is in it is then void.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def documents() -> Iterator[Mapping[str, Sequence[str]]]:
        for done, solution in enumerate(solutions, start=1):
            document = document_of(solution, context)
            for form, spelling in document.spelt.items():
                words[form][spelling] += 1
            yield document.terms
            if progress:
                progress(done)

    write_postings(folder, documents())
    facts = Facts(
        documents=tuple(_facts_of(solution, context, changed) for solution in solutions),
        words=words_of(words),
        names=_town_names(context),
        topics=tuple(TopicLabel(id=t.id, de=t.de, en=t.en) for t in context.topics.values()),
    )
    save_facts(folder, facts)


def _facts_of(solution: Solution, context: SearchContext, changed: Changed) -> DocumentFacts:
    published = changed[solution.id][0].astimezone(UTC).isoformat() if solution.id in changed else ""
    return DocumentFacts(
        id=solution.id,
        name=solution.name,
        name_keys=sorted(keys_of(solution.name)),
        published=published,
        latest=solution.latest_event,
        reused=reusing_bodies(solution, context),
        confirmed=confirming_bodies(solution, context),
        standing=standing(solution),
        facets=values_of(solution, context),
    )


def _town_names(context: SearchContext) -> tuple[str, ...]:
    """Names of towns, so that Kassel is not taken for a misspelt Kasse."""
    forms = {token.form for row in context.bodies.register for token in tokenise(row.short_name)}
    return tuple(sorted(form for form in forms if len(form) >= _SHORTEST_NAME))
