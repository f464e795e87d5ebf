"""The address of a list of results: read from the request, and made for every link that changes one thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import request, url_for

from catalogue.services.search import FACETS, SearchQuery, Sort

PAGE_SIZE = 20
MOST_COMPARED = 4
LONGEST_TEXT = 500  # signs of a search; the search field takes no more either
_MOST_KEYS = 3 * MOST_COMPARED  # read before it is known which of them the catalogue has
_LONGEST_VALUE = 100
_MOST_VALUES = 40
_LAST_PAGE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsAddress:
    """Search words, filters, order, page and shortlist, as the address holds them."""

    text: str = ""
    text_cut: bool = False  # whether the address held more than `LONGEST_TEXT` signs
    chosen: Mapping[str, tuple[str, ...]]
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    shortlist: tuple[str, ...] = ()
    size: int = PAGE_SIZE

    def query(self) -> SearchQuery:
        return SearchQuery(
            text=self.text,
            chosen={name: frozenset(values) for name, values in self.chosen.items()},
            sort=self.sort,
            offset=(self.page - 1) * self.size,
            limit=self.size,
        )

    def url(self, endpoint: str = "pages.solutions", **values: Any) -> str:
        """The address itself; what has its usual value is left out."""
        pairs: list[tuple[str, str]] = []
        if self.text:
            pairs.append(("q", self.text))
        pairs += [(name, value) for name, chosen in self.chosen.items() for value in chosen]
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        pairs += [("list", key) for key in self.shortlist]
        base = url_for(endpoint, **values)
        return f"{base}?{urlencode(pairs)}" if pairs else base

    def at_page(self, number: int) -> str:
        return replace(self, page=number).url()

    def without(self, name: str, value: str) -> str:
        chosen = {
            facet: tuple(v for v in values if (facet, v) != (name, value))
            for facet, values in self.chosen.items()
        }
        return replace(self, chosen=chosen, page=1).url()

    def cleared(self) -> str:
        return replace(self, chosen={}, page=1).url()

    def toggled(self, key: str) -> "ResultsAddress":
        """The same with a solution put on the shortlist or taken from it; a full one takes no more."""
        if key in self.shortlist:
            return replace(self, shortlist=tuple(other for other in self.shortlist if other != key))
        return self if self.is_full else replace(self, shortlist=(*self.shortlist, key))

    def compare_url(self) -> str:
        base = url_for("pages.compare")
        return f"{base}?{urlencode([('id', key) for key in self.shortlist])}" if self.shortlist else base

    @property
    def is_full(self) -> bool:
        """Whether the shortlist holds as many as can be compared."""
        return len(self.shortlist) >= MOST_COMPARED

    @property
    def is_plain(self) -> bool:
        """Whether this is the whole list: nothing searched, filtered or turned over."""
        return not (
            self.text or any(self.chosen.values()) or self.page > 1 or self.sort is not Sort.RELEVANCE
        )


def read_results_address() -> ResultsAddress:
    """The address of this request; whatever in it makes no sense is left out, never an error."""
    args = request.args
    chosen = {}
    for facet in FACETS:
        values = _few(args.getlist(facet.name))
        if values:
            chosen[facet.name] = values
    sort, text = args.get("sort", ""), args.get("q", "").strip()
    return ResultsAddress(
        text=text[:LONGEST_TEXT].rstrip(),
        text_cut=len(text) > LONGEST_TEXT,
        chosen=chosen,
        sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
        page=read_page(),
        shortlist=read_keys("list"),
    )


def read_page() -> int:
    """The page number of the address, from 1 up."""
    text = request.args.get("page", "1")
    return min(max(int(text), 1), _LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def read_keys(name: str) -> tuple[str, ...]:
    """Ids in the address, each once; more than can be compared, since some may not be in the catalogue."""
    return _few(request.args.getlist(name))[:_MOST_KEYS]


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.strip() for v in values if v.strip() and len(v) <= _LONGEST_VALUE))[
        :_MOST_VALUES
    ]


def host_of(address: str) -> str:
    """The host of an address as people read it."""
    host = urlsplit(address).hostname or address
    try:
        shown = host.encode("ascii").decode("idna")
    except UnicodeError:
        shown = host
    return shown.removeprefix("www.")
