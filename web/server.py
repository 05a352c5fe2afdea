"""Serves the application with waitress."""

from __future__ import annotations

import logging

from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from indexer.settings import Settings


def make_server(app: Flask, host: str, port: int, settings: Settings) -> MultiSocketServer | BaseWSGIServer:
    """A server that listens on host:port and answers when it is run.

    Waitress by itself drops or reads `X-Forwarded-…` headers; whom to believe is decided in `web.proxies` alone, so
    it is told to hand them through.

    Raises:
        OSError: the port is taken.
    """
    # a queue is no fault here: it would be told for every page that waits a moment
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return create_server(
        app.wsgi_app,
        host=host,
        port=port,
        threads=settings.web.threads,
        ident="newsdex",
        clear_untrusted_proxy_headers=False,
        channel_timeout=60,
    )


def serve(app: Flask, host: str, port: int, settings: Settings) -> None:
    """Answer on host:port until interrupted."""
    server = make_server(app, host, port, settings)
    try:
        server.run()
    finally:
        server.close()
