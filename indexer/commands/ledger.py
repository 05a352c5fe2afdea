"""newsdex ledger: what the runs did, and what they rejected."""

from __future__ import annotations

from typing import Any

import click

from corpus.errors import UsageError
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, place, print_json, printable
from indexer.ledger import entries, runs


@click.command("ledger")
@click.option("--rejected", is_flag=True, help="Only what was rejected, with reason and remedy.")
@click.option("--run", "which", metavar="NAME", help="One run [the last one]; `all` for all of them.")
@click.option("--list", "listing", is_flag=True, help="List the runs.")
@archive_option
@json_option
def command(archive: Archive, rejected: bool, which: str | None, listing: bool, as_json: bool) -> None:
    """Show what a run read, added, changed and rejected."""
    paths = runs(archive.ledger_path)
    if not paths:
        raise UsageError(f"{archive.ledger_path}: no run yet. Run `newsdex index SOURCE`.")
    if listing:
        _list(paths, as_json)
        return
    if which != "all":
        paths = [path for path in paths if path.stem == which] if which else paths[-1:]
    if not paths:
        raise UsageError(f"no run is called {which!r}. See `newsdex ledger --list`.")
    wanted = [(path.stem, entry) for path in paths for entry in entries(path)]
    if rejected:
        wanted = [(run, entry) for run, entry in wanted if entry["event"] == "rejected"]
    if as_json:
        print_json({"entries": [{"run": run, **entry} for run, entry in wanted]})
        return
    for _run, entry in wanted:
        click.echo(printable(_line(entry)))
    if rejected and not wanted:
        click.echo("Nothing was rejected.")


def _list(paths: list[Any], as_json: bool) -> None:
    rows = []
    for path in paths:
        lines = list(entries(path))
        end = lines[-1] if lines and lines[-1]["event"] == "end" else {"event": "unfinished"}
        rows.append({"run": path.stem, **lines[0], **end, "finished": end["event"] == "end"} if lines else {})
    if as_json:
        print_json({"runs": rows})
        return
    for row in filter(None, rows):
        counts = " ".join(f"{row[key]} {key}" for key in ("added", "updated", "removed", "rejected") if row.get(key))
        state = counts or ("nothing changed" if row["finished"] else "did not finish")
        click.echo(f"{row['run']}  {row['command']:<8} {state}")


def _line(entry: dict[str, Any]) -> str:
    where = place(str(entry.get("file", "")), entry.get("member"), entry.get("line"))
    event = entry["event"]
    if event == "rejected":
        return f"rejected  {where}\n          {entry['code']}: {entry['reason']}\n          {entry['remedy']}"
    if event in ("run", "end", "failed"):
        return f"{event:<9} " + "  ".join(f"{k}={v}" for k, v in entry.items() if k != "event")
    notes = "".join(f"\n          {note}" for note in entry.get("notes", ()))
    return f"{event:<9} {where}  {entry.get('id', '')}{notes}"
