"""Words and phrases that are somebody's name: they find the entity as well, in whatever language it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.analysis.words import split
from indexer.query.forms import FormMaker, WordForms
from indexer.query.nodes import And, Node, Or
from indexer.query.tree import Group, Part, Quoted, Word

LONGEST = 4
"""Words of a name at most."""

Rows = list[tuple[Part, Node]]


def phrase(asked: Quoted, maker: FormMaker) -> WordForms:
    """The forms of a phrase, with the entities whose whole name it is."""
    forms = maker.phrase(asked.text, asked.field)
    if asked.field is not None or asked.near is not None or len(split(asked.text)) < 2:
        return forms
    return replace(forms, forms=(*forms.forms, *maker.entities(asked.text)))


def with_entities(rows: Rows, maker: FormMaker, words: list[WordForms], any_word: bool) -> Rows:
    """Plain words side by side that are a whole name find the entity too, with all of them or instead of them."""
    found: Rows = []
    at = 0
    while at < len(rows):
        size, forms = _name(rows[at:], maker)
        run = rows[at : at + size]
        if forms is None:
            found.extend(run)
        else:
            words.append(forms)
            both = Group(tuple(part for part, _ in run))
            if any_word:
                found.extend([*run, (both, forms.node())])
            else:
                found.append((both, Or((And(tuple(node for _, node in run)), forms.node()))))
        at += size
    return found


def parts_of_names(parts: Sequence[Part], lookup: Callable[[str], Sequence[str]]) -> set[int]:
    """The numbers of plain words side by side that are a whole name as articles print it, as is И of Ван И."""
    found: set[int] = set()
    for at in range(len(parts)):
        run = _plain(parts[at : at + LONGEST])
        for size in range(len(run), 1, -1):
            if lookup(" ".join(run[:size])):
                found.update(range(at, at + size))
                break
    return found


def _plain(parts: Iterable[Part]) -> list[str]:
    """The plain words with which parts begin."""
    plain = (part.text if isinstance(part, Word) and part.kind == "plain" and not part.field else "" for part in parts)
    return list(takewhile(bool, plain))


def _name(rows: Sequence[tuple[Part, Node]], maker: FormMaker) -> tuple[int, WordForms | None]:
    """How many of the first words are a whole name, and its forms; one word and None when they are none."""
    run = _plain(part for part, _ in rows[:LONGEST])
    for size in range(len(run), 1, -1):
        text = " ".join(run[:size])
        forms = maker.entities(text)
        if forms:
            return size, WordForms(text, None, forms)
    return 1, None
