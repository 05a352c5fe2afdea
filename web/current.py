"""What the application that answers now was given."""

from __future__ import annotations

from flask import current_app

from indexer.settings import WebSettings
from web.contract import SearchSide
from web.desk import Desk
from web.logo import Picture


def the_search() -> SearchSide:
    """The search side."""
    return current_app.extensions["newsdex"]  # type: ignore[no-any-return]


def the_settings() -> WebSettings:
    """The page's settings."""
    return current_app.config["WEB"]  # type: ignore[no-any-return]


def the_desk() -> Desk | None:
    """The librarians' desk; None where the settings keep it shut."""
    return current_app.extensions.get("newsdex-desk")


def the_logo() -> dict[str, Picture]:
    """The house's logo by scheme; empty where the settings name none."""
    return current_app.extensions["newsdex-logo"]  # type: ignore[no-any-return]
