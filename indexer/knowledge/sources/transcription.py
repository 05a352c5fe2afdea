"""Make data/transcription.json: which letters each Chinese character stands for when it spells a foreign name.

    pip install opencc-python-reimplemented && python -m indexer.knowledge.sources.transcription PATH/names_translit

Trained on English to Chinese pairs drawn from Wikidata (CC0, `wd_chinese_64`): every character stands for one to five
letters, in order; expectation maximisation over all ways to cut the English name finds how likely each is. One pair in
ten (every tenth line) is held out and not trained on. Traditional characters count as simplified ones; the table of
both is OpenCC's (Apache-2.0).

Shape: `letters` character → {chunk: natural logarithm of its probability × -100}; `traditional` and `simplified` are
texts of equal length, character by character.
"""

from __future__ import annotations

import importlib
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

from indexer.knowledge.fold import fold

LONGEST, ROUNDS, LEAST, RARE = 5, 6, 0.004, 3
_TARGET = Path(__file__).parent.parent / "data" / "transcription.json"
Pair = tuple[str, str, float]
Model = dict[str, dict[str, float]]


def simplified() -> dict[str, str]:
    """Traditional character → simplified one."""
    package = Path(str(importlib.import_module("opencc").__file__)).parent
    rows = (package / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in rows if "\t" in line)
    return {
        a: b.split()[0]
        for a, b in pairs
        if len(a) == 1 and len(b.split()[0]) == 1 and a != b.split()[0] and ord(a) < 0xFFFF
    }


def training(directory: Path, simple: dict[str, str]) -> list[Pair]:
    rows = []
    lines = (directory / "wd_chinese_64").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        english, chinese, count = line.split("\t")
        letters = fold(english).replace("'", "")
        characters = "".join(simple.get(c, c) for c in chinese.split())
        fits = len(characters) <= len(letters) <= LONGEST * len(characters)
        if number % 10 and letters.isascii() and letters.isalpha() and fits and 2 <= len(characters) <= 8:
            rows.append((letters, characters, min(4.0, float(count))))
    return rows


def expected(letters: str, characters: str, model: Model, counts: Model, weight: float) -> None:
    """Add the expected number of each (character, chunk) over all cuts of one pair."""
    n, m = len(letters), len(characters)
    ahead = [[0.0] * (n + 1) for _ in range(m + 1)]
    behind = [[0.0] * (n + 1) for _ in range(m + 1)]
    ahead[0][0] = behind[m][n] = 1.0
    for i in range(m):
        row = model[characters[i]]
        for j in range(n):
            if ahead[i][j]:
                for k in range(j + 1, min(n, j + LONGEST) + 1):
                    ahead[i + 1][k] += ahead[i][j] * row.get(letters[j:k], 1e-6)
    for i in range(m - 1, -1, -1):
        row = model[characters[i]]
        for k in range(n + 1):
            if behind[i + 1][k]:
                for j in range(max(0, k - LONGEST), k):
                    behind[i][j] += behind[i + 1][k] * row.get(letters[j:k], 1e-6)
    total = ahead[m][n]
    if not total:
        return
    for i in range(m):
        row = model[characters[i]]
        for j in range(n):
            if ahead[i][j]:
                for k in range(j + 1, min(n, j + LONGEST) + 1):
                    if behind[i + 1][k]:
                        chunk = letters[j:k]
                        share = ahead[i][j] * row.get(chunk, 1e-6) * behind[i + 1][k] / total
                        counts[characters[i]][chunk] += weight * share


def train(pairs: list[Pair]) -> Model:
    model: Model = defaultdict(lambda: defaultdict(lambda: 0.1))
    for _ in range(ROUNDS):
        counts: Model = defaultdict(lambda: defaultdict(float))
        for letters, characters, weight in pairs:
            expected(letters, characters, model, counts, weight)
        model = defaultdict(dict)
        for char, row in counts.items():
            total = sum(row.values())
            model[char] = {chunk: count / total for chunk, count in row.items() if count / total > 1e-5}
    return model


def main() -> None:
    simple = simplified()
    pairs = training(Path(sys.argv[1]), simple)
    seen: dict[str, float] = defaultdict(float)
    for _, characters, _ in pairs:
        for char in set(characters):
            seen[char] += 1
    model = train(pairs)
    letters = {
        char: {chunk: round(-100 * math.log(p)) for chunk, p in sorted(row.items(), key=lambda r: -r[1]) if p >= LEAST}
        for char, row in sorted(model.items())
        if seen[char] >= RARE
    }
    table = {
        "licence": "Wikidata (CC0), OpenCC (Apache-2.0): see NOTICE.md",
        "traditional": "".join(simple),
        "simplified": "".join(simple.values()),
        "letters": letters,
    }
    _TARGET.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
