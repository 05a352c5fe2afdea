"""Serves the application with waitress."""

from __future__ import annotations

from flask import Flask
from waitress.server import create_server

from indexer.settings import Settings


def serve(app: Flask, host: str, port: int, settings: Settings) -> None:
    """Answer on host:port until interrupted.

    Waitress by itself drops or reads `X-Forwarded-…` headers; whom to believe is decided in `web.proxies` alone, so
    it is told to hand them through.
    """
    server = create_server(
        app.wsgi_app,
        host=host,
        port=port,
        threads=settings.web.threads,
        ident="newsdex",
        clear_untrusted_proxy_headers=False,
        channel_timeout=60,
    )
    try:
        server.run()
    finally:
        server.close()
