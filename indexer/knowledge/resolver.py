"""Joins the names of a whole archive into entities, across languages and scripts.

`add` keeps the names of each article; `finish` joins. Places and organisations of the tables bring their id. Persons
are joined only when family names sound alike and the given names agree (`pairing`). Ids of an earlier table stay with
the names that bore them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.knowledge.abbreviations import SHORTENED, explained
from indexer.knowledge.base import EntityType, Mention
from indexer.knowledge.cases import Case, cases
from indexer.knowledge.clusters import ALIKE, Cluster
from indexer.knowledge.entities import EntityTable, Join, Record
from indexer.knowledge.family import with_family_names
from indexer.knowledge.fold import fold
from indexer.knowledge.ids import new_id
from indexer.knowledge.known import known_record
from indexer.knowledge.legalforms import LEGAL_FORM, without_legal_form
from indexer.knowledge.nameparts import parse_name
from indexer.knowledge.pairing import Edge, Pairing
from indexer.knowledge.register import Name, Register, names_of
from indexer.knowledge.strays import BY_SOUND, ONE_KIND, known_by_sound, of_another_kind

FACET_FROM = 0.6
Why = tuple[float, tuple[str, ...]]
"""How sure it is that two names are one, and why."""
ANOTHER_CASE = 0.95


class Resolution:
    """What every name of the archive means.

    Attributes:
        table: the entities.
        threshold: mentions less sure than this name nobody.
    """

    def __init__(self, table: EntityTable, meaning: dict[Name, str], threshold: float) -> None:
        self.table = table
        self.threshold = threshold
        self._meaning = meaning

    def entity_id(self, mention: Mention, language: str) -> str | None:
        """The id of what a mention means, or None for one that is not sure enough."""
        if mention.confidence < self.threshold:
            return None
        return mention.entity or self._meaning.get((mention.type, language, mention.lemma, ""))

    def meant(self, name: Name) -> str | None:
        """The id of what a name means."""
        return name[3] or self._meaning.get(name)

    def entity_ids(self, mentions: Iterable[Mention], language: str) -> tuple[tuple[str, tuple[Mention, ...]], ...]:
        """(entity id, its mentions) of one article, in the order of their first mention."""
        found: dict[str, list[Mention]] = {}
        for mention in mentions:
            entity_id = self.entity_id(mention, language)
            if entity_id:
                found.setdefault(entity_id, []).append(mention)
        return tuple((entity_id, tuple(row)) for entity_id, row in found.items())


@dataclass
class _Joining:
    """Names being joined: the groups, and of each number its group."""

    groups: list[Cluster] = field(default_factory=list)
    of: dict[int, int] = field(default_factory=dict)

    def put(self, group: int | None, cluster: Cluster) -> None:
        """A cluster of one name as a group of its own, or its name to another group."""
        number = cluster.numbers[0]
        if group is None:
            self.of[number] = len(self.groups)
            self.groups.append(cluster)
        else:
            self.of[number] = group
            self.groups[group].take(number, cluster.names[0], cluster.count, next(iter(cluster.joins), None))


class Resolver:
    """Gathers names article by article.

    Args:
        previous: the table of the generation before, whose ids stay.
        threshold: mentions less sure than this are left out.
        register, pairing: names that were taken in and compared before.
    """

    def __init__(
        self,
        previous: EntityTable | None = None,
        threshold: float = FACET_FROM,
        register: Register | None = None,
        pairing: Pairing | None = None,
    ) -> None:
        self.previous = previous or EntityTable()
        self.threshold = threshold
        self.register = Register() if register is None else register
        self.pairing = Pairing() if pairing is None else pairing

    def add(self, article_id: str, language: str, mentions: Sequence[Mention]) -> None:
        """Take in the mentions of one article."""
        said = ((one.type, one.lemma, one.confidence, one.entity) for one in mentions)
        self.register.add(article_id, names_of(language, said, self.threshold))

    def finish(self) -> Resolution:
        """Join all names; the outcome is the same whatever the order in which the articles came."""
        names, counts = self.register.names, self.register.counts.tolist()
        free = [i for i, name in enumerate(names) if counts[i] and not name[3]]
        self.pairing.take_in(names)
        declined = cases(names, counts, (i for i in free if names[i][0] == "person"))
        meeting = self._meeting(declined)
        ordered = sorted(free, key=lambda i: (-counts[i], names[i]))
        groups = [
            *self._persons([i for i in ordered if names[i][0] == "person"], meeting, declined),
            *self._others([i for i in ordered if names[i][0] != "person"], meeting),
        ]
        groups, meant = self._gathered(groups, meeting)
        records = self._known(meant)
        taken, replaced = {record.id for record in records}, dict(self.previous.replaced)
        meaning = {names[number]: entity for number, (entity, _) in meant.items()}
        for group in groups:
            records.append(self._record(group, taken, replaced, declined))
            meaning.update((names[number], records[-1].id) for number in group.numbers)
        return Resolution(EntityTable(records, replaced), meaning, self.threshold)

    def _cluster(self, number: int) -> Cluster:
        _, language, text, _ = self.register.names[number]
        return Cluster(number, parse_name(text, language), int(self.register.counts[number]))

    def _meeting(self, declined: Mapping[int, Case]) -> dict[int, list[Edge]]:
        """The pairs of each name; those of an oblique case are the nominative's."""
        stands = {number: case.stands for number, case in declined.items()}
        found: dict[int, list[Edge]] = {}
        for edge in self.pairing.edges:
            first, second = stands.get(edge.first, edge.first), stands.get(edge.second, edge.second)
            if first != second:
                moved = edge._replace(first=first, second=second)
                found.setdefault(first, []).append(moved)
                found.setdefault(second, []).append(moved)
        return found

    def _persons(
        self, ordered: Sequence[int], meeting: dict[int, list[Edge]], declined: Mapping[int, Case]
    ) -> list[Cluster]:
        """Each name, the most frequent first, goes to the group that it matches best and does not contradict."""
        joining = _Joining()
        oblique = [number for number in ordered if number in declined and declined[number].stands != number]
        passed = set(oblique)
        for number in ordered:
            if number in passed:
                continue
            cluster = self._cluster(number)
            name = cluster.names[0]
            best: dict[int, Edge] = {}
            for edge in meeting.get(number, ()):
                group = joining.of.get(edge.second if edge.first == number else edge.first)
                if group is not None and (group not in best or self._surer(edge, best[group])):
                    best[group] = edge
            fitting = sorted(best, key=lambda g: (-best[g].score, -joining.groups[g].count, g))
            found = next((group for group in fitting if not joining.groups[group].contradicts(name)), None)
            if found is not None:
                cluster.joins.append(self._join(number, best[found]))
            joining.put(found, cluster)
        for number in oblique:
            cluster = self._cluster(number)
            cluster.joins.append(self._of_case(number, declined[number]))
            joining.put(joining.of[declined[number].stands], cluster)
        return with_family_names(joining.groups, self.register)

    def _of_case(self, number: int, case: Case) -> Join:
        _, language, text, _ = self.register.names[number]
        return Join(text, language, case.printed, ANOTHER_CASE, (case.why,))

    def _surer(self, edge: Edge, other: Edge) -> bool:
        """Whether an edge says more than another; numbers, which say nothing, never decide."""
        names = self.register.names
        return (-edge.score, names[edge.first], names[edge.second]) < (
            -other.score,
            names[other.first],
            names[other.second],
        )

    def _join(self, number: int, edge: Edge) -> Join:
        other = edge.second if edge.first == number else edge.first
        _, language, text, _ = self.register.names[number]
        return Join(text, language, self.register.names[other][2], edge.score, edge.why)

    def _others(self, ordered: Sequence[int], meeting: dict[int, list[Edge]]) -> list[Cluster]:
        """Organisations and places that no table knows: one name, or one that sounds alike in another language."""
        joining = _Joining()
        same: dict[tuple[str, str], int] = {}
        for number in ordered:
            kind, language, text, _ = self.register.names[number]
            cluster = self._cluster(number)
            bare = fold(without_legal_form(text) if kind == "organisation" else text)
            group = same.get((kind, bare))
            if group is not None and fold(to := joining.groups[group].names[0].text) != fold(text):
                cluster.joins.append(Join(text, language, to, *LEGAL_FORM))
            if group is None:
                edges: dict[int, Edge] = {}
                for edge in meeting.get(number, ()):
                    near = joining.of.get(edge.second if edge.first == number else edge.first)
                    if near is not None and all(name.language != language for name in joining.groups[near].names):
                        edges[near] = edge
                group = min(edges, default=None)
                if group is not None:
                    to = joining.groups[group].names[0].text
                    cluster.joins.append(Join(text, language, to, ALIKE, edges[group].why))
            joining.put(group, cluster)
            same[kind, bare] = joining.of[number]
        return joining.groups

    def _gathered(
        self, groups: list[Cluster], meeting: Mapping[int, Sequence[Edge]]
    ) -> tuple[list[Cluster], dict[int, tuple[str, Why]]]:
        """The groups without those that are one with another group, which they join, or with an entity of the tables:
        their numbers are told with its id."""
        names = self.register.names
        bodies = [i for i, group in enumerate(groups) if names[group.numbers[0]][0] == "organisation"]
        places = [i for i, group in enumerate(groups) if names[group.numbers[0]][0] != "person"]
        short = explained([groups[i] for i in bodies], self.register)
        alike = known_by_sound([groups[i] for i in places], meeting, names)
        found: dict[int, tuple[int | str, Why]] = {i: (j, ONE_KIND) for i, j in of_another_kind(groups, names).items()}
        found |= {places[i]: (entity, BY_SOUND) for i, entity in alike.items()}
        found |= {bodies[i]: (bodies[j] if isinstance(j, int) else j, SHORTENED) for i, j in short.items()}
        meant: dict[int, tuple[str, Why]] = {}
        for i, (whole, (sure, why)) in found.items():
            while isinstance(whole, int) and whole in found:
                whole = found[whole][0]
            for number, name in zip(groups[i].numbers, groups[i].names, strict=True):
                if isinstance(whole, str):
                    meant[number] = whole, (sure, why)
                else:
                    join = Join(name.text, name.language, groups[whole].names[0].text, sure, why)
                    groups[whole].take(number, name, int(self.register.counts[number]), join)
        return [group for i, group in enumerate(groups) if i not in found], meant

    def _known(self, meant: Mapping[int, tuple[str, Why]]) -> list[Record]:
        """The entities of the tables that are named, by their names or by others that mean them."""
        rows: dict[str, Counter[tuple[str, str]]] = {}
        for number, count in enumerate(self.register.counts.tolist()):
            _, language, text, entity = self.register.names[number]
            if (owner := entity or meant.get(number, ("",))[0]) and count:
                rows.setdefault(owner, Counter())[language, text] += count
        records = {entity: known_record(entity, rows[entity]) for entity in sorted(rows)}
        for number, (entity, (sure, why)) in sorted(meant.items()):
            _, language, text, _ = self.register.names[number]
            records[entity].joins.append(Join(text, language, records[entity].entity().label("en"), sure, why))
        return list(records.values())

    def _record(
        self, group: Cluster, taken: set[str], replaced: dict[str, str], declined: Mapping[int, Case]
    ) -> Record:
        kind: EntityType = self.register.names[group.numbers[0]][0]  # type: ignore[assignment]
        forms: dict[str, dict[str, int]] = {}
        votes: Counter[str] = Counter()
        for number in group.numbers:
            _, language, name, _ = self.register.names[number]
            count = forms.setdefault(language, {})[name] = int(self.register.counts[number])
            earlier = self.previous.by_form(kind, language, name)
            if earlier:
                votes[earlier] += count
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
        for number in group.numbers:
            language, text = self.register.names[number][1:3]
            if number in declined and labels[language] == text:
                labels[language] = declined[number].printed
        return Record(entity_id, kind, labels, forms, group.joins)
