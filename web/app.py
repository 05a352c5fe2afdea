"""The application factory: everything the page needs is given to `create_app`, nothing is found by itself."""

from __future__ import annotations

import logging

from flask import Flask, abort, request

from indexer.search import ArchiveSearch
from indexer.settings import Settings
from web import colours, errors, headers, i18n, jinja, kept, logo, proxies
from web.concordance import Kept
from web.contract import SearchSide
from web.desk import Desk
from web.views import BLUEPRINTS

log = logging.getLogger(__name__)

LONGEST = 16_384
"""Bytes of a query string: every link of a page repeats it. A request with a longer one is refused with 414."""
LONGEST_FOR_MACHINES = 65_536
"""Likewise for answers without links."""
YEAR = 365 * 24 * 3600
"""Seconds for which a browser may keep an asset."""


def create_app(search: SearchSide, settings: Settings) -> Flask:
    """The search page over `search`, as the `web` part of `settings` wants it.

    Raises:
        ConfigurationError: a host, address, prefix, colour or logo of the settings cannot be used.
    """
    app = Flask("web")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # keys stand in the contract's order
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR  # addresses of assets change with their content
    app.extensions["newsdex"] = search
    app.extensions["newsdex-lines"] = Kept()
    app.extensions["newsdex-logo"] = logo.pictures(settings.web.logo)
    app.config["WEB"] = settings.web
    for fault in colours.unreadable(settings.web.colours):
        log.warning("%s", fault)
    if settings.web.librarians and isinstance(search, ArchiveSearch):
        app.extensions["newsdex-desk"] = Desk(search, settings)
    i18n.install(app, settings.web)

    @app.before_request
    def bounded() -> None:
        machine = request.path.startswith(errors.MACHINES)
        if len(request.query_string) > (LONGEST_FOR_MACHINES if machine else LONGEST):
            abort(414)

    jinja.install(app)
    headers.install(app, settings.web)
    kept.install(app, settings.web)
    errors.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    proxies.install(app, settings.web.proxy)
    return app
