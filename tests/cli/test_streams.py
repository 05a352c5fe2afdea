"""What goes where: answers to stdout, progress to a terminal's stderr, archives where they were named; Ctrl-C."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, command_line, environment, process


def tree(path: Path) -> dict[str, bytes]:
    """Name and bytes of every file, the ledger and the lock left out."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file() and file.name != ".lock" and file.parent.name != "ledger"
    }


def interruptible(line: list[str], **more: Any) -> subprocess.Popen[bytes]:
    """A process that sees Ctrl-C even where those who started the tests do not, as in the background of a shell."""

    def listen() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    return subprocess.Popen(line, env=environment(), stdout=-1, stderr=-1, preexec_fn=listen, **more)


def test_batch_answers_line_by_line(run: Run, small: Path) -> None:
    lines = [
        '{"id": "a", "query": "Rostock", "limit": 1}',
        "not json",
        "",
        "[1]",
        '{"id": 7, "query": "opens", "from": "soon"}',
        '{"id": "b", "query": "opens Hafen", "any": true, "language": ["de", "en"]}',
        '{"id": "half \\ud800", "query": "\\udfff"}',
        '{"id": "c", "qurey": "opens"}',
        '{"query": null}',
    ]
    ran = run("search", "--batch", "--json", "--archive", small, stdin="\n".join(lines).encode())
    answers = ran.lines
    assert ran.code == 2, "one line could not be answered"
    assert [answer["id"] for answer in answers] == ["a", None, None, 7, "b", "half \ud800", "c", None]
    assert [("error" in answer) for answer in answers] == [False, True, True, True, False, False, False, False]
    assert "line 2" in answers[1]["error"]
    assert answers[0]["total"] == 2
    assert len(answers[0]["hits"]) == 1
    assert answers[4]["total"] == 2
    assert any("qurey" in note["text"] for note in answers[6]["notes"])


def test_batch_answers_while_the_asker_waits(small: Path, tmp_path: Path) -> None:
    line = command_line("search", "--batch", "--json", "--archive", small)
    with subprocess.Popen(line, cwd=tmp_path, env=environment(), stdin=-1, stdout=-1) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        for word in ("Rostock", "opens", "Hafen"):
            asked.stdin.write(json.dumps({"id": word, "query": word}).encode() + b"\n")
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline())["id"] == word
        asked.stdin.close()
        assert asked.wait(30) == 0


def test_match_batch(run: Run) -> None:
    pairs = [
        {"id": 1, "a": "Sergej Lawrow", "b": "Сергей Лавров"},
        {"id": 2, "a": "Ada Quill", "b": "Jonas Weber"},
        {"id": 3, "a": "", "b": ""},
        {"id": 4, "a": 5},
    ]
    stdin = "".join(json.dumps(pair) + "\n" for pair in pairs).encode()
    ran = run("entities", "match", "--batch", "--json", stdin=stdin)
    answers = [(answer["id"], answer.get("same")) for answer in ran.lines]
    assert answers == [(1, True), (2, False), (3, False), (4, None)]
    assert "error" in ran.lines[3]
    assert all(0 <= answer["score"] <= 1 for answer in ran.lines[:3])


def test_the_archive_of_the_environment_and_of_the_directory(pile: Path, tmp_path: Path) -> None:
    assert process("index", pile, cwd=tmp_path).returncode == 0
    assert (tmp_path / "archive" / "CURRENT").read_text() == "1\n"
    named = {"NEWSDEX_ARCHIVE": str(tmp_path / "named")}
    assert process("index", pile, cwd=tmp_path, more=named).returncode == 0
    assert (tmp_path / "named" / "CURRENT").exists()
    assert process("search", "Rostock", "--archive", "elsewhere", cwd=tmp_path, more=named).returncode == 2
    found = process("search", "Rostock", "--json", cwd=tmp_path, more=named)
    assert json.loads(found.stdout)["total"] == 2


def test_no_progress_without_a_terminal(pile: Path, tmp_path: Path) -> None:
    ran = process("index", pile, "--json", cwd=tmp_path)
    assert ran.stderr == b""
    assert json.loads(ran.stdout)["added"] == 3


def test_progress_on_a_terminal_goes_to_stderr(pile: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    line = command_line("index", pile, "--json")
    with subprocess.Popen(line, cwd=tmp_path, env=environment(TERM="xterm"), stdout=-1, stderr=theirs) as ran:
        os.close(theirs)
        assert ran.stdout is not None
        shown = b"".join(_read(ours))
        out = ran.stdout.read()
    os.close(ours)
    assert ran.returncode == 0
    assert json.loads(out)["added"] == 3
    assert b"Reading" in shown
    assert b"100%" in shown


def _read(terminal: int) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # EIO: the other end is closed
        while part := os.read(terminal, 4096):
            yield part


def test_a_reader_that_has_enough(archive: Path, tmp_path: Path) -> None:
    for command in (("export",), ("search", "--limit", "1000", "--json"), ("search", "--limit", "1000"), ("ledger",)):
        line = command_line(*command, "--archive", archive)
        with subprocess.Popen(line, cwd=tmp_path, env=environment(), stdout=-1, stderr=-1) as ran:
            assert ran.stdout is not None
            assert ran.stderr is not None
            ran.stdout.read(10)
            ran.stdout.close()
            assert ran.stderr.read() == b"", command
        assert ran.returncode == 0, command


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_leaves_the_live_archive_as_it_was(run: Run, small: Path, tmp_path: Path, workers: str) -> None:
    more = tmp_path / "more"
    more.mkdir()
    for number in range(300):
        row = {"id": f"n{number}", "title": f"Notice {number}", "body": "The harbour of Rostock is open. " * 40}
        (more / f"{number:03}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    before = tree(small)
    line = command_line("index", more, "--archive", small, "--workers", workers)
    with interruptible(line, cwd=tmp_path, start_new_session=True) as ran:
        _wait_for(lambda: any((small / "generations").glob(".*.building/work/*0.jsonl")))
        os.killpg(ran.pid, signal.SIGINT)
        _out, err = ran.communicate(timeout=60)
    assert ran.returncode == 130
    assert err.decode().strip() == "newsdex: interrupted; the live archive is as it was"
    assert tree(small) == before
    runs = run("ledger", "--list", "--archive", small, "--json").json["runs"]
    assert [row["finished"] for row in runs] == [True, False]
    assert run("search", "Rostock", "--archive", small, "--json").json["total"] == 2
    assert run("index", more, "--archive", small, "--json").json["added"] == 300


def _wait_for(happened: object) -> None:
    assert callable(happened)
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_watch_ends_with_ctrl_c(small: Path, tmp_path: Path) -> None:
    line = command_line("watch", "--every", "30", "--archive", small)
    with interruptible(line, cwd=tmp_path) as ran:
        assert ran.stdout is not None
        assert b"generation 1" in ran.stdout.readline()
        ran.send_signal(signal.SIGINT)
        _out, err = ran.communicate(timeout=60)
    assert ran.returncode == 130
    assert b"Traceback" not in err
