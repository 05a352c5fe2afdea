"""Names that no table knows, and that are one all the same with what another name of the archive means.

A place or an organisation may be known in other languages only (Оберхоф, Oberhof): it is told by its sound, where the
tables do not say what it is called in the language of the name. And one name may be taken for a person in one article
and for an organisation in others: it is what most of them say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.knowledge.clusters import ALIKE, Cluster
from indexer.knowledge.fold import fold
from indexer.knowledge.known import labels
from indexer.knowledge.pairing import Edge
from indexer.knowledge.register import Name

MOSTLY = 2
"""How many times as many articles must say the one of two kinds."""
BY_SOUND = ALIKE, ("sounds like the name that other languages have",)
ONE_KIND = 0.8, ("the same name", "most articles take it for this")


def known_by_sound(
    groups: Sequence[Cluster], meeting: Mapping[int, Sequence[Edge]], names: Sequence[Name]
) -> dict[int, str]:
    """Which groups, by number, sound like the name of one entity of the tables, and its id."""
    found: dict[int, str] = {}
    for i, group in enumerate(groups):
        met = (edge for number in group.numbers for edge in meeting.get(number, ()))
        ids = {names[at][3] for edge in met for at in edge[:2]} - {""}
        if len(ids) == 1 and labels(entity := ids.pop()).keys().isdisjoint(name.language for name in group.names):
            found[i] = entity
    return found


def of_another_kind(groups: Sequence[Cluster], names: Sequence[Name]) -> dict[int, int]:
    """Which groups, by number, have a name that far more articles take for another kind, and the number of that."""
    best: dict[str, int] = {}
    for i, group in enumerate(groups):
        for name in group.names:
            other = best.setdefault(fold(name.text), i)
            if group.count > groups[other].count:
                best[fold(name.text)] = i
    found: dict[int, int] = {}
    for i, group in enumerate(groups):
        others = {best[fold(name.text)] for name in group.names}
        other = min(others)
        kinds = {names[groups[one].numbers[0]][0] for one in (i, other)}
        if len(others) == 1 and len(kinds) == 2 and groups[other].count >= MOSTLY * group.count:
            found[i] = other
    return found
