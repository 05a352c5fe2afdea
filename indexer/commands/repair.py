"""newsdex repair: back to the newest whole generation."""

from __future__ import annotations

import click

from corpus.errors import DamagedArchiveError
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json
from indexer.commands.verify import faults_of


@click.command("repair")
@archive_option
@json_option
def command(archive: Archive, as_json: bool) -> None:
    """Make the newest generation that is whole the live one; damaged files are left as they are."""
    with archive.lock():
        damaged: dict[int, list[str]] = {}
        for generation in reversed(archive.generations()):
            faults = faults_of(generation)
            if not faults:
                archive.switch(generation.number)
                break
            damaged[generation.number] = faults
        else:
            raise DamagedArchiveError(
                f"{archive.path}: no generation is whole. Run `newsdex rebuild`, which reads the sources again, "
                "or `newsdex restore` from a backup."
            )
    if as_json:
        print_json({"generation": generation.number, "damaged": damaged})
        return
    for number, faults in damaged.items():
        click.echo(f"Generation {number} is damaged: {faults[0]}")
    click.echo(f"Generation {generation.number} is whole and live.")
    if damaged:
        click.echo("Run `newsdex index` on your sources to bring it up to date.")
