"""newsdex export: articles out of the archive, as JSON Lines, CSV, or an index in Whoosh's own storage."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from corpus.errors import UsageError
from indexer.analysis import BulkAnalyzer
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json, progress
from indexer.engines import engine
from indexer.knowing import STEP, stored_records
from indexer.pipeline.building import batch_from
from indexer.request import SearchRequest
from indexer.search import ArchiveSearch

COLUMNS = (
    "id", "title", "body", "language", "published", "precision", "section", "category", "source", "url", "authors",
)  # fmt: skip
_STEP = 500


@click.command("export")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "kind", type=click.Choice(["jsonl", "csv", "whoosh"]), default="jsonl", show_default=True,
    help="whoosh: a directory that whoosh.index.open_dir opens.",
)  # fmt: skip
@click.option("--query", "-q", default="", metavar="QUERY", help="Only what this query finds.")
@archive_option
@json_option
def command(target: Path | None, kind: str, query: str, archive: Archive, as_json: bool) -> None:
    """Write articles to TARGET (standard output without one).

    JSON Lines have the keys of an article, so that `newsdex index` reads them back.
    """
    search = ArchiveSearch(archive)
    if kind == "whoosh":
        count = _whoosh(search, target)
    elif target is None:
        count = _write(search, query, kind, sys.stdout)
    else:
        with target.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            count = _write(search, query, kind, stream)
    if as_json and target is not None:
        print_json({"file": str(target), "articles": count})
    elif target is not None:
        click.echo(f"{count} articles written to {target}.")


def articles(search: ArchiveSearch, query: str = "") -> Iterator[dict[str, Any]]:
    """Every article that the query finds, oldest first, a page at a time."""
    cursor: str | None = None
    while True:
        page = search.search(SearchRequest(q=query, sort="oldest", limit=_STEP, cursor=cursor, facet_limit=1))
        for hit in page.hits:
            view = search.article(hit.id)
            if view is not None:
                category = view.category
                yield {**view.article, "category": category.code if category else None}
        cursor = page.cursor
        if cursor is None:
            return


def _write(search: ArchiveSearch, query: str, kind: str, stream: TextIO) -> int:
    total = search.search(SearchRequest(q=query, limit=0)).total
    rows = progress(articles(search, query), what="export", total=total, unit=" articles")
    written = 0
    writer = csv.writer(stream) if kind == "csv" else None
    if writer is not None:
        writer.writerow(COLUMNS)
    for article in rows:
        written += 1
        if writer is None:
            stream.write(json.dumps(article, ensure_ascii=False) + "\n")
        else:
            values = ["; ".join(v) if isinstance(v := article[name], list) else v for name in COLUMNS]
            writer.writerow(["" if value is None else _plain(str(value)) for value in values])
    return written


def _plain(text: str) -> str:
    """A cell that a spreadsheet takes as text: a leading =, +, - or @ would be run as a formula."""
    return "'" + text if text[:1] in "=+-@\t\r" else text


def _whoosh(search: ArchiveSearch, target: Path | None) -> int:
    """The live generation as Whoosh itself keeps an index, for people who want to go on with Whoosh alone."""
    if target is None:
        raise UsageError("--format whoosh needs a directory to write to")
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"{target}: not empty; name a new directory")
    target.mkdir(parents=True, exist_ok=True)
    opened = search.opened()
    builder = engine("stock").builder(target, scoring=search.settings.scoring.as_mapping())
    analyzer = BulkAnalyzer(opened.compounds)
    total = -(-opened.searcher.count // STEP)
    for loaded in progress(stored_records(opened.searcher), what="export", total=total, unit=" batches"):
        builder.add(batch_from(loaded, analyzer, opened.know))
    builder.commit()
    return opened.searcher.count
