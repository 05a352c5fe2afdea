"""Belarusian stems by rules.

An ending of a noun, adjective or verb is cut off; then what changes within a word's forms is made one: the vowels of
akanne (горад, гарады), consonants before endings (рука, руцэ; дэпутат, дэпутаце), vowels that come and go (рынак,
рынку), doubled consonants (моладзь, моладдзю). The endings are those of any school grammar of the language.
"""

from __future__ import annotations

_NOUNS = """
    а я о е э у ю ы і ь й
    ам ям ом ем эм ой ай ей эй яй ою аю ею яю ау яу оу еу ах ях амі ямі
    ія іі ію іяй ій іям іяу іямі іях ыя ыі ыю ыяй ый ыям ыяу ыямі ыях
"""
_ADJECTIVES = "ага яга ога ега аму яму ому ему ым ім ую юю ая яя ае яе ое ыя ія ых іх ымі імі"
_VERBS = """
    аць яць іць ыць ець уць юць ала ало алі яла ялі іла іло ілі ыла ыло ылі
    аваць аваў авау авала авалі ую уеш уе уем уеце уюць уючы аю аеш ае аем аеце аюць аючы яюць яе
    іу ыу іш ыш іце ыце аш еш
"""
_ENDINGS = tuple(sorted({*_NOUNS.split(), *_ADJECTIVES.split(), *_VERBS.split()}, key=lambda e: (-len(e), e)))
_STRESSED = frozenset({"ога", "ега", "ому", "ему"})
"""Endings that nouns seem to have too (дарога): one more letter must stay."""
_REFLEXIVE = (("цца", "ць"), ("ся", ""))
_VOWELS = "аеіоуыэюя"
_LEAST = 3
_AKANNE = str.maketrans("оэе", "аая")
_SOFTENING = "еіьюя"


def stem(word: str) -> str:
    """The stem of a folded word (small letters, ў as у, ё as е, no apostrophe)."""
    for ending, kept in _REFLEXIVE:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word[: -len(ending)] + kept
            break
    left, ending = _cut(word)
    return _level(left, ending)


def _cut(word: str) -> tuple[str, str]:
    """The word without its longest ending, and the ending; at least three letters with a vowel stay."""
    for ending in _ENDINGS:
        left = word[: -len(ending)]
        if len(left) >= _LEAST + (ending in _STRESSED) and word.endswith(ending) and any(c in _VOWELS for c in left):
            return left, ending
    return word, ""


def _level(left: str, ending: str) -> str:
    """One spelling for the stem's changing sounds."""
    if len(left) >= 5 and left[-1] == "л" and left[-2] in "аяіыу":
        left = left[:-2]  # a noun such as канал, whose forms look like the past of a verb
    while len(left) > _LEAST and left[-1] in _VOWELS:
        left = left[:-1]  # героя, музея: й stands in the vowel
    if left.endswith("ддз"):
        left = left[:-3] + "дз"
    if len(left) > _LEAST and left[-1] == left[-2]:
        left = left[:-1]
    if left.endswith("дз"):
        left = left[:-1]
    elif left[-1] == "ц" and ending[:1] and ending[0] in _SOFTENING:
        left = left[:-1] + "т"
    if left[-1] == "к":
        left = left[:-1] + "ц"
    elif left[-1] == "г":
        left = left[:-1] + "з"
    elif left[-1] == "х":
        left = left[:-1] + "с"
    if len(left) >= 5 and left[-1] == "ц" and left[-2] in "аоеэя" and left[-3] not in _VOWELS:
        left = left[:-2] + "ц"
    return left.translate(_AKANNE)
