"""The one door to the tables shipped in `catalogue/data`: reads them, changes nothing."""

from pkgutil import get_data


def read_table(*parts: str) -> bytes:
    """The content of a shipped table, such as `read_table("licences", "texts.bin")`.

    Through `pkgutil`: `importlib.resources` loads more modules than all the rest of a short command.
    """
    data = get_data("catalogue", "/".join(("data", *parts)))
    if data is None:
        raise FileNotFoundError("/".join(parts))
    return data
