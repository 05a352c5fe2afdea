"""XML and SGML of no known standard: exports whose elements bear the usual names of an article's fields.

Every innermost element with the name of a text (`body`, `text`, `content` …) makes an article; to it belongs the
outermost element that holds this text and no other. Its fields are the elements and attributes below with the names
in columns.yaml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from corpus.article import Article, Rejection
from corpus.encodings import decode
from corpus.markup import local_name, text_of
from corpus.readers import xmlfile
from corpus.readers.base import Source
from corpus.readers.record import article_from, fold_column, known_columns
from corpus.readers.xmlfile import XML_LANG

_SUFFIXES = (".xml", ".sgm", ".sgml")
_HEAD = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_CODES = re.compile(r"&#(?:[0-8]|1[124-9]|2\d|3[01]|127);")
_INDENTED = re.compile(r"\n(?:[ ]{3,}|\t)(?=\S)")
_SHORTEST = 20


class XmlRecords:
    """Reads what no reader of a standard wanted, when its elements tell what they are."""

    name = "xml"

    def sniff(self, head: bytes, name: str) -> float:
        root = xmlfile.root_name(head)
        if not root or root.lower() in ("html", "svg", "schema", "stylesheet"):
            return 0.0
        return (
            0.3 if name.lower().endswith(_SUFFIXES) or head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") else 0.0
        )

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        declared = re.search(rb"<\?xml[^>]*encoding=[\"']([\w.-]+)", source.head())
        label = declared.group(1).decode("ascii") if declared else None
        decoded = decode(source.data(), declared=label, languages=source.options.languages)
        whole = f"<records>{_CODES.sub(' ', _HEAD.sub('', decoded.text, count=2))}</records>"
        root, note = xmlfile.parse(whole.encode("utf-8", "replace"))
        notes = (*decoded.notes, *((note,) if note else ()))
        records = list(_records(root))
        if not records:
            name = xmlfile.root_name(source.head())
            yield source.reject("unknown-format", f"XML of a kind that is not known, with the root {name!r}")
        for number, (record, body) in enumerate(records, 1):
            values = _values(record, body)
            line = number if len(records) > 1 else None
            yield article_from(
                values, source, self.name, line=line, columns={name: name for name in values}, notes=notes
            )


def _records(root: Any) -> Iterator[tuple[Any, Any]]:
    """Each article's element with the element of its text, in the file's order."""
    names = set(known_columns()["body"])
    bodies = [node for node in root.iter() if fold_column(local_name(node)) in names]
    around = {up for node in bodies for up in node.iterancestors()}
    bodies = [node for node in bodies if node not in around and len("".join(node.itertext()).strip()) >= _SHORTEST]
    held: Counter[Any] = Counter()
    for node in bodies:
        held.update(node.iterancestors())
    for node in bodies:
        record = node
        for up in node.iterancestors():
            if held[up] != 1:
                break
            record = up
        yield record, node


def _values(record: Any, body: Any) -> dict[str, str]:
    """The fields found below an article's element; of several elements with a field's names the best name's first."""
    found: dict[str, str] = {}
    elements = [(fold_column(name), value.strip()) for name, value in _named(record, body)]
    for key, value in elements:
        if value:
            found.setdefault(key, value)
    taken = {key for key, _ in elements}
    for name, value in record.attrib.items():
        key = "language" if name == XML_LANG else fold_column(name.rpartition("}")[2])
        if key not in taken and value.strip():
            found.setdefault(key, value.strip())
    values: dict[str, str] = {}
    for field, names in known_columns().items():
        best = next((found[name] for name in names if name in found), "")
        if field != "body" and best:
            values[field] = best
    raw = "".join(body.itertext())
    if values.get("id", "").isdigit():
        del values["id"]  # a number that counts the records of one export is no name for an article
    values["body"] = _INDENTED.sub("\n\n", "\n" + raw) if not len(body) and _INDENTED.search(raw) else text_of(body)
    if not len(body):
        values["body"] = "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", values["body"]))
    return values


def _named(record: Any, body: Any) -> Iterator[tuple[str, str]]:
    """Name and text of each element outside the article's text; an element with elements gives its first one's."""
    inside = set(body.iter())
    for node in record.iter():
        if node in inside or not isinstance(node.tag, str):
            continue
        first = next((child for child in node if isinstance(child.tag, str)), None)
        known = first is not None and any(fold_column(local_name(first)) in names for names in known_columns().values())
        text = node.text if known or first is None else "".join(first.itertext())
        yield local_name(node), text or ""
