"""newsdex restore: an archive out of a backup."""

from __future__ import annotations

import gzip
import shutil
import tarfile
import zlib
from pathlib import Path

import click

from corpus.errors import DamagedArchiveError, UsageError
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json
from indexer.disk import sync_directory, sync_tree, write_synced


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@archive_option
@json_option
def command(archive: Archive, backup: Path, as_json: bool) -> None:
    """Put the generation of a BACKUP into the archive and make it live.

    An archive that is there keeps its own generations, settings and authority files.
    """
    with _tar(backup) as tar, archive.lock(create=True):
        inside = _unpack(archive, tar, backup)
        try:
            number = _adopt(archive, inside)
        finally:
            shutil.rmtree(inside, ignore_errors=True)
    if as_json:
        print_json({"generation": number})
    else:
        click.echo(f"Generation {number} is live.")


def _tar(backup: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(backup)
    except tarfile.TarError as error:
        raise UsageError(f"{backup}: no backup of newsdex: not a tar file") from error
    except EOFError as error:
        raise DamagedArchiveError(f"{backup}: cut short. Take another backup.") from error


def _unpack(archive: Archive, tar: tarfile.TarFile, backup: Path) -> Path:
    inside = archive.path / ".restore.building"
    shutil.rmtree(inside, ignore_errors=True)
    inside.mkdir()
    try:
        tar.extractall(inside, filter="data")
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        shutil.rmtree(inside, ignore_errors=True)
        raise DamagedArchiveError(f"{backup}: cannot be unpacked: {error}. Take another backup.") from error
    return inside


def _adopt(archive: Archive, inside: Path) -> int:
    saved = Archive(inside)
    number = saved.current_number
    if number is None:
        raise UsageError("the file is no backup of newsdex: it has no CURRENT")
    faults = saved.generation(number).verify()
    if faults:
        raise DamagedArchiveError(f"the backup is damaged: {faults[0]}. Take another backup.")
    for name in ("newsdex.yml", "authority", "ledger"):
        source, target = inside / name, archive.path / name
        if source.is_dir():
            for path in source.rglob("*"):
                there = target / path.relative_to(source)
                if path.is_file() and not there.exists():
                    there.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(path, there)
        elif source.exists() and not target.exists():
            write_synced(target, source.read_bytes())
    free = max([generation.number for generation in archive.generations()], default=0)
    if free >= number:
        number = free + 1
    saved_path = saved.current().path
    sync_tree(saved_path)
    saved_path.rename(archive.generations_path / str(number))
    sync_directory(archive.generations_path)
    archive.switch(number)
    return number
