"""Reads the tables in `data/` and `words/`, each once and only when it is asked for."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def table(name: str) -> Any:
    """A table of `data/` by its file name (`places.json`, `given_names.yaml`). Callers must not change it."""
    text = (HERE / "data" / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else yaml.load(text, Loader=_LOADER)  # noqa: S506 -- safe loader


def words(language: str) -> dict[str, Any]:
    """What the finder knows of one language (`words/<iso>.yaml`); empty for a language without one."""
    path = HERE / "words" / f"{language}.yaml"
    if not path.is_file():
        return {}
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 -- safe loader
    return dict(found or {})


@cache
def cues(name: str) -> tuple[str, ...]:
    """A list of small words or endings of cues.yaml."""
    return tuple(str(table("cues.yaml")[name]).split())


def cue_pairs(name: str) -> dict[str, str]:
    """A list of cues.yaml whose entries are written `key=value`."""
    return {entry.split("=", 1)[0]: entry.split("=", 1)[1] for entry in cues(name)}
