"""A real server in an empty folder: from the first start to the last signal."""

import re
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from html_page import Page
from page_checks import check_page
from servers import Server, Start

from catalogue.places import PACKAGE

CHECKOUT = PACKAGE.parent


def snapshot(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Inode, size and time of every file, by path."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
    }


def procfile() -> dict[str, str]:
    """The lines of the Procfile by name."""
    lines = (CHECKOUT / "Procfile").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line.strip() and not line.startswith("#"))


def page_from(server: Server, path: str) -> Page:
    answer, body = server.get(path)
    page = Page(body.decode(), status=answer.status, headers=answer.headers, address=path)
    check_page(page, path[1:3])
    return page


def test_a_start_from_nothing_serves_the_real_entries_and_a_second_start_rebuilds_nothing(
    start: Start, tmp_path: Path
) -> None:
    first = start(tmp_path).wait()
    page = page_from(first, "/de/solutions?q=digitaler+Zwilling")
    assert first.stop() == 0
    built = snapshot(tmp_path / "var" / "index")

    second = start(tmp_path).wait()
    again = page_from(second, "/de/solutions?q=digitaler+Zwilling")
    assert second.stop() == 0

    assert "HAL-Plan" in page.card_names()[:3]
    assert again.card_names() == page.card_names()
    assert snapshot(tmp_path / "var" / "index") == built
    assert "revision 1" in second.said
    assert f"http://127.0.0.1:{first.port}" in first.said
    for server in (first, second):
        assert not re.search(r"Traceback|ERROR|Warning", server.said), server.said


def test_the_servers_limits_fit_any_query_and_its_end_is_clean(
    start: Start, published: Path, tmp_path: Path
) -> None:
    server = start(tmp_path, CATALOGUE_DATA=str(published)).wait()

    long = page_from(server, "/de/solutions?q=" + "+".join(["Stadt"] * 1350))  # 8,000 signs and more
    broken = server.raw(b"GET /de/solutions?q=%FF%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    raw = server.raw(b"GET /de/solutions?q=\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    longer = server.raw(b"GET /de/?q=" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    nonsense = server.raw(b"\x16\x03\x01\x02\x00\r\n\r\n")
    alive = server.get("/healthz")[0].status

    assert "nur die ersten 20 Wörter" in long.main.text
    assert broken.startswith(b"HTTP/1.1 200 ")
    assert raw.startswith(b"HTTP/1.1 400 "), "gunicorn itself takes ASCII only, as the standard says"
    assert re.match(rb"HTTP/1.1 4\d\d ", longer)
    assert re.match(rb"HTTP/1.1 4\d\d ", nonsense)
    assert alive == 200
    assert server.stop(signal.SIGTERM) == 0


def test_the_lines_of_the_procfile_work_as_they_stand(start: Start, tmp_path: Path) -> None:
    lines = procfile()
    assert set(lines) == {"release", "web", "worker"}

    release = start(tmp_path, command=["sh", "-c", lines["release"]])
    assert release.process.wait(60) == 0, release.said
    port = release.port
    web = start(tmp_path, command=["sh", "-c", "exec " + lines["web"]], port=port, PORT=str(port)).wait()
    worker = start(tmp_path, command=["sh", "-c", "exec " + lines["worker"]])
    health = web.get("/healthz")[1]
    wait_for(lambda: "worker started" in worker.said or worker.process.poll() is not None)

    assert b'"revision":1' in health
    assert worker.stop(signal.SIGTERM) == 0, worker.said
    assert "worker stopped" in worker.said
    assert web.stop(signal.SIGINT) == 0, web.said
    assert "Traceback" not in web.said + worker.said + release.said


def test_a_setting_that_cannot_be_meant_stops_the_start_with_a_sentence(tmp_path: Path, start: Start) -> None:
    server = start(tmp_path, CATALOGUE_BASE_URL="katalog.example")

    assert server.process.wait(30) == 1
    assert "CATALOGUE_BASE_URL" in server.said
    assert "Traceback" not in server.said


def test_a_data_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path, start: Start) -> None:
    (tmp_path / "file").write_text("in the way")

    server = start(tmp_path, CATALOGUE_DATA=str(tmp_path / "file" / "var"))

    assert server.process.wait(60) == 1
    assert "cannot be written" in server.said or "lässt sich nicht beschreiben" in server.said
    assert "Traceback" not in server.said


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()


def test_silent_and_half_sent_connections_keep_nobody_waiting_for_long(start: Start, tmp_path: Path) -> None:
    server = start(tmp_path).wait()
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(40)]
    half = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(4)]
    for connection in half:
        connection.sendall(b"GET /de/ HTTP/1.1\r\nHost: localhost\r\n")

    asked = time.monotonic()
    answer, _ = server.get("/healthz")
    waited = time.monotonic() - asked

    for connection in (*idle, *half):
        connection.close()
    assert answer.status == 200
    assert waited < 15  # with one request at a time per process it was the whole timeout, over 30 seconds
    assert server.stop() == 0
