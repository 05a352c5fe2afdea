"""`python -m indexer` is `newsdex`."""

from __future__ import annotations

from indexer.cli import run

run()
