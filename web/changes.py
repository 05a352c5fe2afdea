"""The way from one text to another as HTML: what went in <del>, what came in <ins>, with words for those who listen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from indexer.differences import Step
from web.i18n import gettext, locale_name

_GAP = re.compile(r"\n\s*\n\s*|\n")


def changed(steps: Iterable[Step]) -> list[Markup]:
    """The paragraphs of the newer text, and within them what the older one had instead."""
    pieces: list[list[Markup]] = [[]]
    for step in steps:
        if step.change == "equal":
            for number, part in enumerate(_GAP.split(step.new)):
                if number:
                    pieces.append([])
                pieces[-1].append(escape(part))
            continue
        _mark(pieces, step.old, "del", gettext("taken out"), breaks=False)
        _mark(pieces, step.new, "ins", gettext("put in"), breaks=True)
    joined = [Markup("").join(parts) for parts in pieces]
    return [paragraph for paragraph in joined if paragraph.strip()]


def _mark(pieces: list[list[Markup]], text: str, tag: str, said: str, *, breaks: bool) -> None:
    """Append a stretch; a paragraph that was joined to the next shows as a pilcrow."""
    for number, part in enumerate(_GAP.split(text)):
        if number and breaks:
            pieces.append([])
        elif number:
            pieces[-1].append(Markup('<del class="break" aria-hidden="true">¶</del> '))
        if part.strip():
            # spaces at the ends stay outside, so that lines are struck and underlined no longer than words
            bare = part.strip()
            before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
            marked = Markup('{}<{tag}><span class="visually-hidden" lang="{}">{}: </span>{}</{tag}>{}')
            told = marked.format(before, locale_name(), said, bare, after, tag=Markup(tag))  # noqa: S704  our own tag
            pieces[-1].append(told)
        else:
            pieces[-1].append(escape(part))
