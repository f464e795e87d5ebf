"""Suggestions while somebody types: solutions, topics, technologies and words that begin like this."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from string import ascii_lowercase

from catalogue.domain.beginnings import Beginnings
from catalogue.storage.search.facts import DocumentFacts, TopicLabel
from catalogue.storage.search.spelling import Word
from catalogue.storage.search.tokens import Token, fold, tokenise

_MOST_SIGNS = 100
_SHORTEST_MISSPELT = 4
_SHORTEST_WORD, _MOST_WORDS = 4, 3


class Kind(StrEnum):
    """What is suggested, in the order in which it is shown."""

    SOLUTION = "solution"
    TOPIC = "topic"
    TECHNOLOGY = "technology"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to go to: `id` is that of a solution or topic, a technology's facet value, or a search."""

    kind: Kind
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be suggested: its folded words, each after a space, and itself in German and English."""

    words: str
    labels: tuple[Suggestion, Suggestion]


class Candidates:
    """The candidates of one kind, the most important first. Immutable."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """`candidates` in the order of their importance."""
        self._candidates = candidates
        # Whatever begins with the word comes before all that have it further on.
        self._beginnings = Beginnings(
            (word, number + len(candidates) * (place > 0))
            for number, candidate in enumerate(candidates)
            for place, word in enumerate(candidate.words.split())
        )

    def find(self, starts: Sequence[str], limit: int) -> list[Candidate]:
        """Those with a word for each of `starts`; first those that begin with them in their order."""
        many = len(self._candidates)
        if len(starts) == 1:
            numbers = dict.fromkeys(number % many for number in self._beginnings.first(starts[0]))
            return [self._candidates[number] for number in islice(numbers, limit)]
        rarest = min(starts, key=self._beginnings.count)
        near = sorted({number % many for number in self._beginnings.every(rarest)})
        asked = [f" {start}" for start in starts]
        found = [
            c for number in near if all(start in (c := self._candidates[number]).words for start in asked)
        ]
        whole = "".join(asked)
        found.sort(key=lambda candidate: not candidate.words.startswith(whole))
        return found[:limit]


class Suggester:
    """Finds suggestions. Immutable."""

    def __init__(
        self,
        documents: Iterable[DocumentFacts],
        topics: Iterable[TopicLabel],
        technologies: Mapping[str, int],
        words: Iterable[Word] = (),
    ) -> None:
        """`technologies` says how many solutions have each; `words` are those of the index, sorted."""
        self._kinds = tuple(
            map(Candidates, (_solutions(documents), _topics(topics), _technologies(technologies)))
        )
        self._words = sorted(filter(_is_worth, words), key=lambda word: -word.count)
        self._beginnings = Beginnings((word.form, number) for number, word in enumerate(self._words))

    def suggest(self, text: str, limit: int, lang: str) -> tuple[Suggestion, ...]:
        """The best few of each kind. Where nothing begins like this, one letter may be wrong."""
        text = text[:_MOST_SIGNS].strip()
        tokens = tokenise(text)
        if not tokens or limit < 1:
            return ()
        starts = [token.form for token in tokens]
        found = self._of_all_kinds(text, tokens, starts, limit, lang)
        if not found and (better := self._mended(starts[-1])):
            found = self._of_all_kinds(text, tokens, [*starts[:-1], better], limit, lang)
        return tuple(found)

    def _of_all_kinds(
        self, text: str, tokens: Sequence[Token], starts: Sequence[str], limit: int, lang: str
    ) -> list[Suggestion]:
        """By kind; where there are too many, each kind gets its share."""
        found = [candidates.find(starts, limit) for candidates in self._kinds]
        kinds = [[candidate.labels[lang == "en"] for candidate in kind] for kind in found]
        if tokens[-1].end == len(text) and len(starts[-1]) > 1:
            said = {candidate.words for kind in found for candidate in kind}
            words = islice(self._completions(starts, said), _MOST_WORDS)
            before = text[: tokens[-1].start]
            kinds.append([Suggestion(Kind.WORD, before + word, before + word) for word in words])
        shares = _shares([len(kind) for kind in kinds], limit)
        return [one for kind, share in zip(kinds, shares, strict=True) for one in kind[:share]]

    def _completions(self, starts: Sequence[str], said: Set[str]) -> Iterator[str]:
        """Words of the index that complete the last one, but neither its endings nor what is named anyway."""
        *before, start = starts
        words = [self._words[number] for number in self._beginnings.first(start)]
        # What is typed to its end has other endings too; what is a beginning has none.
        seen = [word.form for word in words if word.form == start]
        for word in words:
            if _is_ending(word.form, seen):
                continue
            seen.append(word.form)
            if " ".join(("", *before, word.form)) not in said:
                yield word.text

    def _mended(self, start: str) -> str | None:
        """What was meant, with one letter too many, missing, wrong or swapped; the first one is right."""
        if len(start) < _SHORTEST_MISSPELT:
            return None
        right = next((n for n in range(len(start), 0, -1) if start[:n] in self._beginnings), 0)
        found = {
            changed: self._beginnings.first(changed)[0]
            for place in range(1, min(right, len(start) - 1) + 1)
            for changed in _changed(start, place)
            if changed in self._beginnings
        }
        return min(found, key=found.__getitem__) if found else None


def _shares(lengths: Sequence[int], limit: int) -> list[int]:
    """How many each gets where all take one after the other until there are `limit`."""
    shares = [0] * len(lengths)
    while limit > 0 and shares != list(lengths):
        for place, length in enumerate(lengths):
            if limit > 0 and shares[place] < length:
                shares[place] += 1
                limit -= 1
    return shares


def _is_ending(form: str, others: Sequence[str]) -> bool:
    """Whether the word is another one with two more letters at most, or without them: Plan, Plans, Planes."""
    for other in others:
        if -2 <= len(form) - len(other) <= 2 and (form.startswith(other) or other.startswith(form)):
            return True
    return False


def _changed(form: str, place: int) -> Iterator[str]:
    before, letter, after = form[:place], form[place], form[place + 1 :]
    yield before + after
    if after:
        yield before + after[0] + letter + after[1:]
    for other in ascii_lowercase:
        yield before + other + after
        yield before + other + letter + after


def mark_beginnings(label: str, text: str) -> tuple[tuple[str, bool], ...]:
    """The label as runs: pieces that the words of the text are the beginning of are marked."""
    starts = [token.form for token in tokenise(text[:_MOST_SIGNS])]
    runs: list[tuple[str, bool]] = []
    place = 0
    for token in tokenise(label):
        start = max((start for start in starts if token.form.startswith(start)), key=len, default="")
        if start:
            end = token.start + _length_of(token.text, len(start))
            runs += [(label[place : token.start], False), (label[token.start : end], True)]
            place = end
    return tuple(run for run in (*runs, (label[place:], False)) if run[0])


def _length_of(word: str, folded: int) -> int:
    """How many signs of the word its first `folded` signs in folded spelling are: "Grö" for "groe"."""
    return next((n for n in range(1, len(word)) if len(fold(word[:n])) >= folded), len(word))


def _is_worth(word: Word) -> bool:
    """Whether to suggest it: a noun or a name. What was joined from two words is in small letters."""
    if len(word.form) < _SHORTEST_WORD or not word.form.isalpha():
        return False
    return word.text[:1].isupper()


def _candidate(de: Suggestion, en: Suggestion) -> Candidate:
    labels = dict.fromkeys((de.label, en.label))
    tokens = [token for label in labels for token in tokenise(label)]
    words = "".join(f" {token.form}" for token in tokens)
    return Candidate(words + "".join(f" {form}" for t in tokens for form in t.more), (de, en))


def _topics(topics: Iterable[TopicLabel]) -> list[Candidate]:
    return [
        _candidate(Suggestion(Kind.TOPIC, topic.id, topic.de), Suggestion(Kind.TOPIC, topic.id, topic.en))
        for topic in topics
    ]


def _solutions(documents: Iterable[DocumentFacts]) -> list[Candidate]:
    ordered = sorted(documents, key=lambda document: -document.reused)
    return [
        _candidate(suggestion, suggestion)
        for document in ordered
        for suggestion in (Suggestion(Kind.SOLUTION, document.id, document.name),)
    ]


def _technologies(technologies: Mapping[str, int]) -> list[Candidate]:
    ordered = sorted(technologies, key=lambda name: -technologies[name])
    return [
        _candidate(suggestion, suggestion)
        for name in ordered
        for suggestion in (Suggestion(Kind.TECHNOLOGY, name, name),)
    ]
