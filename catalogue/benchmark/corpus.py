"""German entries of any number, made from a seed: as long, as varied and as repetitive as real ones."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from catalogue import places
from catalogue.benchmark.vocabulary import Vocabulary
from catalogue.benchmark.words import (
    ENGLISH,
    ENGLISH_ENDINGS,
    ENGLISH_STEMS,
    HEADINGS,
    KINDS,
    LICENCES,
    MATURITIES,
    TECHNOLOGIES,
)
from catalogue.domain.bodies import Bodies
from catalogue.domain.entry import Entry, Value
from catalogue.domain.lists import organisation_from, synonym_group_from, topic_from
from catalogue.domain.register import Register
from catalogue.domain.solution import Solution
from catalogue.domain.solution_from_entry import solution_of
from catalogue.storage.entries import load_folder
from catalogue.storage.register import load_register
from catalogue.storage.search.documents import SearchContext
from catalogue.storage.search.tokens import fold

SEED = 20261122
_FIRST_DAY = datetime(2019, 1, 1, tzinfo=UTC)
_SHORTEST_TEXT, _LONGEST_TEXT = 110, 330  # words, before those that the entry is about
_SUBJECTS = 6  # words that an entry is about
_BURST = (2, 2, 3, 3, 4, 5, 8)  # how often it says each of them
_MOST_REUSES = 40
_EVIDENCE: list[Value] = [{"source": "Erzeugter Eintrag zum Messen."}]
_MARKS = re.compile(r"[^a-z0-9]+")


class Corpus:
    """Entries by number, each made when it is asked for; the same for a size and a seed on every machine."""

    def __init__(self, size: int, *, seed: int = SEED) -> None:
        """Read the register and the lists that entries refer to."""
        self.size, self._seed = size, seed
        self.register = load_register(places.REGISTER)
        lists = load_folder(places.ENTRIES).items
        self.lists = {kind: [(item.id, item.fields) for item in items] for kind, items in lists.items()}
        self.context = SearchContext(
            Bodies(self.register, {key: organisation_from(key, f) for key, f in self.lists["organisation"]}),
            {key: topic_from(key, fields) for key, fields in self.lists["topic"]},
            {},
            tuple(synonym_group_from(key, fields) for key, fields in self.lists["synonym"]),
        )
        self._towns = _Towns(self.register)
        self.vocabulary = Vocabulary(size, self._towns.names, seed=seed)
        self._topics = list(self.context.topics)

    def __len__(self) -> int:
        """How many entries there are."""
        return self.size

    def entry(self, number: int, *, edition: int = 0) -> Entry:
        """One entry; another edition is another text and other facts under the same id."""
        random = Random(f"entry {self._seed} {number} {edition}")  # noqa: S311 - repeatable, not secret
        subjects = [self.vocabulary.subject(random) for _ in range(_SUBJECTS)]
        subjects += [self.vocabulary.coin(random) for _ in range(random.choice((0, 1, 1, 2)))]
        fields = self._fields(random, subjects)
        key = f"loesung-{number:06d}"
        return Entry(
            id=key,
            file=f"{key}.md",
            fields=fields,
            lines={},
            text=self._text(random, subjects),
            text_en=" ".join(_sentences(_english(random, random.randint(20, 60)), random)),
        )

    def solutions(self) -> list[Solution]:
        """All of them."""
        return [solution_of(self.entry(number)) for number in range(self.size)]

    def dates(self) -> dict[str, tuple[datetime, datetime]]:
        """When each was first published and last changed."""
        return dict(self._dates())

    def _dates(self) -> Iterator[tuple[str, tuple[datetime, datetime]]]:
        for number in range(self.size):
            first = _FIRST_DAY + timedelta(minutes=number * 37)
            yield f"loesung-{number:06d}", (first, first + timedelta(days=number % 400))

    def _fields(self, random: Random, subjects: Sequence[tuple[str, ...]]) -> dict[str, Value]:
        about, town = [forms[0] for forms in subjects], self._towns.key(random)
        licence, maturity = _weighted(LICENCES, random), _weighted(MATURITIES, random)
        fields: dict[str, Value] = {
            "name": self._name(random, about, town),
            "summary": {
                "de": self._sentence(random, [random.choice(subjects)[-1], about[0], about[1]], 14),
                "en": _sentences(_english(random, 14), random)[0],
            },
            "kind": _weighted(KINDS, random),
            "open_source": "yes" if licence else random.choice(("announced", "not-confirmed")),
            "providers": [{"body": town, "role": "owner"}],
            "topics": random.sample(self._topics, random.choice((1, 1, 2, 2, 3))),
            "tags": list(dict.fromkeys(about[1 : random.randint(4, 8)])),
            "technologies": list(dict.fromkeys(_zipf(TECHNOLOGIES, random, random.randint(0, 5)))),
            "contact": {"page": f"https://{_MARKS.sub('-', fold(about[0]))[:40]}.example/"},
            "reviewed": "2026-11-22",
            "reuses": self._reuses(random),
            "evidence": _EVIDENCE,
        }
        if licence:
            fields["licence"] = {"expression": licence, "source": "Datei LICENSE im Repositorium."}
        if maturity:
            fields["maturity"] = maturity
        return {name: value for name, value in fields.items() if value}

    def _name(self, random: Random, about: Sequence[str], town: str) -> str:
        """What it is, often with the town, the year or what else tells it from others of its kind."""
        kind = random.random()
        if kind < 0.35:
            return f"{about[0]} {self.register.label(town)}"
        if kind < 0.7:
            return f"{about[0]} {about[1]}"
        return f"{about[-1]} {random.randint(2, 9)}.{random.randint(0, 9)}" if kind < 0.8 else about[-1]

    def _reuses(self, random: Random) -> list[Value]:
        """Mostly none or few, sometimes many."""
        count = min(int(random.paretovariate(1.1)) - 1, _MOST_REUSES)
        return [
            {
                "body": key,
                "relation": "uses",
                "stage": random.choice(("in-use", "in-use", "trial", "planned")),
                "confirmed": random.choice(("yes", "no")),
                "since": str(random.randint(2017, 2026)),
                "evidence": _EVIDENCE,
            }
            for key in dict.fromkeys(self._towns.key(random) for _ in range(count))
        ]

    def _text(self, random: Random, subjects: Sequence[tuple[str, ...]]) -> str:
        count = int(random.triangular(_SHORTEST_TEXT, _LONGEST_TEXT))
        words = random.choices(self.vocabulary.forms, cum_weights=self.vocabulary.weights, k=count)
        words += [random.choice(forms) for forms in subjects for _ in range(random.choice(_BURST))]
        words += [str(random.randint(2, 2026)) for _ in range(random.randint(0, 4))]
        random.shuffle(words)
        third = len(words) // len(HEADINGS) + 1
        parts = [words[start : start + third] for start in range(0, len(words), third)]
        return "\n\n".join(
            f"## {heading}\n\n{' '.join(_sentences(part, random))}"
            for heading, part in zip(HEADINGS, parts, strict=False)
        )

    def _sentence(self, random: Random, said: Sequence[str], count: int) -> str:
        words = random.choices(self.vocabulary.forms, cum_weights=self.vocabulary.weights, k=count)
        words += said
        random.shuffle(words)
        return f"{_first_large(words[0])} {' '.join(words[1:])}."


class _Towns:
    """Municipalities, large ones more often than small ones."""

    def __init__(self, register: Register) -> None:
        rows = register.municipalities()
        self._keys = [row.key for row in rows]
        self._weights = list(accumulate(row.population or 1 for row in rows))
        self.names = sorted({name for row in rows if (name := row.short_name).isalpha()})

    def key(self, random: Random) -> str:
        return random.choices(self._keys, cum_weights=self._weights)[0]


def _sentences(words: Sequence[str], random: Random) -> list[str]:
    """The words in sentences of usual length."""
    made, start = [], 0
    while start < len(words):
        end = start + random.randint(7, 18)
        comma = start + 5 if random.random() < 0.4 else end
        line = " ".join(words[start:comma]) + (f", {' '.join(words[comma:end])}" if words[comma:end] else "")
        made.append(_first_large(line) + ".")
        start = end
    return made


def _english(random: Random, count: int) -> list[str]:
    """English words: mostly common ones."""
    rare = [random.choice(ENGLISH_STEMS) + random.choice(ENGLISH_ENDINGS) for _ in range(count // 4)]
    words = _zipf(ENGLISH, random, count - len(rare)) + rare
    random.shuffle(words)
    return words


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def _weighted(shares: Mapping[str, float], random: Random) -> str:
    return random.choices(list(shares), list(shares.values()))[0]


def _zipf(values: Sequence[str], random: Random, count: int) -> list[str]:
    return random.choices(values, [1 / (rank + 2) for rank in range(len(values))], k=count)
