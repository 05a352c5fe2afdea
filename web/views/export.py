"""All hits of a search as a file, sent while it is being made."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, g, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from indexer.request import SearchRequest
from indexer.results import Hit
from web import cite
from web.csvcells import harmless
from web.current import the_settings
from web.fetching import all_hits, whole_search

blueprint = Blueprint("export", __name__)

LINE_COLUMNS = ("before", "match", "after", "id", "title", "published", "source", "language", "link")
COLUMNS = (
    "id", "title", "published", "source", "language", "category", "section", "authors", "entities", "snippet", "url",
    "link", "score",
)  # fmt: skip
FORMS = {
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "lines.csv": "text/csv",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


@blueprint.get("/export/results.<form>")
def results(form: str) -> ResponseReturnValue:
    """Every hit as `csv`, `jsonl` (with `text=1`: whole articles), `bib`, `ris` or `csl.json`; its lines in context as
    `lines.csv`."""
    if form not in FORMS:
        abort(404)
    asked = SearchRequest.from_params(request.args.to_dict(flat=False), ui=g.locale)
    most = asked.limit if request.args.get("limit") else None
    # the first answer is made before anything is sent, so that a search that cannot be read is told as an error
    bare = replace(asked, offset=0, cursor=None, facet_limit=1, facet_words={}, kwic=form == "lines.csv")
    hits = all_hits(bare, most)
    first = next(hits, None)
    whole: Iterator[tuple[Hit, int]] = iter(()) if first is None else _chained(first, hits)
    make: Callable[[Iterator[tuple[Hit, int]]], Iterator[str]]
    make = {"csv": rows, "jsonl": lines, "bib": bibtex, "ris": ris, "csl.json": csl, "lines.csv": in_context}[form]
    answer = Response(stream_with_context(make(whole)), mimetype=FORMS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="results.{form}"'
    return answer


def _chained(first: tuple[Hit, int], rest: Iterator[tuple[Hit, int]]) -> Iterator[tuple[Hit, int]]:
    yield first
    yield from rest


def link_of(hit: Hit) -> str:
    return url_for("article.show", article_id=hit.id, _external=True, ui=None)


def _reference(hit: Hit, generation: int) -> cite.Reference:
    return cite.of_hit(hit, link_of(hit), the_settings().title, generation)


def rows(hits: Iterator[tuple[Hit, int]]) -> Iterator[str]:
    """CSV with a byte order mark, by which spreadsheets know the encoding."""
    yield "\ufeff" + _row(list(COLUMNS))
    for hit, _ in hits:
        yield _row(
            [
                hit.id, hit.title, hit.published, hit.source, hit.language,
                hit.category.label if hit.category else "", hit.section, "; ".join(hit.authors),
                "; ".join(entity.label for entity in hit.entities), hit.snippet.text, hit.url, link_of(hit),
                f"{hit.score:.6f}",
            ]
        )  # fmt: skip


def _row(cells: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def in_context(hits: Iterator[tuple[Hit, int]]) -> Iterator[str]:
    """CSV of every place where the query was found, with what stands before and after it."""
    yield "\ufeff" + _row(list(LINE_COLUMNS))
    for hit, _ in hits:
        told = [hit.id, hit.title, hit.published, hit.source, hit.language, link_of(hit)]
        yield "".join(_row([*line, *told]) for line in hit.kwic)


def lines(hits: Iterator[tuple[Hit, int]]) -> Iterator[str]:
    """A JSON object a line: the hit, or with `text=1` the whole article."""
    whole = request.args.get("text") == "1"
    for hit, _ in hits:
        view = whole_search().article(hit.id, ui=g.locale) if whole else None
        yield json.dumps(view.as_json() if view else hit.as_json(), ensure_ascii=False) + "\n"


def bibtex(hits: Iterator[tuple[Hit, int]]) -> Iterator[str]:
    for hit, generation in hits:
        yield cite.bibtex(_reference(hit, generation)) + "\n"


def ris(hits: Iterator[tuple[Hit, int]]) -> Iterator[str]:
    for hit, generation in hits:
        yield cite.ris(_reference(hit, generation))


def csl(hits: Iterator[tuple[Hit, int]]) -> Iterator[str]:
    """One JSON list of all items."""
    yield "["
    for at, (hit, generation) in enumerate(hits):
        yield (",\n" if at else "\n") + json.dumps(cite.csl(_reference(hit, generation)), ensure_ascii=False)
    yield "\n]\n"
