"""The files of a stock index: taking over those of a base, and checksums, which Whoosh does not have."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from corpus.errors import DamagedArchiveError
from indexer.disk import write_synced

CHECKSUMS = "checksums.json"
"""`files`: name → sha256 of every other file; `check`: sha256 of that table. Whoosh passes over it."""


def _kept(directory: Path) -> list[Path]:
    """The files that make the index: no lock, no temporary directory, not the checksums."""
    return sorted(p for p in directory.iterdir() if p.is_file() and "LOCK" not in p.name and p.name != CHECKSUMS)


def share(base: Path, directory: Path) -> None:
    """Put the files of `base` into `directory` too; Whoosh never writes into a file that it has finished."""
    for path in _kept(base):
        try:
            os.link(path, directory / path.name)
        except OSError:  # another file system, or one without hard links
            shutil.copy2(path, directory / path.name)


def seal(directory: Path) -> None:
    """Sync all files to disk, then write the checksums, synced too."""
    sums = {}
    for path in _kept(directory):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            sums[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    write_synced(directory / CHECKSUMS, json.dumps({"files": sums, "check": _check(sums)}, indent=1).encode())


def _check(sums: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()


def faults(directory: Path) -> list[str]:
    """One line for each file that is missing or altered."""
    try:
        read = json.loads((directory / CHECKSUMS).read_bytes())
        wanted: dict[str, str] = read["files"]
        if read["check"] != _check(wanted):
            raise ValueError("check")
    except (OSError, ValueError, KeyError, TypeError):
        return [f"{directory / CHECKSUMS}: missing or altered"]
    found = []
    for name, digest in wanted.items():
        path = directory / name
        try:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    found.append(f"{path}: altered or cut short")
        except OSError:
            found.append(f"{path}: missing")
    return found


def require_whole(directory: Path) -> None:
    """Raise `DamagedArchiveError` unless every file is as it was written."""
    found = faults(directory)
    if found:
        raise DamagedArchiveError("\n".join([*found, "Run `newsdex repair`, or `newsdex rebuild` to make it anew."]))
