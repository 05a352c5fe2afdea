"""What the application that answers now was given."""

from __future__ import annotations

from flask import current_app

from indexer.settings import WebSettings
from web.contract import SearchSide


def the_search() -> SearchSide:
    """The search side."""
    return current_app.extensions["newsdex"]  # type: ignore[no-any-return]


def the_settings() -> WebSettings:
    """The page's settings."""
    return current_app.config["WEB"]  # type: ignore[no-any-return]
