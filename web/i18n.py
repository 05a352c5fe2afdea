"""The interface's language: asked for by the address, else set in newsdex.yml, else what the browser prefers."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import flask_babel  # type: ignore[import-untyped]  # has no stubs
from babel import Locale, UnknownLocaleError
from flask import Flask, g, request
from markupsafe import Markup

from indexer.settings import WebSettings

SHIPPED = ("en", "de", "ru", "be", "es", "pl", "zh", "fr")
"""Languages that the interface has been put into."""

_locale: ContextVar[str] = ContextVar("locale")
"""As `g.locale`, which is not found as fast: a page writes hundreds of numbers."""


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

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: g.translations.gettext(message),
        lambda one, many, count: g.translations.ngettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update({"_": _told, "gettext": _told})
    told: dict[object, dict[str, Markup]] = {}

    @app.before_request
    def remember() -> None:
        g.locale = choose()
        _locale.set(g.locale)
        g.ui_asked = request.args.get("ui", "") in languages
        # looked up once a page: flask_babel's own functions find the request's locale anew for each of 400 messages
        g.babel_locale = flask_babel.get_locale()
        g.translations = flask_babel.get_translations()
        if len(told) > len(SHIPPED):
            told.clear()
        g.told = told.setdefault(g.translations, {})

    @app.url_defaults
    def carry_on(endpoint: str, values: dict[str, Any]) -> None:
        # nothing is stored at the reader's, so a language that was asked for travels in the links
        if g.get("ui_asked") and not endpoint.endswith("static") and endpoint not in UNTRANSLATED:
            values.setdefault("ui", g.locale)


UNTRANSLATED = frozenset(
    (
        *(f"assets.{name}" for name in ("robots", "health", "theme", "logo", "opensearch")),
        *("embed.script", "api.search", "api.article"),
    )
)


def gettext(message: str, **values: object) -> str:
    """The message in the interface's language, its `%(name)s` filled in."""
    told: str = g.translations.gettext(message)
    return told % values if values else told


def _told(message: str, **values: object) -> Markup:
    """As Jinja's own for templates, which makes the markup of each of the hundred messages of a page anew."""
    if values:
        return rich(message, **values)
    known: dict[str, Markup] = g.told
    if message not in known:
        known[message] = rich(message)
    return known[message]


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The form of the message that this count takes."""
    told: str = g.translations.ngettext(one, many, count)
    return told % values


def rich(message: str, **values: object) -> Markup:
    """Like `gettext` for messages whose values may hold markup; other values are escaped."""
    return Markup(gettext(message)) % values  # noqa: S704  messages come from our catalogues


def get_locale() -> Locale:
    """The interface's locale."""
    locale: Locale = g.babel_locale
    return locale


def locale_name() -> str:
    """The interface's locale as an identifier."""
    return _locale.get()


@lru_cache(maxsize=64)
def own_name(code: str) -> str:
    """A language's name in that language, with a capital as titles have it."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[0].upper() + name[1:]


@lru_cache(maxsize=1024)
def language_name(code: str, ui: str) -> str:
    """A language's name in another; the bare code when nobody has named it."""
    try:
        return Locale.parse(code).get_display_name(ui) or code
    except (ValueError, LookupError, UnknownLocaleError):
        return code
