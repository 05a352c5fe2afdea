"""Thesauri as graphs: SKOS and GND in RDF/XML, Turtle and JSON-LD, read into subjects with their properties.

    for subject in rdf_xml(path): subject.iri, subject.values("prefLabel")   # [(text, language)]

Properties are known by the last part of their name (`skos:prefLabel`, `gndo:variantNameForThePerson`). Of Turtle only
what thesauri are written in is read: prefixes, statements with `;` and `,`, literals, blank nodes (passed over).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.errors import UsageError

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
Value = tuple[str, str]
"""A text or address, and the language of a text (empty: none)."""


@dataclass(slots=True)
class Subject:
    """What a file says of one address: property → values, and where in the file it stands."""

    iri: str
    place: int
    properties: dict[str, list[Value]] = field(default_factory=dict)

    def add(self, name: str, text: str, language: str = "") -> None:
        if text.strip():
            self.properties.setdefault(_last(name), []).append((text.strip(), language))

    def values(self, start: str) -> list[Value]:
        """The values of all properties whose name begins so."""
        return [value for name, row in self.properties.items() if name.startswith(start) for value in row]


def _last(name: str) -> str:
    return re.split(r"[#/}:]", name.rstrip("#/"))[-1]


def rdf_xml(path: Path) -> Iterator[Subject]:
    """Every element of an RDF/XML file that has an address and properties; typed nodes as well as descriptions."""
    parser = etree.iterparse(
        str(path), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
    )
    depth = number = 0
    for event, node in parser:
        depth += 1 if event == "start" else -1
        if event == "start" or depth != 1:
            continue
        number += 1
        subject = Subject(node.get(f"{_RDF}about") or "", number)
        subject.add("type", str(node.tag))
        for child in node:
            if isinstance(child.tag, str):
                text = child.get(f"{_RDF}resource") or (child.text or "")
                subject.add(child.tag, text, child.get(_LANGUAGE) or "")
        node.clear()
        while node.getprevious() is not None:
            del node.getparent()[0]
        if subject.iri:
            yield subject


def json_ld(path: Path) -> Iterator[Subject]:
    """The nodes of a JSON-LD document, expanded or with a context."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise UsageError(f"{path}: not JSON: {error}") from error
    rows = data.get("@graph", [data]) if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise UsageError(f"{path}: expected an object or a list of them")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            continue
        subject = Subject(str(row.get("@id") or row.get("id") or row.get("uri") or ""), number)
        for name, value in row.items():
            if name not in ("@id", "@context", "id", "uri"):
                for text, language in _json_values(value):
                    subject.add("type" if name == "@type" else name, text, language)
        if subject.iri:
            yield subject


def _json_values(value: Any, language: str = "") -> Iterator[Value]:
    """The texts of a value: plain, with a language, a list of them, or a map of languages."""
    if isinstance(value, list):
        for one in value:
            yield from _json_values(one, language)
    elif isinstance(value, str):
        yield value, language
    elif isinstance(value, dict):
        plain = value.get("@value", value.get("@id", value.get("id", value.get("value", value.get("uri")))))
        if isinstance(plain, str):
            yield plain, str(value.get("@language") or value.get("lang") or language)
        else:
            for tag, inner in value.items():
                if isinstance(inner, (str, list)) and not tag.startswith("@"):
                    yield from _json_values(inner, tag)


_TOKEN = re.compile(
    r"""(?P<iri><[^>\s]*>)|(?P<long>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3})"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<language>@[A-Za-z][\w-]*)|(?P<typed>\^\^)"""
    r"""|(?P<mark>[;,.\[\]()](?=\s|$|[\[\]();,.<"]))|(?P<word>[^\s;,<>"'\[\]()]+)|(?P<comment>\#[^\n]*)|(?P<line>\n)|\s+""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def turtle(path: Path) -> Iterator[Subject]:
    """The subjects of a Turtle file."""
    text = path.read_text(encoding="utf-8-sig")
    prefixes: dict[str, str] = {}
    statement: list[tuple[str, str]] = []
    line, begun, depth, at = 1, 1, 0, 0
    while at < len(text):
        match = _TOKEN.match(text, at) if text[at] != "#" else re.compile(r"#[^\n]*").match(text, at)
        if match is None:
            raise UsageError(f"{path}:{line}: cannot be read as Turtle: {text[at : at + 20]!r}")
        at, kind, piece = match.end(), match.lastgroup or "comment", match.group()
        line += piece.count("\n")
        if kind in ("line", "comment") or piece.isspace():
            continue
        depth += (piece in "[(") - (piece in "])") if kind == "mark" else 0
        if kind == "word" and piece.endswith(".") and depth == 0 and not text[at : at + 1].strip():
            kind, piece, ends = "word", piece[:-1], True
        else:
            ends = kind == "mark" and piece == "." and depth == 0
            if ends:
                piece = ""
        if piece:
            begun = line if not statement else begun
            statement.append((kind, piece))
        if ends and statement:
            yield from _stated(statement, prefixes, begun)
            statement = []
        elif statement and statement[0][1].upper() == "PREFIX" and len(statement) == 3:
            _prefix(statement, prefixes)
            statement = []


def _prefix(statement: list[tuple[str, str]], prefixes: dict[str, str]) -> None:
    prefixes[statement[1][1].rstrip(":")] = statement[2][1].strip("<>")


def _stated(statement: list[tuple[str, str]], prefixes: dict[str, str], line: int) -> Iterator[Subject]:
    """The subject of one statement; blank nodes in it are passed over."""
    first = statement[0][1].lower()
    if first == "@prefix" and len(statement) >= 3:
        _prefix(statement, prefixes)
        return
    if first in ("@base", "base", "[") or len(statement) < 3:
        return
    subject = Subject(_address(statement[0][1], prefixes), line)
    verb, depth, value = "", 0, ""
    rows = [*statement[1:], ("mark", ";")]
    for (kind, piece), (next_kind, next_piece) in zip(rows, [*rows[1:], ("mark", "")], strict=True):
        if kind == "mark":
            depth += (piece in "[(") - (piece in "])")
            if piece == ";" and depth == 0:
                verb = ""
        elif depth == 0 and not verb:
            verb = "type" if piece == "a" else _address(piece, prefixes)
        elif depth == 0 and kind in ("text", "long"):
            value = _unescaped(piece[3:-3] if kind == "long" else piece[1:-1])
            subject.add(verb, value, next_piece[1:] if next_kind == "language" else "")
        elif depth == 0 and kind in ("iri", "word"):
            subject.add(verb, _address(piece, prefixes))
    yield subject


def _address(piece: str, prefixes: dict[str, str]) -> str:
    if piece.startswith("<"):
        return piece[1:-1]
    prefix, colon, rest = piece.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes else piece


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPES.get(m[3], m[3]), text)
