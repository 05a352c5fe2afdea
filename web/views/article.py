"""One article: its text with what matched and who is named, where it came from, and how to cite it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from corpus.errors import UsageError
from indexer.request import MAX_OFFSET, SearchRequest
from indexer.results import ArticleView, Hit
from web import cite, facets, kept
from web.current import the_search, the_settings
from web.i18n import gettext
from web.links import Links, addressed, quoted
from web.marking import Named, annotated, paragraphs
from web.origins import Origins
from web.views.search import article_link, asked_for

blueprint = Blueprint("article", __name__)

CSL = "application/vnd.citationstyles.csl+json"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where the article stands in the search it was opened from."""

    position: int
    total: int
    back: str
    previous: tuple[str, str] | None
    following: tuple[str, str] | None


@blueprint.get("/article/<path:article_id>")
def show(article_id: str) -> ResponseReturnValue:
    """The article's page."""
    template = "preview.html" if request.args.get("part") else "article.html"
    return kept.answer(the_search(), lambda: render_template(template, **shown(article_id)))


def shown(article_id: str) -> dict[str, object]:
    """What the templates show of an article."""
    view = the_view(article_id)
    reference = cite.of_view(view, permalink(article_id), the_settings().title)
    return {
        "view": view,
        "article": view.article,
        "title": text_of(view, "title"),
        "body": text_of(view, "body"),
        "groups": named_by_type(view),
        "type_title": facets.type_title,
        "origins": Origins(),
        "citation": cite.line(reference, gettext("generation %(number)s", number=view.generation)),
        "reference": reference,
        "permalink": reference.link,
        "neighbours": None if request.args.get("part") else neighbours(),
        "entity_link": lambda entity_id: addressed("entity.show", "entity_id", entity_id),
        "filtered": lambda name, value: f"{url_for('search.results').partition('?')[0]}?{name}={quoted(value)}",
        "related": related(view),
        "comparison": lambda hit: comparison(view, hit),
    }


@blueprint.get("/article/<path:article_id>/cite.<form>")
def citation(article_id: str, form: str) -> ResponseReturnValue:
    """The citation as a file: `bib`, `ris` or `csl.json`."""
    makers: dict[str, tuple[Callable[[cite.Reference], str], str]] = {
        "bib": (cite.bibtex, "application/x-bibtex"),
        "ris": (cite.ris, "application/x-research-info-systems"),
        "csl.json": (lambda one: json.dumps([cite.csl(one)], ensure_ascii=False), CSL),
    }
    if form not in makers:
        abort(404)
    make, mimetype = makers[form]
    reference = cite.of_view(the_view(article_id), permalink(article_id), the_settings().title)
    answer = Response(make(reference), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="article.{form}"'
    return answer


def the_view(article_id: str) -> ArticleView:
    """The article with what the query of the address matched; ends in 404 where there is none."""
    try:
        view = the_search().article(article_id, ui=g.locale, q=request.args.get("q", ""))
    except UsageError:
        # a query that cannot be read must not keep anybody from the article
        view = the_search().article(article_id, ui=g.locale)
    if view is None:
        abort(404)
    return view


def permalink(article_id: str) -> str:
    """The article's address without the search that led to it and without a language of the interface."""
    return url_for("article.show", article_id=article_id, _external=True, ui=None)


def text_of(view: ArticleView, field: str) -> list[Markup]:
    """The paragraphs of a field (the title is one), matches and names marked."""
    text = view.article.get(field) or ""
    spans = view.matches.get(field, ())
    names = [
        Named(
            mention["start"],
            mention["end"],
            addressed("entity.show", "entity_id", entity.id),
            entity.type if entity.type in facets.ENTITY_TYPES else "other",
            entity.label,
        )
        for entity in view.entities
        for mention in entity.mentions
        if mention.get("field") == field and mention.get("start") is not None
    ]
    return [annotated(text, spans, names, start, end) for start, end in paragraphs(text)]


def named_by_type(view: ArticleView) -> list[tuple[str, list[Any]]]:
    """(type, entities), each with its number of mentions, the most frequent first."""
    groups = []
    for kind in (*facets.ENTITY_TYPES, None):
        own = [e for e in view.entities if e.type == kind or (kind is None and e.type not in facets.ENTITY_TYPES)]
        if own:
            groups.append((kind or "other", sorted(own, key=lambda e: (-len(e.mentions), e.label))))
    return groups


def neighbours() -> Neighbours | None:
    """The hits before and after this one, when the address says where in which search it was found."""
    position = request.args.get("pos", type=int)
    if position is None or not 1 <= position <= MAX_OFFSET:
        return None
    try:
        asked, look = asked_for()
    except UsageError:
        return None
    size = asked.limit
    first = max(position - 2, 0)
    around: SearchRequest = replace(asked, offset=first, cursor=None, limit=position - first + 1, facet_limit=1)
    found = kept.found(replace(around, kwic=False))
    links = Links(asked, look, the_settings().page_size)
    onward = links.query(links.asked)

    def at(place: int) -> tuple[str, str] | None:
        if not first <= place - 1 < first + len(found.hits) or place < 1:
            return None
        hit = found.hits[place - 1 - first]
        return hit.title, article_link(hit.id, onward, place)

    back = links.to(replace(links.asked, offset=(position - 1) // size * size))
    return Neighbours(position, found.total, back, at(position - 1), at(position + 1))


def comparison(view: ArticleView, hit: Hit) -> str:
    """The address where two versions are compared, the earlier one first."""
    first, second = view.article, {"id": hit.id, "published": hit.published}
    if hit.published and hit.published < (first["published"] or ""):
        first, second = second, first
    return url_for("compare.show", article_id=first["id"], other=second["id"])


def related(view: ArticleView) -> dict[str, Any]:
    """Other versions, language editions and like articles, as far as the search side knows of them."""
    known = {}
    for name in ("versions", "similar"):
        offer = getattr(the_search(), name, None)
        known[name] = list(offer(view.article["id"], ui=g.locale)) if callable(offer) else []
    return known
