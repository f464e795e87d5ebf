"""Uploads between preview and taking over: rows in a file of the data folder, for an hour and one account."""

import json
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from catalogue.storage.errors import make_folder, writing

LASTS = timedelta(hours=1)
_FOLDER = "uploads"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What somebody has uploaded and not yet taken over."""

    account: int
    name: str  # of the file
    made: datetime
    rows: Sequence[Sequence[str]]


class Uploads:
    """The uploads of a data folder. Processes may share it."""

    def __init__(self, data: Path) -> None:
        self._folder = data / _FOLDER

    def keep(self, upload: Upload) -> str:
        """Keep the rows; a name of 192 random bits by which they are found. Old uploads go."""
        make_folder(self._folder)
        self.purge(upload.made)
        token = secrets.token_urlsafe(24)
        plain = {
            "account": upload.account, "name": upload.name, "made": upload.made.isoformat(),
            "rows": [list(row) for row in upload.rows],
        }  # fmt: skip
        with writing(self._folder):
            handle = os.open(self._path(token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(plain))
        return token

    def find(self, token: str, account: int, now: datetime) -> Upload | None:
        """What this account has uploaded; None where it never was, is too old, taken over, or another's."""
        if not _TOKEN.fullmatch(token):
            return None
        try:
            plain = json.loads(self._path(token).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        made = datetime.fromisoformat(plain["made"])
        if plain["account"] != account or now - made > LASTS:
            return None
        return Upload(account=account, name=plain["name"], made=made, rows=plain["rows"])

    def claim(self, token: str) -> bool:
        """Take it for oneself before writing; of two at once only one succeeds."""
        try:
            self._path(token).rename(self._claimed(token))
        except FileNotFoundError:
            return False
        return True

    def give_back(self, token: str) -> None:
        """Writing has failed: it may be taken over again."""
        self._claimed(token).rename(self._path(token))

    def forget(self, token: str) -> None:
        """It is written, or nobody wants it."""
        self._path(token).unlink(missing_ok=True)
        self._claimed(token).unlink(missing_ok=True)

    def count_old(self, now: datetime) -> int:
        """How many uploads `purge` would delete."""
        return len(self._old(now))

    def purge(self, now: datetime) -> int:
        """Delete what nobody has taken over in time; how many there were."""
        old = self._old(now)
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, token: str) -> Path:
        return self._folder / f"{token}.json"

    def _claimed(self, token: str) -> Path:
        return self._folder / f"{token}.taken"

    def _old(self, now: datetime) -> list[Path]:
        found: list[Path] = []
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):  # taken over at this moment
                if now.timestamp() - path.stat().st_mtime > LASTS.total_seconds():
                    found.append(path)
        return found
