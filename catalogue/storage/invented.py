"""Data folders with invented data: marked by a file, so that every page can say so."""

from pathlib import Path

MARK = "INVENTED.txt"
_TEXT = (
    "Erfundene Daten, gemacht mit „catalogue demo-data“. / Invented data, made with “catalogue demo-data”.\n"
)


class FolderInUse(Exception):
    """The folder holds something already; invented data are never mixed with real ones."""


def is_invented(data: Path) -> bool:
    """Whether a data folder holds invented data."""
    return (data / MARK).is_file()


def begin_invented(folder: Path) -> None:
    """Make a new folder and mark it. Raises `FolderInUse` where it holds anything."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderInUse(folder)
    (folder / MARK).write_text(_TEXT, encoding="utf-8")
