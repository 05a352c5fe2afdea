"""The layer: other ways in which people type what stands in a text, each findable as one word.

E-Mail → email, O'Brien → obrien, U.S. → us, Covid-19 → covid19, 1.234,5 → 1234.5, C++ → c++, Müller → mueller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from indexer.analysis.characters import APOSTROPHES, HYPHENS
from indexer.analysis.folding import Speller, fold, speller

SPACES = " \u00a0\u2009\u202f"
"""Characters that part groups of digits."""
MAX_CHAIN = 64
_JOINTS = re.compile(f"[{HYPHENS}{APOSTROPHES}&.]")
_NUMBER = re.compile(rf"[0-9]+(?:[.,{SPACES}{APOSTROPHES}][0-9]+)+")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
_LINE_END = re.compile(r"[-‐]\r?\n")


def _number(text: str) -> tuple[str, ...]:
    """The number that digits with separators stand for, with a point before decimals; two when it can be read twice."""
    separators = [c for c in text if not c.isdigit()]
    groups = re.split(rf"[.,{SPACES}{APOSTROPHES}]", text)
    grouped = 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    if len(set(separators)) == 1:
        whole = grouped and all(len(g) == 3 for g in groups[1:])
        readings = ["".join(groups)] if whole else []
        if len(groups) == 2 and separators[0] in ".,":
            readings.append(".".join(groups))
        return tuple(readings)
    decimal = separators[-1] in ".," and separators[-1] not in separators[:-1] and len(set(separators)) == 2
    if decimal and grouped and all(len(g) == 3 for g in groups[1:-1]):
        return ("".join(groups[:-1]) + "." + groups[-1],)
    return ()


def of_chain(chain: str, spell: Speller | None = None) -> tuple[str, ...]:
    """Layer terms of words that are joined by single signs, such as `E-Mail`; chains that are too long have none."""
    if len(chain) > MAX_CHAIN:
        return ()
    spell = spell or speller()
    if chain.isascii() or not any(c.isdecimal() for c in chain):
        digits = chain
    else:
        digits = "".join(str(int(c)) if c.isdecimal() else c for c in chain)
    found = [reading for match in _NUMBER.finditer(digits) for reading in _number(match.group())]
    for whole in joined(chain):
        found.append(fold(whole))
        other = spell(whole)
        if other:
            found.append(other)
    return tuple(dict.fromkeys(term for term in found if term))


def joined(chain: str) -> Iterator[str]:
    """The words of a chain written as one; of three or more also each two neighbours (E-Mail-Redaktion, E-Mail)."""
    if re.search(r"[.,\s]", _dots_out(chain)):
        return
    parts = [part for part in _JOINTS.split(_POSSESSIVE.sub("", chain)) if part]
    yield "".join(parts)
    if len(parts) > 2 and "." not in chain:
        yield from (a + b for a, b in pairwise(parts))


def _dots_out(chain: str) -> str:
    """The chain without the points of initials (U.S.), so that points which remain part numbers."""
    return re.sub(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?![^\W_]))", r"\1", chain) if "." in chain else chain


def of_word(surface: str, spell: Speller | None = None) -> tuple[str, ...]:
    """Layer terms of one word: its letters spelled out, and the halves of one that a line end broke."""
    other = (spell or speller())(surface)
    if "\n" not in surface:
        return (other,) if other else ()
    found = [other or "", *map(fold, _LINE_END.split(surface))]
    return tuple(dict.fromkeys(term for term in found if term))


def of_signed(surface: str, signs: str) -> str:
    """The layer term of a word with signs behind it: C++, C#."""
    return fold(surface) + signs
