"""How well newsdex ranks, beside the analysers of Lucene, tantivy and stock Whoosh, in one run.

    python -m benchmarks.relevance [--half 2]

Questions are asked as they stand, question words and all, with any word being enough. The collections are those of
`../shared/data`; one that is absent is left out, and said so, as is Lucene where Java or Maven is missing. Weights are
chosen on the first half of the questions of a collection (`--half 1`), and tried on the second.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import judged, rankers
from benchmarks.judged import MEASURES, Collection
from benchmarks.peers import lucene

DATA = Path(__file__).parents[2] / "shared" / "data"
RANKERS = {
    "newsdex": rankers.newsdex,
    "Lucene": rankers.lucene_with(),
    "tantivy": rankers.tantivy_with(rankers.tantivy_words),
    "tantivy stops": rankers.tantivy_with(partial(rankers.tantivy_words, stops=False)),
    "Whoosh 2.7.4": rankers.stock_whoosh,
}
CHINESE = {
    "newsdex": rankers.newsdex,
    "Lucene smart": rankers.lucene_with(),
    "Lucene pairs": rankers.lucene_with("cjk.CJKAnalyzer"),
    "tantivy pairs": rankers.tantivy_with(rankers.tantivy_pairs, pairs=True),
}


def collections(data: Path) -> Iterator[Collection]:
    for name, read in (("cacm", judged.cacm), ("cranfield", judged.cranfield)):
        if (data / name).is_dir():
            yield read(data / name)
        else:
            print(f"{name}: not at {data}, left out", file=sys.stderr)
    for language in ("en", "de", "ru", "zh"):
        if (data / "xquad" / f"xquad.{language}.json").exists():
            yield judged.xquad(data / "xquad", language)
        else:
            print(f"xquad {language}: not at {data}, left out", file=sys.stderr)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--only", help="newsdex alone", action="store_true")
    options.add_argument("--half", help="half of the questions", type=int, choices=(1, 2))
    given = options.parse_args()
    missing = None if given.only else lucene.missing()
    if missing:
        print(f"Lucene: {missing}, left out", file=sys.stderr)
    print(f"{'collection':16} {'ranker':14} " + " ".join(f"{name:>8}" for name in MEASURES))
    for collection in collections(given.data):
        if given.half:
            collection = collection.half(given.half)
        chosen = CHINESE if collection.language == "zh" else RANKERS
        for name, ranker in list(chosen.items())[: 1 if given.only else None]:
            if missing and name.startswith("Lucene"):
                continue
            with tempfile.TemporaryDirectory() as directory, ranker(collection, Path(directory)) as search:
                found = judged.measure(collection, search)
            figures = " ".join(f"{value:8.4f}" for value in found.values())
            print(f"{collection.name + ' ' + collection.language:16} {name:14} {figures}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
