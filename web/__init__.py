"""The search page: a Flask application over an archive."""

from web.app import create_app

__all__ = ["create_app"]
