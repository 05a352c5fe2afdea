"""Whoosh's parser with our plugins, and its syntax nodes made parts of our tree."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from whoosh.qparser import QueryParser, plugins, syntax

from indexer.query import plugins as ours
from indexer.query.notes import Note
from indexer.query.parse import Words
from indexer.query.tree import FIELDS, Group, Must, Part, Quoted, Ranged, Without


@lru_cache(maxsize=1)
def _parser() -> QueryParser:
    return QueryParser(
        None,
        None,
        plugins=[ours.TextPlugin(), ours.fields(), plugins.GroupPlugin(), ours.operators()],
        group=ours.Beside,
    )


def process(text: str) -> Any:
    """Whoosh's syntax tree of a text."""
    return _parser().process(text)


class Reader(Words):
    """Turns syntax nodes into our tree."""

    def part(self, node: Any) -> Part | None:
        if isinstance(node, syntax.NotGroup):
            return self._wrapped(node, Without)
        if isinstance(node, ours.Must):
            return self._wrapped(node, Must)
        if isinstance(node, syntax.GroupNode):
            return self._group(node)
        if self.full():
            return None
        field = FIELDS.get((getattr(node, "fieldname", None) or "").lower())
        if isinstance(node, ours.QuotedNode):
            return self._quoted(node, field)
        if isinstance(node, syntax.RangeNode):
            return Ranged(node.start, node.end, node.startexcl, node.endexcl, field)
        return self.word(node.text, field) if isinstance(node, syntax.TextNode) else None

    def _wrapped(self, node: Any, kind: type[Without] | type[Must]) -> Part | None:
        inner = self.part(node[0]) if len(node) else None
        return kind(inner) if inner is not None else None

    def _group(self, node: Any) -> Part | None:
        parts = [part for part in map(self.part, node) if part is not None]
        if len(parts) < 2:
            return parts[0] if parts else None
        if isinstance(node, syntax.OrGroup):
            return Group(tuple(parts), "OR")
        return Group(tuple(parts), "" if isinstance(node, ours.Beside) else "AND")

    def _quoted(self, node: Any, field: str | None) -> Part | None:
        text = " ".join(node.text.split())
        if not text:
            self.notes.append(Note("quotes-empty"))
            return None
        near = node.near
        if near is not None and near > self.limits.window:
            self.notes.append(Note("window-limit", number=self.limits.window))
            near = self.limits.window
        return Quoted(text, near, field)
