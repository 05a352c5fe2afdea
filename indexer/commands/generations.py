"""newsdex generations: what is kept, and which one is live."""

from __future__ import annotations

from typing import Any

import click

from corpus.errors import DamagedArchiveError
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json, size
from indexer.generation import Generation


@click.command("generations")
@archive_option
@json_option
def command(archive: Archive, as_json: bool) -> None:
    """List the generations that are kept; the live one is marked."""
    live = archive.named()
    rows = [_row(generation, live) for generation in archive.generations()]
    if as_json:
        print_json({"generations": rows})
        return
    for row in rows:
        mark = "*" if row["live"] else " "
        told = "damaged: `newsdex verify --all` tells more"
        if not row["damaged"]:
            told = f"{row['created']}  {row['articles']:>9} articles  {size(row['bytes']):>8}"
        click.echo(f"{mark} {row['generation']:>5}  {told}")
    if not rows:
        click.echo(f"{archive.path}: no generation yet. Run `newsdex index SOURCE`.")


def _row(generation: Generation, live: int | None) -> dict[str, Any]:
    row: dict[str, Any] = {"generation": generation.number, "live": generation.number == live, "damaged": False}
    try:
        generation.check_sizes()
    except DamagedArchiveError:
        return {**row, "damaged": True}
    named = {name: generation.manifest.get(name) for name in ("created", "articles", "analyser")}
    return {**row, **named, "bytes": generation.bytes}
