"""Where log lines go, for every command and every worker; secrets of links go nowhere."""

import logging
import re
import sys

# The last part of a link that was mailed (`storage.keys.make_key`), wherever a line names its address.
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")


def log_to_output() -> None:
    """One line per finished unit of work, to standard error; other people's chatter from warnings up."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.addFilter(hide_secrets)


def hide_secrets(record: logging.LogRecord) -> bool:
    """Put a dot for the secret of a link, whoever wrote the line; never holds a line back."""
    try:
        said = record.getMessage()
    except (TypeError, ValueError):  # the handler says what is wrong with the line
        return True
    hidden = _SECRET.sub("…", said)
    if hidden != said:
        record.msg, record.args = hidden, ()
    return True
