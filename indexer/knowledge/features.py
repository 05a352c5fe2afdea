"""What the mention model sees of a token: its letters, its shape and all that the tables and rules say of it.

Every feature belongs to one token at one distance, or to the classes of two neighbours, so that the weights of a word
are added up once and looked up afterwards (see `tagger`).
"""

from __future__ import annotations

import re
from functools import cache

from indexer.knowledge.lexicon import Lexicon, Word
from indexer.knowledge.tables import HERE, table

TOKEN = re.compile(r"(?:[^\W\d_]\.-?){1,3}(?=[\s,]|[^\W\d_]\.)|\w+(?:(?:['’ʼ](?![sS]\b)|[-‑])\w+)*|[^\w\s]|\n")
REACH = (-2, -1, 0, 1, 2)
FAR = ("c=", "w=", "b=")  # all that is seen from two tokens away
OPENS = frozenset(".!?:…•\n")  # what a sentence begins after
INVISIBLE = frozenset("\"'»«“”„‘’()")
LOOSE = "loose"
_FLAGS = (
    ("given", "g"),
    ("part", "p"),
    ("stop", "s"),
    ("office", "o"),
    ("honorific", "h"),
    ("organisation", "O"),
    ("legal", "L"),
    ("place_word", "P"),
    ("common", "c"),
    ("surname_like", "e"),
    ("numeral", "n"),
)
LARGE = 0.85


@cache
def clusters(language: str) -> dict[str, str]:
    """Word → `tier.cluster` of `clusters-<language>.json`; empty for a language without one."""
    name = f"clusters-{language}.json"
    if not (HERE / "data" / name).is_file():
        return {}
    return {word: key for key, words in table(name)["words"].items() for word in words.split()}


def _cluster(text: str, low: str, language: str) -> str:
    known = clusters(language)
    for form in (text, text.rstrip("s'’"), low):
        if form in known:
            return known[form]
    if "-" in text:
        return _cluster(text.rsplit("-", 1)[-1], low.rsplit("-", 1)[-1], language)
    return "9."


def shape(text: str) -> str:
    """One letter: capitalised, capitals, mixed, small, number, initial, other writing, mark."""
    if not text[0].isalnum():
        return "."
    if text[0].isdigit():
        return "d"
    if text.endswith((".", ".-")):
        return "i"
    if text.islower():
        return "x"
    if len(text) > 1 and text.isupper():
        return "A"
    return "X" if text[:1].isupper() and text[1:].islower() else "m"


def traits(text: str, lexicon: Lexicon) -> tuple[str, list[str], list[str]]:
    """The class of a token, what is seen of it from one token away, and what more is seen of it itself."""
    form = shape(text)
    low = text.casefold()
    if form == ".":
        mark = "¶" if text == "\n" else text
        return form + mark, ["w=" + mark], []
    if form == "d":
        return form, ["w=0"], []
    word = lexicon.word(text)
    flags = _flags(word, form, lexicon)
    kind = form + flags
    tier, _, cluster = _cluster(text, low, lexicon.language).partition(".")
    near = ["w=" + low, "b=" + cluster, "3=" + low[-3:], "t=" + form + tier] + ["f=" + form + flag for flag in flags]
    own = [
        "bk=" + cluster + kind,
        "tk=" + tier + kind,
        "2=" + low[-2:],
        "4=" + low[-4:],
        "<" + low[:3],
        "k=" + word.key,
        f"n={form}{min(len(text), 8)}",
    ]
    if "-" in text:
        first, _, last = low.partition("-")
        own += ["-<" + first, "->" + last[-5:]]
    return kind, near, own


def _flags(word: Word, form: str, lexicon: Lexicon) -> str:
    flags = "".join(letter for name, letter in _FLAGS if getattr(word, name))
    if word.known:
        flags += "r" if word.known.type == "organisation" else "W" if word.known.confidence >= LARGE else "l"
    if form == "x":
        low = word.folded
        if low in lexicon.speech:
            flags += "v"
        if low in lexicon.prepositions:
            flags += "t"
        if low in lexicon.organisation_nouns:
            flags += "N"
    return flags


def at(distance: int, kind: str, near: list[str], own: list[str]) -> list[str]:
    """The features that a token gives to the one `-distance` tokens away."""
    if abs(distance) == 2:
        return [f"{distance}c={kind}", *(f"{distance}{one}" for one in near[:2])]
    named = [f"{distance}c={kind}", *(f"{distance}{one}" for one in near)]
    return [*named, *(f"0{one}" for one in own)] if distance == 0 else named


def split(name: str) -> tuple[int | None, str]:
    """The distance of a feature that `at` made and what was seen there; None for a feature of another kind."""
    size = 2 if name[:1] == "-" else 1
    return (int(name[:size]), name[size:]) if name[size - 1 : size] in "012" else (None, name)


def pair(left: str, right: str, before: bool) -> str:
    """The feature of the classes of two neighbours, for the right one of them (`before`) or the left one."""
    return f"{'<' if before else '>'}{left}|{right}"


def rule_features(rule: str, kind: str) -> list[str]:
    """What the rules say of a token, alone and with its class."""
    return [f"r={rule}", f"r={rule}|{kind}"]


def opening(kind: str) -> list[str]:
    """The features of a token that begins a sentence."""
    return ["start", f"start|{kind}"]
