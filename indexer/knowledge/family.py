"""Family names that stand alone, joined to the people who bear them."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.knowledge.clusters import Cluster
from indexer.knowledge.context import dominant, named_in_full, shared_company
from indexer.knowledge.entities import Join
from indexer.knowledge.fold import fold
from indexer.knowledge.register import Register

FAMILY_IN_COMPANY = 0.75


def with_family_names(clusters: list[Cluster], register: Register) -> list[Cluster]:
    """Join family names that stand alone to the one person who bears them, in the same company."""
    by_family: dict[tuple[str, str], dict[int, int]] = {}
    for at, cluster in enumerate(clusters):
        for number, name in zip(cluster.numbers, cluster.names, strict=True):
            if len(name.parts) > 1:
                row = by_family.setdefault((name.language, fold(name.parts[-1])), {})
                row[at] = row.get(at, 0) + int(register.counts[number])
    kept: list[Cluster] = []
    for cluster in clusters:
        name = cluster.names[0]
        if len(cluster.numbers) > 1 or len(name.parts) != 1:
            kept.append(cluster)
            continue
        bearers = by_family.get((name.language, fold(name.parts[0])), {})
        person, why = _bearer(register, cluster, {at: clusters[at] for at in bearers}, dominant(bearers))
        if person is None:
            kept.append(cluster)
            continue
        join = Join(name.text, name.language, person.names[0].text, FAMILY_IN_COMPANY, why)
        person.take(cluster.numbers[0], name, cluster.count, join)
    return kept


def _bearer(
    register: Register, alone: Cluster, bearers: Mapping[int, Cluster], most: int | None
) -> tuple[Cluster | None, tuple[str, ...]]:
    """Whom a family name alone means, of those who bear it, and why; `most` is whom nearly all articles mean."""
    articles = register.articles
    whole = named_in_full(articles(alone.numbers), {at: articles(one.numbers) for at, one in bearers.items()})
    if whole is not None:
        return bearers[whole], ("family name", "the whole name stands in its articles")
    beside = register.beside
    shared = shared_company(beside(alone.numbers), beside(bearers[most].numbers)) if most is not None else ()
    if most is None or not shared:
        return None, ()
    why = "nearly all who bear it are this person", f"same company: {', '.join(shared[:4])}"
    return bearers[most], ("family name", *why)
