"""Values made from the YAML that comes with newsdex, kept as JSON, so that who starts for one search parses none of it.

A kept value counts only for the very bytes that it was made from, and only if its own bytes are whole; else the file
is parsed as ever. An archive keeps them with each generation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

_kept: dict[str, tuple[str, str]] = {}  # name → seal of the sources, JSON


def value(path: Path, parse: Callable[[], Any], *, code: Iterable[Path] = ()) -> Any:
    """What `parse` makes of a file, as JSON gives it back.

    Args:
        parse: gives plain values: lists, mappings from text, text, numbers, truth.
        code: the modules whose change would make `parse` give something else.
    """
    seal = _seal(path, *code)
    name = f"{path.parent.name}/{path.name}"
    known, text = _kept.get(name, ("", ""))
    if known != seal:
        text = json.dumps(parse(), ensure_ascii=False)
        _kept[name] = seal, text
    return json.loads(text)


def save(path: Path) -> None:
    """Write all values that this process has made or read: a line each, behind what tells whether it is whole."""
    lines = [f"{name}\t{seal}\t{text}" for name, (seal, text) in sorted(_kept.items())]
    path.write_text("".join(f"{_digest(line.encode())}\t{line}\n" for line in lines), encoding="utf-8")


def load(path: Path) -> None:
    """Take over what was saved. Lines that are not whole, or a file that is not there, are passed over."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return
    for line in lines:
        digest, _, rest = line.partition(b"\t")
        if digest == _digest(rest).encode():
            name, seal, text = rest.decode().split("\t", 2)
            _kept.setdefault(name, (seal, text))


def _seal(*paths: Path) -> str:
    return _digest(b"".join(path.read_bytes() for path in paths))


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
