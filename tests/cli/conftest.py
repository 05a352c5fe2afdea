"""The command line, called as people call it; the samples indexed once a session."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        """The one object on stdout."""
        assert self.out.count(b"\n") == 1, self.out[:400]
        assert self.out.endswith(b"\n")
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def run() -> Run:
    """`run("search", "Minsk", stdin=b"…")`: the command in this process, its streams caught."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        out, err = io.BytesIO(), io.BytesIO()
        kept = sys.stdin, sys.stdout, sys.stderr
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        sys.stdout, sys.stderr = (io.TextIOWrapper(stream, encoding="utf-8") for stream in (out, err))
        try:
            code = main([str(argument) for argument in arguments])
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            return Ran(code, out.getvalue(), err.getvalue().decode("utf-8"))
        finally:
            sys.stdin, sys.stdout, sys.stderr = kept

    return call


def environment(**more: str) -> dict[str, str]:
    """Of a real process: this tree first on its path, no archive named."""
    named = {name: value for name, value in os.environ.items() if name != "NEWSDEX_ARCHIVE"}
    return {**named, "PYTHONPATH": str(ROOT), **more}


def process(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    return subprocess.run(
        command_line(*arguments), cwd=cwd, env=environment(**(more or {})), input=stdin, capture_output=True,
        timeout=120, check=False,
    )  # fmt: skip


def command_line(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "indexer", *(os.fsdecode(argument) for argument in arguments)]


@pytest.fixture(scope="session")
def archive(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, indexed. Tests that change an archive take a copy."""
    path = tmp_path_factory.mktemp("samples") / "archive"
    piles = sorted(entry for entry in SAMPLES.iterdir() if entry.is_dir())
    assert run("index", *piles, "--archive", path, "--json").code == 6
    return path


@pytest.fixture(scope="session")
def three(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pile of three small articles, and an archive of them."""
    made = tmp_path_factory.mktemp("three")
    path = made / "pile"
    path.mkdir()
    rows = [
        {"id": "h1", "title": "Hafen öffnet wieder", "body": "Der Hafen von Rostock öffnet am Montag wieder.",
         "language": "de", "published": "2024-06-24", "section": "Lokales", "source": "Hafenblatt"},
        {"id": "h2", "title": "Harbour opens again", "body": "The harbour of Rostock opens again on Monday.",
         "language": "en", "published": "2024-06-25T08:15", "source": "Harbour Post", "authors": ["Ada Quill"]},
        {"id": "h3", "title": "Порт снова открыт", "body": "Порт Ростока снова открыт.", "language": "ru"},
    ]  # fmt: skip
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (path / "harbour.jsonl").write_text(text, encoding="utf-8")
    assert run("index", path, "--archive", made / "archive").code == 0
    return made


@pytest.fixture
def pile(three: Path, tmp_path: Path) -> Path:
    """Three small articles."""
    return Path(shutil.copytree(three / "pile", tmp_path / "pile"))


@pytest.fixture
def small(three: Path, tmp_path: Path) -> Path:
    """An archive of the three; it remembers another pile, so that of the test may be changed."""
    return Path(shutil.copytree(three / "archive", tmp_path / "archive"))
