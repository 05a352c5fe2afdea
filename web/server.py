"""Serves the application with waitress."""

from __future__ import annotations

import gc
import logging

from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from indexer.settings import Settings

OTHERS = 14
"""Requests answered at once besides the pages that are made."""


def make_server(app: Flask, host: str, port: int, settings: Settings) -> MultiSocketServer | BaseWSGIServer:
    """A server that listens on host:port and answers when it is run.

    Waitress by itself drops or reads `X-Forwarded-…` headers; whom to believe is decided in `web.proxies` alone, so
    it is told to hand them through.

    Threads share one interpreter: more pages made at once are no more pages a second, on one core a page takes a tenth
    longer with eight at once than with one; two let a short one overtake a long one. There are more threads than that,
    so that who asks for a page that is kept, or takes hits away, waits for nobody. Nothing is sent before a page is
    whole, as its status and tag are only true then.

    Raises:
        OSError: the port is taken.
    """
    # a queue is no fault here: it would be told for every page that waits a moment
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return create_server(
        app.wsgi_app,
        host=host,
        port=port,
        threads=settings.web.threads + OTHERS,
        ident="newsdex",
        clear_untrusted_proxy_headers=False,
        channel_timeout=60,
    )


def port_of(server: MultiSocketServer | BaseWSGIServer) -> int:
    """The port that a server listens on, which the system chose when 0 was asked for."""
    listening = server.effective_listen if isinstance(server, MultiSocketServer) else [("", server.effective_port)]
    return int(listening[0][1])


def run_server(server: MultiSocketServer | BaseWSGIServer) -> None:
    """Answer until interrupted.

    What there is now stays as long as the process: the collector need not look through it again and again for cycles,
    which takes a twentieth of the time of a page.
    """
    gc.collect()
    gc.freeze()
    try:
        server.run()
    finally:
        server.close()
