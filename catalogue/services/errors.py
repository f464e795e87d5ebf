"""Trouble of the store, for those above the storage floor."""

from catalogue.storage.errors import StoreError

__all__ = ["StoreError"]
