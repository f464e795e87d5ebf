"""Mails as files of the data folder, where no mail server is set: for development and for trying out."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from catalogue.domain.delivery import NotDelivered, Parcel, Trouble, Way
from catalogue.domain.mail_message import mail_message

FOLDER = "mail"
MOST = 200  # the files of older mails are deleted
_NAME = re.compile(r"([0-9]{1,18})\.eml")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMail:
    """A mail that was written to a file instead of being sent."""

    number: int
    to: str
    title: str
    date: str
    text: str


class MailFolder:
    """Carries parcels into files that only the owner may read, the newest `MOST` of them."""

    def __init__(self, data: Path, sender: str, *, now: Callable[[], datetime]) -> None:
        self._folder = data / FOLDER
        self._sender = sender
        self._now = now

    def carry(self, parcel: Parcel) -> None:
        """Write the mail to a file. Raises `NotDelivered`."""
        written = mail_message(parcel, self._sender, self._now()).as_bytes()
        part = self._folder / f"{parcel.number}.part"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(written)
            part.replace(self._folder / f"{parcel.number}.eml")
            for path in _files(self._folder)[MOST:]:
                path.unlink(missing_ok=True)
        except OSError:
            raise NotDelivered(Way.CARRIER_DOWN, Trouble.UNREACHABLE) from None


def load_mails(data: Path) -> list[StoredMail]:
    """The mails in the folder, newest first; what cannot be read is left out."""
    found = []
    for path in _files(data / FOLDER):
        with suppress(OSError, MessageError, LookupError, ValueError):
            found.append(_mail(int(path.stem), path.read_bytes()))
    return found


def _files(folder: Path) -> list[Path]:
    named = [path for path in folder.glob("*.eml") if _NAME.fullmatch(path.name)]
    return sorted(named, key=lambda path: int(path.stem), reverse=True)


def _mail(number: int, data: bytes) -> StoredMail:
    message = message_from_bytes(data, _class=EmailMessage, policy=default)
    return StoredMail(
        number=number,
        to=str(message["To"] or ""),
        title=str(message["Subject"] or ""),
        date=str(message["Date"] or ""),
        text=str(message.get_content()),
    )
