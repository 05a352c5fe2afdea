"""newsdex watch: index again whenever something changed."""

from __future__ import annotations

import time

import click

from corpus.errors import LockedError
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, progress
from indexer.commands.index import report
from indexer.pipeline import sources_of, update
from indexer.settings import load_settings


@click.command("watch")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--every", default=60.0, type=click.FloatRange(0.1), metavar="SECONDS", help="Between two looks [60].")
@click.option("--times", type=click.IntRange(1), metavar="N", help="Stop after N looks.")
@archive_option
@json_option
def command(sources: tuple[str, ...], every: float, times: int | None, archive: Archive, as_json: bool) -> int:
    """Look at the sources again and again and index what changed; Ctrl-C stops.

    With --json, one object a line for each look. A look while another process writes is left out.
    """
    looks, code = 0, 0
    while True:
        settings = load_settings(archive.path)
        try:
            done = update(
                archive, list(sources) or sources_of(archive, settings), settings, command="watch", progress=progress
            )
        except LockedError as error:
            click.echo(f"newsdex: {error}", err=True)
        else:
            code = report(done, archive, as_json)
        looks += 1
        if looks == times:
            return code
        time.sleep(every)
