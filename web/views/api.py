"""The same answers for programs."""

from __future__ import annotations

from flask import Blueprint, abort, g, jsonify, request
from flask.typing import ResponseReturnValue

from indexer.request import SearchRequest
from web import headers
from web.current import the_search

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """The object of `newsdex search --json`; parameters are named like its options."""
    side = the_search()
    if (same := headers.unchanged(side)) is not None:
        return same
    asked = SearchRequest.from_params(request.args.to_dict(flat=False), ui=g.locale)
    return headers.tagged(jsonify(side.search(asked).as_json()))


@blueprint.get("/articles/<path:article_id>")
def article(article_id: str) -> ResponseReturnValue:
    """The object of `newsdex show --json`."""
    side = the_search()
    if (same := headers.unchanged(side)) is not None:
        return same
    view = side.article(article_id, ui=g.locale, q=request.args.get("q", ""))
    if view is None:
        abort(404)
    return headers.tagged(jsonify(view.as_json()))


@blueprint.get("/suggest")
def suggest() -> ResponseReturnValue:
    """Completions of what is being typed: a list as the search side gives it."""
    offer = getattr(the_search(), "suggest", None)
    text = request.args.get("q", "")[:100]
    return jsonify({"q": text, "suggestions": list(offer(text, g.locale)) if callable(offer) and text else []})
