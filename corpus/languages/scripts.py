"""Which script a text is written in, by counting its letters; and the languages that a script alone decides."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

ALONE: Mapping[str, str] = {
    "Greek": "el", "Hebrew": "he", "Hangul": "ko", "Thai": "th", "Tamil": "ta", "Telugu": "te", "Bengali": "bn",
    "Gujarati": "gu", "Gurmukhi": "pa", "Kannada": "kn", "Malayalam": "ml", "Georgian": "ka", "Armenian": "hy",
    "Amharic": "am", "Khmer": "km", "Lao": "lo", "Myanmar": "my", "Sinhala": "si",
}  # fmt: skip
"""Scripts that one language of the news is written in."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Latin": (
        "en", "de", "es", "pl", "fr", "it", "pt", "nl", "af", "ca", "cs", "cy", "da", "et", "fi", "hr", "hu", "id",
        "lt", "lv", "no", "ro", "sk", "sl", "so", "sq", "sv", "sw", "tl", "tr", "vi",
        "az", "eo", "eu", "ga", "gl", "is", "lb", "mt",
    ),
    "Cyrillic": ("be", "ru", "uk", "bg", "mk", "kk", "ky", "sr"),
    "Arabic": ("ar", "fa", "ur"),
    "Devanagari": ("hi", "mr", "ne"),
}  # fmt: skip
"""Languages of one script that n-grams tell apart: those with a profile of langdetect's or our own."""

_PREFIXES = {
    "LATIN": "Latin", "CYRILLIC": "Cyrillic", "ARABIC": "Arabic", "DEVANAGARI": "Devanagari", "HIRAGANA": "Kana",
    "KATAKANA": "Kana", "KATAKANA-HIRAGANA": "Kana", "CJK": "Han", "GREEK": "Greek", "HEBREW": "Hebrew",
    "HANGUL": "Hangul", "THAI": "Thai", "TAMIL": "Tamil", "TELUGU": "Telugu", "BENGALI": "Bengali",
    "GUJARATI": "Gujarati", "GURMUKHI": "Gurmukhi", "KANNADA": "Kannada", "MALAYALAM": "Malayalam",
    "GEORGIAN": "Georgian", "ARMENIAN": "Armenian", "ETHIOPIC": "Amharic", "KHMER": "Khmer", "LAO": "Lao",
    "MYANMAR": "Myanmar", "SINHALA": "Sinhala", "FULLWIDTH": "Latin", "HALFWIDTH": "Kana",
}  # fmt: skip
# A Chinese character says as much as several letters, and Latin brand names stand in texts of every other script.
_WEIGHTS = {"Han": 4, "Kana": 4, "Hangul": 3, "Latin": 1}
_OTHER_WEIGHT = 2


@lru_cache(maxsize=65536)
def script_of(char: str) -> str:
    """The script of one letter ("Latin", "Han", "Kana" …), or "" for what is no letter of a script known here."""
    if "a" <= char <= "z" or "A" <= char <= "Z":
        return "Latin"
    if not char.isalpha():
        return ""
    first = unicodedata.name(char, "").partition(" ")[0]
    return _PREFIXES.get(first, "")


def count_scripts(text: str) -> tuple[dict[str, int], Counter[str]]:
    """Letters per script, and every character with its count."""
    chars = Counter(text)
    scripts: dict[str, int] = {}
    for char, count in chars.items():
        script = script_of(char)
        if script:
            scripts[script] = scripts.get(script, 0) + count
    return scripts, chars


def main_script(scripts: Mapping[str, int]) -> str:
    """The script that most of a text is written in; "Japanese" for Han with kana. "" without letters."""
    weighed = {script: count * _WEIGHTS.get(script, _OTHER_WEIGHT) for script, count in scripts.items()}
    eastern = weighed.pop("Han", 0) + weighed.pop("Kana", 0)
    if eastern:
        weighed["Han"] = eastern
    if not weighed:
        return ""
    best = max(weighed, key=lambda script: weighed[script])
    return "Japanese" if best == "Han" and is_japanese(scripts) else best


def is_japanese(scripts: Mapping[str, int]) -> bool:
    """Kana beside Han: more than the odd の of a Chinese shop sign."""
    kana, han = scripts.get("Kana", 0), scripts.get("Han", 0)
    return kana > 0 and kana >= 0.07 * (kana + han)
