"""The figures that the store counts, for those above the storage floor."""

from catalogue.storage.counts import Figures, Participation, ReuseCount

__all__ = ["Figures", "Participation", "ReuseCount"]
