"""Where things lie: in the checkout if there is one, else in the installed package."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = PACKAGE.parent
IN_CHECKOUT = (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / "templates").is_dir()


def _find(name: str) -> Path:
    return (_CHECKOUT if IN_CHECKOUT else PACKAGE) / name


TEMPLATES = _find("templates")
ENTRIES = _find("entries")
STATIC = PACKAGE / "web" / "static"
TRANSLATIONS = PACKAGE / "translations"
REGISTER = PACKAGE / "data" / "register"
SNAPSHOTS = PACKAGE / "data" / "snapshots"
BOUNDARIES = PACKAGE / "data" / "boundaries"


def register_folder(data: Path) -> Path:
    """The register to use: an updated one in the data folder, else the shipped one."""
    updated = data / "register"
    return updated if (updated / "gemeinden.csv").is_file() else REGISTER
