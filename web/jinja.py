"""What the templates can call."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for

from web import marking
from web.facets import capital
from web.i18n import get_locale, language_name, locale_name, own_name
from web.page import number
from web.when import spoken


def install(app: Flask) -> None:
    """Filters and globals of the templates, and addresses of assets that change with their content."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["number"] = lambda value: number(value, locale_name())
    app.jinja_env.filters["date"] = lambda stamp, style="long": spoken(stamp, locale_name(), style) if stamp else ""
    app.jinja_env.filters["language"] = lambda code: language_name(code, locale_name())
    app.jinja_env.filters["capital"] = capital
    app.jinja_env.globals["marked"] = marking.marked
    digests = {path.name: _digest(path) for path in (Path(app.root_path) / "static").glob("*") if path.is_file()}

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=digests.get(name, ""))

    app.jinja_env.globals["asset"] = asset

    @app.context_processor
    def frame() -> dict[str, Any]:
        locale = get_locale()
        return {
            "settings": app.config["WEB"],
            "locale": str(locale).replace("_", "-"),
            "direction": locale.text_direction,
            "languages": [(code, own_name(code), _in_language(code)) for code in app.config["LANGUAGES"]],
            "ui": g.locale if g.get("ui_asked") else "",
        }


def _in_language(code: str) -> str:
    """This page in another interface language."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "ui"]
    return f"{request.script_root}{request.path}?{urlencode([*pairs, ('ui', code)])}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]
