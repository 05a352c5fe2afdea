"""newsdex serve: the search page."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

import click

from corpus.errors import NewsdexError, UsageError
from indexer.archive import Archive
from indexer.commands.common import archive_option

if TYPE_CHECKING:
    from indexer.search import ArchiveSearch

DEFAULT_PORT = 8000


def serve(archive: Archive, host: str, port: int) -> None:
    """Serve the page until interrupted. The one place where the command line reaches up to the web application.

    Raises:
        UsageError: the address cannot be listened on.
    """
    from indexer.search import ArchiveSearch
    from indexer.settings import load_settings
    from web import create_app
    from web.server import make_server, port_of, run_server

    settings = load_settings(archive.path)
    search = ArchiveSearch(archive, settings, ahead=True)
    app = create_app(search, settings)
    shown = f"[{host}]" if ":" in host else host
    try:
        server = make_server(app, host, port, settings)
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{shown}:{port}: {fault}; take another --port (0 is any free one) or --host") from error
    port = port_of(server)
    click.echo(f"newsdex: {search.count} articles at http://{shown}:{port}{settings.web.proxy.prefix}/  (Ctrl-C stops)")
    Thread(target=_warm, args=(search,), daemon=True).start()
    run_server(server)


def _warm(search: ArchiveSearch) -> None:
    """Make ready what the first reader who types would wait for."""
    with suppress(NewsdexError):
        search.opened().warm()


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535), help="Port.")
@archive_option
def command(archive: Archive, host: str, port: int) -> None:
    """Serve the search page and the API; a new generation is noticed by itself."""
    archive.current()
    serve(archive, host, port)
