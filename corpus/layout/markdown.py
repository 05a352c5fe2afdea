"""Pages written as Markdown by converters (html2text, markdownify, pandoc, Turndown): links broken over lines mended.

`logical_lines` puts broken paragraphs and links on one line each; `plain` takes the marks out of one line.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.layout.unwrap import column_of, goes_on, is_item, without_line_ends

_INSIDE = r"(?:[^\[\]\\]|\\.)*"
_TARGET = r"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_IMAGE = re.compile(rf"!\[({_INSIDE})\](?:{_TARGET}|\[[^\[\]]{{0,40}}\])")
_LINK = re.compile(rf"\[({_INSIDE})\]{_TARGET}")
_BY_NUMBER = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\[\w{0,40}\]")
_DEFINITION = re.compile(r"^\s*\[[^\[\]]{1,40}\]:\s+\S")
_TAIL = re.compile(rf"^\s*\]{_TARGET}|\[\s*$")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,200}?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]{1,200}?)(?<=\S)_(?!\w)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n\s*(?=[^\W\d_])")
_OPEN_TARGET = re.compile(r"\]\((?:[^()\\\s]|\\.|\([^()]*\))*$|\]\([^()]*\s\"[^\"]*$")
_LEAST_LINKS, _LEAST_HEADINGS = 3, 2
_HEADING = re.compile(r"^#{1,6} \S", re.M)
_NOT_BROKEN = re.compile(r"\]\(|://|\||^#|^ {4}|^>")
_NARROWEST, _WIDEST = 60, 100
_BEYOND = 0.04
"""Converters break plain paragraphs alone; of these, so many may be longer than the column."""
_MOST_LINES = 12
"""Over so many lines a link may be broken."""


def is_markdown(text: str) -> bool:
    """Whether a page is Markdown: it has some links written so, or some headings."""
    return text.count("](") >= _LEAST_LINKS or len(_HEADING.findall(text[:20_000])) >= _LEAST_HEADINGS


def logical_lines(text: str) -> list[tuple[int, str]]:
    """(number, line) of a page, from 1; a paragraph or link that was broken is one line with its line ends inside."""
    lines = text.split("\n")
    paragraphs = ["" if _NOT_BROKEN.search(line) or is_item(line) else line for line in lines]
    width = column_of(paragraphs, _BEYOND) or _column_of_few(paragraphs)
    found: list[tuple[int, str]] = []
    held, before = 0, ""
    for number, line in enumerate(lines, 1):
        if held < _MOST_LINES and found and _continues(before, line, width):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
            before = f"{before}\n{line}" if is_open(f"{before}\n{line}") else line
            held = held + 1 if "\n" in before else 0
        else:
            found.append((number, line))
            held, before = 0, line
    return found


def _column_of_few(lines: list[str]) -> int:
    """The column of a short page: its longest line, when that is narrow and a line goes on in the midst of a sentence.

    A single line end inside a paragraph of Markdown is a space, so less must speak for it than in plain text.
    """
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    broken = sum(goes_on(line, after, width) and after.lstrip()[0].islower() for line, after in pairwise(lines))
    return width if broken >= 2 else 0


def _continues(before: str, line: str, width: int) -> bool:
    if not line.strip() or not before.strip():
        return False
    if is_open(before):
        return True
    last = before.rpartition("\n")[2]
    if not width or last.endswith("  ") or is_item(line) or _HEADING.match(line) or line.startswith(">"):
        return False
    return "](" in last or goes_on(last, line, width)


def is_open(text: str) -> bool:
    """Whether a link begins in a text and does not end there."""
    if "[" not in text[-2000:]:
        return False
    rest = _LINK.sub("", _IMAGE.sub("", text[-4000:]))
    return bool(_OPEN_TARGET.search(rest)) or rest.rfind("[") > rest.rfind("]")


def one_line(text: str) -> str:
    """A logical line without its line ends; a word broken at its hyphen is whole again."""
    return without_line_ends(_HYPHEN.sub("-", text))


def plain(text: str) -> tuple[str, float]:
    """A line without the marks of links, pictures, emphasis and escapes, and the share of it that was links."""
    without = _IMAGE.sub(" ", text)
    alone = " ".join(_IMAGE.findall(text)) if without != text else ""
    linked = 0

    def shown(found: re.Match[str]) -> str:
        nonlocal linked
        linked += len(found.group(1).strip())
        return found.group(1)

    without = _BY_NUMBER.sub(shown, _LINK.sub(shown, without))
    without = _TAIL.sub(" ", _TAIL.sub(" ", without))
    without = _EMPHASIS.sub(lambda found: found.group(1) or found.group(2), without)
    without = " ".join(_ESCAPE.sub(r"\1", without).split())
    if not re.search(r"\w", without):
        return " ".join(_ESCAPE.sub(r"\1", alone).split()), 1.0
    return without, 1.0 if _DEFINITION.match(text) else linked / len(without)
