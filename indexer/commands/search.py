"""newsdex search: the archive from the command line, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, get_args

import click

from indexer.archive import Archive
from indexer.commands.common import F, answer_lines, archive_option, json_option, print_json, printable
from indexer.request import SearchRequest, Sort
from indexer.results import SearchResults
from indexer.search import ArchiveSearch

_KEYS = (
    "q", "any", "from", "to", "category", "section", "entity", "language", "source", "author", "sort", "limit",
    "offset", "interval", "facet_limit", "cursor", "kwic", "off",
)  # fmt: skip


def _many(name: str, help_text: str) -> Callable[[F], F]:
    return click.option(f"--{name}", name, multiple=True, metavar=name[0].upper(), help=help_text)


@click.command("search")
@click.argument("query", nargs=-1)
@click.option("--any", "any_word", is_flag=True, help="Any of the words may match, instead of all.")
@click.option("--from", "start", metavar="D", help="From this day, month or year: 2024-06-24, 2024-06, 2024.")
@click.option("--to", "end", metavar="D", help="To this day, month or year, included.")
@_many("category", "A Media Topic: its code (medtop:11000000) or name; repeat to widen, -x to exclude.")
@_many("section", "The house's own section; repeat to widen, - before it excludes.")
@_many("entity", "A person, place or organisation: id or any of its names.")
@_many("language", "ISO code of the articles' language (de); -de excludes.")
@_many("source", "Name of the house; - before it excludes.")
@_many("author", "Name of the author; - before it excludes.")
@click.option("--sort", type=click.Choice(get_args(Sort)), default="relevance", help="Order; recent: age counts, too.")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, metavar="N", help="How many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, metavar="N", help="Leave out the first N hits.")
@click.option("--cursor", metavar="C", help="Go on behind an earlier answer.")
@click.option("--interval", type=click.Choice(["auto", "day", "month", "year"]), default="auto", help="Timeline.")
@click.option("--facet-limit", type=click.IntRange(0), default=10, metavar="N", help="Values per facet [10]; 0 is all.")
@click.option("--off", multiple=True, metavar="KEY", help="Switch off a form of a word by its key in the answer.")
@click.option("--kwic", is_flag=True, help="Every match as a keyword-in-context line.")
@click.option("--ui", default="en", metavar="L", help="Language of the labels [en].")
@click.option("--batch", is_flag=True, help="One JSON request a line on stdin, one answer a line on stdout.")
@archive_option
@json_option
def command(query: tuple[str, ...], batch: bool, archive: Archive, as_json: bool, **options: Any) -> int:
    """Search the archive. All words must match; "…" is a phrase, =word a word exactly as written.

    An empty query with filters finds everything that passes them. Repeat a filter to widen it; a value with a leading
    - excludes (--language -ru).
    """
    search = ArchiveSearch(archive)
    if batch:
        return answer_lines(partial(_answer, search))
    results = search.search(SearchRequest.from_params(_params(" ".join(query), options), ui=options["ui"]))
    if as_json:
        print_json(results.as_json())
    else:
        _print(results)
    return 0


def _params(query: str, options: Mapping[str, Any]) -> dict[str, list[str]]:
    params: dict[str, list[str]] = {"q": [query], "off": list(options["off"])}
    for name in ("category", "section", "entity", "language", "source", "author"):
        for value in options[name]:
            sign = "-" if value.startswith("-") else ""
            params.setdefault(sign + name, []).append(value[len(sign) :])
    named = {"from": "start", "to": "end", "any": "any_word"}
    for name in ("from", "to", "any", "kwic", "sort", "limit", "offset", "cursor", "interval", "facet_limit"):
        value = options[named.get(name, name)]
        if value is not None and value is not False:
            params[name] = ["1" if value is True else str(value)]
    return params


def _answer(search: ArchiveSearch, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a line of a batch."""
    results = search.search(SearchRequest.from_params(_listed(given), ui=str(given.get("ui") or "en"))).as_json()
    results["notes"] += [{"code": "request", "text": text} for text in _ignored(given)]
    return results


def _listed(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """A JSON request as parameters: `query` is q, single values and lists alike."""
    params: dict[str, list[str]] = {}
    for key, value in given.items():
        name = "q" if key == "query" else key
        if name.removeprefix("-") not in _KEYS or value is None:
            continue
        values = value if isinstance(value, list) else [value]
        params[name] = ["1" if one is True else "0" if one is False else str(one) for one in values]
    return params


def _ignored(given: Mapping[str, Any]) -> Iterator[str]:
    for key in given:
        if key not in ("id", "query", "ui") and key.removeprefix("-") not in _KEYS:
            yield f"{key!r} is no key of a request and was passed over"


def _print(results: SearchResults) -> None:
    click.echo(f"{results.total} of {results.held} articles ({results.took_ms:.0f} ms)")
    for _code, text in results.notes:
        click.echo(f"  ! {printable(text)}")
    if results.suggestion:
        click.echo(f"Did you mean: {printable(results.suggestion)}")
    for hit in results.hits:
        facts = [hit.published or "undated", hit.source, hit.section, hit.language]
        click.echo("\n" + _marked(hit.title, hit.title_spans))
        click.echo(printable(f"  {' · '.join(fact for fact in facts if fact)}  [{hit.id}]"))
        if hit.kwic:
            for before, match, after in hit.kwic:
                click.echo(f"  {printable(before)[-40:]:>40} {_bold(match)} {printable(after)[:40]}")
        elif hit.snippet.text:
            click.echo("  " + _marked(hit.snippet.text, hit.snippet.spans).replace("\n", " "))
    for name, values in results.facets.items():
        if values:
            shown = ", ".join(f"{value.label} ({value.count})" for value in values[:8])
            click.echo(f"\n{name}: {printable(shown)}", nl=False)
    if results.facets:
        click.echo()


def _bold(text: str) -> str:
    return click.style(printable(text), bold=True)


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    done, parts = 0, []
    for start, end in spans:
        parts += [printable(text[done:start]), _bold(text[start:end])]
        done = end
    return "".join([*parts, printable(text[done:])])
