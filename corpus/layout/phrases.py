"""Which phrases of the language packs mark a line as page chrome, and which kind of chrome it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from types import MappingProxyType

from corpus.languages import Layout, codes, fold_key, has_pack, pack
from corpus.layout.marks import marks

_TRIM = " \t:.…!·•|»«›‹→←>+▼▲▶►–—-()[]#*✕×\u200e\u200f"
_COUNT = re.compile(r"^[(\[]?\d[\d.,\s]*[)\]]?\s*|\s*[(\[]?\d[\d.,\s]*[kKM]?[)\]]?$")
_LEGAL = re.compile(r"^(?:©|\(c\)|copyright\b)|©\s*(?:19|20)\d\d", re.I)
_ADDRESS = re.compile(r"^(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|#\w+(?:[\s,]+#\w+)*)$", re.I)
_LISTED = re.compile(
    r"(?:\d{1,4}\.|iframe:)\s+[a-z][a-z-]{2,}:[^\s\d]|\[[^\[\]\s]{1,80}\.(?:png|jpe?g|gif|svg|webp)\]$",
    re.I,
)
"""A text browser's list of addresses, its frames and pictures."""
_KINDS = tuple(field.name for field in fields(Layout) if field.name != "byline")
_LONG = 16
"""From this many letters on a phrase also counts at the beginning of a longer line."""


class Phrases:
    """The chrome phrases of some languages, looked up by whole line or by the beginning of one."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._whole: dict[str, str] = {}
        starts: dict[str, str] = {}
        for code in languages:
            layout = pack(code).layout
            for kind in _KINDS:
                for phrase in getattr(layout, kind):
                    self._whole.setdefault(phrase.strip(_TRIM), kind)
                    if len(phrase) >= _LONG or (
                        kind in ("footer", "cookie", "subscribe", "related") and " " in phrase.strip()
                    ):
                        starts.setdefault(phrase, kind)
        by_beginning: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for phrase in sorted(starts, key=len, reverse=True):
            by_beginning[phrase[:4]].append((phrase, starts[phrase]))
        self._starts: Mapping[str, list[tuple[str, str]]] = MappingProxyType(dict(by_beginning))

    def is_whole(self, text: str) -> bool:
        """Whether a text is a phrase of page chrome."""
        return fold_key(text).strip(_TRIM) in self._whole

    def kind(self, text: str) -> str:
        """`share`, `related`, `cookie` … for a line that is a phrase of that kind or begins with one, else ""."""
        if _LISTED.match(text):
            return "link"
        key = fold_key(text)
        if len(key) > 300:
            return ""
        trimmed = key.strip(_TRIM)
        found = self._whole.get(trimmed) or self._whole.get(_COUNT.sub("", trimmed).strip(_TRIM))
        if found or not trimmed:
            return found or "symbols"
        if _LEGAL.search(key):
            return "footer"
        if _ADDRESS.match(key):
            return "link"
        before, colon, _ = trimmed.partition(":")
        if colon and self._whole.get(before.strip(_TRIM)) in (
            "related",
            "share",
            "subscribe",
            "advertisement",
            "navigation",
        ):
            return self._whole[before.strip(_TRIM)]
        for phrase, kind in self._starts.get(trimmed[:4], ()):
            whole_words = trimmed.startswith(phrase) and not trimmed[len(phrase) : len(phrase) + 1].isalnum()
            if whole_words and len(key) <= 3 * len(phrase) + 40:
                return kind
        return self._parts(trimmed)

    def _parts(self, key: str) -> str:
        """A line of several buttons in a row: `Facebook Twitter Print` or `Home | News | Sport`."""
        parts = [part.strip(_TRIM) for part in re.split(r"\s*[|•·/»›]\s*|\s{2,}|,\s*", key)]
        if len(parts) == 1:
            parts = key.split()
        parts = [part for part in parts if part]
        if len(parts) < 2:
            return ""
        kinds = [self._whole.get(part, "") for part in parts]
        known = [kind for kind in kinds if kind]
        return known[0] if len(known) == len(parts) or (len(parts) > 3 and len(known) >= 0.7 * len(parts)) else ""


@lru_cache(maxsize=64)
def phrases_for(language: str | None) -> Phrases:
    """The phrases of a language together with English ones, which stand on pages of every language; of all for None."""
    if language is None or not has_pack(language):
        return Phrases(tuple(codes()))
    return Phrases(tuple(dict.fromkeys((language, "en"))))


def is_chrome_line(text: str, language: str | None) -> str:
    """The kind of page chrome a short line is, or "" when it may be the article's."""
    if marks().caption.match(text) and len(text) < 200:
        return "caption"
    return phrases_for(language or None).kind(text)
