"""How well Chinese characters spell a foreign name: the likeliest cut of the name into what each character stands for.

The probabilities are learned from pairs of names (see sources/transcription.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.readings import coarse_keys, readings
from indexer.knowledge.tables import table

LONGEST = 5
LEAST = 0.02
"""A mean probability below which characters spell something else."""
UNSEEN, UNSEEN_LETTER = 5.5, 1.2
"""Cost (negative logarithm) of a chunk that a character was never seen for, and of each letter of it."""
SELDOM = 2.3
"""Cost of what a character stands for once in ten times."""
_STEP, MOST_KNOWN, _UNSEEN = 8_192, 1_000_000, 65_535
_known: dict[tuple[str, str], float] = {}
_SPELLED = str.maketrans({"Z": "zh", "S": "sh", "C": "ch", "c": "ts"})


@lru_cache(maxsize=1)
def _letters() -> dict[str, dict[str, float]]:
    rows = table("transcription.json")["letters"]
    return {char: {chunk: cost / 100 for chunk, cost in row.items()} for char, row in rows.items()}


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    data = table("transcription.json")
    return {ord(a): b for a, b in zip(data["traditional"], data["simplified"], strict=True)}


def simplified(text: str) -> str:
    """The text in simplified characters, character by character: offsets stay."""
    return text.translate(_simplified())


@lru_cache(maxsize=32_768)
def spelling_score(name: str, chinese: str, language: str = "") -> float:
    """How likely the characters spell one part of a name, 0 to 1: the mean probability (geometric) a character.

    What is less likely than `LEAST` is 0.
    """
    characters = simplified(chinese)
    return max((_scored(spelling, characters) for spelling in spellings(name, language)), default=0.0)


@lru_cache(maxsize=16_384)
def likely_beginnings(chinese: str) -> frozenset[str]:
    """The coarse sounds, two at most, with which a name begins that characters spell: what each of them mostly stands
    for, one behind the other. Nothing where a character is none of those that spell names."""
    done: set[str] = set()
    found = {""}
    for char in simplified(chinese)[:3]:
        sounds = _sounds_of(char)
        found = {_joined(head, sound) for head in found for sound in sounds}
        done |= {head for head in found if len(head) == 2}
        found -= done
    return frozenset(done | found)


def _joined(head: str, sound: str) -> str:
    """Two coarse skeletons one behind the other, two sounds at most."""
    behind = sound.removeprefix("A") if head else sound
    return (head + (behind[1:] if head and head[-1] == behind[:1] else behind))[:2]


@lru_cache(maxsize=10_000)
def _sounds_of(char: str) -> frozenset[str]:
    """The coarse skeletons of what a character stands for, but for what it seldom does."""
    chunks = [chunk for chunk, cost in _letters().get(char, {}).items() if cost <= SELDOM]
    return frozenset(sound for chunk in chunks for sound in coarse_keys(chunk, ""))


def _scored(letters: str, characters: str) -> float:
    found = _known.get((letters, characters))
    return _score(letters, characters) if found is None else found


def prepare(pairs: Iterable[tuple[str, str, str]]) -> None:
    """Score many (name, characters, language) at once and remember them, for `spelling_score` to find."""
    if len(_known) > MOST_KNOWN:
        _known.clear()
    both = ((spelling, simplified(chinese)) for name, chinese, lang in pairs for spelling in spellings(name, lang))
    wanted = [one for one in dict.fromkeys(both) if one not in _known]
    fitting = [one for one in wanted if len(one[1]) <= len(one[0]) <= LONGEST * len(one[1])]
    _known.update(dict.fromkeys(wanted, 0.0))
    fitting.sort(key=lambda one: (len(one[1]), len(one[0])))
    for begin in range(0, len(fitting), _STEP):
        some = fitting[begin : begin + _STEP]
        _known.update(zip(some, _scores(some).tolist(), strict=True))


@lru_cache(maxsize=32_768)
def spellings(name: str, language: str = "") -> frozenset[str]:
    """The Latin letters that characters may spell for a part of a name."""
    found = {plain for plain in (fold(name).replace("'", "").replace("-", ""),) if plain.isascii()}
    if script_of(name) != "Latn" or language not in ("", "en"):
        found |= {reading.translate(_SPELLED) for reading in readings(name, language)[:4]}
    return frozenset(found - {""})


def _score(letters: str, characters: str) -> float:
    """Viterbi over the cuts of the letters into one chunk of one to five letters a character."""
    size = len(letters)
    if not len(characters) <= size <= LONGEST * len(characters):
        return 0.0
    costs = [math.inf] * (size + 1)
    costs[0] = 0.0
    model = _letters()
    bound = -math.log(LEAST) * len(characters)
    for char in characters:
        row = model.get(char, {})
        new = [math.inf] * (size + 1)
        for start, cost in enumerate(costs):
            if cost > bound:  # costs only grow
                continue
            for end in range(start + 1, min(size, start + LONGEST) + 1):
                chunk = row.get(letters[start:end])
                step = cost + (chunk if chunk is not None else UNSEEN + UNSEEN_LETTER * (end - start))
                if step < new[end]:
                    new[end] = step
        if min(new) > bound:
            return 0.0
        costs = new
    return math.exp(-costs[size] / len(characters)) if costs[size] <= bound else 0.0


@lru_cache(maxsize=1)
def _dense() -> tuple[dict[str, int], dict[str, int], NDArray[np.uint16]]:
    """Numbers of the characters and of the chunks, and the costs in hundredths; the last row and column are unseen."""
    rows = table("transcription.json")["letters"]
    chars = {char: i for i, char in enumerate(rows)}
    chunks = {chunk: i for i, chunk in enumerate(dict.fromkeys(chunk for row in rows.values() for chunk in row))}
    costs = np.full((len(chars) + 1, len(chunks) + 1), _UNSEEN, np.uint16)
    for char, row in rows.items():
        for chunk, cost in row.items():
            costs[chars[char], chunks[chunk]] = cost
    return chars, chunks, costs


def _scores(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """What `_score` gives for each (letters, characters)."""
    chars, chunks, costs = _dense()
    longest, most = max(len(letters) for letters, _ in pairs), max(len(signs) for _, signs in pairs)
    words = {letters: i for i, letters in enumerate(dict.fromkeys(letters for letters, _ in pairs))}
    # for each word and place: the chunks of one to five letters that end there
    ending = np.full((len(words), longest + 1, LONGEST), len(chunks))
    for word, i in words.items():
        for end in range(1, len(word) + 1):
            for size in range(1, min(LONGEST, end) + 1):
                ending[i, end, size - 1] = chunks.get(word[end - size : end], len(chunks))
    of = np.array([words[letters] for letters, _ in pairs])
    sizes = np.array([[len(letters), len(signs)] for letters, signs in pairs])
    signs = np.array([[chars.get(c, len(chars)) for c in row] + [0] * (most - len(row)) for _, row in pairs])
    total = np.full((len(pairs), longest + LONGEST + 1), math.inf)  # letters before the first cost nothing to skip
    total[:, LONGEST] = 0.0
    for k in range(most):
        step = costs[signs[:, k, None, None], ending[of]].astype(np.float64) / 100
        unseen = UNSEEN + UNSEEN_LETTER * np.arange(1, LONGEST + 1)
        step = np.where(step == _UNSEEN / 100, unseen, step)
        ways = [total[:, LONGEST - size : LONGEST - size + longest + 1] for size in range(1, LONGEST + 1)]
        new = total.copy()
        new[:, LONGEST:] = (np.stack(ways, axis=2) + step).min(axis=2)
        total = np.where((k < sizes[:, 1])[:, None], new, total)
    cost = total[np.arange(len(pairs)), LONGEST + sizes[:, 0]]
    return np.where(cost <= -math.log(LEAST) * sizes[:, 1], np.exp(-cost / sizes[:, 1]), 0.0)
