"""Tables as files to download, in each of the formats that we write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalogue.storage.sheets import Cell, Sheet, as_csv, as_json, as_xlsx, csv_parts

__all__ = ["FORMATS", "Cell", "Format", "Sheet", "csv_parts"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, and what writes it."""

    media_type: str
    write: Callable[[Sheet], bytes]


# The ending of the address -> the format.
FORMATS: Mapping[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "json": Format("application/json", as_json),
}
