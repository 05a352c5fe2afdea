"""How well newsdex ranks, beside stock Whoosh's and tantivy's analysers, in one run: python -m benchmarks.relevance

Questions are asked as they stand, question words and all, with any word being enough. The collections are those of
`../shared/data`; one that is absent is left out, and said so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import judged, rankers
from benchmarks.judged import MEASURES, Collection

DATA = Path(__file__).parents[2] / "shared" / "data"
RANKERS = {
    "newsdex": rankers.newsdex,
    "Whoosh 2.7.4": rankers.stock_whoosh,
    "tantivy": rankers.tantivy_with(rankers.tantivy_words),
}
CHINESE = {"tantivy pairs": rankers.tantivy_with(rankers.tantivy_pairs, pairs=True)}


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
    given = options.parse_args()
    print(f"{'collection':16} {'ranker':14} " + " ".join(f"{name:>8}" for name in MEASURES))
    for collection in collections(given.data):
        chosen = RANKERS | (CHINESE if collection.language == "zh" else {})
        for name, ranker in list(chosen.items())[: 1 if given.only else None]:
            with tempfile.TemporaryDirectory() as directory, ranker(collection, Path(directory)) as search:
                found = judged.measure(collection, search)
            figures = " ".join(f"{value:8.4f}" for value in found.values())
            print(f"{collection.name + ' ' + collection.language:16} {name:14} {figures}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
