"""Texts as HTML: escaped, with what matched and who is named in them marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

Span = tuple[int, int]
_GAP = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of text that names an entity: `href` leads to it, `kind` is person, place or organisation."""

    start: int
    end: int
    href: str
    kind: str
    label: str


def joined(spans: Iterable[Span], length: int) -> list[Span]:
    """The spans within a text of this length in order, those that touch or overlap made one."""
    whole: list[Span] = []
    for start, end in sorted((max(0, s), min(e, length)) for s, e in spans):
        if end <= start:
            continue
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def marked(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> Markup:
    """text[start:end] with <mark> around each span; offsets are those of `text`."""
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for begin, stop in joined(spans, len(text)):
        begin, stop = max(begin, start), min(stop, end)
        if stop <= begin:
            continue
        parts += (escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>")
        at = stop
    parts.append(escape(text[at:end]))
    return Markup("").join(Markup(part) for part in parts)  # noqa: S704  each part has been escaped above


def annotated(
    text: str, spans: Sequence[Span], names: Sequence[Named], start: int = 0, end: int | None = None
) -> Markup:
    """Like `marked`, with each name (the first of two that overlap) a link around its stretch."""
    end = len(text) if end is None else end
    pieces: list[Markup] = []
    at = start
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if name.start < at or name.end > end or name.end <= name.start:
            continue
        pieces.append(marked(text, spans, at, name.start))
        inner = marked(text, spans, name.start, name.end)
        pieces.append(
            Markup('<a class="name name-{}" href="{}" title="{}" rel="nofollow">{}</a>').format(
                name.kind, name.href, name.label, inner
            )
        )
        at = name.end
    pieces.append(marked(text, spans, at, end))
    return Markup("").join(pieces)


def paragraphs(text: str) -> list[Span]:
    """Where the paragraphs of a body lie."""
    found: list[Span] = []
    at = 0
    for gap in _GAP.finditer(text):
        found.append((at, gap.start()))
        at = gap.end()
    found.append((at, len(text)))
    return [(start, end) for start, end in found if text[start:end].strip()]
