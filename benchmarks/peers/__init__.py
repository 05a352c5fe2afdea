"""The engines that are compared, one file each."""

from __future__ import annotations

from importlib import import_module

from benchmarks.peers.base import Peer

NAMES = ("newsdex", "tantivy", "sqlite", "bm25s", "lucene", "whoosh")


def peer(name: str) -> Peer:
    """The peer of this name; its engine is imported only when it is used."""
    found: Peer = import_module(f"benchmarks.peers.{name}").PEER
    return found
