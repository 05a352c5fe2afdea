"""Make data/clusters-<language>.json: words that stand in the same places, by number of their cluster.

    pip install spacy-lookups-data natasha && python -m indexer.knowledge.sources.clusters [de en es ru]

Sources: the Brown clusters and frequencies of spacy-lookups-data (MIT); for Russian, clusters made here (k-means with
cosines) of the word vectors of navec (MIT, in the package natasha).

Shape: `words` maps `tier.cluster` to words parted by blanks; tier 0 holds the most frequent words. Words are written as
in texts, except in Russian, where all are in small letters.
"""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

_DATA = Path(__file__).parent.parent / "data"
MOST, LONGEST = 90_000, 24
TIERS = (1_000, 5_000, 20_000, 50_000)
CLUSTERS, ROUNDS, SEED = 500, 12, 5


def brown(language: str) -> Iterable[tuple[str, int]]:
    """(word, cluster), the most frequent words first."""
    folder = Path(str(importlib.import_module("spacy_lookups_data").__file__)).parent / "data"
    tables = []
    for kind in ("cluster", "prob"):
        with gzip.open(folder / f"{language}_lexeme_{kind}.json.gz", "rt", encoding="utf-8") as file:
            tables.append(json.load(file))
    clusters, likely = tables
    for word in sorted(clusters, key=lambda word: (-likely.get(word, -30.0), word)):
        if clusters[word] and word.replace("-", "").isalpha():
            yield word, clusters[word]


def vectors() -> Iterable[tuple[str, int]]:
    """(word, cluster) of navec's words, the most frequent first."""
    navec = importlib.import_module("navec").Navec
    folder = Path(str(importlib.import_module("natasha").__file__)).parent / "data" / "emb"
    table = navec.load(str(next(folder.glob("*.tar"))))
    words = [word for word in _by_frequency(table.vocab) if word.replace("-", "").isalpha()][:MOST]
    rows = np.stack([table[word] for word in words]).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    centres = rows[np.random.default_rng(SEED).choice(len(rows) // 2, CLUSTERS, replace=False)]
    for _ in range(ROUNDS):
        nearest = (rows @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rows)
        centres = sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)
    return zip(words, ((rows @ centres.T).argmax(axis=1) + 1).tolist(), strict=True)


def _by_frequency(vocabulary: object) -> list[str]:
    counts = getattr(vocabulary, "counts", None)
    words: list[str] = list(vocabulary.words)  # type: ignore[attr-defined]
    return [words[i] for i in np.argsort(-np.asarray(counts), kind="stable")] if counts is not None else words


def main() -> None:
    for language in sys.argv[1:] or ["de", "en", "es", "ru"]:
        groups: dict[str, list[str]] = defaultdict(list)
        rows = vectors() if language == "ru" else brown(language)
        for rank, (word, cluster) in enumerate(row for row in rows if len(row[0]) <= LONGEST):
            if rank >= MOST:
                break
            groups[f"{sum(rank >= tier for tier in TIERS)}.{cluster}"].append(word)
        table = {
            "licence": "spacy-lookups-data (MIT), navec (MIT): see NOTICE.md",
            "words": {key: " ".join(sorted(words)) for key, words in sorted(groups.items())},
        }
        text = json.dumps(table, ensure_ascii=False, indent=0)
        (_DATA / f"clusters-{language}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
