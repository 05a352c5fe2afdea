"""Joins the names of a whole archive into entities, across languages and scripts.

`add` keeps each distinct name once with its counts; `finish` joins. Places and organisations of the tables bring
their id. Persons are compared only when their family names sound alike, and joined only when the given names agree.
Ids of an earlier table stay with the names that bore them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.languages import codes
from indexer.knowledge.base import EntityType, Mention
from indexer.knowledge.clusters import ALIKE, Cluster, Key, alike, blocks_of, blurred
from indexer.knowledge.context import Company, dominant
from indexer.knowledge.entities import EntityTable, Join, Record
from indexer.knowledge.fold import fold
from indexer.knowledge.gazetteer import place_label, table_names
from indexer.knowledge.ids import new_id
from indexer.knowledge.match import Name, parse_name
from indexer.knowledge.readings import coarse_keys
from indexer.knowledge.tables import table

FACET_FROM = 0.6
FAMILY_IN_COMPANY = 0.75
LEAST_SOUND = 6  # letters of an organisation that may be joined by its sound


class Resolution:
    """What every name of the archive means.

    Attributes:
        table: the entities.
        threshold: mentions less sure than this name nobody.
    """

    def __init__(self, table: EntityTable, meaning: dict[Key, str], threshold: float) -> None:
        self.table = table
        self.threshold = threshold
        self._meaning = meaning

    def entity_id(self, mention: Mention, language: str) -> str | None:
        """The id of what a mention means, or None for one that is not sure enough."""
        if mention.confidence < self.threshold:
            return None
        return mention.entity or self._meaning.get((mention.type, language, mention.lemma))

    def entity_ids(self, mentions: Iterable[Mention], language: str) -> tuple[tuple[str, tuple[Mention, ...]], ...]:
        """(entity id, its mentions) of one article, in the order of their first mention."""
        found: dict[str, list[Mention]] = {}
        for mention in mentions:
            entity_id = self.entity_id(mention, language)
            if entity_id:
                found.setdefault(entity_id, []).append(mention)
        return tuple((entity_id, tuple(row)) for entity_id, row in found.items())


class Resolver:
    """Gathers names article by article.

    Args:
        previous: the table of the generation before, whose ids stay.
        threshold: mentions less sure than this are left out.
    """

    def __init__(self, previous: EntityTable | None = None, threshold: float = FACET_FROM) -> None:
        self.previous = previous or EntityTable()
        self.threshold = threshold
        self._counts: Counter[Key] = Counter()
        self._known: dict[str, Counter[tuple[str, str]]] = {}
        self._company = Company()

    def add(self, article_id: str, language: str, mentions: Sequence[Mention]) -> None:
        """Take in the mentions of one article."""
        names: set[Key] = set()
        known: set[tuple[str, str]] = set()
        for mention in mentions:
            if mention.confidence < self.threshold:
                continue
            if mention.entity:
                known.add((mention.entity, mention.lemma))
            else:
                names.add((mention.type, language, mention.lemma))
        self._counts.update(names)
        persons = sorted(key for key in names if key[0] == "person")
        self._company.add(
            persons, [entity for entity, _ in sorted(known)] + [fold(key[2].split()[-1]) for key in persons]
        )
        for entity, lemma in known:
            self._known.setdefault(entity, Counter())[(language, lemma)] += 1

    def finish(self) -> Resolution:
        """Join all names; the outcome is the same whatever the order in which the articles came."""
        records = [self._known_record(entity, rows) for entity, rows in sorted(self._known.items())]
        ordered = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        persons = self._persons([(key, count) for key, count in ordered if key[0] == "person"])
        persons = self._with_family_names(persons)
        others = self._others([(key, count) for key, count in ordered if key[0] != "person"])
        groups = [(cluster.keys, cluster.joins) for cluster in (*persons, *others)]
        meaning: dict[Key, str] = {}
        taken = {record.id for record in records}
        replaced = dict(self.previous.replaced)
        for keys, joins in groups:
            record = self._record(keys, joins, taken, replaced)
            records.append(record)
            meaning.update(dict.fromkeys(keys, record.id))
        return Resolution(EntityTable(records, replaced), meaning, self.threshold)

    def _with_family_names(self, clusters: list[Cluster]) -> list[Cluster]:
        """Join family names that stand alone to the one person who bears them, in the same company."""
        by_family: dict[tuple[str, str], dict[int, int]] = {}
        for number, cluster in enumerate(clusters):
            for key, name in zip(cluster.keys, cluster.names, strict=True):
                if len(name.parts) > 1:
                    row = by_family.setdefault((key[1], fold(name.parts[-1])), {})
                    row[number] = row.get(number, 0) + self._counts[key]
        kept: list[Cluster] = []
        for cluster in clusters:
            if len(cluster.keys) > 1 or len(cluster.names[0].parts) != 1:
                kept.append(cluster)
                continue
            key, name = cluster.keys[0], cluster.names[0]
            best = dominant(by_family.get((key[1], fold(name.parts[0])), {}))
            shared = self._company.agrees(key, clusters[best].keys) if best is not None else ()
            if best is None or not shared:
                kept.append(cluster)
                continue
            person = clusters[best]
            person.keys.append(key)
            person.names.append(name)
            person.count += cluster.count
            why = (
                "family name",
                "nearly all who bear it are this person",
                f"same company: {', '.join(map(str, shared[:4]))}",
            )
            person.joins.append(Join(key[2], key[1], person.names[0].text, FAMILY_IN_COMPANY, why))
        return kept

    def _others(self, rows: list[tuple[Key, int]]) -> list[Cluster]:
        """Organisations and places that no table knows: one name, or one that sounds alike in another language."""
        clusters: list[Cluster] = []
        same: dict[tuple[str, str], Cluster] = {}
        blocks: dict[tuple[str, str], list[Cluster]] = {}
        for key, count in rows:
            kind, language, text = key
            name = parse_name(text, language)
            cluster = same.get((kind, fold(text)))
            if cluster is None and len(fold(text)) >= LEAST_SOUND and name.parts:
                near = (
                    c for part in sorted(coarse_keys(name.parts[0], language)) for c in blocks.get((kind, part), ())
                )
                cluster = next(
                    (c for c in near if all(n.language != language for n in c.names) and alike(c.names[0], name)), None
                )
                if cluster is not None:
                    why = ("sounds alike in another language",)
                    cluster.joins.append(Join(text, language, cluster.names[0].text, ALIKE, why))
            if cluster is None:
                clusters.append(cluster := Cluster(key, name, count))
            else:
                cluster.keys.append(key)
                cluster.names.append(name)
                cluster.count += count
            same[kind, fold(text)] = cluster
            for part in coarse_keys(name.parts[0], language) if name.parts else ():
                row = blocks.setdefault((kind, part), [])
                if cluster not in row:
                    row.append(cluster)
        return clusters

    def _persons(self, rows: list[tuple[Key, int]]) -> list[Cluster]:
        clusters: list[Cluster] = []
        blocks: dict[str, list[Cluster]] = {}
        for key, count in rows:
            name = parse_name(key[2], key[1])
            cluster = self._best(name, blocks)
            if cluster is None:
                clusters.append(cluster := Cluster(key, name, count))
            else:
                found, to = cluster.compare(name)
                cluster.keys.append(key)
                cluster.names.append(name)
                cluster.count += count
                cluster.joins.append(Join(key[2], key[1], to.text, found.score, found.reasons))
            for block in (*blocks_of(name), *blurred(name, name.script == "Hani")):
                row = blocks.setdefault(block, [])
                if not row or (row[-1] is not cluster and cluster not in row):
                    row.append(cluster)
        return clusters

    def _best(self, name: Name, blocks: dict[str, list[Cluster]]) -> Cluster | None:
        best: tuple[float, int, Cluster] | None = None
        seen: set[int] = set()
        for block in (*blocks_of(name), *blurred(name, name.script != "Hani")):
            for cluster in blocks.get(block, ()):
                if id(cluster) in seen:
                    continue
                seen.add(id(cluster))
                found, _ = cluster.compare(name)
                if found.same and (best is None or (found.score, cluster.count) > best[:2]):
                    best = (found.score, cluster.count, cluster)
        return best[2] if best else None

    def _known_record(self, entity: str, rows: Counter[tuple[str, str]]) -> Record:
        kind: EntityType = "place" if entity.startswith("place:") else "organisation"
        record = Record(entity, kind)
        for (language, lemma), count in sorted(rows.items(), key=lambda item: (-item[1], item[0])):
            record.forms.setdefault(language, {})[lemma] = count
            record.labels.setdefault(language, lemma)
        name = entity.partition(":")[2]
        if kind == "place":
            for language in codes():
                label = place_label(name, language)
                if label:
                    record.labels.setdefault(language, label)
        else:
            for language, names in table("organisations.yaml").get(name, {}).items():
                if language != "*":
                    record.labels.setdefault(language, str(names).split(";")[0].strip())
        record.aliases.extend(table_names(entity))
        return record

    def _record(self, keys: Sequence[Key], joins: list[Join], taken: set[str], replaced: dict[str, str]) -> Record:
        kind = keys[0][0]
        forms: dict[str, dict[str, int]] = {}
        votes: Counter[str] = Counter()
        for key in keys:
            _, language, name = key
            forms.setdefault(language, {})[name] = self._counts[key]
            earlier = self.previous.by_form(kind, language, name)
            if earlier:
                votes[earlier] += self._counts[key]
        entity_id = next(
            (found for found, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])) if found not in taken), None
        )
        if entity_id is None:
            entity_id = new_id(kind, forms, taken, self.previous)
        taken.add(entity_id)
        for other in votes:
            if other != entity_id and other not in taken:
                replaced[other] = entity_id
        labels = {language: max(row, key=lambda n: (row[n], n)) for language, row in forms.items()}
        return Record(entity_id, kind, labels, forms, joins)
