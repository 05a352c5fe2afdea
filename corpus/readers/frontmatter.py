"""What stands before a text: YAML front matter, `Title: …` headers, or bare id, language, date and address lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from corpus.languages import has_pack
from corpus.readers.record import guess_columns

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ALIAS = re.compile(r"(?:^|[\s\[,:-])\*\w", re.M)
_HEADER = re.compile(r"^(?P<key>[^\W\d_][\w \-]{1,24}):\s+(?P<value>\S.*)$")
_URL = re.compile(r"^<?(https?://\S+?)>?$")
_ISO = re.compile(r"^(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$")
_ID = re.compile(r"^[A-Za-z]{0,4}[-_]?\d{1,18}$")
_MOST = 64 * 1024


@dataclass(slots=True)
class Front:
    """Named values before the text with the line of each, and how many lines they took."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    taken: int = 0
    kind: str = ""
    note: str | None = None


def front_of(text: str) -> Front:
    """The front matter of a text, by the first of the three forms that fits."""
    return _yaml(text) or _headers(text) or _bare(text) or Front()


def _yaml(text: str) -> Front | None:
    if not re.match(r"---[ \t]*\n", text[:8]):
        return None
    end = re.search(r"^(?:---|\.\.\.)[ \t]*$", text[4:_MOST], re.M)
    if end is None:
        return None
    block = text[4 : 4 + end.start()]
    taken = text[: 4 + end.end()].count("\n") + 1
    if _ALIAS.search(block) and any(isinstance(event, yaml.AliasEvent) for event in _events(block)):
        return Front(taken=taken, kind="front matter", note="front matter with YAML aliases is not read")
    try:
        values = yaml.load(block, Loader=_LOADER)  # noqa: S506  (one of PyYAML's safe loaders)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Front(
            taken=taken,
            kind="front matter",
            note=f"front matter is not valid YAML: {' '.join(str(error).split())[:120]}",
        )
    if not isinstance(values, dict):
        return None
    named = {str(key): value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
    lines = {
        key: 2 + number for number, line in enumerate(block.split("\n")) for key in named if line.startswith(f"{key}:")
    }
    return Front(named, lines, taken, "front matter")


def _events(block: str) -> Iterator[Any]:
    """The events of a piece of YAML up to its first fault; aliases are how few lines become gigabytes."""
    try:
        yield from yaml.parse(block, Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError):
        return


def _headers(text: str) -> Front | None:
    """At least two `Key: value` lines at the very top, of which two are known names of fields."""
    front = Front(kind="header")
    for number, line in enumerate(text.split("\n", 30)[:30], 1):
        found = _HEADER.match(line.strip())
        if not found or len(line) > 400:
            break
        front.values[found["key"]] = found["value"].strip().strip("\"'")
        front.lines[found["key"]] = number
        front.taken = number
    known = guess_columns(front.values)
    return front if len(known) >= 2 and known.keys() & {"title", "published", "url", "authors"} else None


def _bare(text: str) -> Front | None:
    """Short lines at the top that each say one thing by their form alone; an address must be among them."""
    front = Front(kind="header")
    for number, raw in enumerate(text.split("\n", 8)[:8], 1):
        line = raw.strip().lstrip("\ufeff")
        address = _URL.match(line)
        if not line:
            continue
        key = (
            "url" if address
            else "published" if _ISO.match(line)
            else "language" if re.fullmatch(r"[a-z]{2}", line) and (has_pack(line) or len(front.values) == 1)
            else "record" if _ID.match(line) and number == 1
            else None
        )  # fmt: skip
        if key is None or key in front.values:
            break
        front.values[key] = address.group(1) if address else line
        front.lines[key] = number
        front.taken = number
    return front if "url" in front.values else None
