"""A load generator: connections that ask one after another and measure each answer; loopback only.

Run as a program (`python -m benchmarks.load PORT SECONDS CONNECTIONS` with paths on standard input) it is a
process of its own, so that it does not wait for the Python of whoever measures.
"""

import json
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Load:
    """Answers a second, and the seconds in which half and 99 of 100 came."""

    rate: float
    p50: float
    p99: float
    failed: int


class _Connection:
    """Asks over one socket, and opens it anew where the server closes it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def ask(self, path: bytes) -> int:
        """The status of the answer, read whole."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        data = self._socket.recv(262_144)
        while b"\r\n\r\n" not in data:
            if not (more := self._socket.recv(262_144)):
                raise ConnectionError("closed before the answer")
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        lower = head.lower()
        if b"content-length:" in lower:
            length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
            got = len(body)
            while got < length:
                got += len(self._socket.recv(262_144))
        else:  # in pieces, the last of which is empty
            while not body.endswith(b"0\r\n\r\n"):
                body += self._socket.recv(262_144)
        if b"connection: close" in lower:
            self.close()
        return int(head[9:12])

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _ask_on(
    port: int, paths: Sequence[bytes], end: float, seed: int, times: list[float], bad: list[str]
) -> None:
    connection, draw = _Connection(port), random.Random(seed)
    while (start := time.perf_counter()) < end:
        try:
            status = connection.ask(draw.choice(paths))
        except OSError as error:
            connection.close()
            bad.append(str(error))
            continue
        times.append(time.perf_counter() - start)
        if status != 200:
            bad.append(str(status))
    connection.close()


def put_under_load(
    port: int, paths: Sequence[str], *, seconds: float, connections: int = CONNECTIONS
) -> Load:
    """Ask for random ones of the paths for so long, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", str(port), str(seconds), str(connections)],
        input="\n".join(paths),
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 60,
        cwd=Path(__file__).parents[1],
    )
    return Load(**json.loads(done.stdout))


def main() -> None:
    port, seconds, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    paths = [line.strip().encode() for line in sys.stdin if line.strip()]
    times: list[float] = []
    bad: list[str] = []
    start = time.perf_counter()
    threads = [
        threading.Thread(target=_ask_on, args=(port, paths, start + seconds, seed, times, bad))
        for seed in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.perf_counter() - start
    times.sort()
    middle, late = (times[int(len(times) * share)] if times else 0.0 for share in (0.5, 0.99))
    print(json.dumps({"rate": len(times) / passed, "p50": middle, "p99": late, "failed": len(bad)}))
    if bad:
        print("\n".join(sorted(set(bad))), file=sys.stderr)


if __name__ == "__main__":
    main()
