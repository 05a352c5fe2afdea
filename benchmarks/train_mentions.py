"""Train the mention models: indexer/knowledge/data/mentions-<language>.json.

    pip install "python-crfsuite>=0.9.10,<1" && python -m benchmarks.train_mentions [de en ru …] [--data ../shared/data]

Sets: Universal NER on PUD (CC BY-SA 4.0; the documents with an even number only: `entities.py` measures the others),
of the language itself and, without their words, of the other languages. For Russian also sentences of language
identification (Apache-2.0) and the paragraphs of XQuAD (CC BY-SA 4.0), labelled by natasha (MIT; pip install natasha).
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from benchmarks.entities import PUD, TYPES, Span, gold_spans, iob
from indexer.knowledge.alphabetic import AlphabeticFinder
from indexer.knowledge.features import INVISIBLE, OPENS, REACH, TOKEN, at, opening, pair, rule_features, traits
from indexer.knowledge.lexicon import lexicon
from indexer.knowledge.tables import HERE
from indexer.knowledge.tagger import LABELS, rule_name
from indexer.knowledge.text import Text

LEAST, SCALE = 0.04, 0.01
OWN = 3  # how often the texts of the language itself are counted, those of others once
LETTERS = ("w=", "b=", "bk=", "t=", "tk=", "3=", "2=", "4=", "<", "k=", "->", "-<")
SHORT = {kind: tag for tag, kind in TYPES.items()}
Row = tuple[list[list[str]], list[str]]


def features(language: str, body: str, foreign: bool = False) -> tuple[list[list[str]], list[tuple[int, int]]]:
    """The features of every token of a text, as `tagger` adds them up, and the offsets of the tokens.

    Args:
        foreign: leave out what only holds of one language, its words and their letters.
    """
    words = lexicon(language)
    tokens = [(m.start(), m.end(), m.group()) for m in TOKEN.finditer(body)]
    texts = ["\n", "\n", *(token[2] for token in tokens), "\n", "\n"]
    seen = [traits(text, words) for text in texts]
    if foreign:
        seen = [
            (
                kind,
                [f for f in near if not f.startswith(LETTERS)] or ["", ""],
                [f for f in own if not f.startswith(LETTERS)],
            )
            for kind, near, own in seen
        ]
    rows = []
    for i in range(2, len(texts) - 2):
        row = [f for distance in REACH for f in at(distance, *seen[i + distance])]
        row += [pair(seen[i - 1][0], seen[i][0], True), pair(seen[i][0], seen[i + 1][0], False)]
        if texts[i - 1] in OPENS or (texts[i - 1] in INVISIBLE and texts[i - 2] in OPENS):
            row += opening(seen[i][0])
        rows.append(row)
    starts = {token[0]: i for i, token in enumerate(tokens)}
    for hit in AlphabeticFinder(words).candidates(Text("body", body)):
        name = rule_name(hit.type, hit.rule, hit.confidence)
        i = first = starts.get(hit.start, len(tokens))
        while i < len(tokens) and tokens[i][0] < hit.end:
            rows[i] += rule_features(("B" if i == first else "I") + name, seen[i + 2][0])
            i += 1
    return rows, [token[:2] for token in tokens]


def labels(offsets: list[tuple[int, int]], gold: set[Span]) -> list[str]:
    """The label of each token."""
    found = ["O"] * len(offsets)
    for kind, start, end in gold:
        inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
        for n, i in enumerate(inside):
            found[i] = ("I-" if n else "B-") + SHORT[kind]
    return found


def rows_of(language: str, foreign: bool, data: Path, part: int = 0) -> Iterator[Row]:
    path = next((data / "uner_pud" / PUD[language]).glob("*.iob2"))
    for number, document in enumerate(iob(path)):
        if number % 2 == part:
            body, gold = gold_spans(document)
            rows, offsets = features(language, body, foreign)
            yield rows, labels(offsets, gold)


def silver(data: Path) -> Iterator[Row]:
    """Russian texts with the labels of another tagger."""
    natasha = importlib.import_module("natasha")
    segmenter, ner = natasha.Segmenter(), natasha.NewsNERTagger(natasha.NewsEmbedding())
    texts = (data / "language_id" / "ru.txt").read_text(encoding="utf-8").splitlines()
    questions = json.loads((data / "xquad" / "xquad.ru.json").read_text(encoding="utf-8"))["data"]
    texts += [paragraph["context"] for page in questions for paragraph in page["paragraphs"]]
    for text in filter(None, map(str.strip, texts)):
        document = natasha.Doc(text)
        document.segment(segmenter)
        document.tag_ner(ner)
        rows, offsets = features("ru", text)
        yield rows, labels(offsets, {(TYPES[span.type], span.start, span.stop) for span in document.spans})


def train(rows: list[Row], c1: float, c2: float, rounds: int) -> dict[str, object]:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": rounds, "feature.possible_transitions": True})
    for xseq, yseq in rows:
        if yseq:
            trainer.append(xseq, yseq)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    number = {label: i for i, label in enumerate(LABELS)}
    transitions = [[-6.0] * len(LABELS) for _ in LABELS]
    for (a, b), weight in info.transitions.items():
        transitions[number[a]][number[b]] = round(weight, 2)
    weights: dict[str, list[int]] = {}
    for (name, label), weight in info.state_features.items():
        if abs(weight) >= LEAST:
            weights.setdefault(name, [0] * len(LABELS))[number[label]] = round(weight / SCALE)
    return {"scale": SCALE, "transitions": transitions, "weights": dict(sorted(weights.items()))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", default=["de", "en", "ru", "pt"])
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--into", type=Path, default=HERE / "data")
    parser.add_argument("--c1", type=float, default=0.02)
    parser.add_argument("--c2", type=float, default=0.2)
    parser.add_argument("--rounds", type=int, default=100)
    given = parser.parse_args()
    for language in given.languages:
        started = time.monotonic()
        rows = list(rows_of(language, False, given.data)) * OWN
        for other in ("de", "en", "pt", "ru"):
            if other != language:
                rows += rows_of(other, True, given.data)
        if language == "ru":
            rows += silver(given.data)
        model = {"licence": "CC BY-SA 4.0: see NOTICE.md", **train(rows, given.c1, given.c2, given.rounds)}
        text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
        (given.into / f"mentions-{language}.json").write_text(text + "\n", encoding="utf-8")
        print(
            language,
            len(rows),
            "texts",
            f"{len(text.encode()) >> 10} KB, {time.monotonic() - started:.0f} s",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
