"""`python -m benchmarks.typed`: how soon what people type is completed, respelled and answered, hostile queries too.

Synthetic articles (`generate.py`) are analysed in their languages and indexed once, in the cache. Figures are CPU
milliseconds; queries run as the archive runs them: parsed, analysed, searched with an exact total, every form counted.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.asked import default_cache
from benchmarks.generate import Corpus
from indexer.analysis import BulkAnalyzer, analyser_version
from indexer.engines import engine
from indexer.engines.base import FACETS, Batch, EngineRequest, Searcher
from indexer.query import compile_query
from indexer.query.suggest import Suggester
from indexer.settings import LimitSettings

LANGUAGES = ("en", "de", "ru")
GOAL_SUGGESTION, GOAL_ANSWER = 20, 1000
STEP = 2000


def index(size: int, cache: Path) -> Searcher:
    """The archive's fields of `size` articles; built when they are not in the cache."""
    directory = cache / f"typed-{size}-{analyser_version()}"
    house = engine("whoosh")
    if not directory.exists():
        analyzer, building = BulkAnalyzer(), directory.with_suffix(".building")
        building.mkdir(parents=True)
        builder = house.builder(building)
        for chunk in Corpus(size, cache=cache).chunks():
            for start in range(0, len(chunk), STEP):
                texts = chunk.texts[start : start + STEP]
                codes = [LANGUAGES[i] for i in chunk.language[start : start + STEP]]
                fields = analyzer.columns([text[:60] for text in texts], texts, codes)
                facets = {name: [()] * len(texts) for name in FACETS}
                ids = chunk.ids[start : start + STEP]
                days = chunk.day[start : start + STEP]
                builder.add(Batch(ids, fields, days, np.full(len(ids), -1, np.int16), facets, [b"{}"] * len(ids)))
        builder.commit()
        building.rename(directory)
    return house.open(directory)


def clock(run: Callable[[], object]) -> float:
    """CPU milliseconds."""
    start = time.process_time()
    run()
    return (time.process_time() - start) * 1000


def suggestions(searcher: Searcher) -> None:
    """Print a table of completions and spellings."""
    terms = searcher.terms("body_folded", "", 2_000_000)
    made = clock(lambda: Suggester(terms))
    suggester = Suggester(terms)
    words = random.Random(7).sample([term for term, _ in terms if len(term) > 5], 200)
    ways: dict[str, Callable[[str], object]] = {
        "completing two letters": lambda word: suggester.complete(word[:2]),
        "completing four letters": lambda word: suggester.complete(word[:4]),
        "spelling a word": lambda word: suggester.spell(word[:2] + word[3:] + "x"),
        "respelling three words": lambda word: suggester.query(f"{word}q {word[::-1]} {word[1:]}zz"),
    }
    print(f"\n{len(suggester):,} words to suggest, made in {made:.0f} ms\n")
    print(f"| suggestion (goal {GOAL_SUGGESTION} ms) | median ms | 95 % below | worst |\n|---|---|---|---|")
    for name, way in ways.items():
        times = sorted(clock(lambda: way(word)) for word in words)  # noqa: B023 - called at once
        print(f"| {name} | {median(times):.2f} | {times[int(len(times) * 0.95)]:.2f} | {times[-1]:.2f} |")


def hostile(common: Sequence[str]) -> dict[str, str]:
    """What nobody types by chance; `common` are the archive's most frequent words."""
    pairs = [f"{a}{b}" for a in "aeiou" for b in "rstlmn"]
    return {
        "5,000 parentheses": "(" * 5000 + common[0] + ")" * 5000,
        "100,000 words": f"{common[0]} " * 100_000,
        "*a*": "*a*",
        "[a TO z]": "[a TO z]",
        "?*?*?*z": "?*?*?*z",
        "*a*b*c*": "*a*b*c*",
        "30 infixes": " OR ".join(f"*{pair}*" for pair in pairs),
        "60 misspellings": " OR ".join(f"{word}~2" for word in common[:60]),
        "256 common words": " OR ".join(common[:256]),
        "20 common words in order": f'"{" ".join(common[:20])}"',
        "20 common words near": f'"{" ".join(common[:20])}"~50',
        "5,000 NOT": "NOT " * 5000 + common[0],
        "lone surrogates": "\ud800 \udfff a\ud83d",
        "(?:x+)+y": "(?:x+)+y [a-z]+$ (a|a)*b",
        "100,000 characters of Chinese": "谈" * 100_000,
    }


def answers(searcher: Searcher) -> None:
    """Print a table of hostile queries."""
    limits = LimitSettings()
    print(f"\n| query (goal {GOAL_ANSWER} ms) | hits | ms | notes |\n|---|---|---|---|")
    common = [term for term, _ in sorted(searcher.terms("body_folded", "", 2_000_000), key=lambda pair: -pair[1])]
    for name, text in hostile(common).items():
        for any_word in (False, True):
            told: list[object] = []

            def run(text: str = text, any_word: bool = any_word, told: list[object] = told) -> None:
                compiled = compile_query(
                    text, any_word=any_word, languages=LANGUAGES, fields=searcher.fields, count=searcher.count_of
                )
                end = time.monotonic() + limits.seconds
                answer = searcher.search(EngineRequest(compiled.node, until=end))
                compiled.explain(lambda node: searcher.count_of(node) if time.monotonic() < end else None)
                told.extend((answer.total, len(compiled.notes) + len(answer.notes)))

            spent = clock(run)
            late = "" if spent <= GOAL_ANSWER else " (missed)"
            shown = name.replace("|", "\\|").replace("*", "\\*") + (", any" if any_word else "")
            print(f"| {shown} | {told[0]:,} | {spent:.0f}{late} | {told[1]} |")


def main() -> None:
    options = argparse.ArgumentParser(description="Time suggestions and hostile queries.")
    options.add_argument("--size", type=int, default=200_000)
    options.add_argument("--cache", type=Path, default=default_cache())
    given = options.parse_args()
    given.cache.mkdir(parents=True, exist_ok=True)
    searcher = index(given.size, given.cache)
    print(f"**{searcher.count:,} articles**")
    try:
        suggestions(searcher)
        answers(searcher)
    finally:
        searcher.close()


if __name__ == "__main__":
    main()
