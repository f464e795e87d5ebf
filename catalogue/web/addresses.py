"""The address of a list of results: read from the request, and made for every link that changes one thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import request, url_for

from catalogue.services.search import FACETS, Choice, Near, SearchQuery, Sort, Spelling, Who
from catalogue.standards.text import whole_number

PAGE_SIZE = 20
MOST_COMPARED = 4
LONGEST_TEXT = 500  # signs of a search; the search field takes no more either
FROM = "from"  # on a profile: the search term whose results led there
NOT = "not-"  # before the name of a facet: values that are not wanted
DISTANCES, USUAL_DISTANCE = (25, 50, 100, 200), 50  # kilometres
_MOST_KEYS = 3 * MOST_COMPARED  # read before it is known which of them the catalogue has
_LONGEST_VALUE = 100
_MOST_VALUES = 40
_LAST_PAGE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsAddress:
    """Search words, filters, order, page and shortlist, as the address holds them.

    `near` is a place as somebody typed it, `km` how far around it `who` may be.
    """

    text: str = ""
    text_cut: bool = False  # whether the address held more than `LONGEST_TEXT` signs
    chosen: Mapping[str, tuple[str, ...]]
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: str = ""
    km: int = USUAL_DISTANCE
    who: Who = Who.ANYBODY
    sort: Sort = Sort.RELEVANCE
    spelling: Spelling = Spelling.CORRECTED
    page: int = 1
    shortlist: tuple[str, ...] = ()
    size: int = PAGE_SIZE

    def query(self, near: Near | None = None) -> SearchQuery:
        """The question; `near` is whom the place in the address means."""
        return SearchQuery(
            text=self.text,
            chosen={name: frozenset(values) for name, values in self.chosen.items()},
            excluded={name: frozenset(values) for name, values in self.excluded.items()},
            near=near,
            sort=self.sort,
            spelling=self.spelling,
            offset=(self.page - 1) * self.size,
            limit=self.size,
        )

    def url(self, endpoint: str = "pages.solutions", **values: Any) -> str:
        """The address itself; what has its usual value is left out."""
        pairs: list[tuple[str, str]] = []
        if self.text:
            pairs.append(("q", self.text))
        pairs += [(name, value) for name, chosen in self.chosen.items() for value in chosen]
        pairs += [(NOT + name, value) for name, values in self.excluded.items() for value in values]
        if self.near:
            pairs.append(("near", self.near))
            pairs += [("km", str(self.km))] if self.km != USUAL_DISTANCE else []
            pairs += [("who", self.who.value)] if self.who is not Who.ANYBODY else []
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.spelling is Spelling.AS_TYPED:
            pairs.append(("exact", "1"))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        pairs += [("list", key) for key in self.shortlist]
        base = url_for(endpoint, **values)
        return f"{base}?{urlencode(pairs)}" if pairs else base

    def at_page(self, number: int) -> str:
        return replace(self, page=number).url()

    def without(self, name: str, value: str) -> str:
        """The address with a value neither chosen nor excluded."""
        chosen, excluded = (_less(values, name, value) for values in (self.chosen, self.excluded))
        return replace(self, chosen=chosen, excluded=excluded, page=1).url()

    def around(self, place: str) -> str:
        """The address with another place, or with none."""
        return replace(self, near=place, page=1).url()

    def cleared(self) -> str:
        """The address without any filter."""
        return replace(self, chosen={}, excluded={}, near="", page=1).url()

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
            self.text
            or any(self.chosen.values())
            or any(self.excluded.values())
            or self.near
            or self.page > 1
            or self.sort is not Sort.RELEVANCE
        )


def read_results_address() -> ResultsAddress:
    """The address of this request; whatever in it makes no sense is left out, never an error."""
    args = request.args
    chosen, excluded = {}, {}
    for facet in FACETS:
        if unwanted := _few(args.getlist(NOT + facet.name)):
            excluded[facet.name] = unwanted
        # What is excluded cannot be chosen too, and where values include each other one is enough.
        if wanted := tuple(value for value in _few(args.getlist(facet.name)) if value not in unwanted):
            chosen[facet.name] = wanted[:1] if facet.choice is Choice.ONE else wanted
    sort, text, who = args.get("sort", ""), args.get("q", "").strip(), args.get("who", "")
    return ResultsAddress(
        text=text[:LONGEST_TEXT].rstrip(),
        text_cut=len(text) > LONGEST_TEXT,
        chosen=chosen,
        excluded=excluded,
        near=read_near(),
        km=read_km(),
        who=Who(who) if who in set(Who) else Who.ANYBODY,
        sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
        spelling=_read_spelling(text),
        page=read_page(),
        shortlist=read_keys("list"),
    )


def _read_spelling(text: str) -> Spelling:
    """As typed where `exact` is 1 or, as in the form, these very words: other words are corrected again."""
    exact = request.args.get("exact", "").strip()
    return Spelling.AS_TYPED if exact and exact in ("1", text) else Spelling.CORRECTED


def read_near() -> str:
    """The place of the address, as somebody typed it."""
    return next(iter(_few(request.args.getlist("near"))), "")


def read_km(usual: int = USUAL_DISTANCE) -> int:
    """How far around the place, one of `DISTANCES`."""
    km = request.args.get("km", "")
    return int(km) if km in map(str, DISTANCES) else usual


def read_page() -> int:
    """The page number of the address, from 1 up."""
    text = request.args.get("page", "1")
    return min(max(int(text), 1), _LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def read_keys(name: str) -> tuple[str, ...]:
    """Ids in the address, each once; more than can be compared, since some may not be in the catalogue."""
    return _few(request.args.getlist(name))[:_MOST_KEYS]


def _less(values: Mapping[str, tuple[str, ...]], name: str, value: str) -> dict[str, tuple[str, ...]]:
    return {facet: tuple(v for v in kept if (facet, v) != (name, value)) for facet, kept in values.items()}


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


def page_in_address() -> int:
    """The page of a list that the address asks for, from 1."""
    return max(1, whole_number(request.args.get("page", ""), 6) or 1)
