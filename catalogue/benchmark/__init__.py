"""How fast the search is: generated entries, and ratios measured side by side in one run."""
