"""An archive on disk: a directory of generations, of which CURRENT names the live one.

    ARCHIVE/newsdex.yml          settings, kept by hand
    ARCHIVE/authority/*.yml      corrections of entities, kept by hand
    ARCHIVE/generations/<n>/     MANIFEST.json, index/, entities.json, inputs.jsonl
    ARCHIVE/CURRENT              the number of the live generation
    ARCHIVE/ledger/              what each run read, added, changed and rejected

A generation is written into `generations/.<n>.building`, synced, given its manifest, renamed, and only then named by
CURRENT, which is replaced atomically: readers see the old one or the new one, never a half. One process writes.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import indexer
from corpus.errors import DamagedArchiveError, LockedError, NewsdexError, RebuildNeededError, UsageError

FORMAT = 1
MANIFEST = "MANIFEST.json"


def sync_directory(path: Path) -> None:
    """Make renames and new names in a directory survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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


@dataclass(frozen=True)
class Generation:
    """One finished generation."""

    number: int
    path: Path

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest.

        Raises:
            DamagedArchiveError: it is missing or not whole.
        """
        path = self.path / MANIFEST
        try:
            manifest: Mapping[str, Any] = json.loads(path.read_bytes())
            manifest["files"], manifest["analyser"], manifest["engine"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedArchiveError(f"{path}: {error}. {_REPAIR}") from error
        return manifest

    @property
    def index(self) -> Path:
        return self.path / "index"

    def check_sizes(self) -> None:
        """A quick look that every file is there in its full length.

        Raises:
            DamagedArchiveError: the first file that is missing or cut short.
        """
        for name, entry in self.manifest["files"].items():
            path = self.path / name
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DamagedArchiveError(f"{path}: missing. {_REPAIR}") from error
            if size != entry["bytes"]:
                raise DamagedArchiveError(f"{path}: {size} bytes instead of {entry['bytes']}. {_REPAIR}")

    def check_analyser(self, version: str) -> None:
        """Raises `RebuildNeededError` when the generation was analysed by another version."""
        if self.manifest["analyser"] != version:
            raise RebuildNeededError(
                f"{self.path}: analysed by version {self.manifest['analyser']}, this newsdex has {version}. "
                "Run `newsdex rebuild`: the live site keeps answering until the new generation is ready."
            )

    def verify(self) -> list[str]:
        """Every file that is missing or altered, one line each; empty when the generation is whole."""
        faults = []
        for name, entry in self.manifest["files"].items():
            path = self.path / name
            if not path.exists():
                faults.append(f"{path}: missing")
            elif sha256_of(path) != entry["sha256"]:
                faults.append(f"{path}: altered, its checksum is not that of the manifest")
        return faults

    @property
    def bytes(self) -> int:
        return sum(entry["bytes"] for entry in self.manifest["files"].values())


_REPAIR = "Run `newsdex repair` to go back to the last whole generation, or `newsdex rebuild`."


class Archive:
    """The directory; opens nothing until it is asked."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.generations_path = self.path / "generations"
        self.ledger_path = self.path / "ledger"
        self.authority_path = self.path / "authority"

    def create(self) -> None:
        """Make the directories that are missing."""
        for path in (self.path, self.generations_path, self.ledger_path, self.authority_path):
            path.mkdir(parents=True, exist_ok=True)

    @property
    def current_number(self) -> int | None:
        """The number in CURRENT, None for an archive that holds nothing yet.

        Raises:
            DamagedArchiveError: CURRENT is no number.
        """
        path = self.path / "CURRENT"
        try:
            text = path.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        if not text.isdecimal():
            raise DamagedArchiveError(f"{path}: {text[:40]!r} is no generation number. {_REPAIR}")
        return int(text)

    def current(self) -> Generation:
        """The live generation.

        Raises:
            UsageError: there is none yet. DamagedArchiveError: it is gone.
        """
        number = self.current_number
        if number is None:
            raise UsageError(f"{self.path}: no archive here yet. Run `newsdex index SOURCE --archive {self.path}`.")
        return self.generation(number)

    def generation(self, number: int) -> Generation:
        path = self.generations_path / str(number)
        if not path.is_dir():
            raise DamagedArchiveError(f"{path}: missing. {_REPAIR}")
        return Generation(number, path)

    def generations(self) -> list[Generation]:
        """All finished generations, oldest first."""
        if not self.generations_path.is_dir():
            return []
        names = [entry.name for entry in self.generations_path.iterdir() if entry.is_dir()]
        return [self.generation(number) for number in sorted(int(name) for name in names if name.isdecimal())]

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the writer lock; the system frees it when the process ends, however it ends.

        Raises:
            LockedError: another process holds it.
        """
        self.create()
        with (self.path / ".lock").open("a+") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                stream.seek(0)
                holder = stream.read().strip() or "another process"
                message = f"{self.path}: {holder} is writing. Wait until it is done, then try again."
                raise LockedError(message) from error
            stream.truncate(0)
            stream.write(f"process {os.getpid()}")
            stream.flush()
            try:
                yield
            finally:
                stream.truncate(0)

    def begin(self) -> Draft:
        """A new generation to be filled; call with the lock held. Clears what dead writers left behind."""
        for left in self.generations_path.glob(".*.building"):
            shutil.rmtree(left)
        numbers = [generation.number for generation in self.generations()]
        number = max([*numbers, self.current_number or 0]) + 1
        path = self.generations_path / f".{number}.building"
        (path / "index").mkdir(parents=True)
        return Draft(self, number, path)

    def switch(self, number: int) -> None:
        """Make a finished generation the live one."""
        self.generation(number).check_sizes()
        write_synced(self.path / "CURRENT", f"{number}\n".encode())

    def rollback(self, number: int | None = None) -> int:
        """Make the generation before the live one (or `number`) live; returns its number.

        Raises:
            NewsdexError: there is none to go back to.
        """
        live = self.current_number or 0
        older = [generation.number for generation in self.generations() if generation.number < live]
        if number is None and not older:
            raise NewsdexError(f"{self.path}: no generation before {live} is kept. See `newsdex generations`.")
        target = older[-1] if number is None else number
        if not (self.generations_path / str(target)).is_dir():
            raise NewsdexError(f"{self.path}: generation {target} is not kept. See `newsdex generations`.")
        self.switch(target)
        return target

    def collect(self, keep: int) -> list[int]:
        """Delete all but the live generation and the last `keep` others; returns the numbers deleted."""
        live = self.current_number
        others = [generation for generation in self.generations() if generation.number != live]
        doomed = others[: max(0, len(others) - keep + 1)] if live is not None else []
        for generation in doomed:
            # renamed first: a half-deleted generation must not look like a whole one
            grave = self.generations_path / f".{generation.number}.building"
            generation.path.rename(grave)
            shutil.rmtree(grave)
        return [generation.number for generation in doomed]


class Draft:
    """A generation in the making."""

    def __init__(self, archive: Archive, number: int, path: Path) -> None:
        self.archive = archive
        self.number = number
        self.path = path

    def finish(
        self, *, analyser: str, engine: str, counts: Mapping[str, Any], base: Generation | None = None
    ) -> Generation:
        """Sync everything, write the manifest, give the directory its name. Does not make it live."""
        known = _hashes(base)
        files = {}
        for path in sorted(self.path.rglob("*")):
            if path.is_file():
                name = path.relative_to(self.path).as_posix()
                stat = path.stat()
                digest = known.get((stat.st_dev, stat.st_ino, stat.st_size)) or _synced_hash(path)
                files[name] = {"bytes": stat.st_size, "sha256": digest}
        for directory in [*(p for p in self.path.rglob("*") if p.is_dir()), self.path]:
            sync_directory(directory)
        manifest = {
            "format": FORMAT,
            "generation": self.number,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "newsdex": indexer.__version__,
            "analyser": analyser,
            "engine": engine,
            **counts,
            "files": files,
        }
        write_synced(self.path / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        final = self.archive.generations_path / str(self.number)
        self.path.rename(final)
        sync_directory(self.archive.generations_path)
        return Generation(self.number, final)

    def abandon(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def _synced_hash(path: Path) -> str:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _hashes(base: Generation | None) -> dict[tuple[int, int, int], str]:
    """Checksums of the files of a finished generation by inode: a hard-linked segment need not be read again."""
    if base is None:
        return {}
    known = {}
    for name, entry in base.manifest["files"].items():
        try:
            stat = (base.path / name).stat()
        except OSError:
            continue
        known[(stat.st_dev, stat.st_ino, stat.st_size)] = entry["sha256"]
    return known
