"""HTML and XML made safe to parse, and the plain text of marked-up pieces."""

from __future__ import annotations

import html
import re
from typing import Any

from lxml import etree

_MARKUP = re.compile(
    r"<(?:p|br|hr|div|span|a|b|i|u|em|strong|small|big|sub|sup|font|center|cite|code|ul|ol|li|h[1-6]|img|table|tr|td"
    r"|blockquote|figure|article|section|script|style|iframe|object|embed|applet|blink|link|meta|frameset)\b[^<>]*>",
    re.I,
)


def names(text: str) -> frozenset[str]:
    """A set of words written as one text."""
    return frozenset(text.split())


_BLOCKS = names(
    """p div br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr blockquote pre figure figcaption section article header
    footer aside nav main address form fieldset hl1 hl2 block body.content block-quote media title caption lg l ab head
    quote item"""
)
_CELLS = names("td th")
_SILENT = names("script style noscript template iframe object embed svg math head title textarea select button")
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})\s[^<>]{100000,}>?")
"""A start tag of a million attributes: libxml2 compares each with each."""
_DEPTH = 200
"""Elements below this depth keep their text, but open no paragraphs of their own."""


def looks_like_markup(text: str) -> bool:
    return "<" in text and bool(_MARKUP.search(text))


def without_long_tags(text: str) -> str:
    """A page without the attributes of start tags that are longer than any real one."""
    return _LONG_TAG.sub(r"<\1>", text)


def parse_html(text: str) -> Any:
    """The root element of a page or fragment, or None when there is none; never touches the network."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, recover=True, remove_pis=True, encoding="utf-8")
    clean = without_long_tags(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", "")))
    try:
        return etree.fromstring(clean.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def xml_parser(**more: Any) -> Any:
    """A parser that expands no entities, loads nothing and bounds depth and text."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=True, **more
    )


def text_of_markup(text: str) -> str:
    """The plain text of a marked-up piece, paragraphs parted by an empty line."""
    root = parse_html(f"<div>{text}</div>")
    return text_of(root) if root is not None else html.unescape(re.sub(r"<[^<>]*>", " ", text))


def text_of(root: Any, *, silent: frozenset[str] = _SILENT, blocks: frozenset[str] = _BLOCKS) -> str:
    """The text below an element: one paragraph per block element, scripts and forms left out; no recursion."""
    pieces: list[str] = []
    quiet = depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not quiet and node.tail and node is not root:
                pieces.append(node.tail)
            continue
        name = local_name(node)
        if event == "start":
            depth += 1
            quiet += name in silent
            if name in blocks and depth < _DEPTH:
                pieces.append("\n\n" if name != "br" else "\n")
            elif name in _CELLS:
                pieces.append(" ")
            if node.text and not quiet:
                pieces.append(re.sub(r"\s+", " ", node.text))
        else:
            depth -= 1
            quiet -= name in silent
            if name in blocks and name != "br" and depth < _DEPTH:
                pieces.append("\n\n")
            if node.tail and not quiet and node is not root:
                pieces.append(re.sub(r"\s+", " ", node.tail))
    joined = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", "".join(pieces))
    return re.sub(r"\n{2,}", "\n\n", re.sub(r"[^\S\n]+", " ", joined)).strip()


def local_name(node: Any) -> str:
    tag = node.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
