"""What the beginning of a query may become: names, topics and words of the archive."""

from __future__ import annotations

from typing import Any

from indexer.opened import Opened

LEAST_TYPED = 2
MOST_LOOKED_AT = 500
MOST_TOPICS = 2


def suggestions(opened: Opened, text: str, ui: str, limit: int) -> list[dict[str, Any]]:
    """Entities one of whose names holds the text, topics that begin with it, then completions of its last word.

    Each is `{"kind", "value", "label", "count"}`; kind is a filter's name or `word`, count None where unknown.
    """
    last = text.split()[-1] if text.split() else ""
    if len(last) < LEAST_TYPED:
        return []
    named = [opened.entities.records[one] for one in opened.entities_named(text)[:MOST_LOOKED_AT]]
    best = sorted(named, key=lambda one: (-one.articles(), one.id))[: limit // 2]
    found = [_one("entity", one.id, one.entity().label(ui), one.articles()) for one in best]
    categories = opened.know.categories
    labels = ((code, categories.label(code, ui)) for code in categories)
    topics = [(code, label) for code, label in labels if label.casefold().startswith(text.casefold())]
    found += [_one("category", code, label, None) for code, label in topics[:MOST_TOPICS]]
    head = text[: len(text) - len(last)]
    words = opened.complete(last, max(0, limit - len(found)))
    return found + [_one("word", head + word, head + word, count) for word, count in words]


def _one(kind: str, value: str, label: str, count: int | None) -> dict[str, Any]:
    return {"kind": kind, "value": value, "label": label, "count": count}
