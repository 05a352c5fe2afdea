"""Behind a proxy: whom to believe about the reader's address, the host, and the path below which the page lives."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from corpus.errors import ConfigurationError
from indexer.settings import ProxySettings

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_FORWARDED = ("FOR", "PROTO", "HOST", "PORT", "PREFIX")


class FixedPrefix:
    """Lives below `prefix`, whether or not the proxy has taken it off the path already."""

    def __init__(self, app: Application, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not environ.get("SCRIPT_NAME"):
            if path == self.prefix or path.startswith(self.prefix + "/"):
                environ["PATH_INFO"] = path[len(self.prefix) :] or "/"
            environ["SCRIPT_NAME"] = self.prefix
        return self.app(environ, start_response)


class Trusted:
    """Believes the `X-Forwarded-…` headers of the proxies that are trusted; from anybody else they are dropped."""

    def __init__(self, app: Application, networks: tuple[Any, ...]) -> None:
        self.app = app
        self.networks = networks
        self.fixed = ProxyFix(app, x_for=1, x_proto=1, x_host=1, x_prefix=1)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        prefix = environ.get("HTTP_X_FORWARDED_PREFIX", "").rstrip("/")
        if not _PREFIX.fullmatch(prefix.rpartition(",")[2].strip()):
            environ.pop("HTTP_X_FORWARDED_PREFIX")
        elif prefix:
            environ["HTTP_X_FORWARDED_PREFIX"] = prefix
        if self._believed(environ.get("REMOTE_ADDR", "")):
            return self.fixed(environ, start_response)
        for name in _FORWARDED:
            environ.pop(f"HTTP_X_FORWARDED_{name}", None)
        return self.app(environ, start_response)

    def _believed(self, address: str) -> bool:
        try:
            return any(ipaddress.ip_address(address) in network for network in self.networks)
        except ValueError:
            return False


def install(app: Flask, settings: ProxySettings) -> None:
    """Wrap the application as the settings say; with none trusted the headers mean nothing and are never read.

    Raises:
        ConfigurationError: an address or the prefix is not one.
    """
    prefix = settings.prefix.rstrip("/")
    if not _PREFIX.fullmatch(prefix):
        raise ConfigurationError(f"web.proxy.prefix: {settings.prefix!r} is no path; write it as `/news`")
    if prefix:
        app.wsgi_app = FixedPrefix(app.wsgi_app, prefix)  # type: ignore[method-assign]
    try:
        networks = tuple(ipaddress.ip_network(address, strict=False) for address in settings.trusted)
    except ValueError as error:
        raise ConfigurationError(f"web.proxy.trusted: {error}; give addresses such as 10.0.0.5 or 10.0.0.0/8") from None
    if networks:
        app.wsgi_app = Trusted(app.wsgi_app, networks)  # type: ignore[method-assign]
