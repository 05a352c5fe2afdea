"""newsdex backup: one file that holds the archive."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import click

from corpus.errors import DamagedArchiveError, UsageError
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json, progress, size
from indexer.disk import sync_directory
from indexer.generation import MANIFEST, REPAIR


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@archive_option
@json_option
def command(archive: Archive, target: Path, as_json: bool) -> None:
    """Write settings, authority files, ledger and the live generation into TARGET (a .tar or .tar.gz)."""
    if target.exists():
        raise UsageError(f"{target}: is there already; give another name")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"{target.parent}: no such directory; make it first")
    generation = archive.current()
    if faults := generation.verify():
        raise DamagedArchiveError(f"{faults[0]}. {REPAIR}")
    members = [path for name in ("newsdex.yml", "CURRENT") if (path := archive.path / name).exists()]
    members += [path for name in ("authority", "ledger") for path in sorted((archive.path / name).rglob("*"))]
    members += [generation.path / name for name in (MANIFEST, *generation.manifest["files"])]
    beside = target.with_name(target.name + ".part")
    with beside.open("wb") as stream:
        mode = "w:gz" if target.suffix in (".gz", ".tgz") else "w"
        with tarfile.open(fileobj=stream, mode=mode) as tar:  # type: ignore[call-overload]
            for path in progress(members, what="backup"):
                tar.add(path, arcname=path.relative_to(archive.path).as_posix(), recursive=False)
        stream.flush()
        os.fsync(stream.fileno())
    beside.rename(target)
    sync_directory(target.parent)
    written = target.stat().st_size
    if as_json:
        print_json({"file": str(target), "generation": generation.number, "bytes": written})
    else:
        click.echo(f"Generation {generation.number} is in {target} ({size(written)}).")
