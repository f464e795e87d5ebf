"""The one door to the tables shipped in `catalogue/data`: reads them, changes nothing."""

from importlib.resources import files


def read_table(*parts: str) -> bytes:
    """The content of a shipped table, such as `read_table("licences", "texts.bin")`."""
    return files("catalogue").joinpath("data", *parts).read_bytes()
