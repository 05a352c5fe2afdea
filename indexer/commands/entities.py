"""newsdex entities: list, compare and correct the people, places and organisations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from corpus.errors import NewsdexError, UsageError
from indexer.archive import Archive
from indexer.commands.common import answer_lines, archive_option, json_option, print_json, progress
from indexer.knowledge.authority import Authority, Correction
from indexer.knowledge.importing import take_in
from indexer.knowledge.match import match
from indexer.opened import Opened
from indexer.pipeline import Report, correct
from indexer.request import SearchRequest
from indexer.search import ArchiveSearch
from indexer.settings import load_settings


@click.group("entities")
def command() -> None:
    """List, compare and correct the people, places and organisations of an archive.

    Corrections are kept in ARCHIVE/authority/corrections.yml, survive rebuilds, apply to facets, search and marks at
    once, and can be undone.
    """


def _the_entity(opened: Opened, name: str) -> str:
    """The one entity that an id or name means. Raises `UsageError` when it is none or several."""
    found = opened.entities.lookup(name)
    if not found:
        raise UsageError(f"no entity is called {name!r}. `newsdex entities list {name}` looks inside names.")
    if len(found) > 1:
        raise UsageError(f"{name!r} may be {', '.join(found[:8])}; give the id")
    return str(found[0])


@command.command("list")
@click.argument("text", required=False, default="")
@click.option("--type", "kind", type=click.Choice(["person", "place", "organisation"]), help="Only this type.")
@click.option("--limit", type=click.IntRange(0), default=50, metavar="N", help="How many [50]; 0 is all.")
@archive_option
@json_option
def list_(text: str, kind: str | None, limit: int, archive: Archive, as_json: bool) -> None:
    """List entities, the most frequent first; TEXT looks inside their names."""
    search = ArchiveSearch(archive)
    words = {"entity": text} if text else {}
    values = search.search(SearchRequest(limit=0, facet_limit=0, facet_words=words)).facets["entity"]
    chosen = [value for value in values if kind in (None, value.type)]
    chosen = chosen[:limit] if limit else chosen
    if as_json:
        rows = [{"id": one.value, "label": one.label, "type": one.type, "count": one.count} for one in chosen]
        print_json({"entities": rows})
        return
    for one in chosen:
        click.echo(f"{one.count:>7}  {one.type:<13} {one.label}  [{one.value}]")


@command.command("show")
@click.argument("name")
@archive_option
@json_option
def show(name: str, archive: Archive, as_json: bool) -> None:
    """Show an entity: its names per language with counts, why they were joined, and its corrections."""
    opened = ArchiveSearch(archive).opened()
    entity_id = _the_entity(opened, name)
    record = opened.entities.records[opened.entities.current(entity_id)]
    corrections = [one.as_json() for one in opened.authority.touching(record.id)]
    if as_json:
        print_json({**record.as_json(), "corrections": corrections})
        return
    click.echo(click.style(record.id, bold=True) + f"  {record.type}")
    for language, forms in sorted(record.forms.items()):
        shown = ", ".join(f"{form} ({count})" for form, count in sorted(forms.items(), key=lambda row: -row[1]))
        click.echo(f"  {language}: {shown}")
    for join in record.joins:
        why = "; ".join(join.reasons)
        click.echo(f"  joined: {join.form} ({join.language}) with {join.to}, {join.score:.2f}: {why}")
    for authority, identifier in record.links.items():
        click.echo(f"  {authority}: {identifier}")
    for correction in corrections:
        click.echo(f"  correction: {json.dumps(correction, ensure_ascii=False, default=str)}")


@command.command("match")
@click.argument("names", nargs=-1, metavar="A B")
@click.option("--language-a", default="", metavar="L", help="Language in which A stands.")
@click.option("--language-b", default="", metavar="L", help="Language in which B stands.")
@click.option("--batch", is_flag=True, help='Lines of {"id", "a", "b"} on stdin, {"id", "same", "score"} on stdout.')
@json_option
def match_(names: tuple[str, ...], language_a: str, language_b: str, batch: bool, as_json: bool) -> int:
    """Say whether two names, in any script, can be one person's, and why."""
    if batch:
        return answer_lines(_match_pair)
    if len(names) != 2:
        raise UsageError("match takes two names; put each into quotes")
    found = match(*names, language_a, language_b)
    if as_json:
        print_json({"same": found.same, "score": round(found.score, 4), "reasons": list(found.reasons)})
    else:
        click.echo(f"{'same' if found.same else 'different'} ({found.score:.2f}): {'; '.join(found.reasons)}")
    return 0


def _match_pair(given: Mapping[str, Any]) -> dict[str, Any]:
    if not all(isinstance(given.get(key), str) for key in "ab"):
        raise UsageError("expected the texts a and b")
    found = match(given["a"], given["b"], given.get("language_a") or "", given.get("language_b") or "")
    return {"same": found.same, "score": round(found.score, 4)}


def _corrected(archive: Archive, as_json: bool, do: str, entity: str, **values: Any) -> None:
    """Add a correction to the authority file and bring it to bear."""
    authority = Authority.load(archive.authority_path)
    correction = authority.add(do, entity, **values)
    _apply(archive, authority, correction, as_json)


def _apply(archive: Archive, authority: Authority, correction: Correction, as_json: bool) -> None:
    before = Authority.load(archive.authority_path)
    authority.save(archive.authority_path)
    try:
        done: Report = correct(archive, load_settings(archive.path), progress=progress)
    except NewsdexError:
        before.save(archive.authority_path)
        raise
    touched = done.counts.get("renamed", 0)
    if as_json:
        print_json({"correction": correction.as_json(), "generation": done.generation, "articles": touched})
        return
    click.echo(f"{touched} articles touched (generation {done.generation}); `newsdex ledger` lists them.")
    if correction in authority.corrections:
        click.echo(f"`newsdex entities undo {correction.id}` takes correction {correction.id} back.")


@command.command("merge")
@click.argument("name")
@click.argument("into")
@archive_option
@json_option
def merge(name: str, into: str, archive: Archive, as_json: bool) -> None:
    """NAME and INTO are one: everything of NAME becomes INTO's."""
    opened = ArchiveSearch(archive).opened()
    source, target = _the_entity(opened, name), _the_entity(opened, into)
    if source == target:
        raise UsageError(f"{name!r} and {into!r} are one already: {source}")
    _corrected(archive, as_json, "merge", source, into=target)


@command.command("split")
@click.argument("name")
@click.argument("forms", nargs=-1, required=True)
@click.option("--into", metavar="ID", help="The entity that the forms belong to [a new one].")
@archive_option
@json_option
def split(name: str, forms: tuple[str, ...], into: str | None, archive: Archive, as_json: bool) -> None:
    """Take written FORMS away from an entity: they mean somebody else."""
    opened = ArchiveSearch(archive).opened()
    entity_id = _the_entity(opened, name)
    known = {form for row in opened.entities.records[entity_id].forms.values() for form in row}
    unknown = [form for form in forms if form not in known]
    if unknown:
        raise UsageError(f"{entity_id} is never written {', '.join(unknown)}; its forms are {', '.join(sorted(known))}")
    _corrected(archive, as_json, "split", entity_id, forms=list(forms), into=into)


@command.command("rename")
@click.argument("name")
@click.argument("label")
@click.option("--language", metavar="L", help="Only the label of this language.")
@archive_option
@json_option
def rename(name: str, label: str, language: str | None, archive: Archive, as_json: bool) -> None:
    """Show an entity under another label."""
    entity_id = _the_entity(ArchiveSearch(archive).opened(), name)
    _corrected(archive, as_json, "rename", entity_id, label=label, language=language)


@command.command("suppress")
@click.argument("name")
@archive_option
@json_option
def suppress(name: str, archive: Archive, as_json: bool) -> None:
    """NAME is no entity: take it out of facets and marks."""
    _corrected(archive, as_json, "suppress", _the_entity(ArchiveSearch(archive).opened(), name))


@command.command("undo")
@click.argument("number", type=int, required=False)
@archive_option
@json_option
def undo(number: int | None, archive: Archive, as_json: bool) -> None:
    """Take back a correction, the last one by default."""
    authority = Authority.load(archive.authority_path)
    correction = authority.undo(number)
    _apply(archive, authority, correction, as_json)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--authority", "name", default="", metavar="NAME", help="Whose identifiers they are [told by the file].")
@archive_option
@json_option
def import_(file: Path, name: str, archive: Archive, as_json: bool) -> None:
    """Take in an authority file (CSV, SKOS, JSON Lines of Wikidata or GND): identifiers and further names.

    A record is taken to mean an entity only when it bears one of its whole names and no other entity does.
    """
    opened = ArchiveSearch(archive).opened()
    authority = Authority.load(archive.authority_path)
    added = take_in(file, opened.entities, authority, name)
    if added:
        authority.save(archive.authority_path)
        correct(archive, load_settings(archive.path), progress=progress)
    links, names, merged = (sum(one.do == do for one in added) for do in ("link", "alias", "merge"))
    if as_json:
        print_json({"links": links, "aliases": names, "merged": merged})
    else:
        told = f"{links} identifier{'s' * (links != 1)} and {names} further name{'s' * (names != 1)}"
        joined = f"; {merged} entit{'ies' if merged != 1 else 'y'} joined to others" if merged else ""
        click.echo(f"{told} taken in from {file}{joined}.")
