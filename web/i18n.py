"""The interface's language: asked for by the address, else set in newsdex.yml, else what the browser prefers."""

from __future__ import annotations

from typing import Any

import flask_babel  # type: ignore[import-untyped]  # has no stubs
from babel import Locale
from flask import Flask, g, request
from markupsafe import Markup

from indexer.settings import WebSettings

SHIPPED = ("en", "de", "ru", "be", "es", "pl", "zh", "fr")
"""Languages that the interface has been put into."""


def install(app: Flask, settings: WebSettings) -> None:
    """Offer the languages of the settings that the interface has been put into (all, when there is none)."""
    languages = [code for code in settings.languages if code in SHIPPED] or list(SHIPPED)
    fixed = settings.language if settings.language in languages else None
    app.config["LANGUAGES"] = languages

    def choose() -> str:
        asked = request.args.get("ui", "")
        if asked in languages:
            return asked
        return fixed or request.accept_languages.best_match(languages) or languages[0]

    flask_babel.Babel(app, locale_selector=lambda: g.get("locale") or choose(), default_locale=languages[0])

    @app.before_request
    def remember() -> None:
        g.locale = choose()
        g.ui_asked = request.args.get("ui", "") in languages

    @app.url_defaults
    def carry_on(endpoint: str, values: dict[str, Any]) -> None:
        # nothing is stored at the reader's, so a language that was asked for travels in the links
        if g.get("ui_asked") and not endpoint.endswith("static") and endpoint not in UNTRANSLATED:
            values.setdefault("ui", g.locale)


UNTRANSLATED = frozenset(
    {"assets.robots", "assets.health", "assets.theme", "assets.opensearch", "embed.script", "api.search", "api.article"}
)


def gettext(message: str, **values: object) -> str:
    """The message in the interface's language, its `%(name)s` filled in."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The form of the message that this count takes."""
    return str(flask_babel.ngettext(one, many, count, **values))


def rich(message: str, **values: object) -> Markup:
    """Like `gettext` for messages whose values may hold markup; other values are escaped."""
    return Markup(gettext(message)) % values  # noqa: S704  messages come from our catalogues


def get_locale() -> Locale:
    """The interface's locale."""
    locale = flask_babel.get_locale()
    return locale if isinstance(locale, Locale) else Locale("en")


def locale_name() -> str:
    """The interface's locale as an identifier."""
    return str(get_locale())


def own_name(code: str) -> str:
    """A language's name in that language, with a capital as titles have it."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[0].upper() + name[1:]


def language_name(code: str, ui: str) -> str:
    """A language's name in another; the bare code when nobody has named it."""
    try:
        return Locale.parse(code).get_display_name(ui) or code
    except (ValueError, LookupError):
        return code

