"""A page that is being served while the archive is rebuilt, rolled back and updated: no request fails."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import command_line, environment, process
from tests.faults.test_killed_runs import articles, index


class Reader(threading.Thread):
    """Asks again and again; keeps what it was answered."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address = address
        self.answers: list[tuple[int, int]] = []
        self.failures: list[str] = []
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            try:
                with urllib.request.urlopen(f"{self.address}api/v1/search?q=harbour", timeout=30) as answer:
                    found = json.load(answer)
                self.answers.append((found["generation"], found["total"]))
                with urllib.request.urlopen(f"{self.address}?q=harbour", timeout=30) as page:
                    assert b"harbour" in page.read()
            except Exception as error:
                self.failures.append(repr(error))
            time.sleep(0.01)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, Path, str]]:
    """An archive of 20 articles that is being served: (archive, pile, address)."""
    archive, pile = tmp_path / "archive", articles(tmp_path / "pile", 20, "harbour")
    index(pile, archive)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    line = command_line("serve", "--port", str(port), "--archive", archive)
    with subprocess.Popen(line, env=environment(), stdout=-1, stderr=-3) as server:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/".encode() in server.stdout.readline()
        address = f"http://127.0.0.1:{port}/"
        wait_until(lambda: answers(address))
        yield archive, pile, address
        server.terminate()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_until(true: object, seconds: float = 60) -> None:
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def test_no_request_fails_while_generations_come_and_go(served: tuple[Path, Path, str], tmp_path: Path) -> None:
    archive, pile, address = served
    readers = [Reader(address) for _ in range(2)]
    for reader in readers:
        reader.start()

    def live(generation: int, total: int) -> None:
        for reader in readers:
            wait_until(lambda reader=reader: reader.answers and reader.answers[-1] == (generation, total))

    def newsdex(*arguments: str | Path) -> None:
        ran = process(*arguments, "--archive", archive, cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr

    live(1, 20)
    newsdex("rebuild")
    live(2, 20)
    articles(pile, 25, "harbour")
    newsdex("index", pile)
    live(3, 25)
    newsdex("rollback")
    live(2, 20)
    newsdex("index", pile)
    live(4, 25)
    newsdex("rebuild")
    newsdex("gc", "--keep", "1")
    live(5, 25)
    for reader in readers:
        reader.done.set()
        reader.join(60)
        assert reader.failures == []
        assert set(reader.answers) == {(1, 20), (2, 20), (3, 25), (4, 25), (5, 25)}


def test_a_rebuild_that_dies_is_not_noticed(served: tuple[Path, Path, str]) -> None:
    archive, _pile, address = served
    reader = Reader(address)
    reader.start()
    for seconds in (0.5, 1.0, 1.5):
        with subprocess.Popen(command_line("rebuild", "--archive", archive), env=environment(), stdout=-3) as ran:
            time.sleep(seconds)
            ran.kill()
    reader.done.set()
    reader.join(60)
    assert reader.failures == []
    assert {total for _, total in reader.answers} == {20}
