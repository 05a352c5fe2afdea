"""Nodes put together, with what is left out left out."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.query.dates import days
from indexer.query.nodes import And, Best, DayRange, Every, Near, Node, Not, Or, Phrase
from indexer.query.notes import Note
from indexer.query.tree import Ranged


def nearby(node: Node, near: int) -> Node:
    """A phrase made words near each other."""
    if isinstance(node, Phrase):
        return Near(node.field, node.texts, near + len(node.texts) - 1, node.boost)
    if isinstance(node, Best):
        return Best(tuple(nearby(inner, near) for inner in node.nodes), node.tie)
    return node


def positive(node: Node) -> Node:
    """A node that finds something by itself."""
    return And((Every(), node)) if isinstance(node, Not) else node


def joined(kind: type[Or] | type[Best], nodes: Sequence[Node]) -> Node | None:
    """The nodes as one; None when there are none."""
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return kind(tuple(nodes))


def all_of(nodes: Sequence[Node]) -> Node | None:
    """What all of the nodes match; None when there are none."""
    if not nodes:
        return None
    if all(isinstance(node, Not) for node in nodes):
        return And((Every(), *nodes))
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def day_range(part: Ranged, notes: list[str]) -> Node | None:
    """The days of a range; None, and a note, when it is none."""
    if part.field != "date":
        notes.append(Note("range-field"))
        return None
    start, end = (days(text) if text not in ("", "*") else None for text in (part.start, part.end))
    for text, read in ((part.start, start), (part.end, end)):
        if text not in ("", "*") and read is None:
            notes.append(Note("no-date", text=text))
            return None
    first = start and (start[1] + 1 if part.open_start else start[0])
    last = end and (end[0] - 1 if part.open_end else end[1])
    return DayRange(first, last)
