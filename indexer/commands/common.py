"""What several commands share: the archive option, JSON on stdout, progress on a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.errors import EXIT_DONE, EXIT_USAGE, NewsdexError, UsageError
from indexer.archive import Archive

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

DEFAULT_ARCHIVE = "archive"

_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def _archive(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Archive:
    return Archive(Path(value or os.environ.get("NEWSDEX_ARCHIVE") or DEFAULT_ARCHIVE))


def archive_option(function: F) -> F:
    """`--archive DIR`, else $NEWSDEX_ARCHIVE, else ./archive; the command gets an `Archive`."""
    return click.option(
        "--archive", callback=_archive, metavar="DIR", help="The archive [$NEWSDEX_ARCHIVE, else ./archive]."
    )(function)


def json_option(function: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")(function)


def workers_option(function: F) -> F:
    return click.option(
        "--workers", type=click.IntRange(0, 64), metavar="N", help="Processes, 0 is one a core [index.workers]."
    )(function)


def print_json(value: Any) -> None:
    """One object on one line; lone surrogates, which UTF-8 cannot hold, are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def answer_lines(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """One object a line on stdin, `{"id", …answer}` a line on stdout; returns the exit code.

    A line that cannot be answered gets `{"id", "error"}`, and the rest goes on.
    """
    code = EXIT_DONE
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        given: Any = None
        try:
            given = _object(line)
            print_json({"id": given.get("id"), **answer(given)})
        except NewsdexError as error:
            code = EXIT_USAGE
            name = given.get("id") if isinstance(given, dict) else None
            print_json({"id": name, "error": f"line {number}: {error}"})
    return code


def _object(line: bytes) -> dict[str, Any]:
    try:
        given = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not JSON: {error}") from error
    if not isinstance(given, dict):
        raise UsageError('expected an object with the keys of a request, such as {"id": 1, "query": "…"}')
    return given


def progress(
    items: Iterable[T], *, what: str, total: int | None = None, unit: str = " files",
    weigh: Callable[[T], int] | None = None,
) -> Iterator[T]:  # fmt: skip
    """The items, with a bar on stderr when that is a terminal; each counts once, or for what it weighs."""
    if not sys.stderr.isatty():
        yield from items
        return
    from tqdm import tqdm

    with tqdm(
        desc=what, total=total, unit=unit, unit_scale=unit == "B", file=sys.stderr, leave=False, dynamic_ncols=True
    ) as bar:
        for item in items:
            yield item
            bar.update(weigh(item) if weigh else 1)


def number_of(count: int, thing: str) -> str:
    """`1 article`, `3 articles`."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def place(file: str, member: str | None = None, line: int | None = None) -> str:
    """Where something was read, as people write it: `pile.zip › a.html:12`."""
    return file + (f" › {member}" if member else "") + (f":{line}" if line else "")


def printable(text: str) -> str:
    """Text out of files and articles, without the control characters that a terminal would obey."""
    return text.translate(_CONTROLS)


def size(count: int) -> str:
    """A number of bytes for people: 12 kB, 3.4 MB."""
    value = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"
