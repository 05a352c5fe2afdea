"""Whether two names can be one person's: parts are aligned, read, and compared by sound.

Given names must agree as family names must; a family name alone never joins two people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indexer.knowledge.chinese import palladius_cuts, pinyin_of, pinyin_syllables
from indexer.knowledge.distance import able, closest, likeness
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.gender import other_sex
from indexer.knowledge.given import other_given_name, same_given_name
from indexer.knowledge.hard import hard_row
from indexer.knowledge.nameparts import Name, parse_name, part_of
from indexer.knowledge.readings import coarse_keys, first_sounds, readings, skeletons
from indexer.knowledge.transcription import prepare, simplified, spelling_score

SAME_FROM = 0.75
SPELLED_BASE, SPELLED_SLOPE = 0.95, 0.075
EXACT, VARIANT, SKELETON, COARSE, INITIAL = 1.0, 0.97, 0.9, 0.8, 0.6
TURNED = 0.97
SOUNDING, SIMILAR = 0.6, 0.85  # how alike readings must be that share a skeleton, or that share none
MOST_READINGS = 6  # of each part that are compared letter by letter
MOST_REMEMBERED = 1_000_000

Scored = tuple[float, str]
"""How surely two parts are one name (0: not at all), and why."""
Pair = tuple[str, str, str, str, bool]
"""Two parts of names, the languages of each, and whether they are given names."""
NOTHING: Scored = (0.0, "")
_scores: dict[Pair, Scored] = {}


@dataclass(frozen=True, slots=True)
class Match:
    """Whether two names can mean one person, how sure that is (0 to 1) and why."""

    same: bool
    score: float
    reasons: tuple[str, ...] = ()


def part_score(a: str, b: str, language_a: str, language_b: str, given: bool) -> Scored:
    """How surely two parts are one name, and why."""
    key = (a, b, language_a, language_b, given)
    found = _scores.get(key)
    if found is None:
        found = before_sound(*key)
        if found is None:
            found = by_sound(a, b, language_a, language_b, sound_similarity(a, b, language_a, language_b))
        if len(_scores) > MOST_REMEMBERED:
            _scores.clear()
        _scores[key] = found
    return found


def part_scores(wanted: Iterable[Pair]) -> None:
    """Score pairs of parts all at once and remember them: what `part_score` gives afterwards is the same as before."""
    sounding: list[Pair] = []
    if len(_scores) > MOST_REMEMBERED:
        _scores.clear()
    unknown = [pair for pair in dict.fromkeys(wanted) if pair not in _scores]
    prepare(spelling for pair in unknown if (spelling := _spelling(*pair)))
    for pair in unknown:
        found = before_sound(*pair)
        if found is None:
            sounding.append(pair)
        else:
            _scores[pair] = found
    left = [readings(a, language)[:MOST_READINGS] for a, _, language, _, _ in sounding]
    right = [readings(b, language)[:MOST_READINGS] for _, b, _, language, _ in sounding]
    alike = [not skeletons(a, one).isdisjoint(skeletons(b, two)) for a, b, one, two, _ in sounding]
    close = closest(left, right, np.where(alike, SOUNDING, SIMILAR))
    for pair, value in zip(sounding, close.tolist(), strict=True):
        _scores[pair] = by_sound(*pair[:4], value)


def before_sound(a: str, b: str, language_a: str, language_b: str, given: bool) -> Scored | None:
    """What spelling, lists and characters say of two parts; None when their sound has to be compared."""
    one, two = part_of(a, language_a), part_of(b, language_b)
    if one.folded == two.folded:
        return EXACT, "same"
    if given and same_given_name(one.folded, two.folded):
        return VARIANT, "variant"
    if given and other_given_name(one.folded, two.folded):
        return NOTHING
    if one.initial or two.initial:
        if given and _in_latin_syllables(a) & _in_latin_syllables(b):
            return EXACT, "pinyin"
        heads_a = {reading[:1] for reading in readings(a, language_a)}
        heads_b = {reading[:1] for reading in readings(b, language_b)}
        return (INITIAL, "initial") if heads_a & heads_b else NOTHING
    if one.characters and two.characters:
        return (EXACT, "same") if simplified(a) == simplified(b) else NOTHING
    spelling = _spelling(a, b, language_a, language_b, given)
    if spelling and (spelled := spelling_score(*spelling)):
        return min(EXACT, SPELLED_BASE + SPELLED_SLOPE * math.log(2 * spelled)), "spelled in characters"
    apart = first_sounds(a, language_a).isdisjoint(first_sounds(b, language_b))
    if apart and not _blurred(one.script, two.script):
        return NOTHING
    if other_sex(a, b, language_a, language_b, given):
        return NOTHING
    return _by_rough_sound(a, b, language_a, language_b) if apart else None


def _spelling(a: str, b: str, language_a: str, language_b: str, given: bool) -> tuple[str, str, str] | None:
    """(name, characters, language of the name) when the characters of one part may spell the other."""
    one, two = part_of(a, language_a), part_of(b, language_b)
    if one.characters == two.characters:
        return None
    name, characters, language = (b, a, language_b) if one.characters else (a, b, language_a)
    return None if given and _in_pinyin(name, characters) else (name, characters, language)


def by_sound(a: str, b: str, language_a: str, language_b: str, close: float) -> Scored:
    """What the sound of two parts says whose readings are so close."""
    if not skeletons(a, language_a).isdisjoint(skeletons(b, language_b)):
        return (SKELETON * (0.7 + 0.3 * close), "sound") if close >= SOUNDING else NOTHING
    rough = _by_rough_sound(a, b, language_a, language_b)
    if rough[0]:
        return rough
    if close >= SIMILAR and min(len(a), len(b)) >= 4:
        return close * 0.9, "similar"
    return NOTHING


def _blurred(one: str, two: str) -> bool:
    """Whether a script of two does not tell all sounds apart."""
    return bool({one, two} & {"Hani", "Arab"})


def _by_rough_sound(a: str, b: str, language_a: str, language_b: str) -> Scored:
    """Scripts that blur sounds: there l and r, voiced and voiceless letters count as one."""
    if _blurred(script_of(a), script_of(b)) and not coarse_keys(a, language_a).isdisjoint(coarse_keys(b, language_b)):
        return COARSE, "rough sound"
    return NOTHING


@lru_cache(maxsize=32_768)
def _in_latin_syllables(part: str) -> frozenset[str]:
    """What a Chinese given name may be in pinyin, whatever it is written in (Yi, И, 毅); empty for what is none."""
    script = script_of(part)
    if script == "Hani":
        return frozenset({_pinyin(part)})
    cuts = palladius_cuts(part) if script == "Cyrl" else (pinyin_syllables(part),)
    return frozenset("".join(cut) for cut in cuts if cut)


def _in_pinyin(name: str, characters: str) -> bool:
    """Whether a name is just the pinyin of the characters (then it is Chinese and not spelled by sound)."""
    pinyin = _pinyin(characters)
    return pinyin == fold(name) or pinyin in _in_latin_syllables(name)


@lru_cache(maxsize=32_768)
def _pinyin(characters: str) -> str:
    """Pinyin without tones, `?` for a character that the table lacks, which no spelled name has."""
    return "".join(pinyin_of().get(char, "?") for char in simplified(characters))


def sound_similarity(a: str, b: str, language_a: str, language_b: str) -> float:
    """The best likeness of any two readings, 0 to 1; 0 where their lengths tell that it is too little to count."""
    ways_a, ways_b = readings(a, language_a)[:MOST_READINGS], readings(b, language_b)[:MOST_READINGS]
    least = SIMILAR if skeletons(a, language_a).isdisjoint(skeletons(b, language_b)) else SOUNDING
    return max((likeness(x, y, least) for x in ways_a for y in ways_b if able(x, y, least)), default=0.0)


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
    hard = hard_row(a.text), hard_row(b.text)
    if None not in hard:
        return Match(hard[0] == hard[1], VARIANT if hard[0] == hard[1] else 0.0, ("table of hard names",))
    if len(a.parts) == 1 or len(b.parts) == 1:
        return _single(a, b)
    best = _ordered(a.parts, b.parts, a, b)
    if not best.same and turns(a, b):
        for turned in (_ordered(a.parts, _turned(b.parts), a, b), _ordered(_turned(a.parts), b.parts, a, b)):
            if turned.score * TURNED > best.score:
                best = Match(turned.same, round(turned.score * TURNED, 3), (*turned.reasons, "order turned"))
    if best.same and a.native != b.native and "spelled in characters" in best.reasons[1]:
        # the characters of a Chinese name are read one syllable each, and spell nothing
        return Match(False, round(best.score / 2, 3), (*best.reasons, "not its pinyin"))
    return best


def may_be_one(a: Name, b: Name) -> bool:
    """Whether `match_names` can take two names for one: what of it costs least, asked of both parts of the names first.

    Most names that meet in a block share the sounds of one part alone.
    """
    if hard_row(a.text) is not None:
        return True
    if len(a.parts) < 2 or len(b.parts) < 2:
        return len(a.parts) == len(b.parts)
    ways = [(a.parts, b.parts)]
    if turns(a, b):
        ways += [(a.parts, _turned(b.parts)), (_turned(a.parts), b.parts)]
    return any(
        _may_sound(one[-1], two[-1], a.language, b.language, False)
        and _may_sound(one[0], two[0], a.language, b.language, True)
        for one, two in ways
    )


def _may_sound(a: str, b: str, language_a: str, language_b: str, given: bool) -> bool:
    """Whether `part_score` may be above zero; only parts in letters that differ are looked at."""
    one, two = part_of(a, language_a), part_of(b, language_b)
    if one.folded == two.folded or one.initial or two.initial or one.characters or two.characters:
        return True
    if _blurred(one.script, two.script) or (given and same_given_name(one.folded, two.folded)):
        return True
    if first_sounds(a, language_a).isdisjoint(first_sounds(b, language_b)):
        return False
    return min(len(a), len(b)) >= 4 or not skeletons(a, language_a).isdisjoint(skeletons(b, language_b))


def turns(a: Name, b: Name) -> bool:
    """Whether the family name of one may stand first."""
    return a.script == "Hani" or b.script == "Hani" or len(a.parts) == 2 == len(b.parts)


def _turned(parts: tuple[str, ...]) -> tuple[str, ...]:
    return (*parts[1:], parts[0])


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
        middle = 1.0 if part_score(middle_a[0], middle_b[0], a.language, b.language, True)[0] else 0.6
    score = (family * given) ** 0.5 * middle
    return Match(score >= SAME_FROM, round(score, 3), (f"family name: {why}", f"given name: {why_given}"))
