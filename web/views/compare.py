"""Two versions of a story: what one changed in the other, or both texts side by side when they differ in language."""

from __future__ import annotations

from flask import Blueprint, abort, g, make_response, render_template
from flask.typing import ResponseReturnValue

from indexer.differences import differences, words
from indexer.results import ArticleView
from web import headers
from web.changes import changed
from web.current import the_search
from web.marking import paragraphs

blueprint = Blueprint("compare", __name__)


@blueprint.get("/article/<path:article_id>/diff/<path:other>")
def show(article_id: str, other: str) -> ResponseReturnValue:
    """What `other` has that the article has not, and what it lacks."""
    search = the_search()
    if (same := headers.unchanged(search)) is not None:
        return same
    old, new = search.article(article_id, ui=g.locale), search.article(other, ui=g.locale)
    if old is None or new is None:
        abort(404)
    alike = old.article["language"] == new.article["language"]
    return headers.tagged(
        make_response(
            render_template(
                "compare.html",
                versions=(old, new),
                alike=alike,
                **(changes(old, new) if alike else {"texts": (whole(old), whole(new))}),
            )
        )
    )


def changes(old: ArticleView, new: ArticleView) -> dict[str, object]:
    """Title and body with their changes marked, and how many words went and came."""
    title, body = (differences(old.article[name] or "", new.article[name] or "") for name in ("title", "body"))
    steps = [step for step in (*title, *body) if step.change != "equal"]
    return {
        "title": changed(title),
        "body": changed(body),
        "removed": sum(words(step.old) for step in steps),
        "added": sum(words(step.new) for step in steps),
    }


def whole(view: ArticleView) -> list[str]:
    """The paragraphs of a body."""
    text = view.article["body"] or ""
    return [text[start:end] for start, end in paragraphs(text)]
