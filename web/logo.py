"""The house's logo in the head of every page: one or two files that newsdex.yml names, read when the page starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ConfigurationError
from indexer.settings import LogoSettings

KINDS = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
    ".gif": "image/gif",
}  # fmt: skip
LARGEST = 500_000
"""Bytes of a logo: every page shows it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a browser is given."""

    data: bytes
    mimetype: str


def pictures(settings: LogoSettings) -> dict[str, Picture]:
    """The logo for `light` windows, and for `dark` ones where the settings name one of its own; empty without a logo.

    Raises:
        ConfigurationError: a file cannot be read, is no picture that browsers show, or is too large.
    """
    named = {"light": ("file", settings.file), "dark": ("dark", settings.dark)}
    if settings.dark and not settings.file:
        raise ConfigurationError("web.logo.dark: there is no logo for light windows; set web.logo.file, too")
    return {scheme: _read(key, Path(path)) for scheme, (key, path) in named.items() if path}


def _read(key: str, path: Path) -> Picture:
    mimetype = KINDS.get(path.suffix.lower())
    if mimetype is None:
        raise ConfigurationError(f"web.logo.{key}: {path} is no {', '.join(KINDS)}; save the logo as one of them")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"web.logo.{key}: cannot read {path}: {error.strerror or error}; its path is relative to newsdex.yml"
        ) from error
    if len(data) > LARGEST:
        raise ConfigurationError(f"web.logo.{key}: {path} has more than {LARGEST // 1000} kB; save it smaller")
    return Picture(data, mimetype)
