"""Questions to measure with, drawn from the words that the entries have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from catalogue.benchmark.vocabulary import Vocabulary
from catalogue.domain.solution import Solution
from catalogue.storage.search import terms
from catalogue.storage.search.tokens import fold, tokenise

COUNT = 24  # of each kind
_COMMON = (0.08, 0.55)  # share of entries that have the word
_MIDDLE = (0.004, 0.02)
_RARE = (3, 10)  # entries
_LETTERS = "abcdefghiklmnoprstuwz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Texts by kind. `broad` is two or three common words, `narrow` a common and a less common one."""

    broad: Sequence[str]
    narrow: Sequence[str]
    rare: Sequence[str]
    beginnings: Sequence[str]
    misspelt: Sequence[tuple[str, str]]  # wrong and right
    new: Sequence[str]  # compounds that no entry has

    def as_lists(self) -> dict[str, list[str]]:
        """Those that a page may be asked for."""
        return {"broad": list(self.broad), "narrow": list(self.narrow), "rare": list(self.rare)}


def draw(
    vocabulary: Vocabulary, having: Mapping[str, int], solutions: Sequence[Solution], *, seed: int
) -> Questions:
    """Draw them; `having` says in how many entries each folded word is."""
    random = Random(f"questions {seed}")  # noqa: S311 - repeatable, not secret
    count = len(solutions)
    words = _words(vocabulary, having)
    common = [word for word in words if _COMMON[0] <= having[fold(word)] / count <= _COMMON[1]]
    middle = [word for word in words if _MIDDLE[0] <= having[fold(word)] / count <= _MIDDLE[1]]
    rare = [word for word in words if _RARE[0] <= having[fold(word)] <= _RARE[1]]
    return Questions(
        broad=[" ".join(random.sample(common, random.choice((2, 3)))) for _ in range(COUNT)],
        narrow=[f"{random.choice(common)} {random.choice(middle)}" for _ in range(COUNT)],
        rare=random.sample(rare, COUNT),
        beginnings=[_beginning(random.choice(solutions).name, random) for _ in range(COUNT)],
        misspelt=list(_misspelt(rare + middle, having, random)),
        new=list(_new(vocabulary, having, random)),
    )


def _words(vocabulary: Vocabulary, having: Mapping[str, int]) -> list[str]:
    """Nouns and the like that entries have and that say something alone."""
    firsts = dict.fromkeys(forms[0] for forms in vocabulary.words)
    return [
        word
        for word in firsts
        if fold(word) in having
        and word.isalpha()
        and len(word) > 3
        and not terms.is_generic(fold(word))
        and not any(terms.is_stop_word(token) for token in tokenise(word))
    ]


def _beginning(name: str, random: Random) -> str:
    return name.lower()[: random.randint(2, 7)].strip()


def _misspelt(words: Sequence[str], having: Mapping[str, int], random: Random) -> Iterator[tuple[str, str]]:
    """Words of seven to sixteen letters with one error further in."""
    made = 0
    while made < COUNT:
        word = fold(random.choice(words))
        if not 7 <= len(word) <= 16:
            continue
        place = random.randrange(2, len(word) - 1)
        wrong = random.choice(
            (
                word[:place] + word[place + 1 :],
                word[:place] + random.choice(_LETTERS) + word[place:],
                word[:place] + random.choice(_LETTERS) + word[place + 1 :],
            )
        )
        if wrong not in having:
            made += 1
            yield wrong, word


def _new(vocabulary: Vocabulary, having: Mapping[str, int], random: Random) -> Iterator[str]:
    """Compounds for a block each."""
    made = 0
    while made < COUNT * 40:
        word = vocabulary.coin(random)[0]
        if fold(word) not in having:
            made += 1
            yield word


def hostile(vocabulary: Vocabulary, *, seed: int) -> dict[str, str]:
    """Questions that want to cost much."""
    random = Random(f"hostile {seed}")  # noqa: S311 - repeatable, not secret
    words = random.choices(vocabulary.forms, cum_weights=vocabulary.weights, k=10_000)
    nonsense = ["".join(random.choices(_LETTERS, k=random.randint(8, 14))) for _ in range(10_000)]
    some = " ".join(words[:3])
    return {
        "10,000 words": " ".join(words),
        "10,000 words of nonsense": " ".join(nonsense),
        "1,000 wildcards": "* " * 500 + " ".join(f"{word[:3]}*" for word in words[:500]),
        "2,000 brackets": "(" * 1000 + some + ")" * 1000,
        "dangling NOT": f"{some} AND NOT OR NOT -",
        "null bytes": some.replace(" ", "\0") + "\0" * 1000,
        "right-to-left marks": "\u202e\u200f" + "\u202e".join(some) + "\u202c" * 1000,
        "one word of 100,000 letters": "".join(words)[:100_000],
        "1,000 quotation marks": '"' * 999 + some + '"',
    }
