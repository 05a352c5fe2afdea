"""newsdex demo: the bundled articles, indexed and served."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from corpus.errors import RebuildNeededError
from indexer.archive import Archive
from indexer.commands.common import json_option, print_json, progress
from indexer.commands.serve import DEFAULT_PORT, serve
from indexer.pipeline import update
from indexer.settings import load_settings


@click.command("demo")
@click.option(
    "--directory", type=click.Path(path_type=Path, file_okay=False), default=Path("newsdex-demo"), metavar="DIR",
    help="Where the demo archive is made [newsdex-demo].",
)  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535), help="Port.")
@click.option("--no-serve", is_flag=True, help="Only make the archive.")
@json_option
def command(directory: Path, host: str, port: int, no_serve: bool, as_json: bool) -> None:
    """Index the bundled articles (seven languages, invented news) and serve the search page.

    Two of the bundled files are broken on purpose, to show what `newsdex ledger --rejected` says.
    """
    archive = Archive(directory)
    settings = load_settings(archive.path)
    samples = [str(files("corpus") / "samples" / name) for name in _piles()]
    try:
        done = update(archive, samples, settings, command="demo", progress=progress)
    except RebuildNeededError:
        done = update(archive, samples, settings, fresh=True, command="demo", progress=progress)
    if as_json:
        print_json(done.as_json())
    elif done.counts.get("added"):
        click.echo(f"{done.counts['added']} articles indexed into {directory} in {done.seconds:.1f} s.")
    if not no_serve:
        serve(archive, host, port)


def _piles() -> list[str]:
    """The directories of the samples; what lies beside them (README, gold table) is about them, not of them."""
    return sorted(entry.name for entry in (files("corpus") / "samples").iterdir() if entry.is_dir())
