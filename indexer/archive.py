"""An archive on disk: a directory of generations, of which CURRENT names the live one.

    ARCHIVE/newsdex.yml          settings, kept by hand
    ARCHIVE/authority/*.yml      corrections of entities, kept by hand
    ARCHIVE/generations/<n>/     MANIFEST.json, index/, entities.json, inputs.jsonl, tables.kept
    ARCHIVE/CURRENT              the number of the live generation
    ARCHIVE/ledger/              what each run read, added, changed and rejected

A generation is written into `generations/.<n>.building`, synced, given its manifest, renamed, and only then named by
CURRENT, which is replaced atomically: readers see the old one or the new one, never a half. One process writes.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import indexer
from corpus.errors import DamagedArchiveError, LockedError, NewsdexError, UsageError
from indexer.disk import sync_directory, write_synced
from indexer.generation import FORMAT, MANIFEST, REPAIR, Generation
from indexer.tables import keep_tables

_NO_ARCHIVE = "no archive here yet. Run `newsdex index SOURCE --archive {}`."


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
            raise DamagedArchiveError(f"{path}: {text[:40]!r} is no generation number. {REPAIR}")
        return int(text)

    def current(self) -> Generation:
        """The live generation.

        Raises:
            UsageError: there is none yet. DamagedArchiveError: it is gone, or nothing says which it is.
        """
        number = self.current_number
        if number is None and self.generations():
            raise DamagedArchiveError(f"{self.path / 'CURRENT'}: missing, though there are generations. {REPAIR}")
        if number is None:
            raise UsageError(f"{self.path}: {_NO_ARCHIVE.format(self.path)}")
        return self.generation(number)

    def whole(self) -> Generation | None:
        """The live generation or, when that is damaged, the newest one of which no file is missing or cut short."""
        for number in dict.fromkeys([self.named(), *reversed([one.number for one in self.generations()])]):
            with contextlib.suppress(DamagedArchiveError):
                if number is not None:
                    generation = self.generation(number)
                    generation.check_sizes()
                    return generation
        return None

    def named(self) -> int | None:
        """What CURRENT names, None when it is no number."""
        with contextlib.suppress(DamagedArchiveError):
            return self.current_number
        return None

    def generation(self, number: int) -> Generation:
        path = self.generations_path / str(number)
        if not path.is_dir():
            raise DamagedArchiveError(f"{path}: missing. {REPAIR}")
        return Generation(number, path)

    def generations(self) -> list[Generation]:
        """All finished generations, oldest first."""
        if not self.generations_path.is_dir():
            return []
        names = [entry.name for entry in self.generations_path.iterdir() if entry.is_dir()]
        return [self.generation(number) for number in sorted(int(name) for name in names if name.isdecimal())]

    @contextlib.contextmanager
    def lock(self, *, create: bool = False) -> Iterator[None]:
        """Hold the writer lock; the system frees it when the process ends, however it ends.

        Raises:
            LockedError: another process holds it. UsageError: no archive is here, and none is to be created.
        """
        if create:
            self.create()
        elif not self.generations_path.is_dir():
            raise UsageError(f"{self.path}: {_NO_ARCHIVE.format(self.path)}")
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

    def being_written(self) -> bool:
        """Whether a process of this machine says in the lock's file that it writes; the lock itself is left alone."""
        with contextlib.suppress(OSError, ValueError):
            number = int((self.path / ".lock").read_text("utf-8").removeprefix("process "))
            with contextlib.suppress(PermissionError):
                os.kill(number, 0)
            return True
        return False

    def begin(self) -> Draft:
        """A new generation to be filled; call with the lock held. Clears what dead writers left behind."""
        for left in self.generations_path.glob(".*.building"):
            shutil.rmtree(left)
        numbers = [generation.number for generation in self.generations()]
        number = max([*numbers, self.named() or 0]) + 1
        path = self.generations_path / f".{number}.building"
        (path / "index").mkdir(parents=True)
        return Draft(self, number, path)

    def switch(self, number: int) -> None:
        """Make a finished generation the live one."""
        self.generation(number).check_sizes()
        write_synced(self.path / "CURRENT", f"{number}\n".encode())

    def rollback(self, number: int | None = None) -> int:
        """Make the generation that was live before the live one (or `number`) live; returns its number.

        Raises:
            NewsdexError: there is none to go back to.
        """
        target = self._before(self.current_number) if number is None else number
        if target is None:
            live = self.current_number or 0
            raise NewsdexError(f"{self.path}: no generation before {live} is kept. See `newsdex generations`.")
        if not (self.generations_path / str(target)).is_dir():
            raise NewsdexError(f"{self.path}: generation {target} is not kept. See `newsdex generations`.")
        self.switch(target)
        return target

    def _before(self, live: int | None) -> int | None:
        """The generation that `live` took the place of, when it is kept, else the newest of those that are older."""
        if live is None:
            return None
        kept = [generation.number for generation in self.generations() if generation.number < live]
        with contextlib.suppress(DamagedArchiveError):
            before = self.generation(live).manifest.get("before")
            if before in kept:
                return int(before)
        return kept[-1] if kept else None

    def collect(self, keep: int) -> list[int]:
        """Delete all but `keep` generations: the live one, the one before it, and the newest others.

        Returns the numbers deleted.
        """
        live = self.current_number
        before = self._before(live)
        others = [generation for generation in self.generations() if generation.number != live]
        others.sort(key=lambda generation: (generation.number == before, generation.number))
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
        keep_tables(self.path)
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
            "before": self.archive.named(),
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
