"""How commands look at repositories: the door to the network as the settings want it."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType

from catalogue.config import BadSetting, Settings
from harvest import settings as read
from harvest.asking import Trouble
from harvest.fetch import Door, Page
from harvest.forge_finder import ForgeFinder
from harvest.guard import Guard
from harvest.outcome import Known, Outcome
from harvest.run import harvest_many
from harvest.workspace import sweep

UNREACHABLE = "unreachable"


class Looking:
    """Looks at many repositories and at pages, until `stop` is set. Raises `BadSetting` when made."""

    def __init__(self, settings: Settings, *, jobs: int | None = None) -> None:
        try:
            tokens, kinds = read.tokens_from(settings.forge_tokens), read.kinds_from(settings.forges)
            allow = read.loopback_from(settings.harvest_loopback)
        except read.BadSetting as error:
            raise BadSetting(str(error)) from None
        self.stop = threading.Event()
        self._jobs = jobs or settings.harvest_jobs
        self._door = Door(tokens=tokens, guard=Guard(allow=allow), stop=self.stop)
        self._forges = ForgeFinder(kinds)

    def __enter__(self) -> "Looking":
        sweep()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop.set()
        self._door.close()

    def __call__(self, addresses: Sequence[str], known: Mapping[str, Known]) -> Iterator[Outcome]:
        """The outcomes of looks at these addresses, as they come."""
        return harvest_many(addresses, self._door, jobs=self._jobs, known=known, forges=self._forges)

    def address(self, address: str) -> tuple[str, str] | None:
        """None where something is behind the address, else a code of publiccode and the reason."""
        try:
            return None if self._door.page_exists(address) is Page.THERE else ("address-gone", "")
        except Trouble as trouble:
            return "address-not-looked-at", trouble.detail

    def page(self, address: str) -> str:
        """Whether a page is `there`, `gone` or `unreachable`."""
        try:
            return str(self._door.page_exists(address))
        except Trouble:
            return UNREACHABLE
