"""Looks at Git repositories on behalf of the catalogue; nothing here knows Flask, SQL or the index."""
