"""The entities of an archive: what they are called in each language, why names were joined, and how they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from corpus.errors import DamagedArchiveError
from corpus.jsonbytes import dumped, loaded
from indexer.knowledge.base import Entity, EntityType
from indexer.knowledge.fold import fold

FORMAT = 1
_COLUMNS = frozenset(("id", "type", "labels", "forms", "joins", "links", "aliases"))


@dataclass(frozen=True, slots=True)
class Join:
    """Why a written name belongs to an entity.

    Attributes:
        form, language: the name that was joined.
        to: the name it was compared with.
        score: how sure that is (0 to 1).
        reasons: what agreed.
    """

    form: str
    language: str
    to: str
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Record:
    """An entity with all that is known of it.

    Attributes:
        forms: language → name as printed → number of articles.
    """

    id: str
    type: EntityType
    labels: dict[str, str] = field(default_factory=dict)
    forms: dict[str, dict[str, int]] = field(default_factory=dict)
    joins: list[Join] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)

    def entity(self) -> Entity:
        return Entity(self.id, self.type, self.labels, _named(self.labels, self.forms, self.aliases), self.links)

    def articles(self) -> int:
        """Number of articles that name it."""
        return sum(count for row in self.forms.values() for count in row.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "type": self.type,
            "labels": self.labels,
            "forms": self.forms,
            "joins": [[j.form, j.language, j.to, j.score, list(j.reasons)] for j in self.joins],
            "links": self.links,
            "aliases": self.aliases,
        }


class _Rows(MutableMapping[str, Record]):
    """Records by id, each made of its row when it is first asked for: a search asks for few of many."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.rows = {str(row["id"]): row for row in rows}
        for row in self.rows.values():
            if missing := _COLUMNS - row.keys():
                raise ValueError(f"entity {row['id']} has no {', '.join(sorted(missing))}")
        self._made: dict[str, Record] = {}

    def __getitem__(self, entity_id: str) -> Record:
        found = self._made.get(entity_id)
        if found is None:
            found = self._made[entity_id] = _record(self.rows[entity_id])
        return found

    def __setitem__(self, entity_id: str, record: Record) -> None:
        self.rows[entity_id], self._made[entity_id] = record.as_json(), record

    def __delitem__(self, entity_id: str) -> None:
        del self.rows[entity_id]
        self._made.pop(entity_id, None)

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class EntityTable:
    """All entities of a generation.

    Args:
        records: the entities.
        replaced: an entity's earlier id → the id that stands for it now.
    """

    def __init__(self, records: Iterable[Record] = (), replaced: Mapping[str, str] | None = None) -> None:
        self.records: MutableMapping[str, Record] = {record.id: record for record in records}
        self.replaced = dict(replaced or {})
        self._names: dict[str, list[str]] | None = None
        self._by_form: dict[tuple[str, str, str], str] | None = None

    def __len__(self) -> int:
        return len(self.records)

    def current(self, entity_id: str) -> str:
        """The id that stands for an id of this or an earlier generation."""
        seen = set()
        while entity_id in self.replaced and entity_id not in seen:
            seen.add(entity_id)
            entity_id = self.replaced[entity_id]
        return entity_id

    def get(self, entity_id: str) -> Entity | None:
        """The entity, or None."""
        record = self.records.get(self.current(entity_id))
        return record.entity() if record else None

    def shown(self, entity_id: str) -> Entity | None:
        """The entity as a list shows it, by its label: without its other names, which take longest to gather."""
        record = self.records.get(self.current(entity_id))
        return Entity(record.id, record.type, record.labels, (), record.links) if record else None

    def by_form(self, kind: str, language: str, form: str) -> str | None:
        """The id of the entity that bears a printed name in a language."""
        if self._by_form is None:
            self._by_form = {
                (record.type, lang, name): record.id
                for record in self.records.values()
                for lang, row in record.forms.items()
                for name in row
            }
        return self._by_form.get((kind, language, form))

    def lookup(self, name: str) -> tuple[str, ...]:
        """Ids of the entities that a name can mean, the most written of first.

        Any label or alias will do, case and accents folded; failing those, a person's family name.
        """
        if name in self.records or name in self.replaced:
            return (self.current(name),)
        return tuple(self.names.get(fold(name).strip(), ()))

    @property
    def names(self) -> Mapping[str, Sequence[str]]:
        """All names and family names, folded, with the ids of those who bear them."""
        if self._names is None:
            self._names = self._all_names()
        return self._names

    def _all_names(self) -> dict[str, list[str]]:
        whole: dict[str, list[str]] = {}
        family: dict[str, list[str]] = {}
        for _, entity_id, kind, names in sorted(self._bearers()):
            for folded in dict.fromkeys(map(fold, names)):
                whole.setdefault(folded, []).append(entity_id)
                if kind == "person" and " " in folded:
                    family.setdefault(folded.rsplit(None, 1)[-1], []).append(entity_id)
        for name, ids in family.items():
            whole[name] = list(dict.fromkeys((*whole.get(name, ()), *ids)))
        return whole

    def _bearers(self) -> Iterator[tuple[int, str, str, tuple[str, ...]]]:
        """Minus the number of articles, id, type and names of each entity."""
        kept = self.records
        if isinstance(kept, _Rows):
            for entity_id, row in kept.rows.items():
                names = _named(row["labels"], row["forms"], row["aliases"])
                yield -sum(sum(form.values()) for form in row["forms"].values()), entity_id, row["type"], names
            return
        for record in kept.values():
            yield -record.articles(), record.id, record.type, record.entity().aliases

    def as_json(self) -> dict[str, Any]:
        ordered = sorted(self.records.values(), key=lambda record: record.id)
        return {
            "format": FORMAT,
            "entities": [r.as_json() for r in ordered],
            "replaced": dict(sorted(self.replaced.items())),
        }

    def save(self, path: Path) -> None:
        """Write the table as JSON."""
        path.write_bytes(dumped(self.as_json()))

    @classmethod
    def load(cls, path: Path) -> EntityTable:
        """Read a table.

        Raises:
            DamagedArchiveError: the file is missing or is no table of entities.
        """
        try:
            data = loaded(path.read_bytes())
            found = cls((), data["replaced"])
            found.records = _Rows(data["entities"])
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise DamagedArchiveError(
                f"{path}: the table of entities cannot be read ({error}); run newsdex rebuild"
            ) from error
        return found


def _named(
    labels: Mapping[str, str], forms: Mapping[str, Mapping[str, int]], aliases: Iterable[str]
) -> tuple[str, ...]:
    """All names of an entity, its labels first."""
    return tuple(dict.fromkeys((*labels.values(), *(name for row in forms.values() for name in row), *aliases)))


def _record(row: Mapping[str, Any]) -> Record:
    joins = [Join(str(f), str(lang), str(to), float(score), tuple(why)) for f, lang, to, score, why in row["joins"]]
    return Record(
        str(row["id"]),
        cast(EntityType, row["type"]),
        dict(row["labels"]),
        {k: dict(v) for k, v in row["forms"].items()},
        joins,
        dict(row["links"]),
        list(row["aliases"]),
    )
