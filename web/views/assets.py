"""Small files and signs of life."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from corpus.errors import NewsdexError
from web import colours
from web.current import the_logo, the_search, the_settings

blueprint = Blueprint("assets", __name__)


@blueprint.get("/theme.css")
def theme() -> ResponseReturnValue:
    """The settings' colours as CSS custom properties; what is no colour is left out."""
    answer = Response(colours.sheet(the_settings().colours, request.args.get("scheme", "")), mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@blueprint.get("/logo")
def logo() -> ResponseReturnValue:
    """The house's logo, of its own for dark windows where the settings have one."""
    known = the_logo()
    picture = known.get(request.args.get("scheme", "light")) or known.get("light") or abort(404)
    answer = Response(picture.data, mimetype=picture.mimetype)
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Articles may be crawled; the endless combinations of filters, exports and feeds may not."""
    root = url_for("search.results").partition("?")[0]
    kept = ("?", "facet/", "export/", "timeline.csv", "feed.atom", "api/", "embed")
    body = "User-agent: *\n" + "".join(f"Disallow: {root}{path}\n" for path in kept)
    return Response(body, mimetype="text/plain")


@blueprint.get("/opensearch.xml")
def opensearch() -> ResponseReturnValue:
    """The description by which browsers offer this search in their own box."""
    return Response(render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml")


@blueprint.get("/help")
def help_page() -> ResponseReturnValue:
    """How to put a search."""
    return render_template("help.html")


@blueprint.get("/health")
def health() -> ResponseReturnValue:
    """Whether the archive can be searched, and which generation is live; 503 when it cannot."""
    try:
        generation = the_search().generation
    except NewsdexError as error:
        answer = jsonify({"status": "unavailable", "message": str(error)})
        answer.status_code = 503
    else:
        answer = jsonify({"status": "ok", "generation": generation})
    answer.headers["Cache-Control"] = "no-store"
    return answer
