"""XML files opened safely: no entity is expanded, nothing is loaded, depth and text are bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.markup import local_name, text_of, xml_parser

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)


class BrokenXmlError(Exception):
    """The XML cannot be read at all; becomes a rejection."""


def root_name(head: bytes) -> str:
    """Local name of the root element by the beginning of a file, or nothing when it is no XML."""
    text = head.replace(b"\x00", b"").decode("utf-8", "replace").lstrip("\ufeff\ufffd \t\r\n")
    if not text.startswith("<"):
        return ""
    found = _ROOT.search(_COMMENT.sub("", text))
    return found.group(1) if found else ""


def parse(data: bytes) -> tuple[Any, str | None]:
    """Root element and a note when the file had to be mended. Raises `BrokenXmlError`.

    A document type is cut out first: entities of a file's own are how bombs and readings of other files are made.
    """
    if b"<!DOCTYPE" in data or b"<!doctype" in data:
        data = _DOCTYPE.sub(b"", data, count=1)
    try:
        return etree.fromstring(data, xml_parser()), None
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = str(error)
    try:
        root = etree.fromstring(data, xml_parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise BrokenXmlError(fault)
    return root, f"not well-formed ({fault}); read as far as possible"


def find(root: Any, *names: str) -> Any:
    """The first element below whose local names follow this path of descendants, or None."""
    return next(find_all(root, *names), None)


def find_all(root: Any, *names: str) -> Iterator[Any]:
    """Every element below with the last name inside elements with the names before it; names have no case."""
    wanted = names[-1].lower()
    for node in root.iter():
        if node is not root and local_name(node) == wanted and _within(node, root, names[:-1]):
            yield node


def _within(node: Any, root: Any, names: tuple[str, ...]) -> bool:
    left = [name.lower() for name in names]
    parent = node.getparent()
    while parent is not None and left:
        if local_name(parent) == left[-1]:
            left.pop()
        if parent is root:
            break
        parent = parent.getparent()
    return not left


def text(node: Any) -> str:
    """The plain text of an element on one line, or nothing for None."""
    return " ".join("".join(node.itertext()).split()) if node is not None else ""


def prose(node: Any) -> str:
    """The plain text of an element with its paragraphs."""
    return text_of(node) if node is not None else ""
