"""newsdex rebuild: read and analyse everything anew, beside the live generation."""

from __future__ import annotations

import click

from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, progress, workers_option
from indexer.commands.index import report
from indexer.pipeline import sources_of, update
from indexer.settings import load_settings


@click.command("rebuild")
@workers_option
@archive_option
@json_option
def command(workers: int | None, archive: Archive, as_json: bool) -> int:
    """Read all sources again and build a generation from nothing; the live one answers until it is ready.

    Articles whose files are gone are taken over from the live generation. `newsdex rollback` goes back.
    """
    settings = load_settings(archive.path)
    done = update(
        archive, sources_of(archive, settings), settings,
        fresh=True, workers=workers, command="rebuild", progress=progress,
    )  # fmt: skip
    return report(done, archive, as_json)
