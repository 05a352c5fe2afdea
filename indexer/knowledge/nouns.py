"""Whether a German word is a common noun: a simple one of the list, or a compound that ends in one."""

from __future__ import annotations

from collections.abc import Set

LEAST_TAIL, LEAST_PART = 5, 4
LINKS = ("", "s", "n", "en", "er", "es", "e")


def is_noun(stem: str, simple: Set[str]) -> bool:
    """Whether a stem is a simple noun or a compound whose parts are.

    A tail of at least five letters is enough; a shorter one needs a noun before it too, with or without a linking s.
    """
    if stem in simple:
        return True
    for i in range(LEAST_PART, len(stem) - LEAST_PART + 1):
        if stem[i:] not in simple:
            continue
        if len(stem) - i >= LEAST_TAIL:
            return True
        head = stem[:i]
        if any(head.endswith(link) and head[: len(head) - len(link)] in simple for link in LINKS):
            return True
    return False
