"""newsdex rollback: go back to an earlier generation."""

from __future__ import annotations

import click

from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json


@click.command("rollback")
@click.option("--to", "number", type=int, metavar="N", help="The generation to go to [the one before the live one].")
@archive_option
@json_option
def command(archive: Archive, number: int | None, as_json: bool) -> None:
    """Make the generation before the live one (or N) live again; running servers notice by themselves."""
    with archive.lock():
        target = archive.rollback(number)
    if as_json:
        print_json({"generation": target})
    else:
        click.echo(f"Generation {target} is live.")
