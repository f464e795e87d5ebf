"""Solutions -> a search index in a folder of its own."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from catalogue.domain.solution import Solution
from catalogue.standards.ags import LAENDER
from catalogue.storage.search.documents import SearchContext, document_of
from catalogue.storage.search.facets import confirming_bodies, reusing_bodies, values_of
from catalogue.storage.search.facts import (
    DocumentFacts,
    Facts,
    Surroundings,
    TopicLabel,
    save_facts,
    save_lexicon,
    words_of,
)
from catalogue.storage.search.names import keys_of
from catalogue.storage.search.narrowing import numbers_by_value
from catalogue.storage.search.postings import change_postings, write_postings
from catalogue.storage.search.previous import Base, copy_files, find_base, find_changed, joined
from catalogue.storage.search.ranking import standing
from catalogue.storage.search.semantic import Encoder, Vectors, texts_of, write_vectors
from catalogue.storage.search.suggest import words_of as suggested_words
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
    previous: Path | None = None,
    model: Encoder | None = None,
) -> None:
    """Write a complete index into the folder, which is made and must hold nothing else.

    `changed` says when a solution was first published and last changed (aware); `progress` is told the number
    of solutions done. Of `previous`, the folder of an older index, all is taken over that has not changed.
    With a `model` the index knows meanings too.
    Raises OSError where the folder cannot be written; what is in it is then void.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamps = {solution.id: _stamp(solution.id, changed, context) for solution in solutions}
    base = find_base(previous, stamps, _basis_of(context)) if previous else None
    added = [solution for solution in solutions if not base or solution.id in base.added]
    building = _Building(folder, context, changed, added)
    done = len(solutions) - len(added)
    building.write(base, (lambda count: progress(done + count)) if progress else None)
    if model:
        by_id = {solution.id: solution for solution in solutions}
        texts = (texts_of(by_id[one.id], context) if one.id else () for one in building.documents)
        write_vectors(folder, texts, model, previous=previous)
    building.finish()


def change_index(
    folder: Path,
    solutions: Sequence[Solution],
    context: SearchContext,
    *,
    changed: Changed,
    previous: Path,
    model: Encoder | None = None,
) -> bool:
    """As `build_index`, for a catalogue in which these solutions alone are others than in `previous`.

    Says False, and leaves the folder empty, where `previous` is not fit for it: broken, of another version or
    of other lists.
    """
    base = find_changed(previous, [solution.id for solution in solutions], _basis_of(context))
    vectors = Vectors.find(previous, model) if model else None
    if base is None or (model and vectors is None):
        return False
    building = _Building(folder, context, changed, solutions)
    building.write(base)
    if vectors:
        old = [
            number if one.id else None for number, one in zip(base.numbers, base.facts.documents, strict=True)
        ]
        vectors.change(folder, old, [texts_of(solution, context) for solution in solutions])
    building.finish()
    return True


class _Building:
    """An index in the making, all of new documents or with them behind those of an older one."""

    def __init__(
        self, folder: Path, context: SearchContext, changed: Changed, added: Sequence[Solution]
    ) -> None:
        self._folder, self._context, self._changed, self._added = folder, context, changed, added
        self._words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._facts = Facts(documents=(), having={}, words=(), topics=())
        self._digests: Mapping[str, str] = {}

    @property
    def documents(self) -> Sequence[DocumentFacts]:
        """All documents, in the order of their numbers."""
        return self._facts.documents

    def write(self, base: Base | None, progress: Callable[[int], None] | None = None) -> None:
        """Write the postings, and make the facts."""
        new = self._new_facts(first=len(base.facts.documents) if base else 0)
        if base:
            taken = copy_files(base.folder, self._folder)
            self._digests = {name: base.digests[name] for name in taken}
            change_postings(self._folder, base.removed, self._terms(progress), kept=base.kept)
            self._facts = joined(base.facts, replace(new, words=words_of(self._words)))
        else:
            write_postings(self._folder, self._terms(progress))
            save_lexicon(self._folder, words_of(self._words), _surroundings(self._context))
            self._facts = new

    def finish(self) -> None:
        """Write the facts, and last the manifest."""
        save_facts(self._folder, self._facts, self._digests)

    def _terms(self, progress: Callable[[int], None] | None) -> Iterator[Mapping[str, Sequence[str]]]:
        for done, solution in enumerate(self._added, start=1):
            document = document_of(solution, self._context)
            for form, spelling in document.spelt.items():
                self._words[form][spelling] += 1
            yield document.terms
            if progress:
                progress(done)

    def _new_facts(self, *, first: int) -> Facts:
        context = self._context
        return Facts(
            documents=tuple(_facts_of(solution, context, self._changed) for solution in self._added),
            having=numbers_by_value([values_of(one, context) for one in self._added], first=first),
            words=(),
            topics=tuple(
                TopicLabel(id=t.id, de=t.de, en=t.en, parent=t.parent) for t in context.topics.values()
            ),
            synonyms=tuple(context.synonyms),
            basis=_basis_of(context),
        )


def _stamp(solution_id: str, changed: Changed, context: SearchContext) -> str:
    """When the solution last changed in the catalogue, and what was seen of it; empty if nobody knows."""
    if solution_id not in changed:
        return ""
    signs = context.signs.get(solution_id)
    seen = f" {signs.level} {' '.join(signs.ranges)} {signs.fingerprint}" if signs else ""
    return changed[solution_id][1].astimezone(UTC).isoformat() + seen


def _surroundings(context: SearchContext) -> Surroundings:
    return Surroundings(
        names=frozenset(_town_names(context)),
        places={
            row.key: (row.lat, row.lon)
            for row in context.bodies.register
            if row.lat is not None and row.lon is not None
        },
    )


def _basis_of(context: SearchContext) -> str:
    """A fingerprint of all that solutions refer to; where it changes, every solution may read otherwise."""
    digest = hashlib.blake2b(digest_size=16)
    for values in (context.bodies.organisations, context.topics, context.model_projects):
        digest.update(repr(sorted(values.items())).encode())
    rows = (f"{row.key} {row.name} {row.population} {row.lat} {row.lon}\n" for row in context.bodies.register)
    digest.update("".join(rows).encode())
    digest.update(repr(sorted(context.bodies.register.aliases.items())).encode())
    return digest.hexdigest()


def _facts_of(solution: Solution, context: SearchContext, changed: Changed) -> DocumentFacts:
    first = changed[solution.id][0].astimezone(UTC).isoformat() if solution.id in changed else ""
    signs = context.signs.get(solution.id)
    return DocumentFacts(
        id=solution.id,
        name=solution.name,
        name_words=suggested_words(solution.name),
        name_keys=" ".join(sorted(keys_of(solution.name))),
        published=first,
        changed=_stamp(solution.id, changed, context),
        last_activity=signs.last_activity.isoformat() if signs and signs.last_activity else "",
        latest=solution.latest_event,
        reused=reusing_bodies(solution, context),
        confirmed=confirming_bodies(solution, context),
        standing=standing(solution),
    )


def _town_names(context: SearchContext) -> Iterator[str]:
    """Names of towns, so that Kassel is not taken for a misspelt Kasse."""
    names = [row.short_name for row in context.bodies.register]
    names += [name for land in LAENDER.values() for name in (land.name, land.english)]
    forms = {token.form for name in names for token in tokenise(name)}
    return (form for form in forms if len(form) >= _SHORTEST_NAME)
