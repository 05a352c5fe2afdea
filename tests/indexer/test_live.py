"""Moving to a new generation while the one before answers."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from corpus.errors import DamagedArchiveError
from indexer.archive import Archive
from indexer.live import Live
from indexer.pipeline import update
from indexer.settings import Settings


def waited(live: Live) -> None:
    """Ask once, and wait until what that began in the background is done."""
    live.opened()
    for thread in threading.enumerate():
        if "_make_ready" in thread.name:
            thread.join(60)


def indexed(archive: Archive, directory: Path, number: int) -> None:
    lines = directory / "a.jsonl"
    lines.write_text(json.dumps({"id": str(number), "title": "Harbour", "body": "The harbour is open."}) + "\n")
    update(archive, [str(lines)], Settings())


def test_the_generation_before_answers_until_the_new_one_is_ready(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    indexed(archive, tmp_path, 1)
    at_once, ahead = Live(archive, Settings()), Live(archive, Settings(), ahead=True)
    assert at_once.opened().number == ahead.opened().number == 1
    indexed(archive, tmp_path, 2)
    assert at_once.opened().number == 2
    assert ahead.opened().number == 1
    waited(ahead)
    assert ahead.opened().number == 2


def test_a_new_generation_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    indexed(archive, tmp_path, 1)
    live = Live(archive, Settings(), ahead=True)
    live.opened()
    (archive.generations_path / "1" / "MANIFEST.json").unlink()
    os.utime(archive.path / "CURRENT", ns=(1, 1))
    waited(live)
    with pytest.raises(DamagedArchiveError):
        live.opened()
