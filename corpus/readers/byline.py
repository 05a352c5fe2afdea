"""Names out of an author field as houses fill it: "By Anna Berg and Jan Thal, Reuters"."""

from __future__ import annotations

import re

from corpus.layout import agencies
from corpus.layout.names import is_name

_BY = re.compile(
    r"^(?:(?:(?:written|reported|story|text)\s+)?by|autor(?:ka|in)?|auteur|автор|аўтар)(?:\s*:\s*|\s+)", re.I
)
_OF = re.compile(r"^(?:von|par|por|di|door)(?:\s*:\s*|\s+)", re.I)
"""These words may begin a name, too: they are left out only before one that is whole without them."""
_AND = re.compile(r"\s+(?:and|und|et|y|e|i|и|і|en|&)\s+")
_PART = re.compile(r"\s*[,;|]\s*|\s+/\s+")
_PLACE = re.compile(
    r"(?:^|\s)(?:staff|desk|(?:writer|reporter|correspondent|editor)s?|redaktion|redakteur(?:in)?|korrespondent(?:in)?|"
    r"correspondante?s?|rédaction|redacción|redactora?|corresponsal(?:es)?|redazione|корреспондент\w*|обозреватель|"
    r"редакция|redaktor\w*|korespondent\w*)$",
    re.I,
)
"""Ends of what is written behind a name: the writer's place in the house."""
_INITIALS = re.compile(r"[a-z]{1,4}(?:/[a-z]{1,4})*|[a-z]+[._][a-z]+")
"""`gr/bp` and `berg.anna`: how desks sign, and nobody's name."""
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}", re.I)


_BESIDE = re.compile(r"\s*[(\[](?:https?:|www\.|\w+@|images?\b|photos?\b|fotos?\b|©)[^)\]]*[)\]]", re.I)
"""What stands in brackets behind a name and is none: an address, whose the picture is."""
_GOES_ON = re.compile(r"^(?:and|und|et|y|e|i|и|і|en|&)\s+(?=[^\W\d_])(?![a-zа-яёіў])")
"""The last of a list that was taken apart at its commas."""


def is_place(text: str) -> bool:
    """Whether a field names no person but the writer's place in the house: `Times Staff Writer`."""
    return bool(_PLACE.search(text))


def people(text: str) -> list[str]:
    """The persons that an author field names.

    What comes before the name is left out, and after it an agency or the writer's place in the house. A field is taken
    apart only where every part is a name: "Berg, Anna" is one person, and "Marks and Spencer" a house.
    """
    whole = _GOES_ON.sub("", _BY.sub("", _BESIDE.sub("", text).strip()))
    if "@" in whole or not re.search(r"[^\W\d_]", whole):
        return []
    if _INITIALS.fullmatch(whole) or _PLACE.sub("", whole).casefold() in agencies() - {whole.casefold()}:
        return []
    without = _OF.sub("", whole)
    if without != whole and without[:1].isupper() and (parts := _parts(without)):
        return parts
    return _parts(whole) or [whole] * bool(whole)


def _parts(text: str) -> list[str]:
    parts = [part.strip(" .") for field in _PART.split(text) for part in _unslashed(field)]
    named = [part for part in parts if part and not _is_house(part)]
    names = [name for part in named for name in _AND.split(part)]
    return names if names and all(map(is_name, names)) else []


def _unslashed(field: str) -> list[str]:
    """`Jan Thal/TT` in its two parts, where the second is a house."""
    head, _, tail = field.rpartition("/")
    return [head, tail] if head and _is_house(tail.strip()) else [field]


def _is_house(part: str) -> bool:
    return part.casefold() in agencies() or bool(_PLACE.search(part) or _HOST.fullmatch(part))
