"""Delivers in the background: whoever asks for it waits for nothing."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Courier:
    """Runs one piece of work in a thread of its own, again where it was asked for meanwhile.

    The thread begins with the first call and ends when there is nothing to do, so that it lives in the
    process that needs it, also after a server has forked.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._is_asked = False
        self._thread: threading.Thread | None = None

    def __call__(self) -> None:
        """Do the work soon."""
        with self._lock:
            self._is_asked = True
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
                self._thread.start()

    def join(self, seconds: float | None = None) -> bool:
        """Wait until nothing is left to do; False where that took longer."""
        thread = self._thread
        if thread:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def _run(self) -> None:
        while self._take():
            try:
                self._work()
            except Exception as error:  # its words might name an address; the worker tries again
                log.error("not delivered error=%s", type(error).__name__)

    def _take(self) -> bool:
        with self._lock:
            taken, self._is_asked = self._is_asked, False
            if not taken:
                self._thread = None  # whoever asks from now on begins a new one
            return taken
