"""Abbreviations that an archive explains: VC stands for Vereinigung Cockpit where its articles name that, too."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indexer.knowledge.clusters import Cluster
from indexer.knowledge.register import Register

SHORTEST, LONGEST = 2, 7
SMALL = 3
"""Letters of a small word inside a name, which an abbreviation may leave out."""
SHARE = 0.5
"""The part of an abbreviation's articles that must have the whole name."""


SHORTENED = 0.85, ("its first letters", "stands in articles that have the whole name")


def explained(groups: list[Cluster], register: Register) -> dict[int, int | str]:
    """Which groups are abbreviations, by number, and the number of the group, or the entity of the tables, that they
    shorten."""
    owners: dict[int | str, list[int]] = {i: one.numbers for i, one in enumerate(groups) if not _is_short(one)}
    for number, (kind, _, _, entity) in enumerate(register.names):
        if entity and kind == "organisation" and register.counts[number]:
            owners.setdefault(entity, []).append(number)
    wholes: dict[str, dict[int | str, list[int]]] = {}
    for owner, numbers in owners.items():
        for text in {register.names[number][2] for number in numbers}:
            for initials in _initials(text):
                wholes.setdefault(initials, {})[owner] = numbers
    shorts = [(i, one, wholes.get(one.names[0].text, {})) for i, one in enumerate(groups) if _is_short(one)]
    found = {i: _whole(one, candidates, register) for i, one, candidates in shorts}
    return {i: owner for i, owner in found.items() if owner is not None}


def _is_short(group: Cluster) -> bool:
    text = group.names[0].text
    return text.isupper() and text.isalpha() and SHORTEST <= len(text) <= LONGEST


def _whole(short: Cluster, candidates: Mapping[int | str, list[int]], register: Register) -> int | str | None:
    """The one of several organisations that most articles with an abbreviation name, if that is enough of them."""
    own = np.unique(register.articles(short.numbers))
    shares = {one: float(np.isin(own, register.articles(numbers)).mean()) for one, numbers in candidates.items()}
    best = max(shares.values(), default=0.0)
    having = [one for one, share in shares.items() if share == best]
    return having[0] if best >= SHARE and len(having) == 1 else None


def _initials(text: str) -> set[str]:
    """The first letters of a name's words, with small words and without."""
    words = text.replace("-", " ").split()
    telling = [word for word in words if len(word) > SMALL or not word.islower()]
    return {"".join(word[0].upper() for word in some) for some in (words, telling) if len(some) >= SHORTEST}
