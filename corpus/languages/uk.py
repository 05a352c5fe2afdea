"""Ukrainian stems by rules: endings of nouns, adjectives and verbs."""

from __future__ import annotations

_WRITTEN = """
    ами ями ові еві єві ів їв ах ях ам ям ом ем єм ою ею єю а я о е є і ї и у ю ь й
    ого його ому йому ій ую юю ая яя ої ьої ими іми им ім их іх ий ього ьому
    ати яти ити іти ути ють уть ать ять еш єш иш їш емо ємо имо їмо ете єте ите їте
    ав ала ало али яв яла яло яли ив ила ило или ів іла іло іли ув ула ули ував увала ували увати
    уючи ючи учи ачи ячи
"""
_ENDINGS = tuple(sorted(_WRITTEN.split(), key=len, reverse=True))
_REFLEXIVE = ("ся", "сь")
_VOWELS = frozenset("аеєиіїоуюя")
_LEAST = 3


def stem(word: str) -> str:
    """The stem of a folded word (small letters, ґ as г, no apostrophe)."""
    for ending in _REFLEXIVE:
        if word.endswith(ending) and len(word) - len(ending) > _LEAST:
            word = word[: -len(ending)]
            break
    for ending in _ENDINGS:
        left = word[: -len(ending)]
        if word.endswith(ending) and len(left) >= _LEAST and not _VOWELS.isdisjoint(left):
            return left
    return word
