"""newsdex verify: is every file of the archive as it was written?"""

from __future__ import annotations

import click

from corpus.errors import EXIT_DAMAGED, DamagedArchiveError
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json
from indexer.engines import engine
from indexer.generation import REPAIR, Generation


def faults_of(generation: Generation) -> list[str]:
    """Everything that is wrong with a generation, one line each."""
    try:
        faults = generation.verify()
        return faults or engine(str(generation.manifest["engine"])).verify(generation.index)
    except DamagedArchiveError as error:
        return [str(error)]


@click.command("verify")
@click.option("--all", "every", is_flag=True, help="All generations that are kept, not the live one alone.")
@archive_option
@json_option
def command(archive: Archive, every: bool, as_json: bool) -> int:
    """Compare every file with the checksum in its manifest."""
    generations = archive.generations() if every else [archive.current()]
    found = {generation.number: faults_of(generation) for generation in generations}
    if as_json:
        print_json({"generations": [{"generation": n, "faults": faults} for n, faults in found.items()]})
    else:
        for number, faults in found.items():
            click.echo(f"Generation {number}: " + ("whole" if not faults else f"{len(faults)} faults"))
            for fault in faults:
                click.echo(f"  {fault}")
        if any(found.values()):
            click.echo(REPAIR, err=True)
    return EXIT_DAMAGED if any(found.values()) else 0
