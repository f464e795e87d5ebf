"""Files, SQL and the search index."""
