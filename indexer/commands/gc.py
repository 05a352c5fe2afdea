"""newsdex gc: delete old generations."""

from __future__ import annotations

import click

from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json
from indexer.settings import load_settings


@click.command("gc")
@click.option("--keep", type=click.IntRange(1), metavar="N", help="How many to keep in all [index.keep].")
@archive_option
@json_option
def command(archive: Archive, keep: int | None, as_json: bool) -> None:
    """Delete all generations but the live one and the newest others."""
    settings = load_settings(archive.path)
    with archive.lock():
        deleted = archive.collect(keep or settings.index.keep)
    if as_json:
        print_json({"deleted": deleted})
    else:
        click.echo(f"Deleted: {', '.join(map(str, deleted))}." if deleted else "Nothing to delete.")
