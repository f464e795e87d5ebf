"""What was seen of a solution's repositories, ready for its profile."""

from collections.abc import Iterator

from catalogue.domain.observed import Observed
from catalogue.domain.provenance import Answer, Looked
from catalogue.domain.snapshot import Question
from catalogue.services.browse import Profile
from catalogue.web.found import found_shape
from catalogue.web.history import timeline_shape
from catalogue.web.repositories import repository_shapes
from catalogue.web.shapes import Shape
from catalogue.web.statements import contradiction_shape, sources_of
from catalogue.web.vitality import vitality_shape
from catalogue.web.voices import note_words

_MOST_SOURCES = 3  # that agree on the licence


def observed_shape(profile: Profile) -> Shape:
    """What templates/pages/solution.html shows of looks at repositories."""
    observed, entry = profile.card.observed, profile.card.entry
    licence = observed.answers.get(Question.LICENCE)
    parts = [
        {**contradiction_shape(answer, entry), "address": looked.repository.address}
        for looked, answer in _new_in_parts(observed)
    ]
    whole = [(answer.question, contradiction_shape(answer, entry)) for answer in observed.contradictions]
    return {
        "vitality": vitality_shape(profile),
        "repositories": repository_shapes(profile),
        "timeline": timeline_shape(profile),
        "found": found_shape(profile),
        "licence_sources": sources_of((licence.said, *licence.agreeing), entry)[:_MOST_SOURCES]
        if licence
        else [],
        "licence_note": note_words(licence.said.notes) if licence else "",
        "is_licence_contradicted": any(question is Question.LICENCE for question, _ in whole),
        "licence_contradictions": [
            *(shape for question, shape in whole if question is Question.LICENCE),
            *parts,
        ],
        "contradictions": [shape for question, shape in whole if question is not Question.LICENCE],
    }


def _new_in_parts(observed: Observed) -> Iterator[tuple[Looked, Answer]]:
    """Contradictions in single repositories that the one of the whole solution does not tell already."""
    whole = observed.answers.get(Question.LICENCE)
    told = _pairs(whole) if whole and whole.contradicting else frozenset()
    for looked, answer in observed.part_contradictions:
        if not _pairs(answer) <= told:
            yield looked, answer


def _pairs(answer: Answer) -> frozenset[tuple[str, str]]:
    return frozenset((one.voice, str(one.value)) for one in (answer.said, *answer.contradicting))
