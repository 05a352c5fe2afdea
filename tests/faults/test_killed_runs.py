"""`kill -9` at any moment of a run: the live generation stays whole, the next run works, and nothing is left over."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.commands.verify import faults_of
from indexer.request import SearchRequest
from indexer.search import ArchiveSearch
from tests.cli.conftest import ROOT, command_line, environment, process

SLOW = pytest.mark.slow


def articles(directory: Path, count: int, word: str) -> Path:
    """A pile of `count` files, each of one article that holds the word."""
    directory.mkdir(exist_ok=True)
    for number in range(count):
        row = {
            "id": f"{word}{number}", "title": f"Notice {number} on the {word}", "language": "en",
            "body": f"The {word} of Rostock opens on day {number}, says Ada Quill. " * 20, "published": "2024-06-24",
        }  # fmt: skip
        (directory / f"{word}{number:03}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return directory


def index(pile: Path, archive: Path, *more: str) -> None:
    ran = process("index", pile, "--archive", archive, *more, cwd=archive.parent)
    assert ran.returncode == 0, ran.stderr


def check_live(archive: Path, *, old: int, new: int) -> bool:
    """The live generation is whole and holds either what it held or all that was to come; says whether the latter."""
    assert faults_of(Archive(archive).current()) == []
    search = ArchiveSearch(Archive(archive))
    assert search.search(SearchRequest(q="harbour")).total == old
    found = search.search(SearchRequest(q="airport")).total
    assert found in (0, new)
    return found == new


def check_nothing_left(archive: Path) -> None:
    kept = {entry.name for entry in (archive / "generations").iterdir()}
    assert all(name.isdecimal() for name in kept), kept
    assert len(kept) <= 2
    names = {entry.name for entry in archive.iterdir()}
    assert names <= {"CURRENT", "generations", "ledger", "authority", ".lock"}


@pytest.mark.parametrize("step", [17, pytest.param(1, marks=SLOW)])
@pytest.mark.parametrize("command", ["index", "rebuild"])
def test_killed_before_a_touch_of_a_file(tmp_path: Path, command: str, step: int) -> None:
    """Before every touch, under `make soak`; before every seventeenth otherwise."""
    archive, pile = tmp_path / "archive", articles(tmp_path / "pile", 2, "harbour")
    index(pile, archive)
    articles(pile, 2, "airport")
    script = Path(__file__).with_name("killed_run.py")
    named = [str(pile)] if command == "index" else []
    line = [sys.executable, str(script), str(step), command, *named, "--archive", str(archive)]
    ran = subprocess.run(line, cwd=ROOT, env=environment(), capture_output=True, timeout=1800, check=True)
    ends = ran.stdout.decode().splitlines()
    assert len(ends) > 80 // step
    assert ends[-1].startswith("exit 0"), ran.stderr
    assert all(end.startswith("killed") for end in ends[:-1])
    assert ends[0] == "killed 1"
    assert check_live(archive, old=2, new=2)
    check_nothing_left(archive)


@pytest.mark.parametrize("tries", [4, pytest.param(40, marks=SLOW)])
@pytest.mark.parametrize(("command", "workers"), [("index", "1"), ("index", "2"), ("rebuild", "2")])
def test_killed_at_random_times(tmp_path: Path, command: str, workers: str, tries: int) -> None:
    archive, pile = tmp_path / "archive", articles(tmp_path / "pile", 20, "harbour")
    index(pile, archive)
    articles(pile, 60, "airport")
    named = [pile] if command == "index" else []
    line = command_line(command, *named, "--archive", archive, "--workers", workers)
    dice = random.Random(f"{command}{workers}")
    longest = _seconds(line, archive, pile)
    for _ in range(tries):
        with subprocess.Popen(line, env=environment(), stdout=-3, stderr=-3, start_new_session=True) as ran:
            time.sleep(dice.uniform(0.2, 1.1) * longest)
            ran.kill()  # this process alone: its workers must notice
        check_live(archive, old=20, new=60)
        _all_gone(ran.pid)
    index(pile, archive)
    index(articles(pile, 61, "airport"), archive)
    assert check_live(archive, old=20, new=61)
    check_nothing_left(archive)


def _seconds(line: list[str], archive: Path, pile: Path) -> float:
    """How long a run takes here and now, on another archive of the same pile."""
    other = archive.with_name("other")
    index(next(iter(sorted(pile.iterdir()))), other)
    start = time.monotonic()
    elsewhere = [str(other) if part == str(archive) else part for part in line]
    subprocess.run(elsewhere, env=environment(), stdout=-3, check=True)
    return time.monotonic() - start


def _all_gone(session: int) -> None:
    """No process of a session is left within seconds (a worker ends when the process that started it has ended)."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(session, signal.SIGKILL)
    pytest.fail("workers outlived the run")


def test_two_writers(tmp_path: Path) -> None:
    archive, pile = tmp_path / "archive", articles(tmp_path / "pile", 100, "harbour")
    index(articles(tmp_path / "first", 1, "airport"), archive)
    line = command_line("index", pile, "--archive", archive)
    with subprocess.Popen(line, env=environment(), stdout=-3, stderr=-3) as first:
        while not any((archive / "generations").glob(".*.building")):
            assert first.poll() is None
            time.sleep(0.005)
        first.send_signal(signal.SIGSTOP)  # in the midst of its work, for as long as the others try
        for command in (["index", pile], ["rebuild"], ["gc"], ["rollback"], ["repair"]):
            second = process(*command, "--archive", archive, cwd=tmp_path)
            assert second.returncode == 5, command
            assert f"process {first.pid} is writing".encode() in second.stderr
        assert process("search", "airport", "--archive", archive, cwd=tmp_path).returncode == 0
        first.send_signal(signal.SIGCONT)
        assert first.wait(60) == 0
    assert check_live(archive, old=100, new=1)
