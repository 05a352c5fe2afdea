"""Arabic stems by rules: article, conjunction and prepositions before a word go, and endings of number and gender.

Light stemming as in L. Larkey, L. Ballesteros and M. Connell, "Light stemming for Arabic information retrieval" (2007,
their light10): roots are left alone, since words of one root often mean different things.
"""

from __future__ import annotations

_PREFIXES = ("وال", "بال", "كال", "فال", "ال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LEAST = 2
_OWN = """
    وزير وزار وزرا وزاري ولايه ولايات وكال وكيل وفد وسط وطن وضع واحد وسائل وسيل واشنطن
    وثيق وثائق وجود وظيف وظائف وصول وقود وباء واقع واجب واضح وفاه
"""
_KEPT = tuple(_OWN.split())
"""Beginnings of frequent words whose first letter is no conjunction."""


def stem(word: str) -> str:
    """The stem of a folded word (ة as ه, ى as ي, one alif, no vowel signs)."""
    if word.startswith("و") and len(word) > 3 and not word.startswith(("وال", *_KEPT)):
        word = word[1:]
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
            word = word[: -len(suffix)]
    return word
