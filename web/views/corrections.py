"""Corrections of an entity, sent by the forms on its page."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from corpus.errors import LockedError, UsageError
from web.current import the_desk
from web.i18n import gettext

blueprint = Blueprint("corrections", __name__)

LONGEST = 300
"""Characters of a name that is sent."""


def from_here() -> bool:
    """Whether a page of ours sent the form: no other site may make corrections through a librarian's browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.host


@blueprint.post("/entity/<path:entity_id>/correct")
def make(entity_id: str) -> ResponseReturnValue:
    """Merge, rename, split, hide or undo; then back to the entity's page."""
    desk = the_desk()
    if desk is None:
        abort(404)
    if not from_here():
        abort(403)
    do = request.form.get("do", "")
    try:
        if do == "undo":
            desk.undo(request.form.get("number", 0, type=int))
            after = entity_id
        else:
            after = desk.add(do, entity_id, _values(do))
    except LockedError as error:
        told = gettext("Somebody else is writing to the archive just now. Please try again in a moment.")
        return render_template("error.html", status=409, title=gettext("Not now"), message=told, detail=str(error)), 409
    if do == "suppress":
        return redirect(url_for("search.results"), 303)
    return redirect(url_for("entity.show", entity_id=after), 303)


def _values(do: str) -> dict[str, object]:
    form = request.form
    if do == "merge":
        return {"into": form.get("into", "")[:LONGEST].strip()}
    if do == "rename":
        return {"label": " ".join(form.get("label", "")[:LONGEST].split())}
    if do == "split":
        return {"forms": list(dict.fromkeys(name[:LONGEST] for name in form.getlist("form")))}
    if do == "suppress":
        return {}
    raise UsageError("do takes merge, rename, split, suppress or undo")
