"""newsdex generations: what is kept, and which one is live."""

from __future__ import annotations

import click

from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json, size


@click.command("generations")
@archive_option
@json_option
def command(archive: Archive, as_json: bool) -> None:
    """List the generations that are kept; the live one is marked."""
    live = archive.current_number
    rows = [
        {
            "generation": generation.number,
            "live": generation.number == live,
            "created": generation.manifest.get("created"),
            "articles": generation.manifest.get("articles"),
            "bytes": generation.bytes,
            "analyser": generation.manifest["analyser"],
        }
        for generation in archive.generations()
    ]
    if as_json:
        print_json({"generations": rows})
        return
    for row in rows:
        mark = "*" if row["live"] else " "
        click.echo(
            f"{mark} {row['generation']:>5}  {row['created']}  {row['articles']:>9} articles  {size(row['bytes']):>8}"
        )
    if not rows:
        click.echo(f"{archive.path}: no generation yet. Run `newsdex index SOURCE`.")
