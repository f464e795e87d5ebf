"""Real server processes of the catalogue, for tests to start, ask and stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

PROGRAMS = Path(sys.executable).parent


def clean_environ(**more: str) -> dict[str, str]:
    """This environment without settings of a catalogue, with our programs first on the path and without the
    search by meaning, whose index takes half a minute to build."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOGUE_")}
    path = f"{PROGRAMS}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": path, "CATALOGUE_SEMANTIC": "off", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server; what it says goes to a file."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
        """Ask for an address over a real connection."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are and return what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(data)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return answer

    def wait(self, seconds: float = 60) -> "Server":
        """Until it answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}:\n{self.said}"
            try:
                if self.get("/healthz")[0].status == 200:
                    return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"no answer within {seconds} s:\n{self.said}")

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
            raise


Start = Callable[..., Server]


def start_server(command: list[str], folder: Path, *, port: int, **environ: str) -> Server:
    """Start a program in a folder; its data folder is `var` there unless the environment says otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=clean_environ(**environ), stdout=out, stderr=subprocess.STDOUT
        )
    return Server(process, port, log)
