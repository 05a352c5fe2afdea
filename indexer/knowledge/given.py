"""Given names that are one name in several languages (Alexander, Александр, Аляксандр, 亚历山大)."""

from __future__ import annotations

from functools import lru_cache

from indexer.knowledge.fold import fold
from indexer.knowledge.tables import table


@lru_cache(maxsize=1)
def groups() -> dict[str, frozenset[int]]:
    """Folded given name → numbers of the groups it belongs to."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(table("given_names.yaml")):
        for name in str(row).split():
            found.setdefault(fold(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def same_given_name(a: str, b: str) -> bool:
    """Whether two folded given names are forms of one name."""
    table_of = groups()
    return bool(table_of.get(a, frozenset()) & table_of.get(b, frozenset()))


def other_given_name(a: str, b: str) -> bool:
    """Whether two folded given names are both listed, and in no row together."""
    table_of = groups()
    return a in table_of and b in table_of and not table_of[a] & table_of[b]
