"""The title of a page without line ends: its title element comes first, and its heading says the same again.

`Ferry runs aground | Osk Courier Home News Ferry runs aground 14 March By Anna Berg The ferry …`
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_REACH = 120
"""The title element begins within so many characters, behind a skip link or the name of the house."""
_LEAST, _LEAST_WIDE, _MOST = 16, 8, 180
_LEAST_WORDS = 3
_FAR, _TRIES = 100_000, 50
"""So much of a page is looked at, and so many places that begin alike."""
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_EDGE = " \t|-–—_·•:»«›‹/\u3000"
_QUOTES = str.maketrans("‘’‚‛`´“”„‟″«»", '\'\'\'\'\'\'"""""""')


@dataclass(frozen=True, slots=True)
class Key:
    """A text without blanks, case and kinds of quotation marks, and where each of its characters stands."""

    text: str
    places: list[int]


def key_of(text: str) -> Key:
    lowered = text.translate(_QUOTES).lower()
    plain = lowered if len(lowered) == len(text) else text
    places = [place for place, char in enumerate(plain) if not char.isspace()]
    return Key("".join(plain.split()), places)


def repeated_titles(text: str) -> list[str]:
    """What a page says near its beginning and says again below, in order; at most three, as they stand below."""
    key = key_of(text[:_FAR])
    found: list[tuple[int, int]] = []  # where first, where it ends
    titles: list[str] = []
    for start in _starts(key, text):
        if any(first <= start < end for first, end in found) or len(titles) == 3:
            continue
        length, place = _longest(key, text, start)
        if not (_stands_alone(key, text, start, length) or _stands_alone(key, text, place, length)):
            continue
        said = _said(key, text, place, length)
        wide = len(_WIDE.findall(said))
        if length > _MOST - _LEAST:  # a passage
            continue
        if wide >= _LEAST_WIDE or (len(said) >= _LEAST and len(said.split()) >= _LEAST_WORDS):
            found.append((start, start + length))
            titles.append(said)
    return titles


def places(text: str, title: str) -> list[tuple[int, int]]:
    """(first, end) of every place where a title stands in a page."""
    key, wanted = key_of(text), key_of(title).text
    found: list[tuple[int, int]] = []
    place = key.text.find(wanted) if wanted else -1
    while place >= 0:
        end = place + len(wanted)
        found.append((key.places[place], key.places[end - 1] + 1))
        place = key.text.find(wanted, end)
    return found


def says(text: str, title: str) -> bool:
    """Whether a text is a title, blanks, case and kinds of quotation marks apart."""
    return key_of(text).text == key_of(title).text


def _said(key: Key, text: str, place: int, length: int) -> str:
    return text[key.places[place] : key.places[place + length - 1] + 1].strip(_EDGE) if length else ""


def _starts(key: Key, text: str) -> list[int]:
    """Where words begin near the page's beginning; any character where words are not parted."""
    return [
        index
        for index in range(min(_REACH, len(key.text)))
        if not text[key.places[index]].islower() and not _inside(key, text, index)
    ]


def _longest(key: Key, text: str, start: int) -> tuple[int, int]:
    """Length and place in the key of the longest text that begins at a place and stands again below."""
    wide = len(_WIDE.findall(key.text[start : start + _LEAST])) > _LEAST_WIDE // 2
    probe = key.text[start : start + (_LEAST_WIDE if wide else _LEAST)]
    best = (0, 0)
    place = key.text.find(probe, start + len(probe))
    for _ in range(_TRIES):
        if place < 0:
            break
        length = _common(key.text, start, place)
        while length and _inside(key, text, start + length) and _inside(key, text, place + length):
            length -= 1
        if length >= best[0]:
            best = (length, place)
        place = key.text.find(probe, place + 1)
    return best


def _stands_alone(key: Key, text: str, index: int, length: int) -> bool:
    """Whether a stretch of the key is no part of a sentence that goes on: no small letter follows."""
    end = index + length
    after = text[key.places[end]] if end < len(key.places) else ""
    return not after.islower() and after != ","


def _common(text: str, start: int, place: int) -> int:
    """How many characters are the same from two places on, up to the second of them."""
    most = min(_MOST, place - start, len(text) - place)
    return next((step for step in range(most) if text[start + step] != text[place + step]), most)


def _inside(key: Key, text: str, index: int) -> bool:
    """Whether a place in the key is in the midst of a word."""
    if not 0 < index < len(key.places):
        return False
    before, here = key.places[index - 1], key.places[index]
    return here == before + 1 and text[before].isalnum() and text[here].isalnum() and not _WIDE.match(text[here])
