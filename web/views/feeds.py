"""The newest articles of a search as an Atom feed."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace

from flask import Blueprint, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.request import SearchRequest
from web import headers, page
from web.current import the_search, the_settings
from web.i18n import locale_name
from web.links import Links, Look

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50
NEVER = "1970-01-01T00:00:00Z"


@blueprint.get("/feed.atom")
def atom() -> ResponseReturnValue:
    """The feed; its parameters are those of the result page."""
    search = the_search()
    if (same := headers.unchanged(search)) is not None:
        return same
    asked = SearchRequest.from_params(request.args.to_dict(flat=False), ui=g.locale)
    asked = replace(asked, sort="newest", offset=0, cursor=None, limit=ENTRIES, facet_limit=1, kwic=False)
    found = search.search(asked)
    links = Links(replace(asked, limit=the_settings().page_size), Look(), the_settings().page_size)
    page_address = request.host_url.rstrip("/") + links.to(links.asked)
    text = render_template(
        "feed.xml",
        found=found,
        page=page_address,
        itself=request.url,
        identity=identity("feed", links.query(links.asked)),
        updated=next((stamp(hit.published) for hit in found.hits if hit.published), NEVER),
        sentence=page.sentence(found, locale_name()).striptags(),
        stamp=stamp,
        entry_identity=lambda hit: identity("article", hit.id),
        link=lambda hit: url_for("article.show", article_id=hit.id, _external=True, ui=None),
    )
    answer = make_response(text)
    answer.mimetype = "application/atom+xml"
    return headers.tagged(answer)


def identity(kind: str, text: str) -> str:
    """An address that never changes, whatever host or path the page has: a name-based UUID (RFC 9562, version 8)."""
    digest = bytearray(hashlib.sha256(f"newsdex:{kind}:{text}".encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    letters = digest.hex()
    return f"urn:uuid:{letters[:8]}-{letters[8:12]}-{letters[12:16]}-{letters[16:20]}-{letters[20:]}"


def stamp(published: str | None) -> str:
    """An Atom date of a date cut to any precision; a day without a zone is taken as universal time."""
    if not published:
        return NEVER
    full = published + "0000-01-01"[len(published) :] if len(published) < 10 else published
    try:
        moment = datetime.datetime.fromisoformat(full)
    except ValueError:
        return NEVER
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.isoformat().replace("+00:00", "Z")
