"""A real Git server on the loopback for tests: `git http-backend` behind a small threaded HTTP server."""

import gzip
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

AUTHOR = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@stadt-musterstadt.example",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@stadt-musterstadt.example",
}
_TALK = "HTTP_GIT_PROTOCOL"


def git(folder: Path, *words: str, stdin: bytes | None = None, **environ: str) -> bytes:
    """What a Git command prints; settings of whoever runs the tests are kept out."""
    closed = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **closed, **AUTHOR, **environ}
    command = ["git", "-c", "init.defaultBranch=main", "-C", str(folder), *words]
    done = subprocess.run(command, input=stdin, capture_output=True, env=env, timeout=120)
    assert done.returncode == 0, f"{words}: {done.stderr.decode(errors='replace')}"
    return done.stdout


def a_repository(
    folder: Path,
    files: Mapping[str, bytes | str] | None = None,
    *,
    commits: int = 1,
    tags: tuple[str, ...] = (),
) -> Path:
    """A bare repository with files, a number of commits a day apart, and tags on the last one.

    `files` of None is an empty repository.
    """
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "--bare")
    git(folder, "config", "uploadpack.allowFilter", "true")
    if files is not None:
        git(folder, "fast-import", "--quiet", stdin=b"".join(_stream(files, commits)))
    for tag in tags:
        git(folder, "tag", "-a", "-m", tag, tag, "main", GIT_COMMITTER_DATE="2024-06-01T12:00:00Z")
    return folder


def _stream(files: Mapping[str, bytes | str], commits: int) -> Iterator[bytes]:
    """The input of `git fast-import`: all files with the first commit, then one line more a day."""
    for number in range(commits):
        when = 1_704_110_400 + number * 86_400  # 2024-01-01, noon
        who = f"{AUTHOR['GIT_AUTHOR_NAME']} <{AUTHOR['GIT_AUTHOR_EMAIL']}> {when} +0000"
        yield f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 1\nx\n".encode()
        given = files if number == 0 else {"log.txt": f"{number}\n"}
        for path, content in given.items():
            data = content.encode() if isinstance(content, str) else content
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)


@dataclass
class GitServer:
    """Serves the repositories of a folder; counts requests and bytes, and can be told to behave otherwise."""

    root: Path
    server: ThreadingHTTPServer
    asked: list[str] = field(default_factory=list)
    sent: int = 0
    # path -> an answer (status, headers, body) instead of Git's
    instead: dict[str, tuple[int, Mapping[str, str], bytes]] = field(default_factory=dict)
    talks_v2: bool = True
    meddle: Callable[[BaseHTTPRequestHandler], bool] = lambda handler: False

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def url(self, name: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/{name}"

    def forget(self) -> None:
        """Start counting anew."""
        self.asked.clear()
        self.sent = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    git: GitServer

    def log_message(self, *words: object) -> None:
        """Tests are quiet."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path, _, query = self.path.partition("?")
        body = self._body()
        self.git.asked.append(f"{self.command} {self.path}")
        if self.git.meddle(self):
            return
        if found := self.git.instead.get(path):
            status, headers, content = found
            self._send(status, headers, content)
            return
        done = subprocess.run(
            ["git", "http-backend"],
            input=body,
            env=self._environ(path, query, len(body)),
            capture_output=True,
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        lines = [line.split(": ", 1) for line in head.decode().splitlines() if ": " in line]
        said = {name.lower(): value for name, value in lines}
        status = int(said.pop("status", "200 OK").split()[0])
        self._send(status if done.stdout else 500, said, content)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            data = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return gzip.decompress(data) if self.headers.get("Content-Encoding") == "gzip" else data

    def _environ(self, path: str, query: str, length: int) -> dict[str, str]:
        environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.git.root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_PROJECT_ROOT": str(self.git.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "REQUEST_METHOD": self.command,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(length),
            "REMOTE_ADDR": "127.0.0.1",
        }
        if self.git.talks_v2 and (spoken := self.headers.get("Git-Protocol")):
            environ["GIT_PROTOCOL"] = spoken
        return environ

    def _send(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.git.sent += len(content)
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # whoever asked is gone


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


@contextmanager
def git_server(root: Path) -> Iterator[GitServer]:
    """A server of the bare repositories under a folder, for as long as the block lasts."""
    root.mkdir(parents=True, exist_ok=True)
    handler = type("Handler", (_Handler,), {})
    # All of 127.0.0.0/8 is this machine: one server is several hosts.
    server = _Server(("0.0.0.0", 0), handler)
    made = GitServer(root, server)
    handler.git = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


if __name__ == "__main__":
    with git_server(Path(sys.argv[1])) as alone:
        print(alone.port, flush=True)
        sys.stdin.read()  # until whoever started it closes the pipe
