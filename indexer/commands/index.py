"""newsdex index: read a pile and bring the archive up to date."""

from __future__ import annotations

import click

from corpus.errors import EXIT_REJECTED
from indexer.archive import Archive
from indexer.commands.common import (
    archive_option,
    json_option,
    number_of,
    place,
    print_json,
    printable,
    progress,
    workers_option,
)
from indexer.pipeline import Report, sources_of, update
from indexer.settings import load_settings


def report(done: Report, archive: Archive, as_json: bool) -> int:
    """Print what a run did; the exit code."""
    if as_json:
        print_json(done.as_json())
    else:
        counts = done.as_json()
        told = [f"{counts[name]} {name}" for name in ("added", "updated", "removed", "unchanged") if counts[name]]
        click.echo(
            f"{archive.path}: generation {done.generation}, {number_of(counts['read'], 'article')} read: "
            f"{', '.join(told) or 'nothing to do'} ({done.seconds:.1f} s)"
        )
        if counts["missing"]:
            click.echo(f"{number_of(counts['missing'], 'article')} kept whose files are gone; --prune takes them out.")
        if counts["rejected"]:
            _tell_rejected(done)
    return EXIT_REJECTED if done.counts.get("rejected") else 0


def _tell_rejected(done: Report) -> None:
    rejected = done.counts["rejected"]
    click.echo(f"{number_of(rejected, 'input')} rejected; `newsdex ledger --rejected` has the remedies:", err=True)
    for one in done.rejected:
        click.echo("  " + printable(f"{place(one.file, one.member, one.line)}: {one.code}: {one.reason}"), err=True)
    if rejected > len(done.rejected):
        click.echo("  …", err=True)


@click.command("index")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@workers_option
@click.option("--prune", is_flag=True, help="Take out the articles whose files are gone.")
@archive_option
@json_option
def command(sources: tuple[str, ...], workers: int | None, prune: bool, archive: Archive, as_json: bool) -> int:
    """Read files and directories and bring the archive up to date.

    Without SOURCE, the sources of newsdex.yml and those indexed before are read. Unchanged files are not read again.
    A new generation replaces the live one in one step; a search page that is being served notices by itself.
    """
    settings = load_settings(archive.path)
    named = list(sources) or sources_of(archive, settings)
    done = update(archive, named, settings, prune=prune, workers=workers, progress=progress)
    return report(done, archive, as_json)
