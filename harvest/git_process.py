"""Runs one Git command shut off from everything: no settings, no hooks, no prompts, an end to all."""

import os
import re
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.domain.snapshot import Reason
from harvest.asking import Trouble
from harvest.fetch import AGENT
from harvest.guard import Target
from harvest.limits import Limits
from harvest.workspace import size_of

_TICK = 0.2  # seconds between two looks at the clock and the folder
_MOST_SAID = 20_000
_BLOCK = 4096
# The shell sets limits that hold for Git and all that it starts; what a system does not know is left out.
_SHELL = 'for set in "-f $1" "-v $2" "-t $3"; do ulimit $set 2>/dev/null; done; shift 3; exec "$@"'
_SETTINGS: Mapping[str, str] = {
    # nothing of ours or theirs is run
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.askPass": "",
    "core.attributesFile": "/dev/null",
    "credential.helper": "",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "log.showSignature": "false",
    "submodule.recurse": "false",
    "fetch.recurseSubmodules": "false",
    "filter.lfs.smudge": "",
    "filter.lfs.process": "",
    "filter.lfs.required": "false",
    # only what was asked for is asked, and only there
    "http.followRedirects": "false",
    "http.proxy": "",
    "http.userAgent": AGENT,
    "http.lowSpeedLimit": "500",
    "http.lowSpeedTime": "60",
    "http.sslVerify": "true",
    "transfer.bundleURI": "false",
    "fetch.uriProtocols": "",
    "fetch.parallel": "1",
    "protocol.version": "2",
    # what comes is kept as it came, so that its size is known, and read by one core in little memory
    "fetch.unpackLimit": "1",
    "transfer.unpackLimit": "1",
    "core.bigFileThreshold": "1m",
    "core.packedGitWindowSize": "32m",
    "core.packedGitLimit": "256m",
    "core.commitGraph": "false",
    "core.multiPackIndex": "false",
    "fetch.writeCommitGraph": "false",
    "pack.threads": "1",
    "i18n.logOutputEncoding": "UTF-8",
    "core.quotePath": "false",
}
# What Git says -> what it means. The first that fits; everything else is a network that broke.
_MEANINGS: tuple[tuple[str, Reason], ...] = (
    (r"returned error: 429", Reason.LIMITED),
    (r"returned error: 40[123]|Authentication failed|could not read Username|unable to access.*redirect",
     Reason.REFUSED),
    (r"does not allow request for unadvertised object", Reason.REFUSED),
    (r"returned error: (404|410)|repository .* not found", Reason.ABSENT),
    (r"[Oo]ut of memory|File too large|mmap failed: Cannot allocate|unable to create thread",
     Reason.TOO_LARGE),
    (r"not a git repository|bad object|not a tree object|not a valid object|missing blob|corrupt"
     r"|unable to read|Could not read|[Nn]ot a valid object name|bad revision", Reason.UNREADABLE),
)  # fmt: skip
_TOO_MUCH = {-signal.SIGXFSZ, -signal.SIGXCPU, -signal.SIGSEGV, -signal.SIGABRT, 128 + signal.SIGXFSZ}


@dataclass(frozen=True, slots=True)
class Output:
    """What a command printed; `is_whole` is False where it was stopped because it printed too much."""

    data: bytes
    is_whole: bool = True


@dataclass(slots=True)
class Budget:
    """What is left for one repository: time until a moment of the clock, and bytes that Git may bring."""

    limits: Limits
    stop: threading.Event = field(default_factory=threading.Event)
    end: float = field(init=False)
    spent: int = 0

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.limits.seconds

    @property
    def bytes_left(self) -> int:
        return max(self.limits.wire - self.spent, 0)

    def check(self) -> None:
        """Raise `Trouble` where the time is up or nobody waits any more."""
        if self.stop.is_set():
            raise Trouble(Reason.UNREACHABLE, "stopped")
        if time.monotonic() > self.end:
            raise Trouble(Reason.UNREACHABLE, f"it took longer than {self.limits.seconds:g} seconds")


class Git:
    """Git commands in one throw-away Git folder, on one budget."""

    def __init__(self, folder: Path, budget: Budget) -> None:
        self.folder = folder
        self.budget = budget

    def read(self, *words: str, stdin: str = "", most: int = 64_000_000) -> Output:
        """What a command prints that reads what is there; it cannot reach anything else."""
        return self._run(words, stdin, most, grown=0, speaks="none", settings={})

    def fetch(self, target: Target, *words: str, stdin: str = "", grown: int) -> None:
        """Fetch from the target, whose numbers are the ones that were checked, at most so many bytes."""
        numbers = ",".join(f"[{one}]" if ":" in one else one for one in target.numbers)
        pins = {} if target.host in target.numbers else {
            "http.curloptResolve": f"{target.host}:{target.port}:{numbers}"
        }  # fmt: skip
        self._run(words, stdin, _MOST_SAID, grown=grown, speaks=target.scheme, settings=pins)

    def _run(
        self,
        words: Sequence[str],
        stdin: str,
        most: int,
        *,
        grown: int,
        speaks: str,
        settings: Mapping[str, str],
    ) -> Output:
        self.budget.check()
        given = self.folder / "harvest-input"
        given.write_text(stdin, encoding="utf-8")
        with (
            given.open("rb") as source,
            self._start(words, source.fileno(), grown, speaks, settings) as process,
        ):
            try:
                return _Watch(process, self.folder, self.budget, most=most, grown=grown).until_it_ends()
            finally:
                _end(process)

    def _start(
        self, words: Sequence[str], stdin: int, grown: int, speaks: str, settings: Mapping[str, str]
    ) -> "subprocess.Popen[bytes]":
        limits = self.budget.limits
        seconds = int(limits.seconds) + 1
        bounds = (str(max(grown, 1_000_000) // 512), str(limits.memory // 1024), str(seconds))
        options = [
            part for key, value in {**_SETTINGS, **settings}.items() for part in ("-c", f"{key}={value}")
        ]
        command = [
            "/bin/sh",
            "-c",
            _SHELL,
            "sh",
            *bounds,
            "git",
            *options,
            f"--git-dir={self.folder}",
            *words,
        ]
        return subprocess.Popen(  # noqa: S603  # a list, no shell sees the words
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environ(self.folder, speaks),
            cwd=self.folder,
            start_new_session=True,
        )


def _environ(folder: Path, speaks: str) -> dict[str, str]:
    """All that Git knows of this machine; `speaks` is the one protocol that it may use."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),  # no .netrc, no .gitconfig
        "XDG_CONFIG_HOME": str(folder),
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "SSH_ASKPASS": "/bin/false",
        "GIT_ALLOW_PROTOCOL": speaks,
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_PAGER": "cat",
    }


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the command and all that it started."""
    if process.returncode is None:  # not waited for yet, so that the number is still its own
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class _Watch:
    """Reads what a command says, and ends it where it says, takes or brings too much."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", folder: Path, budget: Budget, *, most: int, grown: int
    ) -> None:
        self._process = process
        self._folder = folder
        self._budget = budget
        self._most = most
        self._grown = grown
        self._before = size_of(folder) if grown else 0
        self._out = bytearray()
        self._said = bytearray()

    def until_it_ends(self) -> Output:
        with selectors.DefaultSelector() as waiting:
            assert self._process.stdout is not None
            assert self._process.stderr is not None
            waiting.register(self._process.stdout, selectors.EVENT_READ, self._out)
            waiting.register(self._process.stderr, selectors.EVENT_READ, self._said)
            next_look = time.monotonic() + _TICK
            while waiting.get_map():
                for key, _ in waiting.select(_TICK):
                    self._take(waiting, key)
                if len(self._out) > self._most:
                    return Output(bytes(self._out[: self._most]), is_whole=False)
                if time.monotonic() >= next_look:
                    self._look()
                    next_look = time.monotonic() + _TICK
        self._process.wait(max(self._budget.end - time.monotonic(), 1))
        self._spend()
        if self._process.returncode:
            raise self._trouble()
        return Output(bytes(self._out))

    def _take(self, waiting: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
        data = os.read(key.fd, 1 << 16)
        if not data:
            waiting.unregister(key.fileobj)
            return
        key.data.extend(data)
        if key.data is self._said:
            del self._said[:-_MOST_SAID]

    def _look(self) -> None:
        self._budget.check()
        if self._is_too_much():
            self._spend()
            raise self._too_much()

    def _is_too_much(self) -> bool:
        """Whether more came than may; the system itself may have stopped Git a block before."""
        return self._grown > 0 and size_of(self._folder) - self._before > self._grown - _BLOCK

    def _too_much(self) -> Trouble:
        return Trouble(Reason.TOO_LARGE, f"more than {self._grown} bytes came")

    def _spend(self) -> None:
        if self._grown:
            self._budget.spent += max(size_of(self._folder) - self._before, 0)

    def _trouble(self) -> Trouble:
        if self._is_too_much():
            return self._too_much()
        said = _last_words(self._said.decode("utf-8", "replace"))
        if self._process.returncode in _TOO_MUCH:
            return Trouble(Reason.TOO_LARGE, f"Git reached a limit of ours: {said}")
        for pattern, reason in _MEANINGS:
            if re.search(pattern, said):
                return Trouble(reason, said)
        return Trouble(Reason.UNREACHABLE, said or f"Git ended with {self._process.returncode}")


def _last_words(text: str) -> str:
    """The lines that say what went wrong, without what may hide in them."""
    lines = [line.strip() for line in text.splitlines()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines[-1:]
    return "".join(c for c in "; ".join(telling)[:300] if c.isprintable())
