"""Headers of every answer: what the browser may load and who may frame it, and ETags by generation."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request

from corpus.errors import ConfigurationError
from indexer import __version__
from indexer.settings import WebSettings
from web.contract import SearchSide

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_HOST = re.compile(r"(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]")


def frame_ancestors(hosts: Sequence[str]) -> str:
    """The sources of `frame-ancestors` for an allow-list of hosts or origins.

    Raises:
        ConfigurationError: an entry is neither a host nor an origin.
    """
    for entry in hosts:
        parts = urlsplit(entry if "://" in entry else "https://" + entry)
        host = re.sub(r":(\d+|\*)$", "", parts.netloc)
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or parts.path.rstrip("/") or parts.query:
            raise ConfigurationError(
                f"web.embed.hosts: {entry!r} is no host; write it as `intranet.example` or `https://intranet.example`"
            )
    return " ".join(entry.rstrip("/") for entry in hosts) or "'none'"


def install(app: Flask, settings: WebSettings) -> None:
    """Add the headers to each answer of `app`."""
    app.extensions["newsdex-seal"] = hashlib.sha256(repr((__version__, settings)).encode()).hexdigest()
    embedded = POLICY.format(ancestors=frame_ancestors(settings.embed.hosts))
    closed = POLICY.format(ancestors="'none'")

    @app.after_request
    def secure(response: Response) -> Response:
        framed = request.endpoint == "embed.frame" and bool(settings.embed.hosts)
        response.headers["Content-Security-Policy"] = embedded if framed else closed
        if not framed:
            response.headers["X-Frame-Options"] = "DENY"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if "Cache-Control" not in response.headers and request.endpoint != "static":
            response.headers["Cache-Control"] = "private, no-cache"
        return response


def tag(search: SearchSide) -> str:
    """What identifies the answer to this request: address, interface language, prefix, settings, and what is searched.

    `edition` is the generation together with the corrections that it was opened with.
    """
    edition = getattr(search, "edition", search.generation)
    seal = current_app.extensions["newsdex-seal"]
    parts = (request.script_root, request.full_path, request.host_url, g.get("locale", ""), edition, seal)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def unchanged(search: SearchSide) -> Response | None:
    """The empty answer 304 when the browser holds this very answer already."""
    g.etag = tag(search)
    return tagged(Response(status=304)) if request.if_none_match.contains_weak(g.etag) else None


def tagged(response: Response) -> Response:
    """The response with the tag that `unchanged` made."""
    response.set_etag(g.etag, weak=True)
    response.headers["Vary"] = "Accept-Language"
    return response
