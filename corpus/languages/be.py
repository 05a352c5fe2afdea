"""Belarusian stems by rules: endings of nouns, adjectives and verbs, and the consonants that change before them."""

from __future__ import annotations

_WRITTEN = """
    амі ямі аў яў оу еу ау яу ах ях ам ям ом ем эм ой ай ей эй ою аю ею яю а я о е э і ы у ю ь й
    ага яга ога ега аму яму ому ему ую юю ая яя ое ае яе ее ыя ія ымі імі ым ім ых іх
    аць яць іць ыць уць юць оць еш аш эш іш ыш ем ам эм ім ым еце аце эце іце ыце
    ау ала ало алі яу яла яло ялі іу іла іло ілі ыу ыла ыло ылі уу ула улі вау вала валі
    уючы аючы яючы ючы учы ачы ячы ваць аваць яваць
"""
_ENDINGS = tuple(sorted(_WRITTEN.split(), key=len, reverse=True))
_REFLEXIVE = ("цца", "ся", "ца")
_VOWELS = frozenset("аеёіоуыэюя")
_LEAST = 3


def stem(word: str) -> str:
    """The stem of a folded word (small letters, ў as у, ё as е, no apostrophe)."""
    for ending in _REFLEXIVE:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word[: -len(ending)] + ("ць" if ending == "цца" else "")
            break
    for ending in _ENDINGS:
        left = word[: -len(ending)]
        if word.endswith(ending) and len(left) >= _LEAST and not _VOWELS.isdisjoint(left):
            word = left
            break
    if word.endswith("дз"):
        word = word[:-1]
    elif word.endswith("ц") and len(word) > _LEAST:
        word = word[:-1] + "т"
    return word
