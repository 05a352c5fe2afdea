"""newsdex stats: what the archive holds."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from corpus.article import Article, Provenance
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json, size
from indexer.request import SearchRequest
from indexer.results import SearchResults
from indexer.search import ArchiveSearch

_NOWHERE = Provenance("", "")


def unmapped_sections(results: SearchResults, search: ArchiveSearch) -> list[dict[str, Any]]:
    """Sections that no table maps to a Media Topic, with the number of their articles; the most frequent first."""
    categories = search.opened().know.categories
    counted: Counter[tuple[str, str]] = Counter()
    for section in results.facets["section"]:
        within = {"section": (section.value,)}
        by_language = search.search(SearchRequest(include=within, limit=0, facet_limit=0)).facets
        for language in by_language["language"]:
            for source in by_language["source"]:
                chosen = {**within, "language": (language.value,), "source": (source.value,)}
                asked = Article(
                    id="", title="", body="", language=language.value, provenance=_NOWHERE,
                    section=section.value, source=source.value,
                )  # fmt: skip
                if categories.unmapped(asked):
                    counted[section.value, source.value] += search.search(SearchRequest(include=chosen, limit=0)).total
    return [{"section": section, "source": source, "count": n} for (section, source), n in counted.most_common() if n]


@click.command("stats")
@click.option("--unmapped", is_flag=True, help="Only the sections that no table maps to a Media Topic.")
@archive_option
@json_option
def command(unmapped: bool, archive: Archive, as_json: bool) -> None:
    """Count what the archive holds: languages, sources, topics, years, and sections without a topic."""
    search = ArchiveSearch(archive)
    results = search.search(SearchRequest(limit=0, facet_limit=0, interval="year"))
    sections = unmapped_sections(results, search)
    if as_json:
        print_json({"unmapped": sections} if unmapped else _as_json(results, archive, sections))
        return
    if not unmapped:
        _print(results, archive)
    if sections:
        click.echo("Sections without a Media Topic (give them one under `sections:` in newsdex.yml):")
        for row in sections:
            click.echo(f"  {row['count']:>7}  {row['section']}  ({row['source']})")
    elif unmapped:
        click.echo("Every section has a Media Topic.")


def _as_json(results: SearchResults, archive: Archive, sections: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "generation": results.generation,
        "articles": results.total,
        "undated": results.timeline.undated,
        "bytes": archive.current().bytes,
        "years": [{"start": bar.start, "count": bar.count} for bar in results.timeline.bars],
        "facets": {name: [value.as_json() for value in values] for name, values in results.facets.items()},
        "unmapped": sections,
    }


def _print(results: SearchResults, archive: Archive) -> None:
    click.echo(f"{archive.path}: generation {results.generation}, {results.total} articles, "
               f"{size(archive.current().bytes)} on disk, {results.timeline.undated} without a date")
    for name, values in results.facets.items():
        if values:
            click.echo(f"\n{name} ({len(values)})")
            for value in values[:10]:
                click.echo(f"  {value.count:>7}  {value.label}")
    if results.timeline.bars:
        most = max(bar.count for bar in results.timeline.bars) or 1
        click.echo("\nyears")
        for bar in results.timeline.bars:
            click.echo(f"  {bar.start}  {bar.count:>7}  {'▇' * round(40 * bar.count / most)}")
    click.echo()
