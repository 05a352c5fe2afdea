"""Ukrainian stems by rules.

An ending of a noun, adjective or verb is cut off; then what changes within a word's forms is made one: о and е that
become і in a closed syllable (рік, року; Харків, Харкова), consonants before endings (рука, руці; нога, нозі), vowels
that come and go (ринок, ринку), soft signs. The endings are those of any school grammar of the language.
"""

from __future__ import annotations

_NOUNS = """
    а я о е є і ї и у ю ь й ові еві єві ом ем єм ою ею єю ей ям ам ах ях ами ями ів їв
    ія ії ію ією ій іям іями іях ень ок
"""
_ADJECTIVES = "ий ій ого ього ому ьому им ім ої ьої ую ая яя их іх ими іми"
_VERBS = """
    ати яти ити іти їти ути ав яв ив ала яла ила іла ало яло ило али яли или іли ано ено
    увати ював увала ували ував юювати ювати ювала ювали ує ують ую уєш уємо уючи юю ює юють юємо юючи
    аю аєш ає аємо аєте ають аючи яю яє яють ить ять уть ють иш ите имо еш емо ете ать
"""
_ENDINGS = tuple(
    sorted({*_NOUNS.split(), *_ADJECTIVES.split(), *_VERBS.split()} - {"ень", "ок"}, key=lambda e: (-len(e), e))
)
_REFLEXIVE = ("ся", "сь")
_VOWELS = "аеєиіїоуюя"
_CLOSED = {"і": "о", "ї": "о", "е": "о", "є": "о"}
_SOFT = {"г": "з", "х": "с", "к": "ц"}
_LEAST = 3
_TOWNS = {
    "харків": "харков", "чернігів": "чернігов", "миколаїв": "миколаєв", "бердичів": "бердичев", "фастів": "фастов",
}  # fmt: skip
"""Towns whose last syllable looks like an ending, and the stem of their other cases."""


def stem(word: str) -> str:
    """The stem of a folded word (small letters, ґ as г, no apostrophe)."""
    for ending in _REFLEXIVE:
        if word.endswith(ending) and len(word) - len(ending) > _LEAST:
            word = word[: -len(ending)]
            break
    for closed, open_ in _TOWNS.items():
        if word.startswith((closed, open_)):
            return open_
    return _level(*_cut(word))


def _cut(word: str) -> tuple[str, str]:
    """The word without its longest ending, and the ending; at least three letters with a vowel stay."""
    for ending in _ENDINGS:
        left = word[: -len(ending)]
        if len(left) >= _LEAST and word.endswith(ending) and any(c in _VOWELS for c in left):
            return left, ending
    return word, ""


def _level(left: str, ending: str) -> str:
    """One spelling for the stem's changing sounds."""
    if len(left) >= 5 and left[-1] == "л" and left[-2] in "аяиіу":
        left = left[:-2]  # a noun such as канал, whose forms look like the past of a verb
    elif len(left) >= 6 and not ending.endswith("ти") and left[-1] == "т" and left[-2] in "аяиіу":
        left = left[:-2]  # депутат, whose plural looks like an infinitive
    while len(left) > _LEAST and left[-1] in _VOWELS + "йь":
        left = left[:-1]
    if len(left) > _LEAST and left[-1] == left[-2]:
        left = left[:-1]
    left = left[:-1] + _SOFT.get(left[-1], left[-1])
    if len(left) >= 5 and left[-1] in "цнв" and left[-2] in "оеєі" and left[-3] not in _VOWELS:
        left = left[:-2] + left[-1]
    last = next((i for i in range(len(left) - 1, -1, -1) if left[i] in _VOWELS), -1)
    if last >= 0 and last < len(left) - 1:
        left = left[:last] + _CLOSED.get(left[last], left[last]) + left[last + 1 :]
    return left
