"""Flask: translates HTTP, decides nothing."""
