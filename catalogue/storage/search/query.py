"""What is asked and what is answered, and the small grammar of questions: words, "phrases", -word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from catalogue.storage.search.narrowing import FacetGroup
from catalogue.storage.search.near import Who
from catalogue.storage.search.tokens import Token, tokenise

MOST_WORDS = 20
MOST_SIGNS = 500
_MOST_MEANT = 400  # signs of a question that are asked for their meaning


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    NAME = "name"
    NEWEST = "newest"
    MOST_REUSED = "most-reused"
    LAST_ACTIVITY = "last-activity"


class Spelling(StrEnum):
    """Whether misspelt words are searched for as they are meant or as they were typed."""

    CORRECTED = "corrected"
    AS_TYPED = "as-typed"


@dataclass(frozen=True, slots=True)
class Near:
    """Not further than `km` kilometres from a municipality or district (its key)."""

    key: str
    km: int
    who: Who = Who.ANYBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """One question. `chosen` are the values by facet: any of them in each facet; `excluded` none of them.

    Facets are `counted`, and hits `explained` (with their terms and reasons), for whoever shows that.
    """

    text: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    excluded: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    near: Near | None = None
    sort: Sort = Sort.RELEVANCE
    spelling: Spelling = Spelling.CORRECTED
    offset: int = 0
    limit: int = 20
    counted: bool = True
    explained: bool = True


class Reason(NamedTuple):
    """Why a solution was found: `word` was asked, `found` is what stands there.

    `kind` is "name", "field" (`found` is the field's name), "synonym", "part" (of a compound), "correction"
    (of a misspelt word), "beginning", "english" or "meaning".
    """

    kind: str
    word: str
    found: str = ""


class Hit(NamedTuple):
    """A solution that was found; `terms` are the index terms that matched, for `highlight.mark`.

    `by` is "words", or "meaning" for what has none of the words; that stands after all others and is not
    counted.
    """

    id: str
    score: float
    terms: frozenset[str] = frozenset()
    reasons: tuple[Reason, ...] = ()
    by: str = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer. `total` counts all that was found by words, `hits` are those from offset on; what was found
    by meaning alone stands after the last of them and is not counted, neither here nor by the facets.

    `corrected` is the question as it was understood where a word was misspelt; `ignored` are words that
    nothing was found for; `words_cut` says that the question was cut to its first `MOST_WORDS` words.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetGroup, ...]
    words_cut: bool = False
    ignored: tuple[str, ...] = ()
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question taken apart; nothing of it can be wrong."""

    words: tuple[Token, ...] = ()
    phrases: tuple[tuple[Token, ...], ...] = ()
    excluded: tuple[Token, ...] = ()
    words_cut: bool = False
    text: str = ""  # all of it but what is excluded

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not (self.words or self.phrases or self.excluded)


# A minus excludes only before a word and after a space: "Bund-Länder" and "Stadt - Land" mean no such thing.
_QUOTE = r"[\"„“”«»]"
_PLAIN = r"[^\"„“”«»"
_PIECE = re.compile(
    rf"{_QUOTE}(?P<phrase>{_PLAIN}]*){_QUOTE}|(?:(?<=\s)|^)[-−](?P<minus>[^\W_]{_PLAIN}\s]*)|{_PLAIN}\s]+"
)
_SIGN = re.compile(r"[^\W_]")  # what every word has


def parse_query(text: str) -> Parsed:
    """Words, phrases and excluded words of any text whatsoever; operators of other engines are just words."""
    words: list[Token] = []
    phrases: list[tuple[Token, ...]] = []
    excluded: list[Token] = []
    left, cut = MOST_WORDS, len(text) > MOST_SIGNS
    pieces = list(_PIECE.finditer(text[:MOST_SIGNS]))
    for match in pieces:
        phrase, minus = match.groups()
        begin, end = match.span("phrase" if phrase else "minus" if minus else 0)
        if not _SIGN.search(text, begin, end) or not (tokens := tokenise(text, begin, end)):
            continue
        if not left:
            cut = True
            break
        cut, tokens = cut or len(tokens) > left, tokens[:left]
        left -= len(tokens)
        if minus:
            excluded += tokens
        elif phrase and len(tokens) > 1:
            phrases.append(tuple(tokens))
        else:
            words += tokens
    said = " ".join(match.group() for match in pieces if not match.group("minus"))
    return Parsed(tuple(words), tuple(phrases), tuple(excluded), cut, said[:_MOST_MEANT])
