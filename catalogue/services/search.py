"""The words in which a search is asked and answered, for those above the storage floor."""

from catalogue.storage.search.facets import FACETS, Choice, Facet
from catalogue.storage.search.highlight import Analysed, analysed, said, unsaid
from catalogue.storage.search.narrowing import FacetGroup, FacetValue
from catalogue.storage.search.near import Who
from catalogue.storage.search.query import Hit, Near, Reason, SearchQuery, SearchResult, Sort, Spelling
from catalogue.storage.search.suggest import Kind as SuggestionKind
from catalogue.storage.search.suggest import mark_beginnings

__all__ = [
    "FACETS",
    "Analysed",
    "Choice",
    "Facet",
    "FacetGroup",
    "FacetValue",
    "Hit",
    "Near",
    "Reason",
    "SearchQuery",
    "SearchResult",
    "Sort",
    "Spelling",
    "SuggestionKind",
    "Who",
    "analysed",
    "mark_beginnings",
    "said",
    "unsaid",
]  # fmt: skip
