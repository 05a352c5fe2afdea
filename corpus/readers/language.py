"""The language of an article, from its body and title, with what the input declared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.languages import base_code, identify

_ADDRESS = re.compile(r"<[^<>]{0,2000}>|[!-~]{0,200}://[!-~]*|[!-~]{40,}")
"""Elements, addresses, keys: what no language is told by."""


_THREE_LETTERS = {
    "ger": "de", "deu": "de", "eng": "en", "fre": "fr", "fra": "fr", "rus": "ru", "pol": "pl", "spa": "es", "ita": "it",
    "por": "pt", "dut": "nl", "nld": "nl", "bel": "be", "ukr": "uk", "chi": "zh", "zho": "zh", "cmn": "zh", "jpn": "ja",
    "ara": "ar", "arb": "ar", "swe": "sv", "dan": "da", "nor": "no", "nob": "nb", "fin": "fi", "ces": "cs", "cze": "cs",
    "slk": "sk", "slo": "sk", "hun": "hu", "tur": "tr", "ell": "el", "gre": "el", "heb": "he", "kor": "ko", "bul": "bg",
    "ron": "ro", "rum": "ro", "lit": "lt", "lav": "lv", "est": "et", "ltz": "lb", "cat": "ca", "hrv": "hr", "srp": "sr",
    "slv": "sl", "vie": "vi", "fas": "fa", "per": "fa", "hin": "hi", "ind": "id", "gle": "ga", "cym": "cy", "wel": "cy",
}  # fmt: skip
"""Codes of ISO 639-2, for books and for use in texts, of languages that have one of two letters."""


def language_code(tag: str) -> str:
    """The two letters of a tag as houses and libraries write it: `ger`, `deu`, `de-DE`."""
    code = base_code(tag.strip())
    return _THREE_LETTERS.get(code, code)


@dataclass(frozen=True, slots=True)
class Told:
    """A language code and, where the declared language was contradicted, a note."""

    code: str
    note: str | None = None


def tell_language(
    title: str, body: str, *, declared: str | None = None, languages: Sequence[str] | None = None
) -> Told:
    """The language of a text (`und` for too little of it); a declared one is contradicted only with evidence."""
    declared = language_code(declared) if declared else None
    text = f"{title}\n{body}" if len(body) < 200 else body
    found = identify(text, languages=languages, declared=declared)
    if declared and found.code != declared:
        return Told(found.code, f"declared {declared}, but the text is {found.code}")
    return Told(found.code)


def running_text(text: str) -> str:
    """The longest lines of a page, markup and addresses apart: the ones most likely in the article's language."""
    lines = sorted((_ADDRESS.sub(" ", line).strip() for line in text.split("\n")), key=len, reverse=True)
    return "\n".join(lines[:6])[:3000]
