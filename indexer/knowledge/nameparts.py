"""A name in its parts, as two names are compared part by part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.knowledge.chinese import chinese_parts
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.tables import cues

_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_DOTS = re.compile("[·・•‧＝=]")
_PARTS = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*\.?")
_ARTICLE = re.compile(
    r"(?:al|el|ul|аль|эль|ель|[aeuаэе](?P<sun>sch|sh|sz|ch|[dnrstzднрстзш])(?=-(?P=sun)))-|ال(?=\w{3})", re.IGNORECASE
)
"""The Arabic article before a family name, which takes the sound that follows: al-Sharaa, asch-Scharaa, аш-Шараа."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; particles left out. `native`: in Chinese characters and in the order of Chinese names."""

    text: str
    language: str
    parts: tuple[str, ...]
    script: str
    native: bool = False


def in_characters(name: Name) -> bool:
    """Whether a name is written in Chinese characters, as Chinese does and Japanese, where they have other sounds,
    does not."""
    return name.script == "Hani" and any(part_of(part, name.language).characters for part in name.parts)


@lru_cache(maxsize=32_768)
def _is_particle(part: str) -> bool:
    return fold(part) in cues("particles")


@lru_cache(maxsize=131_072)
def parse_name(text: str, language: str = "") -> Name:
    """The parts of a name; `Last, First` is turned round, Chinese parts are split at dots."""
    if text.count(",") == 1:
        last, first = text.split(",")
        text = f"{first.strip()} {last.strip()}"
    script = script_of(text)
    turned = chinese_parts(text, script)
    if turned:
        return Name(text, language, turned, script, script == "Hani")
    parts = [part.rstrip(".") for part in _PARTS.findall(_DOTS.sub(" ", text))]
    parts[1:] = [_ARTICLE.sub("", part, 1) if _ARTICLE.match(part) else part for part in parts[1:]]
    kept = tuple(part for part in parts if not _is_particle(part)) or tuple(parts)
    return Name(text, language, kept, script)


class Part(NamedTuple):
    """A part of a name as it is compared: folded, its script, whether characters spell it, whether it is an initial."""

    folded: str
    script: str
    characters: bool
    initial: bool


@lru_cache(maxsize=32_768)
def part_of(text: str, language: str) -> Part:
    folded, script = fold(text), script_of(text)
    characters = bool(_IDEOGRAPH.search(text)) and language != "ja"
    return Part(folded, script, characters, len(folded) == 1 and script != "Hani")
