"""How files are made to last, and how it is told that they did."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def sync_directory(path: Path) -> None:
    """Make renames and new names in a directory (or what a file holds) survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(path: Path) -> None:
    """Make all that lies below a directory survive a power cut."""
    for below in sorted(path.rglob("*")):
        sync_directory(below)
    sync_directory(path)


def write_synced(path: Path, data: bytes) -> None:
    """Replace a file atomically: write beside it, sync, rename, sync the directory."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    sync_directory(path.parent)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
