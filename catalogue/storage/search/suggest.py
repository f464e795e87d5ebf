"""Suggestions while somebody types: solutions, topics, technologies and words that begin like this."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from string import ascii_lowercase

from catalogue.domain.beginnings import Beginnings
from catalogue.storage.search.completions import Completions
from catalogue.storage.search.facts import DocumentFacts, TopicLabel
from catalogue.storage.search.tokens import Token, fold, tokenise

_MOST_SIGNS = 100
_SHORTEST_MISSPELT = 4
_MOST_WORDS = 3


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


Label = Callable[[int, bool], Suggestion]


class Candidates:
    """The candidates of one kind, the most important first, by number. Immutable."""

    def __init__(self, words: Sequence[str], label: Label) -> None:
        """`words` are the folded words of each, each after a space, in the order of their importance; `label`
        says what to suggest for a number, in German or (True) in English."""
        self.words, self.label = words, label
        # Whatever begins with the word comes before all that have it further on.
        self._beginnings = Beginnings(
            (word, number + len(words) * (place > 0))
            for number, of_one in enumerate(words)
            for place, word in enumerate(of_one.split())
        )

    def find(self, starts: Sequence[str], limit: int) -> list[int]:
        """Those with a word for each of `starts`; first those that begin with them in their order."""
        many = len(self.words)
        if len(starts) == 1:
            numbers = dict.fromkeys(number % many for number in self._beginnings.first(starts[0]))
            return list(islice(numbers, limit))
        rarest = min(starts, key=self._beginnings.count)
        near = sorted({number % many for number in self._beginnings.every(rarest)})
        asked = [f" {start}" for start in starts]
        found = [number for number in near if all(start in self.words[number] for start in asked)]
        whole = "".join(asked)
        found.sort(key=lambda number: not self.words[number].startswith(whole))
        return found[:limit]


class Suggester:
    """Finds suggestions. Immutable."""

    def __init__(
        self,
        documents: Iterable[DocumentFacts],
        topics: Iterable[TopicLabel],
        technologies: Mapping[str, int],
        completions: Completions,
    ) -> None:
        """`technologies` says how many solutions have each; `completions` are words of the index."""
        self._kinds = (_solutions(documents), _topics(topics), _technologies(technologies))
        self._completions = completions

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
        kinds = [
            [candidates.label(number, lang == "en") for number in numbers]
            for candidates, numbers in zip(self._kinds, found, strict=True)
        ]
        if tokens[-1].end == len(text) and len(starts[-1]) > 1:
            said = {c.words[n] for c, numbers in zip(self._kinds, found, strict=True) for n in numbers}
            words = islice(self._completing(starts, said), _MOST_WORDS)
            before = text[: tokens[-1].start]
            kinds.append([Suggestion(Kind.WORD, before + word, before + word) for word in words])
        shares = _shares([len(kind) for kind in kinds], limit)
        return [one for kind, share in zip(kinds, shares, strict=True) for one in kind[:share]]

    def _completing(self, starts: Sequence[str], said: Set[str]) -> Iterator[str]:
        """Words of the index that complete the last one, but neither its endings nor what is named anyway."""
        *before, start = starts
        words = self._completions.first(start)
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
        right = next((n for n in range(len(start), 0, -1) if start[:n] in self._completions), 0)
        found = {
            changed: self._completions.rank(changed)
            for place in range(1, min(right, len(start) - 1) + 1)
            for changed in _changed(start, place)
            if changed in self._completions
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


def words_of(*labels: str) -> str:
    """The folded words of what may be suggested, each after a space."""
    tokens = [token for label in dict.fromkeys(labels) for token in tokenise(label)]
    words = "".join(f" {token.form}" for token in tokens)
    return words + "".join(f" {form}" for token in tokens for form in token.more)


def _topics(topics: Iterable[TopicLabel]) -> Candidates:
    rows = list(topics)
    return Candidates(
        [words_of(topic.de, topic.en) for topic in rows],
        lambda n, english: Suggestion(Kind.TOPIC, rows[n].id, rows[n].en if english else rows[n].de),
    )


def _solutions(documents: Iterable[DocumentFacts]) -> Candidates:
    ordered = sorted(documents, key=lambda document: -document.reused)
    ids, names = [one.id for one in ordered], [one.name for one in ordered]
    return Candidates(
        [one.name_words for one in ordered], lambda n, _: Suggestion(Kind.SOLUTION, ids[n], names[n])
    )


def _technologies(technologies: Mapping[str, int]) -> Candidates:
    ordered = sorted(technologies, key=lambda name: -technologies[name])
    return Candidates(
        [words_of(name) for name in ordered],
        lambda n, _: Suggestion(Kind.TECHNOLOGY, ordered[n], ordered[n]),
    )
