"""Whether an address leads to a page of our own, as browsers read it (WHATWG URL Standard)."""

import re

# The language comes first, so neither `//host` nor a scheme fits. Browsers read a backslash as a slash and
# drop tabs and line breaks wherever they stand; so only printing signs may be in it, and no backslash.
_OWN = re.compile(r"/(?:de|en)(?:[/?][!-\[\]-~\u00a1-\U0010ffff]*)?")
_LONGEST = 2000


def own_path(text: str) -> str | None:
    """The address as it is where it is the path of a page of ours (`/de/...`, `/en/...`); else None."""
    is_own = len(text) <= _LONGEST and _OWN.fullmatch(text) and text.isprintable()
    return text if is_own else None
