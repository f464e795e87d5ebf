"""Use cases: check, publish, browse."""
