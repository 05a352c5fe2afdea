"""Make the n-gram profiles of languages that langdetect has none of, in the format of its profiles.

Sources, both usable freely:
- the word lists of jusText (BSD 2-clause), ordered by frequency; of Belarusian the official spelling, and with a third
  of the weight the classical one. A word of rank r is counted 1/(r + 2.7), by the law of Zipf and Mandelbrot;
- the words of the language's pack where it has one, written for newsdex.

Run `python -m corpus.languages.profiles.make` after a change of either.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent
LATIN = re.compile(r"[a-z\u00df-\u024f’ʼ']+")
CYRILLIC = re.compile(r"[\u0430-\u045f\u0490-\u04ff]+")
BELARUSIAN = re.compile(r"[абвгдежзйклмнопрстуфхцчшыьэюяёіў’ʼ']+")
LISTS = {
    "az": (LATIN, {"Azerbaijani": 1.0}),
    "be": (BELARUSIAN, {"Belarusian": 1.0, "Belarusian_Taraskievica": 0.33}),
    "eo": (LATIN, {"Esperanto": 1.0}),
    "eu": (LATIN, {"Basque": 1.0}),
    "ga": (LATIN, {"Irish": 1.0}),
    "gl": (LATIN, {"Galician": 1.0}),
    "is": (LATIN, {"Icelandic": 1.0}),
    "kk": (CYRILLIC, {"Kazakh": 1.0}),
    "ky": (CYRILLIC, {"Kyrgyz": 1.0}),
    "lb": (LATIN, {"Luxembourgish": 1.0}),
    "mt": (LATIN, {"Maltese": 1.0}),
    "sr": (CYRILLIC, {"Serbian": 1.0}),
}
"""Language → its letters, and jusText's lists with their weights."""
KIN = {"gl": ("es", "pt")}
"""Languages of short lists → those of langdetect's profiles that share most words with them: half of their n-grams."""
SCALE = 200_000


def weighted_words(language: str) -> Iterator[tuple[str, float]]:
    """Every word with its share of running text (not normalised)."""
    letters, lists = LISTS[language]
    for name, weight in lists.items():
        listed = files("justext").joinpath("stoplists", f"{name}.txt").read_text(encoding="utf-8").split()
        for rank, word in enumerate(listed, start=1):
            yield word.casefold(), weight / (rank + 2.7)
    pack = HERE.parent / f"{language}.yaml"
    if pack.exists():
        for word in letters.findall(pack.read_text(encoding="utf-8").casefold()):
            yield word, 1 / 20_000


def counts(language: str) -> tuple[dict[str, int], list[int]]:
    """Counts of n-grams (a space marks the word's edge) and their sums for n = 1, 2, 3."""
    grams: Counter[str] = Counter()
    for word, weight in weighted_words(language):
        if not LISTS[language][0].fullmatch(word):
            continue
        edged = f" {word} "
        for size in (1, 2, 3):
            for at in range(len(edged) - size + 1):
                gram = edged[at : at + size]
                if gram.strip():
                    grams[gram] += round(weight * SCALE) or 1
    sums = [sum(count for gram, count in grams.items() if len(gram) == size) for size in (1, 2, 3)]
    for name in KIN.get(language, ()):
        theirs = json.loads(files("langdetect").joinpath("profiles", name).read_text(encoding="utf-8"))
        for gram, count in theirs["freq"].items():
            size = min(len(gram), 3) - 1
            grams[gram.casefold()] += round(count * sums[size] / theirs["n_words"][size] / len(KIN[language]))
    sums = [sum(count for gram, count in grams.items() if len(gram) == size) for size in (1, 2, 3)]
    kept = {gram: count for gram, count in sorted(grams.items()) if count * 100_000 >= sums[len(gram) - 1]}
    return kept, sums


def main() -> None:
    """Write a file for each language beside this one."""
    for language, (_, lists) in LISTS.items():
        freq, sums = counts(language)
        source = f"jusText word lists {' and '.join(lists)} (BSD 2-clause)"
        if language in KIN:
            source += f", and langdetect's profiles {' and '.join(KIN[language])} (Apache-2.0)"
        if (HERE.parent / f"{language}.yaml").exists():
            source += f", and {language}.yaml"
        card = {"name": language, "source": source, "freq": freq, "n_words": sums}
        (HERE / f"{language}.json").write_text(json.dumps(card, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
