"""What can be wrong with the store, each with a sentence that says what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar


class StoreError(Exception):
    """Trouble that whoever runs the catalogue can mend. `de` and `en` say how, `place` says where."""

    DE: ClassVar[str] = ""
    EN: ClassVar[str] = ""

    def __init__(self, place: str = "") -> None:
        self.place = place
        self.de = self.DE.format(place=place)
        self.en = self.EN.format(place=place)
        super().__init__(self.en)


class FileFault(Exception):
    """A file is not what it should be; the text says which, where and how to mend it."""


class StoreMissing(StoreError):
    """There is no database, or none of ours in it."""

    DE = "Unter {place} liegt noch kein Katalog. Führen Sie „catalogue publish“ aus."
    EN = "There is no catalogue at {place} yet. Run `catalogue publish`."


class StoreEmpty(StoreError):
    """The database is there, but nothing was ever published into it."""

    DE = "Im Katalog unter {place} ist noch nichts veröffentlicht. Führen Sie „catalogue publish“ aus."
    EN = "Nothing has been published into the catalogue at {place} yet. Run `catalogue publish`."


class StoreOutdated(StoreError):
    """An older version of the program made the database."""

    DE = (
        "Die Datenbank {place} stammt von einer älteren Version dieses Programms. Führen Sie „catalogue "
        "publish“ aus: Das bringt sie auf den neuen Stand, ohne etwas zu verlieren."
    )
    EN = (
        "An older version of this program made the database {place}. Run `catalogue publish`: it brings the "
        "database up to date and loses nothing."
    )


class StoreTooNew(StoreError):
    """A newer version of the program made the database."""

    DE = (
        "Die Datenbank {place} stammt von einer neueren Version dieses Programms. Installieren Sie wieder "
        "die neuere Version oder geben Sie eine andere Datenbank an. Es wurde nichts verändert."
    )
    EN = (
        "A newer version of this program made the database {place}. Install that version again, or name "
        "another database. Nothing was changed."
    )


class StoreNotWritable(StoreError):
    """The disk is full, or a file or folder is read-only."""

    DE = (
        "{place} lässt sich nicht beschreiben: Der Datenträger ist voll, oder es fehlt das Recht zu "
        "schreiben. Schaffen Sie Platz oder erteilen Sie das Recht und wiederholen Sie den Befehl. Der "
        "Katalog ist, wie er war."
    )
    EN = (
        "{place} cannot be written: the disk is full, or the right to write is missing. Make room or grant "
        "the right, then repeat the command. The catalogue is as it was."
    )


class StoreBusy(StoreError):
    """Somebody else is writing, and waiting did not help."""

    DE = (
        "An {place} arbeitet gerade ein anderer Vorgang. Warten Sie, bis er fertig ist, und wiederholen Sie "
        "den Befehl."
    )
    EN = "Another process is working on {place}. Wait until it is done, then repeat the command."


class StoreUnusable(StoreError):
    """The file is damaged, or no database at all."""

    DE = (
        "{place} ist keine unversehrte Datenbank. Spielen Sie Ihre Sicherung zurück. Gibt es keine, dann "
        "schieben Sie die Datei beiseite und führen Sie „catalogue publish“ aus: Einträge kommen aus Git "
        "wieder, Nachnutzungsmeldungen nur aus einer Sicherung."
    )
    EN = (
        "{place} is no intact database. Restore your backup. If there is none, move the file away and run "
        "`catalogue publish`: entries come back from Git, reuse reports only from a backup."
    )


class StoreUnreachable(StoreError):
    """The database server does not answer, or does not let us in."""

    DE = "Die Datenbank {place} antwortet nicht. Prüfen Sie Adresse, Zugangsdaten und ob sie läuft."
    EN = "The database {place} does not answer. Check its address, the credentials and that it runs."


_NOT_WRITABLE = frozenset(
    (
        errno.EACCES, errno.EDQUOT, errno.EEXIST, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.ENOTDIR,
        errno.EPERM, errno.EROFS,
    )
)  # fmt: skip


def make_folder(folder: Path) -> None:
    """Make a folder and those around it where they are missing. Raises `StoreNotWritable`."""
    try:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError as error:  # what a place like /proc says, in which nothing can be made
        raise StoreNotWritable(str(folder)) from error


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Around work on files: what the operating system refuses becomes `StoreNotWritable`."""
    try:
        yield
    except OSError as error:
        if error.errno in _NOT_WRITABLE:
            raise StoreNotWritable(str(place)) from error
        raise
