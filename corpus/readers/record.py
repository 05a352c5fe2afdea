"""Records with named values (JSON objects, rows of tables, front matter) become articles here."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from corpus.article import Article, Dateline, Rejection
from corpus.languages import base_code
from corpus.layout import find_dateline
from corpus.markup import looks_like_markup, names, text_of_markup
from corpus.readers.base import Source
from corpus.readers.draft import Draft

_QUIET = frozenset(("provenance", "precision", "entities", "score", "snippet", "summary"))
"""Keys of our own answers that are no fields of an article, passed over without a note."""
_ORDER = ("id", "title", "body", "url", "source", "published", "section", "category", "authors", "language", "dateline")
NUMERIC_DATE = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d\d)\b")
_NAMES = ("name", "title", "label", "value", "text", "main", "rendered", "original", "#text", "$", "@id")
"""Keys of an object that stands where one text was expected, the likeliest first."""
_CUT = {"year": 4, "month": 7, "day": 10, "minute": 16}
_QUALIFIERS = names("news article story post item name full main the of original raw clean short long text am le el il")
_SPLIT_AUTHORS = re.compile(r"\s*(?:;|\||\s/\s|,\s+(?=\S+\s)|\s+(?:and|und|et|e|y|i|и|і|en)\s+|、)\s*")


def fold_column(name: str) -> str:
    """A column's name without case, accents, spaces and marks."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return re.sub(r"[\s_\-.:/@#]+", "", bare.casefold())


@lru_cache(maxsize=1)
def known_columns() -> Mapping[str, tuple[str, ...]]:
    """For each field the folded names it is known by, the article's own key first."""
    rows = yaml.safe_load((Path(__file__).parent / "columns.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({name: tuple(fold_column(str(word)) for word in words) for name, words in rows.items()})


def _unqualified(name: str) -> str:
    """A folded name without the words that only say whose it is: `News Headline`, `articleBody`, `author_name`."""
    words = re.findall(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+", name)
    kept = [word for word in words if word.casefold() not in _QUALIFIERS]
    return fold_column("".join(kept)) if kept else fold_column(name)


def guess_columns(names: Iterable[str]) -> dict[str, str]:
    """Field → column for the columns that are known by name; a column serves one field."""
    return dict(_guess_columns(tuple(names)))


@lru_cache(maxsize=256)
def _guess_columns(columns: tuple[str, ...]) -> dict[str, str]:
    exact: dict[str, str] = {}
    for name in columns:
        exact.setdefault(fold_column(name), name)
    loose: dict[str, str] = {}
    for name in columns:
        loose.setdefault(_unqualified(name), name)
    found: dict[str, str] = {}
    for folded in (exact, loose):
        for field, words in known_columns().items():
            if field in found or (field == "id" and folded is loose):  # `post_id` counts the posts of one system
                continue
            column = next((folded[word] for word in words if word in folded), None)
            if column is not None and column not in found.values():
                found[field] = column
    return found


def article_from(
    record: Mapping[str, Any], source: Source, reader: str, *, line: int | None = None,
    columns: Mapping[str, str] | None = None, notes: Sequence[str] = (), order: str = "",
) -> Article | Rejection:  # fmt: skip
    """The article of one record. `columns` maps fields to the record's own names; None guesses the usual ones.

    `order` is a language tag whose numeric dates are written as the record's are (`en`: month first, `en-GB`: day
    first), where that is known. Columns that no field took are named in a note. A record with neither title nor body is
    a rejection.
    """
    columns = guess_columns(record) if columns is None else columns
    draft = Draft(source, reader, line=line, notes=list(notes))
    for field in _ORDER:
        column = columns.get(field)
        if column is not None and record.get(column) is not None:
            _set(draft, field, record[column], column, record, columns, order)
    _date_in_parts(draft, record, columns)
    draft.set_changed(_date_text(record.get(columns.get("changed", ""), "")))
    if not draft.get("body") and columns.get("summary"):
        draft.set("body", _body(record.get(columns["summary"])), "record", line=line, path=columns["summary"])
    ignored = [name for name in record if name not in columns.values() and fold_column(name) not in _QUIET]
    if ignored:
        more = f" and {len(ignored) - 12} more" if len(ignored) > 12 else ""
        draft.notes.append("keys left out: " + ", ".join(str(name)[:40] for name in ignored[:12]) + more)
    return draft.finish()


def _set(
    draft: Draft, field: str, value: Any, column: str, record: Mapping[str, Any], columns: Mapping[str, str], order: str
) -> None:
    where: dict[str, Any] = {"line": draft.line, "path": column}
    if field == "published":
        text = _date_text(value)
        if fold_column(column) == "day" and any(fold_column(str(name)) == "year" for name in record):
            return  # the day's number alone
        language = value_text(record.get(columns.get("language", ""), ""))
        language = order if order and NUMERIC_DATE.match(text) else language
        draft.set_date(text, "record", languages=(language,) if language else (), **where)
        _cut(draft, value_text(record.get(columns.get("precision", ""), "")))
    elif field == "authors":
        draft.set_authors(author_names(value), "record", **where)
    elif field == "dateline":
        draft.set("dateline", _dateline(value), "record", **where)
    elif field == "body":
        draft.set("body", _body(value), "record", **where)
    elif field == "language":
        draft.set("language", base_code(value_text(value)), "record", **where)
    elif field == "category":
        name = value_text(value.get("code") if isinstance(value, Mapping) else value)
        draft.set("category" if name.startswith("medtop:") else "section", name, "record", **where)
    else:
        draft.set(field, value_text(value), "record", **where)


def value_text(value: Any) -> str:
    """One value as text; of a list the first, of a mapping its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) and not value.is_integer() else str(int(value))
    if isinstance(value, Mapping):
        return next((value_text(value[key]) for key in _NAMES if key in value), "")
    if isinstance(value, Sequence):
        return next((text for text in map(value_text, value) if text), "")
    return ""


def _body(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n\n".join(part for part in map(_body, value) if part)
    text = value_text(value)
    return text_of_markup(text) if looks_like_markup(text) else text


def author_names(value: Any) -> list[str]:
    """Names from a text ("A. Berg and B. Thal"), a list of texts, or objects with a name."""
    if isinstance(value, str):
        return [name for name in _SPLIT_AUTHORS.split(value.strip()) if name]
    if isinstance(value, Mapping):
        return [name for name in (value_text(value),) if name]
    if isinstance(value, Sequence):
        return [
            name for item in value for name in ([item.strip()] if isinstance(item, str) else author_names(item)) if name
        ]
    return []


def _dateline(value: Any) -> Dateline | None:
    if isinstance(value, Mapping):
        place, agency = value_text(value.get("place")).strip(), value_text(value.get("agency")).strip()
        return Dateline(place, agency or None) if place else None
    text = value_text(value).strip()
    found = find_dateline(f"{text.rstrip(' -–—')} – x", None) if text else None
    return (
        Dateline(found.place, found.agency) if found else Dateline(text.split(",")[0].strip(" -–—")) if text else None
    )


def _date_text(value: Any) -> str:
    """A date value as text; numbers of nine digits and more count seconds (or milliseconds) since 1970, UTC."""
    if isinstance(value, str) and re.fullmatch(r"\d{10}|\d{13}", value.strip()):
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not math.isfinite(value):
            return ""
        seconds = value / 1000 if abs(value) >= 1e11 else value
        if abs(seconds) >= 1e8:
            return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds < 2.5e11 else ""
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else value_text(value)


def _date_in_parts(draft: Draft, record: Mapping[str, Any], columns: Mapping[str, str]) -> None:
    """The date of a record that keeps year, month and day under a key each."""
    if draft.get("published") or fold_column(columns.get("published", "day")) != "day":
        return
    parts = {fold_column(str(key)): value_text(value).strip() for key, value in record.items() if isinstance(key, str)}
    given = [parts.get(name, "") for name in ("year", "month", "day")]
    numbers = given[: next((n for n, part in enumerate(given) if not re.fullmatch(r"\d{1,4}", part)), 3)]
    if numbers and len(numbers[0]) == 4:
        draft.set_date("-".join(part.zfill(2) for part in numbers), "record", line=draft.line, path="year, month, day")


def _cut(draft: Draft, precision: str) -> None:
    """Honour a coarser precision that the record declares for a date written out in full."""
    published = draft.get("published")
    if published and precision in _CUT and len(published) > _CUT[precision]:
        if precision == "minute":
            zone = re.search(r"(?:Z|[+-]\d\d:?\d\d)$", published[16:])
            draft.values["published"] = published[:16] + (zone.group(0) if zone else "")
        else:
            draft.values["published"] = published[: _CUT[precision]]
        draft.values["precision"] = precision
