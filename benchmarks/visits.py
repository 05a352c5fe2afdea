"""Pages in the order in which readers of an archive ask for them, some of them again and again.

A visit begins with a question; what many ask is asked most: the r-th question of the list r ** -0.83 times as often as
the first, as in the log of a web search engine (Baeza-Yates et al., The Impact of Caching on Search Engines, SIGIR
2007). Every second reader goes on: turns the page, chooses a language, a source or a year, or has the newest first.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

POPULARITY = 0.83
GOES_ON = 0.5
STEPS = ("following page", "language", "source", "year", "newest")


def visits(questions: Sequence[str], languages: Sequence[str], seed: int) -> Iterator[str]:
    """Addresses without end, made of the addresses of `questions`."""
    rng = random.Random(seed)
    weights = [rank**-POPULARITY for rank in range(1, len(questions) + 1)]
    while True:
        address, page, left = rng.choices(questions, weights)[0], 0, list(STEPS)
        yield address
        while left and rng.random() < GOES_ON:
            step = rng.choice(left)
            if step == "following page":
                page += 10
                yield f"{address}&offset={page}"
                continue
            left.remove(step)
            page = 0
            if step == "year":
                year = rng.randint(2006, 2024)
                address += f"&from={year}&to={year}" if "from=" not in address else ""
            elif step == "newest":
                address += "&sort=newest"
            else:
                value = rng.choice(languages) if step == "language" else f"House+{rng.randint(1, 7)}"
                address += f"&{step}={value}" if f"{step}=" not in address else ""
            yield address


def repeated(before: Sequence[str], asked: Sequence[str]) -> float:
    """Which part of the pages was asked for already."""
    seen, again = set(before), 0
    for address in asked:
        again += address in seen
        seen.add(address)
    return again / len(asked)
