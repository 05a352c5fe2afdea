"""How well Chinese characters spell a foreign name: the likeliest cut of the name into what each character stands for.

The probabilities are learned from pairs of names (see sources/transcription.py).
"""

from __future__ import annotations

import math
from functools import lru_cache

from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.readings import readings
from indexer.knowledge.tables import table

LONGEST = 5
LEAST = 0.02
"""A mean probability below which characters spell something else."""
UNSEEN, UNSEEN_LETTER = 5.5, 1.2
"""Cost (negative logarithm) of a chunk that a character was never seen for, and of each letter of it."""
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


@lru_cache(maxsize=200_000)
def spelling_score(name: str, chinese: str, language: str = "") -> float:
    """How likely the characters spell one part of a name, 0 to 1: the mean probability (geometric) a character.

    What is less likely than `LEAST` is 0.
    """
    characters = simplified(chinese)
    return max((_score(spelling, characters) for spelling in spellings(name, language)), default=0.0)


@lru_cache(maxsize=200_000)
def spellings(name: str, language: str = "") -> frozenset[str]:
    """The Latin letters that characters may spell for a part of a name."""
    found = {plain for plain in (fold(name).replace("'", "").replace("-", ""),) if plain.isascii()}
    if script_of(name) != "Latn" or language not in ("", "en"):
        found |= {reading.translate(_SPELLED) for reading in readings(name, language)[:4]}
    return frozenset(found - {""})


@lru_cache(maxsize=200_000)
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
