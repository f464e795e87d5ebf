"""The one door to the tables shipped in `catalogue/data`: reads them, changes nothing."""

import os

_DATA = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")


def read_table(*parts: str) -> bytes:
    """The content of a shipped table, such as `read_table("licences", "texts.bin")`.

    From the folder itself: `importlib.resources` loads more modules than all the rest of a short command.
    """
    with open(os.path.join(_DATA, *parts), "rb") as opened:
        return opened.read()
