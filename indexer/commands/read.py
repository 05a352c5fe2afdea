"""newsdex read: what the readers see in a file; indexes nothing."""

from __future__ import annotations

from typing import Any

import click

from corpus.article import Article, Rejection
from corpus.errors import EXIT_REJECTED
from corpus.languages import use_directory
from corpus.readers import read
from indexer.commands.common import archive_option, json_option, place, print_json, printable
from indexer.knowledge.categories import Categories
from indexer.settings import load_settings


def as_read(article: Article, categories: Categories) -> dict[str, Any]:
    """The article's JSON, with the topic that its section stands for."""
    given = article.as_json()
    category = categories.of(article)
    given["category"] = (
        {"code": category.code, "label": categories.label(category.code, article.language)} if category else None
    )
    return given


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--explain", is_flag=True, help="Say which rule gave each field and what was left out, line by line.")
@archive_option
@json_option
def command(files: tuple[str, ...], explain: bool, archive: Any, as_json: bool) -> int:
    """Show what the readers see in files or directories: articles, and rejections with their reasons."""
    settings = load_settings(archive.path)
    use_directory(settings.languages_dir)
    categories = Categories({"*": settings.sections} if settings.sections else None)
    articles: list[dict[str, Any]] = []
    rejected: list[Rejection] = []
    for item in read(files, languages=settings.languages or None, max_bytes=settings.index.max_file_mb * 1_000_000):
        if isinstance(item, Rejection):
            rejected.append(item)
            if not as_json:
                click.echo(printable(_rejection(item)))
        elif as_json:
            shown = as_read(item, categories)
            if explain:
                shown["provenance"]["stripped"] = [line.as_json() for line in item.provenance.stripped]
                shown["provenance"]["notes"] = list(item.provenance.notes)
            articles.append(shown)
        else:
            click.echo(printable(_article(as_read(item, categories), item, explain)))
    if as_json:
        print_json({"articles": articles, "rejected": [one.as_json() for one in rejected]})
    return EXIT_REJECTED if rejected else 0


def _rejection(one: Rejection) -> str:
    return f"{place(one.file, one.member, one.line)}\n  rejected, {one.code}: {one.reason}\n"


def _article(given: dict[str, Any], article: Article, explain: bool) -> str:
    origin = article.provenance
    lines = [place(origin.file, origin.member, origin.line) + f"  ({origin.reader})"]
    names = ("title", "language", "published", "section", "category", "dateline", "authors", "source", "url", "id")
    for name in names:
        value = given[name]
        if not value:
            continue
        if isinstance(value, dict):
            value = " · ".join(str(part) for part in value.values() if part)
        elif isinstance(value, list):
            value = ", ".join(value)
        where = origin.fields.get(name)
        line = f"  {name:<10} {value}"
        if explain and where is not None:
            line += f"   ← {where.rule}" + (f", line {where.line}" if where.line else "") + (
                f", {where.path}" if where.path else "")
        lines.append(line)
    paragraphs = article.body.split("\n\n") if article.body else []
    lines.append(f"  {'body':<10} {len(paragraphs)} paragraphs, {len(article.body)} characters")
    if explain:
        lines += [f"             {text}" for text in paragraphs]
        lines += [f"  {'stripped':<10} {one.line:>4}: {one.text}   ← {one.why}" for one in origin.stripped]
        lines += [f"  {'note':<10} {note}" for note in origin.notes]
    return "\n".join(lines) + "\n"
