"""Words with wildcards and misspelled ones: looked for among written forms, and in the layer."""

from __future__ import annotations

from indexer.analysis.folding import fold
from indexer.analysis.words import split
from indexer.query.forms import Form, FormMaker, WordForms, kinds_of
from indexer.query.nodes import Fuzzy, Node, Nothing, Or, Prefix, Wildcard
from indexer.query.tree import Word, shown

LONG_WORD = 6
"""Letters from which on a fuzzy word without a number may differ by two."""
LEAST_LETTERS = 2
"""Letters that a word with a wildcard must have."""


def letters(word: Word) -> int:
    """How many letters and digits a pattern has."""
    return sum(c.isalnum() for c in word.text)


def too_short(word: Word) -> bool:
    """Whether a pattern has too few letters to be looked for; one character without spaces around is enough."""
    return word.kind != "fuzzy" and letters(word) < LEAST_LETTERS and not any(p.single for p in split(word.text))


def is_plain(word: Word) -> bool:
    """Whether a prefix or fuzzy word is of several words, or of a script without spaces, and looked for as it is."""
    pieces = split(word.text)
    return word.kind != "wildcard" and (len(pieces) > 1 or any(p.single for p in pieces))


def pattern_forms(word: Word, maker: FormMaker) -> WordForms:
    """The one form of a word with wildcards, a prefix or a fuzzy word."""
    text = _fold_pattern(word.text)
    suffixes = ("folded",) if word.kind == "fuzzy" else ("folded", "layer")
    names = [f"{k}_{s}" for k in kinds_of(word.field) for s in suffixes if f"{k}_{s}" in maker.fields]
    nodes = tuple(_leaf(word, name, text) for name in names)
    node: Node = nodes[0] if len(nodes) == 1 else Or(nodes) if nodes else Nothing()
    key = f"{word.kind}:{text}"
    return WordForms(shown(word), word.field, (Form(key, word.kind, None, text, node, key not in maker.disabled),))


def _leaf(word: Word, field: str, text: str) -> Node:
    if word.kind == "prefix":
        return Prefix(field, text)
    if word.kind == "wildcard":
        return Wildcard(field, text)
    return Fuzzy(field, text, word.distance or (1 if len(text) < LONG_WORD else 2))


def _fold_pattern(text: str) -> str:
    """Folds the letters of a pattern and leaves its signs."""
    pieces: list[str] = []
    run = ""
    for c in text:
        if c in "*?":
            pieces += [fold(run), c]
            run = ""
        else:
            run += c
    return "".join([*pieces, fold(run)])
