"""The command line `newsdex`: finds the command, and turns every error into a message and an exit code."""

from __future__ import annotations

import errno
import gc
import importlib
import io
import os
import sys

import click

import indexer
from corpus.errors import EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED, EXIT_USAGE, NewsdexError

COMMANDS = {
    "read": "Show what the readers see in files or directories.",
    "index": "Read files and directories and bring the archive up to date.",
    "search": "Search the archive.",
    "show": "Show an article with its entities and where it was read.",
    "entities": "List, compare and correct people, places and organisations.",
    "stats": "Count languages, sources, topics, years and sections.",
    "ledger": "Show what a run read, added, changed and rejected.",
    "rebuild": "Read all sources again and build a generation from nothing.",
    "verify": "Compare every file with its checksum.",
    "repair": "Make the newest generation that is whole the live one.",
    "generations": "List the generations that are kept.",
    "rollback": "Make an earlier generation live again.",
    "gc": "Delete all but the live and the newest generations.",
    "backup": "Write the archive into one file.",
    "restore": "Put the generation of a backup into the archive.",
    "export": "Write articles as JSON Lines or CSV, or an index for plain Whoosh.",
    "serve": "Serve the search page and the API.",
    "watch": "Index what changes in the sources, again and again.",
    "doctor": "Look at what is installed, the settings and the archive.",
    "demo": "Index the bundled articles and serve the page.",
}
"""The commands and what `newsdex --help` says of them, so that it imports none."""


RARELY = (50_000, 20, 50)
"""Garbage is seldom looked for: what a command loads (a table of entities) stays until its end."""


class LazyGroup(click.Group):
    """Imports `indexer.commands.<name>` only for the command that runs, so that a search starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"indexer.commands.{cmd_name}")
        if not gc.isenabled():
            gc.freeze()
            gc.set_threshold(*RARELY)
            gc.enable()
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _drop_output()  # the reader of a pipe (head, less) has enough
            return EXIT_DONE


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(indexer.__version__, prog_name="newsdex")
def cli() -> None:
    """Make a pile of saved news, in any language and format, an archive with a search page.

    \b
    newsdex demo                      try it on the bundled articles
    newsdex index ~/clippings         read a directory into ./archive
    newsdex search "Lawrow Minsk"     search it
    newsdex serve                     open the search page

    The archive is --archive DIR, else $NEWSDEX_ARCHIVE, else ./archive.

    Exit codes: 0 done, 1 failed, 2 usage, 3 configuration, 4 damaged archive, 5 locked, 6 some input rejected,
    130 interrupted.
    """


def _drop_output() -> None:
    """Let what is still to be written go nowhere, as Python writes it out at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code. A user's error never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name need not be text, a terminal need not have its letters
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(args=arguments, prog_name="newsdex", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except NewsdexError as error:
        click.echo(f"newsdex: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("newsdex: interrupted; the live archive is as it was", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return EXIT_DONE
    except OSError as error:
        told = ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
        full = "; make room and run it again, the live archive is as it was" if error.errno == errno.ENOSPC else ""
        click.echo(f"newsdex: {told}{full}", err=True)
        return EXIT_FAILED


def run() -> None:
    """The console script.

    What is imported stays to the end: looking through it for garbage, then and at the end, would take a tenth of a
    search's time. No command multiplies matrices, so numpy's library for that need not start its threads.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()  # until the command is imported
    sys.exit(main())
