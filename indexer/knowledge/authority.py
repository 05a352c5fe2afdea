"""What people decided about entities: merges, splits, renames, suppressions, other names; kept in `authority/*.yml`.

    corrections:
    - {id: 1, do: merge, entity: person:s-lavrov, into: person:sergei-lavrov, by: mk, on: 2026-11-24, note: …}
    - {id: 2, do: split, entity: person:john-smith, forms: [Jon Smith], into: person:jon-smith}
    - {id: 3, do: rename, entity: person:sergei-lavrov, language: de, label: Sergej Lawrow}
    - {id: 4, do: suppress, entity: place:lage-de}
    - {id: 5, do: alias, entity: organisation:un, name: Weltorganisation, language: de}
    - {id: 6, do: link, entity: organisation:un, authority: wikidata, identifier: Q1065}

Corrections apply in their order, over the table of a generation (`applied`) and at once over ids that an older
generation holds (`current`, `hidden`). `undo` takes one away again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import ConfigurationError, UsageError
from corpus.yamlfile import compose, construct
from indexer.disk import write_synced
from indexer.knowledge.entities import EntityTable, Join, Record
from indexer.knowledge.ids import slug

_NEEDED = {
    "merge": ("entity", "into"),
    "split": ("entity", "forms"),
    "rename": ("entity", "label"),
    "suppress": ("entity",),
    "alias": ("entity", "name"),
    "link": ("entity", "authority", "identifier"),
}
FILE = "corrections.yml"


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. `values` holds what its kind needs (see the module)."""

    id: int
    do: str
    entity: str
    values: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "do": self.do, "entity": self.entity, **self.values}


class Authority:
    """The corrections of an archive, in order."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self.corrections = list(corrections)

    @classmethod
    def load(cls, directory: Path) -> Authority:
        """Read all `*.yml` of a directory, in the order of their names; a missing directory has none.

        Raises:
            ConfigurationError: with `file:line:column: fault`, one a line, for everything that is wrong.
        """
        faults: list[str] = []
        found: list[Correction] = []
        for path in sorted(directory.glob("*.yml")) if directory.is_dir() else ():
            found.extend(_read(path, faults))
        numbers = [correction.id for correction in found]
        faults.extend(
            f"{directory}: the number {n} stands twice; give each its own"
            for n in sorted({n for n in numbers if numbers.count(n) > 1})
        )
        if faults:
            raise ConfigurationError("\n".join(faults))
        return cls(found)

    def digest(self) -> str:
        """What tells these corrections from others."""
        rows = repr([correction.as_json() for correction in self.corrections])
        return hashlib.sha256(rows.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def save(self, directory: Path) -> None:
        """Write all corrections into one file of the directory."""
        import yaml  # a search needs it only where corrections are

        directory.mkdir(parents=True, exist_ok=True)
        rows = [correction.as_json() for correction in self.corrections]
        text = yaml.safe_dump({"corrections": rows}, allow_unicode=True, sort_keys=False, width=120)
        write_synced(directory / FILE, text.encode())

    def add(self, do: str, entity: str, **values: Any) -> Correction:
        """Append a correction and return it.

        Raises:
            UsageError: an unknown kind, or something that its kind needs is missing.
        """
        if do not in _NEEDED:
            raise UsageError(f"{do!r} is no correction; choose from {', '.join(_NEEDED)}")
        missing = [key for key in _NEEDED[do] if key != "entity" and not values.get(key)]
        if missing or not entity:
            raise UsageError(f"{do} needs {' and '.join(missing or ['entity'])}")
        number = max((correction.id for correction in self.corrections), default=0) + 1
        self.corrections.append(Correction(number, do, entity, {k: v for k, v in values.items() if v is not None}))
        return self.corrections[-1]

    def undo(self, number: int | None = None) -> Correction:
        """Take back one correction, the last one by default, and return it.

        Raises:
            UsageError: there is none with that number.
        """
        for i in range(len(self.corrections) - 1, -1, -1):
            if number is None or self.corrections[i].id == number:
                return self.corrections.pop(i)
        raise UsageError(f"no correction {number}" if number is not None else "there is no correction to undo")

    def current(self, entity_id: str) -> str:
        """The id that stands for an id after all merges."""
        for correction in self.corrections:
            if correction.do == "merge" and correction.entity == entity_id:
                entity_id = str(correction.values["into"])
        return entity_id

    def merged_into(self, entity_id: str) -> tuple[str, ...]:
        """All ids that stand for an entity now, itself first: what a filter on an older generation must ask for."""
        sources = dict.fromkeys(c.entity for c in self.corrections if c.do == "merge")
        return (entity_id, *(other for other in sources if other != entity_id and self.current(other) == entity_id))

    def hidden(self, entity_id: str) -> bool:
        """Whether an entity is suppressed."""
        return any(c.do == "suppress" and self.current(c.entity) == self.current(entity_id) for c in self.corrections)

    def touching(self, entity_id: str) -> tuple[Correction, ...]:
        """The corrections that concern an entity."""
        return tuple(c for c in self.corrections if entity_id in (c.entity, c.values.get("into")))

    def applied(self, table: EntityTable) -> EntityTable:
        """The table with all corrections carried out, a new one if there are any.

        Those of entities that no longer occur change nothing.
        """
        if not self.corrections:
            return table
        records = {record.id: _copied(record) for record in table.records.values()}
        replaced = dict(table.replaced)
        for correction in self.corrections:
            _APPLY[correction.do](correction, records, replaced)
        return EntityTable(records.values(), replaced)


def _copied(record: Record) -> Record:
    return replace(
        record,
        labels=dict(record.labels),
        forms={k: dict(v) for k, v in record.forms.items()},
        joins=list(record.joins),
        links=dict(record.links),
        aliases=list(record.aliases),
    )


def _merge(correction: Correction, records: dict[str, Record], replaced: dict[str, str]) -> None:
    source, target = correction.entity, str(correction.values["into"])
    replaced.pop(target, None)
    if source != target:
        replaced[source] = target
    gone = records.pop(source, None)
    if gone is None:
        return
    kept = records.setdefault(target, Record(target, gone.type))
    for language, row in gone.forms.items():
        for name, count in row.items():
            own = kept.forms.setdefault(language, {})
            own[name] = own.get(name, 0) + count
            kept.joins.append(Join(name, language, target, 1.0, (f"correction {correction.id}: merged",)))
    for language, label in gone.labels.items():
        kept.labels.setdefault(language, label)
    for authority, identifier in gone.links.items():
        kept.links.setdefault(authority, identifier)
    kept.aliases.extend(a for a in gone.aliases if a not in kept.aliases)


def _split(correction: Correction, records: dict[str, Record], _: dict[str, str]) -> None:
    record = records.get(correction.entity)
    if record is None:
        return
    wanted = set(correction.values["forms"])
    target = split_target(correction)
    moved = {lang: {n: c for n, c in row.items() if n in wanted} for lang, row in record.forms.items()}
    moved = {language: row for language, row in moved.items() if row}
    if not moved:
        return
    new = records.setdefault(target, Record(target, record.type))
    for language, row in moved.items():
        new.forms.setdefault(language, {}).update(row)
        new.labels.setdefault(language, max(row, key=lambda n: (row[n], n)))
        left = {n: c for n, c in record.forms[language].items() if n not in wanted}
        if left:
            record.forms[language] = left
            if record.labels.get(language) in wanted:
                record.labels[language] = max(left, key=lambda n: (left[n], n))
        else:
            del record.forms[language]
            record.labels.pop(language, None)
    record.joins = [join for join in record.joins if join.form not in wanted]
    new.joins.append(Join(sorted(wanted)[0], "", correction.entity, 1.0, (f"correction {correction.id}: split off",)))


def split_target(correction: Correction) -> str:
    """The id that split-off names get."""
    kind = correction.entity.partition(":")[0]
    return str(correction.values.get("into") or f"{kind}:{slug(sorted(correction.values['forms'])[0])}-{correction.id}")


def _rename(correction: Correction, records: dict[str, Record], _: dict[str, str]) -> None:
    record = records.get(correction.entity)
    if record:
        languages = [correction.values["language"]] if correction.values.get("language") else [*record.labels, "en"]
        record.labels.update(dict.fromkeys(languages, str(correction.values["label"])))


def _suppress(correction: Correction, records: dict[str, Record], _: dict[str, str]) -> None:
    records.pop(correction.entity, None)


def _alias(correction: Correction, records: dict[str, Record], _: dict[str, str]) -> None:
    record = records.get(correction.entity)
    if record:
        record.aliases.append(str(correction.values["name"]))


def _link(correction: Correction, records: dict[str, Record], _: dict[str, str]) -> None:
    record = records.get(correction.entity)
    if record:
        record.links[str(correction.values["authority"])] = str(correction.values["identifier"])


_APPLY = {"merge": _merge, "split": _split, "rename": _rename, "suppress": _suppress, "alias": _alias, "link": _link}


def _read(path: Path, faults: list[str]) -> list[Correction]:
    try:
        root = compose(path)
        data = construct(path, root)
    except ConfigurationError as error:
        faults.append(str(error))
        return []
    if data is None:
        return []
    if not isinstance(data, dict) or not isinstance(data.get("corrections"), list):
        faults.append(f"{path}:1:1: expected `corrections:` with a list below it")
        return []
    nodes = next(value for key, value in root.value if key.value == "corrections").value
    found = []
    for number, (row, node) in enumerate(zip(data["corrections"], nodes, strict=True), 1):
        fault = _fault(row)
        if fault:
            faults.append(f"{path}:{node.start_mark.line + 1}:{node.start_mark.column + 1}: {fault}")
            continue
        values = {str(k): v for k, v in row.items() if k not in ("id", "do", "entity")}
        found.append(Correction(int(row.get("id", number)), str(row["do"]), str(row["entity"]), values))
    return found


def _fault(row: object) -> str | None:
    if not isinstance(row, dict):
        return "expected a mapping such as {do: merge, entity: …, into: …}"
    if row.get("do") not in _NEEDED:
        return f"`do: {row.get('do')}` is none of {', '.join(_NEEDED)}"
    missing = [key for key in _NEEDED[row["do"]] if not row.get(key)]
    if missing:
        return f"{row['do']} needs {' and '.join(missing)}"
    if row["do"] == "split" and not isinstance(row["forms"], list):
        return "`forms` must be a list of names"
    if "id" in row and not isinstance(row["id"], int):
        return "`id` must be a number"
    return None
