"""The published reuses as the feeds show them, passed on from the store."""

from catalogue.storage.published_reuse import NamedReuse

__all__ = ["NamedReuse"]
