"""newsdex show: one article with its entities."""

from __future__ import annotations

import click

from corpus.errors import UsageError
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, place, print_json, printable
from indexer.search import ArchiveSearch


@click.command("show")
@click.argument("article_id", metavar="ID")
@click.option("--explain", is_flag=True, help="Say who gave each enrichment, and how sure it is.")
@click.option("--ui", default="en", metavar="L", help="Language of the labels [en].")
@archive_option
@json_option
def command(article_id: str, explain: bool, ui: str, archive: Archive, as_json: bool) -> None:
    """Show an article of the archive with its entities and where it was read."""
    view = ArchiveSearch(archive).article(article_id, ui=ui)
    if view is None:
        raise UsageError(f"no article has the id {article_id!r}. `newsdex search` prints ids.")
    if as_json:
        shown = view.as_json()
        if explain:
            shown["enrichments"] = view.enrichments()
        print_json(shown)
        return
    article = view.article
    facts = [article["published"], article["source"], article["section"], article["language"], article["url"]]
    click.echo(click.style(printable(article["title"]), bold=True))
    click.echo(printable(" · ".join(fact for fact in facts if fact)) + "\n")
    click.echo(printable(article["body"]) + "\n")
    for entity in view.entities:
        click.echo(printable(f"{entity.type:<13} {entity.label} ({len(entity.mentions)})"))
    if explain:
        for row in view.enrichments():
            after = f" “{row['written']}”" if row.get("written") else ""
            after += f" behind “{row['cue']}”" if row.get("cue") else ""
            line = f"{row['what']:<13} {row['value']}  ← {row['origin']} ({row['confidence']:.2f}){after}"
            click.echo(printable(line))
            for reason in row.get("joined", ()):
                click.echo(printable(f"{'':<15} joined {reason}"))
    for origin in view.provenances:
        click.echo(printable(f"read from     {place(origin['file'], origin.get('member'), origin.get('line'))}"))
