"""Reads the tables in `data/` and `words/`, each once and only when it is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from corpus.jsonbytes import loaded
from corpus.yamlfile import kept_table

HERE = Path(__file__).parent


@cache
def table(name: str) -> Any:
    """A table of `data/` by its file name (`places.json`, `given_names.yaml`). Callers must not change it."""
    path = HERE / "data" / name
    return loaded(path.read_bytes()) if path.suffix == ".json" else kept_table(path)


def words(language: str) -> dict[str, Any]:
    """What the finder knows of one language (`words/<iso>.yaml`); empty for a language without one."""
    path = HERE / "words" / f"{language}.yaml"
    if not path.is_file():
        return {}
    return dict(kept_table(path) or {})


@cache
def cues(name: str) -> tuple[str, ...]:
    """A list of small words or endings of cues.yaml."""
    return tuple(str(table("cues.yaml")[name]).split())


def cue_pairs(name: str) -> dict[str, str]:
    """A list of cues.yaml whose entries are written `key=value`."""
    return {entry.split("=", 1)[0]: entry.split("=", 1)[1] for entry in cues(name)}
