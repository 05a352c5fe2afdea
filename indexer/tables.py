"""The tables that searches and runs read, parsed once for a generation and kept with it."""

from __future__ import annotations

from pathlib import Path

import indexer.analysis
import indexer.query
from corpus import kept
from corpus.languages import packs
from corpus.yamlfile import kept_table
from indexer.analysis.version import TABLES

FILE = "tables.kept"


def keep_tables(generation: Path) -> None:
    """Write what is parsed of them."""
    packs()
    for home, names in ((indexer.analysis, TABLES), (indexer.query, ("abbreviations.yaml",))):
        for name in names:
            kept_table(Path(str(home.__file__)).with_name(name))
    kept.save(generation / FILE)


def use_tables(generation: Path) -> None:
    """Take over what was kept; tables that have changed since are parsed as ever."""
    kept.load(generation / FILE)
