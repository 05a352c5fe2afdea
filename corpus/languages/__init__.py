"""Languages: packs of words and rules, one YAML file each, and the registry: `pack("de").sections.topic("Politik")`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus.languages.identify import Identified, Share, identify, languages_of
from corpus.languages.pack import (
    Datelines,
    Dates,
    EntityWords,
    LanguagePack,
    Layout,
    Sections,
    fold_key,
)
from corpus.languages.registry import (
    BUILT_IN,
    add_pack,
    add_packs,
    base_code,
    codes,
    has_pack,
    pack,
    pack_or_fallback,
    packs,
    remove_pack,
    revision,
    use_directory,
)

if TYPE_CHECKING:
    from corpus.languages.load import load_pack
    from corpus.languages.mixed import also_in

__all__ = [
    "BUILT_IN",
    "Datelines",
    "Dates",
    "EntityWords",
    "Identified",
    "LanguagePack",
    "Layout",
    "Sections",
    "Share",
    "add_pack",
    "add_packs",
    "also_in",
    "base_code",
    "codes",
    "fold_key",
    "has_pack",
    "identify",
    "languages_of",
    "load_pack",
    "pack",
    "pack_or_fallback",
    "packs",
    "remove_pack",
    "revision",
    "use_directory",
]

_LATER = {"load_pack": "load", "also_in": "mixed"}
"""What only those need who read articles or parse packs → its module."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
