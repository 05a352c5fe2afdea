"""Authority files of others: CSV, SKOS (RDF/XML, Turtle, JSON-LD) and JSON Lines as Wikidata or GND come in.

`read` gives their records, `proposals` finds the entity that each of them means, as corrections (`link`, `alias`) that
an `Authority` takes in. A record is taken to mean an entity only when a whole label or alias of it is one of the
entity's names, of the same type, and no second entity bears that name.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from corpus.errors import UsageError
from indexer.knowledge.authority import Authority, Correction
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.thesauri import Subject, json_ld, rdf_xml, turtle

_HOSTS = {
    "wikidata.org": "wikidata",
    "d-nb.info": "gnd",
    "viaf.org": "viaf",
    "geonames.org": "geonames",
    "id.loc.gov": "lcnaf",
    "zbw.eu": "stw",
    "eurovoc.europa.eu": "eurovoc",
}
LARGEST = 1 << 30
TELLING = 6
"""Letters of a name by which a record may say that two entities are one; half as many Chinese characters."""
LABELS = ("prefLabel", "preferredName", "authoritativeLabel")
ALIASES = ("altLabel", "hiddenLabel", "variantName", "variantLabel")
SAME = ("exactMatch", "sameAs", "hasExactExternalAuthority")
_SHORT = re.compile(r"([a-z][a-z0-9-]+):([A-Za-z0-9][\w.-]*)")  # wikidata:Q42
_INVERTED = re.compile(r"(?P<family>[^,()\d]+), (?P<given>[^,()\d]+?)(?:,? \(?(?:\d|ca\.|approximately|born).*)?")
_COLUMNS = {"name": "label", "identifier": "id", "uri": "id", "lang": "language", "altlabels": "aliases"}
COLUMNS = "id, label, type, language, aliases, authority"


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """Somebody or something in an authority file.

    Attributes:
        authority, identifier: `wikidata`, `Q1065`.
        type: `person`, `place`, `organisation`, or empty when the file does not say.
        names: language ("" unknown) → labels and aliases, the label first.
        place: line or record number in the file.
        same: (authority, identifier) under which others know it.
    """

    authority: str
    identifier: str
    type: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place: int = 0
    same: tuple[tuple[str, str], ...] = ()

    def all_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for row in self.names.values() for name in row))


def read(path: Path, authority: str = "") -> Iterator[AuthorityRecord]:
    """The records of a file, by its ending: .csv, .jsonl or .ndjson; SKOS as .rdf or .xml, .ttl or .nt, .jsonld.

    Names of people with the family name first (`Lavrov, Sergei, 1950-`) are turned.

    Args:
        authority: name under which identifiers are kept when the file does not tell (`gnd`).

    Raises:
        UsageError: an unknown ending, or a file that is not what its ending says; the message names the place.
    """
    readers: dict[str, Callable[[Path, str], Iterator[AuthorityRecord]]] = {
        ".csv": _csv,
        ".jsonl": _jsonl,
        ".ndjson": _jsonl,
        ".rdf": lambda path, authority: _graph(rdf_xml(path), authority),
        ".xml": lambda path, authority: _graph(rdf_xml(path), authority),
        ".ttl": lambda path, authority: _graph(turtle(path), authority),
        ".nt": lambda path, authority: _graph(turtle(path), authority),
        ".jsonld": lambda path, authority: _graph(json_ld(path), authority),
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path}: its ending says no known form; authority files end in {', '.join(readers)}")
    if path.is_file() and path.stat().st_size > LARGEST:
        raise UsageError(f"{path}: larger than a gigabyte; take an extract")
    try:
        for record in reader(path, authority):
            names = {language: _turned(row, record.type) for language, row in record.names.items()}
            yield replace(record, names=names)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    except (OSError, etree.XMLSyntaxError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read as {path.suffix[1:]}: {error}") from error


def _identity(text: str, authority: str) -> tuple[str, str]:
    """(authority, identifier) of an identifier or of its address."""
    short = _SHORT.fullmatch(text)
    if short:
        return authority or short[1], short[2]
    parts = urlsplit(text)
    if not parts.scheme or not parts.netloc:
        return authority or ("wikidata" if text[:1] == "Q" and text[1:].isdigit() else "local"), text
    host = parts.netloc.removeprefix("www.").removeprefix("sws.")
    return authority or _HOSTS.get(host, host), parts.path.rstrip("/").rsplit("/", 1)[-1] or text


def _csv(path: Path, authority: str) -> Iterator[AuthorityRecord]:
    """Columns id and label; type, language, authority and aliases (parted by `|`) when they are there."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        delimiter = max(",;\t", key=header.count)
        file.seek(0)
        rows = csv.DictReader(file, delimiter=delimiter)
        columns = [column.strip().lower() for column in rows.fieldnames or ()]
        rows.fieldnames = [_COLUMNS.get(column, column) for column in columns]
        missing = {"id", "label"} - set(rows.fieldnames or ())
        if missing:
            raise UsageError(
                f"{path}:1: missing columns: {' and '.join(sorted(missing))}; known are {COLUMNS}"
            )
        for row in rows:
            name, identifier = _identity((row["id"] or "").strip(), row.get("authority") or authority)
            names = [n.strip() for n in (row["label"] or "", *(row.get("aliases") or "").split("|")) if n.strip()]
            if identifier and names:
                yield AuthorityRecord(
                    name, identifier, _type(row.get("type")), {row.get("language") or "": tuple(names)}, rows.line_num
                )


def _jsonl(path: Path, authority: str) -> Iterator[AuthorityRecord]:
    """One object a line: Wikidata's own shape, or GND's (`preferredName`, `variantName`), or id, label, aliases."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip().rstrip(",")
            if line in ("", "[", "]"):
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise UsageError(f"{path}:{number}: not JSON: {error}") from error
            if not isinstance(row, dict):
                raise UsageError(f"{path}:{number}: expected an object")
            name, identifier = _identity(str(row.get("id") or row.get("gndIdentifier") or ""), authority)
            names = _json_names(row)
            if identifier and names:
                same = [one.get("id") for one in row.get("sameAs") or () if isinstance(one, dict)]
                links = tuple(_identity(one, "") for one in same if isinstance(one, str) and "//" in one)
                yield AuthorityRecord(name, identifier, _json_type(row), names, number, links)


def _json_type(row: Mapping[str, Any]) -> str:
    """The type that a row names, or that Wikidata's `instance of` says."""
    claims = row.get("claims")
    stated = claims.get("P31") if isinstance(claims, dict) else None
    return _type(row.get("type")) or ("person" if stated and '"Q5"' in json.dumps(stated) else "")


def _json_names(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    labels, aliases = row.get("labels"), row.get("aliases")
    if isinstance(labels, dict):
        for source in (labels, aliases if isinstance(aliases, dict) else {}):
            for language, value in source.items():
                for one in value if isinstance(value, list) else [value]:
                    text = one.get("value") if isinstance(one, dict) else one
                    if isinstance(text, str) and text.strip():
                        found.setdefault(language, []).append(text.strip())
        return {language: tuple(names) for language, names in found.items()}
    plain = [
        row.get("label") or row.get("preferredName"),
        *(row.get("variantName") or ()),
        *(aliases if isinstance(aliases, list) else ()),
    ]
    names = tuple(n.strip() for n in plain if isinstance(n, str) and n.strip())
    return {str(row.get("language") or ""): names} if names else {}


def _graph(subjects: Iterator[Subject], authority: str) -> Iterator[AuthorityRecord]:
    """The subjects of a thesaurus that have a label."""
    for subject in subjects:
        name, identifier = _identity(subject.iri, authority)
        names: dict[str, list[str]] = {}
        for kind in (*LABELS, *ALIASES):
            for text, language in subject.values(kind):
                if not text.startswith(("http://", "https://")):
                    names.setdefault(language, []).append(text)
        if identifier and names and any(subject.values(kind) for kind in LABELS):
            kind = _type([text for text, _ in subject.values("type")])
            same = [_identity(text, "") for key in SAME for text, _ in subject.values(key) if "//" in text]
            rows = {language: tuple(row) for language, row in names.items()}
            yield AuthorityRecord(name, identifier, kind, rows, subject.place, tuple(same))


def _turned(names: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Names with `Lavrov, Sergei` in their usual order; both orders where the file does not say that it is a person."""
    found: list[str] = []
    for name in names:
        match = _INVERTED.fullmatch(name) if kind in ("person", "") else None
        if match:
            found.append(f"{match['given'].strip()} {match['family'].strip()}")
        if not match or not kind:
            found.append(name)
    return tuple(dict.fromkeys(found))


def _type(value: object) -> str:
    """One of our types, from the words that others use."""
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    small = text.lower()
    for kind, words in (
        ("person", ("person", "human", "q5")),
        ("organisation", ("organi", "corporate", "company")),
        ("place", ("place", "geograph", "city", "country")),
    ):
        if any(word in small for word in words):
            return kind
    return ""


def proposals(records: Iterator[AuthorityRecord], table: EntityTable) -> Iterator[tuple[list[str], AuthorityRecord]]:
    """(ids, record) of every record that means an entity of the table, that most written of first.

    They are several where each has a telling name of its own, as an organisation has that every language calls
    otherwise, and no name of the record is borne by two.
    """
    for record in records:
        bearers: list[set[str]] = []
        telling: set[str] = set()
        for name in record.all_names():
            ids = {i for i in table.lookup(name) if _bears(table, i, name)}
            bearers.append({i for i in ids if not record.type or i.startswith(record.type + ":")})
            telling |= bearers[-1] if len(name) >= (TELLING if script_of(name) != "Hani" else TELLING // 2) else set()
        found = set().union(*bearers)
        several = telling == found and all(len(ids) < 2 for ids in bearers)
        if len(found) == 1 or (several and len({i.partition(":")[0] for i in found}) == 1):
            yield sorted(found, key=lambda i: (-table.records[i].articles(), i)), record


def _bears(table: EntityTable, entity_id: str, name: str) -> bool:
    """Whether a name is a whole name of an entity, not merely somebody's family name."""
    entity = table.get(entity_id)
    if entity is None:
        return False
    folded = fold(name)
    if entity.type == "person" and " " not in folded and len(folded) < 5 and folded.isascii():
        return False
    return any(fold(own) == folded for own in (*entity.labels.values(), *entity.aliases))


def take_in(path: Path, table: EntityTable, corrections: Authority, authority: str = "") -> list[Correction]:
    """Add a link, and the names that the entity lacks, for every record that means one of the table's entities; those
    that a record says are one are merged."""
    added: list[Correction] = []
    for (entity_id, *others), record in proposals(read(path, authority), table):
        entity = table.records[entity_id].entity()
        if entity.links.get(record.authority) == record.identifier:
            continue
        note = f"{path.name}:{record.place}"
        added.extend(corrections.add("merge", other, into=entity_id, note=note) for other in others)
        links = {record.authority: record.identifier}
        for other, identifier in record.same:
            if other in _HOSTS.values() and other not in entity.links:
                links.setdefault(other, identifier)
        for other, identifier in links.items():
            added.append(corrections.add("link", entity_id, authority=other, identifier=identifier, note=note))
        own = (table.records[one].entity() for one in (entity_id, *others))
        known = {fold(name) for one in own for name in (*one.labels.values(), *one.aliases)}
        for language, names in record.names.items():
            for name in names:
                if fold(name) not in known:
                    known.add(fold(name))
                    added.append(corrections.add("alias", entity_id, name=name, language=language or None, note=note))
    return added
