"""The words in which a search is asked and answered, for those above the storage floor."""

from catalogue.storage.search.facets import FACETS, FacetCounts
from catalogue.storage.search.highlight import mark
from catalogue.storage.search.query import SearchQuery, SearchResult, Sort

__all__ = ["FACETS", "FacetCounts", "SearchQuery", "SearchResult", "Sort", "mark"]
