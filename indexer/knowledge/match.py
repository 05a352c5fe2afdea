"""Whether two names can be one person's: parts are aligned, read, and compared by sound.

Given names must agree as family names must; a family name alone never joins two people.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.knowledge.chinese import chinese_parts, pinyin_of
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.given import same_given_name
from indexer.knowledge.readings import coarse_keys, readings, skeletons
from indexer.knowledge.tables import cues
from indexer.knowledge.transcription import simplified, spelling_score

SAME_FROM = 0.75
SPELLED_FROM, SPELLED_BASE, SPELLED_SLOPE = 0.02, 0.95, 0.075
EXACT, VARIANT, SKELETON, COARSE, INITIAL = 1.0, 0.97, 0.9, 0.8, 0.6
_PARTS = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Match:
    """Whether two names can mean one person, how sure that is (0 to 1) and why."""

    same: bool
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; particles left out."""

    text: str
    language: str
    parts: tuple[str, ...]
    script: str


@lru_cache(maxsize=200_000)
def parse_name(text: str, language: str = "") -> Name:
    """The parts of a name; `Last, First` is turned round, Chinese parts are split at dots."""
    if text.count(",") == 1:
        last, first = text.split(",")
        text = f"{first.strip()} {last.strip()}"
    script = script_of(text)
    turned = chinese_parts(text, script)
    if turned:
        return Name(text, language, turned, script)
    parts = [part.rstrip(".") for part in _PARTS.findall(re.sub("[·・•‧＝=]", " ", text))]
    kept = tuple(part for part in parts if fold(part) not in cues("particles")) or tuple(parts)
    return Name(text, language, kept, script)


@lru_cache(maxsize=400_000)
def part_score(a: str, b: str, language_a: str, language_b: str, given: bool) -> tuple[float, str]:
    """How surely two parts are one name, and why."""
    folded_a, folded_b = fold(a), fold(b)
    if folded_a == folded_b:
        return EXACT, "same"
    if given and same_given_name(folded_a, folded_b):
        return VARIANT, "variant"
    if any(len(part) == 1 and script_of(part) != "Hani" for part in (folded_a, folded_b)):
        heads_a = {reading[:1] for reading in readings(a, language_a)}
        heads_b = {reading[:1] for reading in readings(b, language_b)}
        return (INITIAL, "initial") if heads_a & heads_b else (0.0, "")
    han_a, han_b = script_of(a) == "Hani" and language_a != "ja", script_of(b) == "Hani" and language_b != "ja"
    if han_a != han_b and not (given and _in_pinyin(b if han_a else a, a if han_a else b)):
        spelled = spelling_score(b, a, language_b) if han_a else spelling_score(a, b, language_a)
        if spelled >= SPELLED_FROM:
            return min(EXACT, SPELLED_BASE + SPELLED_SLOPE * math.log(2 * spelled)), "spelled in characters"
    elif han_a and han_b:
        return (EXACT, "same") if simplified(a) == simplified(b) else (0.0, "")
    sounds_a, sounds_b = skeletons(a, language_a), skeletons(b, language_b)
    if not {sound[:1] for sound in sounds_a} & {sound[:1] for sound in sounds_b}:
        return _by_rough_sound(a, b, language_a, language_b)
    close = sound_similarity(a, b, language_a, language_b)
    if sounds_a & sounds_b:
        return (SKELETON * (0.7 + 0.3 * close), "sound") if close >= 0.6 else (0.0, "")
    rough = _by_rough_sound(a, b, language_a, language_b)
    if rough[0]:
        return rough
    if close >= 0.85 and min(len(a), len(b)) >= 4:
        return close * 0.9, "similar"
    return 0.0, ""


def _by_rough_sound(a: str, b: str, language_a: str, language_b: str) -> tuple[float, str]:
    """Scripts that blur sounds: there l and r, voiced and voiceless letters count as one."""
    blurred = {script_of(a), script_of(b)} & {"Hani", "Arab"}
    if blurred and coarse_keys(a, language_a) & coarse_keys(b, language_b):
        return COARSE, "rough sound"
    return 0.0, ""


def _in_pinyin(name: str, characters: str) -> bool:
    """Whether a name is just the pinyin of the characters (then it is Chinese and not spelled by sound)."""
    return "".join(pinyin_of().get(char, "?") for char in simplified(characters)) == fold(name)


@lru_cache(maxsize=200_000)
def sound_similarity(a: str, b: str, language_a: str, language_b: str) -> float:
    """The best likeness of any two readings, 0 to 1: weighted edit distance, vowels counting half."""
    return max(_likeness(x, y) for x in readings(a, language_a)[:6] for y in readings(b, language_b)[:6])


@lru_cache(maxsize=400_000)
def _likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    row = [0.0]
    for char in b:
        row.append(row[-1] + _weight(char))
    full = row[-1]
    before = 0.0
    for char in a:
        weight = _weight(char)
        before, left = row[0], row[0] + weight
        new = [left]
        for j, other in enumerate(b):
            best = min(before + _swap(char, other), row[j + 1] + weight, new[j] + _weight(other))
            before = row[j + 1]
            new.append(best)
        row = new
    longest = max(full, sum(map(_weight, a))) or 1.0
    return max(0.0, 1.0 - row[-1] / longest)


def _weight(char: str) -> float:
    return 0.5 if char in "aeiou" else 0.4 if char == "h" else 1.0


_NEAR = {
    frozenset(pair)
    for pair in (
        "zs",
        "Zz",
        "ZS",
        "Ss",
        "gh",
        "gk",
        "dt",
        "bp",
        "vf",
        "vu",
        "cs",
        "cC",
        "CS",
        "kh",
        "lr",
        "vb",
        "sc",
        "zc",
        "ZC",
        "Zi",
        "ui",
        "ei",
        "ea",
        "ou",
        "oa",
        "ai",
    )
}


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if frozenset((a, b)) in _NEAR:
        return 0.3
    return max(_weight(a), _weight(b)) * (0.8 if a in "aeiou" and b in "aeiou" else 1.0)


def match(a: str, b: str, language_a: str = "", language_b: str = "") -> Match:
    """Compare two names of persons.

    Args:
        language_a, language_b: languages of the texts in which they stand, for their reading; "" when not known.
    """
    return match_names(parse_name(a, language_a), parse_name(b, language_b))


def match_names(a: Name, b: Name) -> Match:
    """Compare two parsed names: family names, then the given names before them."""
    if not a.parts or not b.parts:
        return Match(False, 0.0, ("no name",))
    if len(a.parts) == 1 or len(b.parts) == 1:
        return _single(a, b)
    best = _ordered(a.parts, b.parts, a, b)
    if not best.same and (a.script == "Hani" or b.script == "Hani" or len(a.parts) == 2 == len(b.parts)):
        turned = _ordered(a.parts, (*b.parts[1:], b.parts[0]), a, b)
        if turned.score * 0.97 > best.score:
            return Match(turned.same, round(turned.score * 0.97, 3), (*turned.reasons, "order turned"))
    return best


def _single(a: Name, b: Name) -> Match:
    if len(a.parts) == len(b.parts):
        score, why = part_score(a.parts[0], b.parts[0], a.language, b.language, True)
        return Match(score >= SAME_FROM, round(score, 3), (f"only name: {why or 'differs'}",))
    score, why = part_score(a.parts[-1], b.parts[-1], a.language, b.language, False)
    return Match(False, round(min(score, 0.5), 3), (f"family name alone: {why or 'differs'}",))


def _ordered(a_parts: tuple[str, ...], b_parts: tuple[str, ...], a: Name, b: Name) -> Match:
    family, why = part_score(a_parts[-1], b_parts[-1], a.language, b.language, False)
    if not family:
        return Match(False, 0.0, ("family names differ",))
    given, why_given = part_score(a_parts[0], b_parts[0], a.language, b.language, True)
    if not given:
        return Match(False, round(family * 0.4, 3), (f"family name: {why}", "given names differ"))
    middle_a, middle_b = a_parts[1:-1], b_parts[1:-1]
    middle = 1.0
    if middle_a and middle_b:
        middle = max(part_score(x, y, a.language, b.language, True)[0] for x in middle_a for y in middle_b)
        middle = 1.0 if middle >= INITIAL else 0.6
    score = (family * given) ** 0.5 * middle
    return Match(score >= SAME_FROM, round(score, 3), (f"family name: {why}", f"given name: {why_given}"))
