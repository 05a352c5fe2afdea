"""The search in a frame of somebody else's page, and the script that puts it there."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from web import kept
from web.current import the_search
from web.views.search import answered, shown

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed")
def frame() -> ResponseReturnValue:
    """The page in the frame: box, hits and paging; articles open outside the frame."""

    def made() -> str:
        return render_template("embed.html", **shown(*answered(framed=True), "embed.frame"))

    return kept.answer(the_search(), made)


@blueprint.get("/embed.js")
def script() -> ResponseReturnValue:
    """The script for the page around the frame."""
    answer = current_app.send_static_file("embed.js")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    # scripts of other pages load it, which `same-origin` policies of theirs would forbid without this
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
