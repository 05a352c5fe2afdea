"""How the words of a query may stand in a text: with other letters, and at which places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.analysis.characters import APOSTROPHES
from indexer.analysis.folding import speller
from indexer.analysis.segmenting import sizes
from indexer.analysis.words import Word, positions, split


def other_spellings(surface: str, folded: str) -> Iterable[str]:
    """Müller → mueller, and back: Mueller → muller; behind a vowel or q, ue is no ü (neue, Quelle)."""
    other = speller()(surface)
    if other:
        yield other
    contracted = "".join(_contract(folded))
    if contracted != folded:
        yield contracted


def _contract(folded: str) -> Iterable[str]:
    before, i = "q", 0
    while i < len(folded):
        yield folded[i]
        umlaut = folded[i : i + 2] in ("ae", "oe", "ue") and before not in "aeiouq"
        before = "e" if umlaut else folded[i]
        i += 2 if umlaut else 1


def parted(words: Sequence[Word], folded: Sequence[str]) -> tuple[str, ...]:
    """The terms at their places in texts where a sign parts them, too (阿德耶米-克拉克); empty without one."""
    terms: list[str] = []
    for place, term in zip(positions(words), folded, strict=True):
        terms += [""] * (place - len(terms)) + [term]
    return tuple(terms) if len(terms) > len(folded) and all(folded) else ()


def spaced(surfaces: Sequence[str], folded: Sequence[str], language: str) -> tuple[str, ...]:
    """A segmenter's words at the places of their first characters, nothing at the others."""
    terms: list[str] = []
    for count in sizes(surfaces, folded, language):
        terms += ["".join(folded[len(terms) : len(terms) + count]), *[""] * (count - 1)]
    return tuple(terms)


def whole_enough(text: str, stems: Sequence[str]) -> bool:
    """Whether the stems of joined words say what was typed, though stop words have none.

    Those of `mother-in-law` and `d'Orsay` do, of `AT&T` only a T is left.
    """
    if all(stems) or (stems[0] and stems[-1]):
        return True
    first = split(text)[0]
    return not stems[0] and text[first.end : first.end + 1] in APOSTROPHES and len(stems[-1]) > 2
