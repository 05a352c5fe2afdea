"""Tables: CSV, TSV and kin. Columns are known by their usual names, or by a map in YAML beside the file. Streams."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import yaml

from corpus.article import Article, Rejection
from corpus.encodings import decode, guess
from corpus.readers.base import Source, too_large
from corpus.readers.record import NUMERIC_DATE, article_from, guess_columns, known_columns

_SUFFIXES = (".csv", ".tsv", ".tab")
_SEPARATORS = (",", ";", "\t", "|")
_HEAD = 65536
_LINES_LOOKED_AT = 500
_SAID = re.compile(r"\ufeff?sep=(.)\s*$", re.IGNORECASE)
"""The line by which spreadsheets are told the separator."""


class Table:
    """Reads a table with a header row; `<name>.columns.yaml` or `columns.yaml` beside it maps fields to columns."""

    name = "table"

    def sniff(self, head: bytes, name: str) -> float:
        if name.lower().endswith(_SUFFIXES) and b"\x00" not in head[2:200:2]:
            return 0.9
        first = decode(head[:2048]).text.partition("\n")[0]
        separator = _separator(first)
        fields = {_bare(field) for field in first.split(separator)} if separator else set()
        return 0.7 if len(fields) > 2 and {"title", "body"} <= guess_columns(fields).keys() else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        csv.field_size_limit(source.options.max_bytes)
        with source.open() as raw:
            head = raw.read(_HEAD)
            raw.seek(0)
            text = io.TextIOWrapper(raw, _encoding(head), errors="replace", newline="")
            try:
                yield from _rows(text, head, source)
            except csv.Error as error:
                reason = too_large(source.options.max_bytes) if "limit" in str(error) else f"not a table: {error}"
                yield source.reject("too-large" if "limit" in str(error) else "damaged", reason)


def _rows(text: IO[str], head: bytes, source: Source) -> Iterator[Article | Rejection]:
    first, _, rest = decode(head).text.partition("\n")
    said = _SAID.match(first)
    if said:
        first = rest.partition("\n")[0]
        next(text)
    separator = (
        (said[1] if said else "")
        or _separator(first)
        or ("\t" if source.name.lower().endswith((".tsv", ".tab")) else ",")
    )
    rows = csv.reader((line.replace("\x00", "") for line in text), delimiter=separator, strict=False)
    header = [name.strip().lstrip("\ufeff") for name in next(rows, [])]
    if not header:
        yield source.reject("no-text", "the table is empty")
        return
    columns = _map_beside(source) or guess_columns(header)
    missing = [name for name in columns.values() if name not in header]
    if missing or not columns.keys() & {"title", "body", "summary"}:
        what = (
            f"the column map names {missing[0]!r}"
            if missing
            else f"no title or text among the columns {', '.join(header)[:200]}"
        )
        yield source.reject(
            "unknown-format", f"{what}; say which is which in columns.yaml beside the table (title: …, body: …)"
        )
        return
    order = _order(rest, separator, header, columns.get("published", ""))
    for number, row in enumerate(rows, 3 if said else 2):
        if any(cell.strip() for cell in row):
            notes = (f"{len(row)} cells where the header has {len(header)}",) if len(row) != len(header) else ()
            record = dict(zip(header, row, strict=False))
            if "id" in columns and record.get(columns["id"], "").strip().isdigit():
                notes = (*notes, f"the number in {columns['id']!r} counts rows and is not taken for an id")
                record[columns["id"]] = ""
            yield article_from(record, source, Table.name, line=number, columns=columns, notes=notes, order=order)


def _order(sample: str, separator: str, header: list[str], column: str) -> str:
    """How the numeric dates of a column are written, by those whose day is beyond 12: a language tag, or nothing."""
    if column not in header:
        return ""
    place, found = header.index(column), set()
    for row in csv.reader(sample.split("\n")[:_LINES_LOOKED_AT], delimiter=separator, strict=False):
        date = NUMERIC_DATE.match(row[place]) if len(row) > place else None
        found |= {tag for tag, part in (("en-GB", 1), ("en", 2)) if date and 12 < int(date[part]) <= 31}
    return found.pop() if len(found) == 1 else ""


def _map_beside(source: Source) -> dict[str, str] | None:
    """Field → column from `<name>.columns.yaml` or `columns.yaml` in the table's directory."""
    if source.member:
        return None
    for path in (source.path.with_suffix(".columns.yaml"), source.path.parent / "columns.yaml"):
        found = _load_map(path)
        if found:
            return found
    return None


def _load_map(path: Path) -> dict[str, str] | None:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    if not isinstance(values, Mapping):
        return None
    return {str(field): str(column) for field, column in values.items() if field in known_columns()}


def _separator(line: str) -> str:
    """The separator that parts a header row into most cells, or nothing when none does."""
    counts = {mark: len(next(csv.reader([line], delimiter=mark), [])) for mark in _SEPARATORS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] > 1 else ""


def _bare(cell: str) -> str:
    return re.sub(r"^[\s\"'\ufeff]+|[\s\"']+$", "", cell)


def _encoding(head: bytes) -> str:
    """The encoding of a table by its beginning; one that is only ASCII there is taken for UTF-8."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, False)
    except UnicodeDecodeError:
        return guess(head)
    return "utf-8"
