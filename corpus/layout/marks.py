"""Marks of captions and picture credits (`marks.yaml`), compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from corpus.expressions import any_of


@dataclass(frozen=True, slots=True)
class Marks:
    """Patterns for the whole of a line: `caption` matches a beginning, `credit` is searched for at the end,
    `bracketed` is a credit in brackets at the end of a caption, `notice` is searched for anywhere,
    `source` is a label with the name of the house as the group `name`, `writer` a writer's place in the house.
    `joins` are the words between two names on lines of their own; words of `house` stand in names of houses,
    words of `buttons` in no name."""

    caption: re.Pattern[str]
    credit: re.Pattern[str]
    bracketed: re.Pattern[str]
    notice: re.Pattern[str]
    source: re.Pattern[str]
    writer: re.Pattern[str]
    joins: frozenset[str]
    house: frozenset[str]
    buttons: frozenset[str]


@lru_cache(maxsize=1)
def marks() -> Marks:
    rows = yaml.safe_load((Path(__file__).parent / "marks.yaml").read_text(encoding="utf-8"))
    captions = _any_of(rows["caption"])
    credits = _any_of(rows["credit"])
    return Marks(
        re.compile(rf"[(\[]?(?:{captions})\s*(?:[:：/©|]|by\s|von\s|par\s|[(（])|©\s*\S", re.I),
        re.compile(
            rf"(?:^|[\s.(])(?:{captions})\s*[:：©][^.:]{{2,80}}$|[/(©|,]\s*(?:{credits})\s*[)\].]*$|©[^.]{{2,60}}$",
            re.I,
        ),
        re.compile(
            rf"[(\[]\s*(?:{captions})\s*(?:[:：/©|]|by\s|via\s|of\s)[^()\[\]]{{2,80}}[)\]]\s*\.?$|[(\[]\s*(?:©|{credits})[^()\[\]]{{0,40}}[)\]]\s*$",
            re.I,
        ),
        re.compile("|".join(rows["notice"]), re.I),
        re.compile(
            rf"(?:^|[\s|·•])(?:{_any_of(rows['source'])})\s*[:：]\s*"
            r"(?P<name>[\u3040-\u9fff]{2,12}|[^\s|·•:：]+(?: [^\s|·•:：]+){0,3})",
            re.I,
        ),
        re.compile(rf"(?:(?:{_any_of(rows['rank'])})\s+)*\b(?:{_any_of(rows['writer'])})\b(?:[ ,].*)?", re.I),
        *(frozenset(_listed(rows[name])) for name in ("joins", "house", "buttons")),
    )


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]


def _any_of(words: str) -> str:
    return any_of(_listed(words))
