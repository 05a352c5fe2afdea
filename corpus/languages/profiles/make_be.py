"""Make `be.json`, the n-gram profile of Belarusian, in the format of langdetect's profiles.

Sources, both usable freely:
- the Belarusian word lists of jusText (BSD 2-clause), ordered by frequency: the official spelling, and with a third of
  the weight the classical one. A word of rank r is counted 1/(r + 2.7), by the law of Zipf and Mandelbrot;
- the words of `be.yaml`, written for newsdex.

Run `python -m corpus.languages.profiles.make_be` after a change of either.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent
LETTERS = re.compile(r"[абвгдежзйклмнопрстуфхцчшыьэюяёіў’ʼ']+")
LISTS = (("Belarusian", 1.0), ("Belarusian_Taraskievica", 0.33))
SCALE = 200_000


def weighted_words() -> Iterator[tuple[str, float]]:
    """Every word with its share of running text (not normalised)."""
    for name, weight in LISTS:
        listed = files("justext").joinpath("stoplists", f"{name}.txt").read_text(encoding="utf-8").split()
        for rank, word in enumerate(listed, start=1):
            yield word.casefold(), weight / (rank + 2.7)
    for word in LETTERS.findall((HERE.parent / "be.yaml").read_text(encoding="utf-8").casefold()):
        yield word, 1 / 20_000


def counts() -> tuple[dict[str, int], list[int]]:
    """Counts of n-grams (a space marks the word's edge) and their sums for n = 1, 2, 3."""
    grams: Counter[str] = Counter()
    for word, weight in weighted_words():
        if not LETTERS.fullmatch(word):
            continue
        edged = f" {word} "
        for size in (1, 2, 3):
            for at in range(len(edged) - size + 1):
                gram = edged[at : at + size]
                if gram.strip():
                    grams[gram] += round(weight * SCALE) or 1
    sums = [sum(count for gram, count in grams.items() if len(gram) == size) for size in (1, 2, 3)]
    kept = {gram: count for gram, count in sorted(grams.items()) if count * 100_000 >= sums[len(gram) - 1]}
    return kept, sums


def main() -> None:
    """Write be.json beside this file."""
    freq, sums = counts()
    card = {
        "name": "be",
        "source": "jusText word lists Belarusian and Belarusian_Taraskievica (BSD 2-clause), and be.yaml",
        "freq": freq,
        "n_words": sums,
    }
    (HERE / "be.json").write_text(json.dumps(card, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
