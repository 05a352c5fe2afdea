"""Names out of an author field as houses fill it: "By Anna Berg and Jan Thal, Reuters"."""

from __future__ import annotations

import re

from corpus.layout import agencies
from corpus.layout.head import is_name

_BY = re.compile(
    r"^(?:(?:(?:written|reported|story|text)\s+)?by|autor(?:ka|in)?|auteur|автор|аўтар)(?:\s*:\s*|\s+)", re.I
)
_OF = re.compile(r"^(?:von|par|por|di|door)(?:\s*:\s*|\s+)", re.I)
"""These words may begin a name, too: they are left out only before one that is whole without them."""
_AND = re.compile(r"\s+(?:and|und|et|y|e|i|и|і|en|&)\s+")
_PLACES = frozenset({"staff", "staff writer", "staff reporter", "correspondent", "associated press writer"})


def people(text: str) -> list[str]:
    """The persons that an author field names.

    What comes before the name is left out, and after it an agency or the writer's place in the house. A field is taken
    apart only where every part is a name: "Berg, Anna" is one person, and "Marks and Spencer" a house.
    """
    whole = _BY.sub("", text.strip())
    without = _OF.sub("", whole)
    if without != whole and without[:1].isupper() and (parts := _parts(without)):
        return parts
    return _parts(whole) or [whole] * bool(whole)


def _parts(text: str) -> list[str]:
    parts = [part.strip(" .") for part in re.split(r"\s*[,;|]\s*", text)]
    named = [part for part in parts if part and not _is_house(part.casefold())]
    names = [name for part in named for name in _AND.split(part)]
    return names if names and all(map(is_name, names)) else []


def _is_house(folded: str) -> bool:
    return folded in agencies() or folded in _PLACES
