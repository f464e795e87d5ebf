"""Where log lines go, for every command and every worker."""

import logging
import sys


def log_to_output() -> None:
    """One line per finished unit of work, to standard error; other people's chatter from warnings up."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
