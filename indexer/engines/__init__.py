"""Where an index is kept: the engines by name, each imported only when it is asked for."""

from __future__ import annotations

from corpus.errors import ConfigurationError
from indexer.engines.base import Engine

NAMES = ("whoosh", "stock")
"""`whoosh`: columnar segments, the default. `stock`: Whoosh's own storage, slow, for export and comparison."""


def engine(name: str = "whoosh") -> Engine:
    """The engine of this name.

    Raises:
        ConfigurationError: there is none.
    """
    if name == "whoosh":
        from indexer.engines.whoosh import WhooshEngine

        return WhooshEngine()
    if name == "stock":
        from indexer.engines.stock import StockEngine

        return StockEngine()
    raise ConfigurationError(f"engine: {name!r} is not known; choose one of {', '.join(NAMES)}.")
