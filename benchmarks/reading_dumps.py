"""Ways in which tools turn a page into text, so that reading is measured on more kinds of dumps than one.

`inscriptis` and `html2txt` (trafilatura) are the tools themselves. `blocks`, `markdown`, `links` and `wrapped` are done
here in the manner of html-text, html2text, lynx -dump and w3m -dump: blocks parted by empty lines, Markdown wrapped at
78 columns, numbered links with their list at the end in lines of 72, and plain text in lines of 80. `nodes` and
`oneline` are a line per text node, and all on one line.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

from corpus.markup import local_name, parse_html, text_of

HEADINGS = {f"h{level}": level for level in range(1, 7)}


def inscriptis(page: str) -> str:
    from inscriptis import get_text

    return get_text(page)


def html2txt(page: str) -> str:
    from trafilatura import html2txt as convert

    return convert(page)


def blocks(page: str) -> str:
    return text_of(parse_html(page))


def markdown(page: str) -> str:
    root = parse_html(page)
    for node in list(root.iter("a", "li", *HEADINGS)):
        name = local_name(node)
        if name == "a" and node.get("href") and not len(node) and (node.text or "").strip():
            node.text = f"[{node.text.strip()}]({node.get('href')})"
        elif name in HEADINGS:
            node.text = f"{'#' * HEADINGS[name]} {(node.text or '').lstrip()}"
        elif name == "li":
            node.text = f"* {(node.text or '').lstrip()}"
    return _wrapped(text_of(root), 78)


def links(page: str) -> str:
    root = parse_html(page)
    addresses = [node.get("href") for node in _numbered(root)]
    end = "\n".join(f"{number:4}. {address}" for number, address in enumerate(addresses, 1))
    return f"{_wrapped(text_of(root), 69, '   ')}\n\nReferences\n\n   Visible links\n{end}\n"


def _numbered(root: Any) -> list[Any]:
    """Every link, once its text begins with its number in brackets; list items get their star."""
    found = [node for node in root.iter("a") if node.get("href")]
    for number, node in enumerate(found, 1):
        node.text = f"[{number}]{node.text or ''}"
    for node in root.iter("li"):
        node.text = f"* {(node.text or '').lstrip()}"
    return found


def wrapped(page: str) -> str:
    root = parse_html(page)
    for node in root.iter("li"):
        node.text = f"• {(node.text or '').lstrip()}"
    return _wrapped(text_of(root), 80)


def nodes(page: str) -> str:
    """Every text node on a line of its own, the title element first, as Beautiful Soup's `get_text` gives it."""
    root = parse_html(page)
    for node in root.iter("script", "style", "noscript", "template"):
        node.text = ""
    lines = (" ".join(text.split()) for text in root.itertext() if isinstance(text, str))
    return "\n".join(line for line in lines if line)


def oneline(page: str) -> str:
    return " ".join(nodes(page).split())


def _wrapped(text: str, width: int, indent: str = "") -> str:
    lines = (
        textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False,
                      break_on_hyphens=False)
        for line in text.split("\n")
    )  # fmt: skip
    return "\n".join(lines)


DUMPERS: dict[str, Callable[[str], str]] = {
    "inscriptis": inscriptis, "html2txt": html2txt, "blocks": blocks, "markdown": markdown, "links": links,
    "wrapped": wrapped, "nodes": nodes, "oneline": oneline,
}  # fmt: skip
