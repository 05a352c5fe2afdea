"""Errors as readers and programs see them: a page that helps, or one JSON object."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from corpus.errors import DamagedArchiveError, LockedError, NewsdexError, QueryLimitError, UsageError
from web.current import the_search
from web.i18n import gettext
from web.refused import Refused

log = logging.getLogger(__name__)

MACHINES = ("/api/", "/export/")


def as_json(status: int, code: str, message: str) -> Response:
    """The one shape of an error for programs."""
    response = jsonify({"error": {"status": status, "code": code, "message": message}})
    response.status_code = status
    return response


def _answer(status: int, code: str, title: str, message: str, **more: Any) -> Response | tuple[str, int]:
    if request.path.startswith(MACHINES):
        return as_json(status, code, message)
    return render_template("error.html", status=status, title=title, message=message, **more), status


def _empty() -> bool:
    """Whether nothing has been indexed yet, so that no search at all can be answered."""
    try:
        return the_search().generation == 0
    except UsageError:
        return True
    except NewsdexError:
        return False


def _unavailable(code: str, message: str, **more: Any) -> Response:
    """No answer now; while the archive is being built, that is the reason."""
    archive = getattr(the_search(), "archive", None)
    if archive is not None and archive.being_written():
        code, more = "building", {}
        message = gettext("The archive is being built at this moment. Please come back in a few minutes.")
    response = make_response(_answer(503, code, gettext("The archive is not available"), message, **more))
    if code == "building":
        response.headers["Retry-After"] = "60"
    return response


def _told(status: int) -> tuple[str, str]:
    """Title and message of refusals."""
    if status == 403:
        return gettext("Not allowed"), gettext("This can only be done from the page itself.")
    if status == 405:
        return gettext("Not allowed"), gettext("This address answers other kinds of requests.")
    return gettext("Too long"), gettext("This address is too long. Fewer words or fewer filters will do.")


def _strange() -> str:
    return gettext("This address, or a form sent to it, holds something that cannot be used here.")


def _fault() -> str:
    return gettext("The fault is on this side and has been written to the log. Please try again.")


def _with_headers(answer: Response | tuple[str, int], error: HTTPException) -> Response:
    """The answer with what the refusal says besides (which methods are allowed)."""
    response = make_response(answer)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def install(app: Flask) -> None:
    """Answer errors of `app`."""

    @app.errorhandler(UsageError)
    def usage(error: UsageError) -> Response | tuple[str, int]:
        if _empty():
            message = gettext("This archive is still empty. Whoever keeps it can fill it with:")
            if request.path.startswith(MACHINES):
                message = str(error)
            command = "newsdex index PATH"
            return _unavailable("empty", message, command=command)
        code = "limit" if isinstance(error, QueryLimitError) else "usage"
        title, q = gettext("This search cannot be read"), request.args.get("q", "")
        if isinstance(error, Refused) or request.path.startswith(MACHINES):
            return _answer(400, code, title, str(error), q=q)
        return _answer(400, code, title, _strange(), q=q, detail=str(error))

    @app.errorhandler(DamagedArchiveError)
    @app.errorhandler(LockedError)
    def away(error: NewsdexError) -> Response | tuple[str, int]:
        log.error("%s", error)
        message = gettext("The archive cannot be read at the moment; whoever keeps it has been told in the log.")
        return _unavailable("unavailable", message)

    @app.errorhandler(NewsdexError)
    def failed(error: NewsdexError) -> Response | tuple[str, int]:
        log.error("%s", error)
        if request.path.startswith(MACHINES):
            return as_json(500, "failed", str(error))
        return _answer(500, "failed", gettext("Something failed"), _fault(), detail=str(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response | tuple[str, int]:
        status = error.code or 500
        if status == 400:
            return _answer(400, "bad-request", gettext("This search cannot be read"), _strange())
        if status in (403, 405, 413, 414, 431):
            title, message = _told(status)
            answer = _answer(status, error.name.lower().replace(" ", "-"), title, message)
            return _with_headers(answer, error)
        if status == 404:
            message = gettext("There is no such page or article here. It may have been taken out of the archive.")
            return _answer(404, "not-found", gettext("Not found"), message)
        code = error.name.lower().replace(" ", "-")
        if request.path.startswith(MACHINES):
            return as_json(status, code, error.description or error.name)
        if status < 500:
            return _answer(status, code, gettext("Not allowed"), _strange(), detail=error.description)
        return _answer(status, code, gettext("Something failed"), _fault(), detail=error.description)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response | tuple[str, int]:
        log.exception("while answering %s", request.path, exc_info=error)
        return _answer(500, "failed", gettext("Something failed"), _fault())
