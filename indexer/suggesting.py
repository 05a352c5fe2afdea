"""What the beginning of a query may become: names, topics and words of the archive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indexer.knowledge.fold import fold
from indexer.opened import Opened
from indexer.query.matching import within

LEAST_TYPED = 2
MOST_LOOKED_AT = 500
MOST_TOPICS = 2
MOST_WORDS = 4
"""Words of a name that is looked for though a letter of it is wrong."""


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


def instead(opened: Opened, text: str, lost: Iterable[str]) -> str | None:
    """What may have been meant by a query that finds nothing: somebody's name, or words that articles have.

    `lost` are the words and phrases for which nothing was found.
    """
    return _name_meant(opened, text) or opened.suggester.query(text, lost)


def _name_meant(opened: Opened, text: str) -> str | None:
    """The name of an entity, as it is printed, from which a text of several words differs by a letter of one."""
    asked = fold(text).split()
    if not 1 < len(asked) <= MOST_WORDS:
        return None
    size, begins, ends = len(" ".join(asked)), asked[0], asked[-1]
    for name, ids in opened.entities.names.items():
        near = abs(len(name) - size) < 2 and (name.startswith(begins) or name.endswith(ends))
        if near and _a_letter_apart(asked, name.split()):
            printed = (one for i in ids for one in opened.entities.records[i].entity().aliases if fold(one) == name)
            return next(printed, None)
    return None


def _a_letter_apart(asked: list[str], name: list[str]) -> bool:
    """Whether words are the same but for a letter of one that is long enough to tell."""
    if len(asked) != len(name):
        return False
    others = [(a, b) for a, b in zip(asked, name, strict=True) if a != b]
    return len(others) == 1 and len(others[0][0]) > 3 and within(*others[0], 1)
