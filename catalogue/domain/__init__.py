"""Our nouns and rules; pure."""
