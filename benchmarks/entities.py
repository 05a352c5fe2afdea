"""Measure the knowledge room: mentions, names across scripts, entities across languages, speed.

    python benchmarks/entities.py [pud] [europeana] [names] [bsnlp] [samples] [--data ../shared/data] [--errors LANG]
                                  [--finder ru=natasha]

pud        Universal NER on PUD (de en pt ru zh): precision, recall, F1 of exact spans by type
europeana  OCR newspapers (de fr nl), tokens of 1800 to 1945: the same
names      pairs of names from Wikidata: how many are matched, how many strangers are
bsnlp      Slavic web news: asking by one language's name, which articles in the other languages come up
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.article import Article, Provenance
from indexer.knowledge.finder import MentionFinder
from indexer.knowledge.fold import fold
from indexer.knowledge.match import match
from indexer.knowledge.resolver import Resolver

TYPES = {"PER": "person", "LOC": "place", "ORG": "organisation"}
PUD = {"de": "German", "en": "English", "pt": "Portuguese", "ru": "Russian", "zh": "Chinese"}
Span = tuple[str, int, int]
MODELS: dict[str, str] = {}
"""Language → model, as `index.finders` in newsdex.yml; `--finder` fills it."""


def article(language: str, body: str, title: str = "", identity: str = "a") -> Article:
    return Article(identity, title, body, language, Provenance("benchmark", "benchmark"))


def iob(path: Path, column: int = 1, tag: int = 2) -> Iterator[list[tuple[list[tuple[str, str]], str]]]:
    """Documents as lists of (tokens with tags, text) sentences."""
    document: list[tuple[list[tuple[str, str]], str]] = []
    tokens: list[tuple[str, str]] = []
    text = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), "", "# newdoc"]:
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        elif line.startswith("# text = "):
            text = line[9:]
        elif not line.strip() and tokens:
            document.append((tokens, text))
            tokens, text = [], ""
        elif line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            tokens.append((cells[column], cells[tag]))


def gold_spans(document: Sequence[tuple[list[tuple[str, str]], str]]) -> tuple[str, set[Span]]:
    """The text of a document and its spans by type."""
    body, spans = "", set()
    for tokens, text in document:
        text = text or " ".join(token for token, _ in tokens)
        position, open_type, start, end = 0, "", 0, 0
        for token, tag in [*tokens, ("", "O")]:
            found = text.find(token, position)
            position = found + len(token) if found >= 0 else position
            kind = tag[2:] if tag[:2] in ("B-", "I-") else ""
            if open_type and (tag[:2] == "B-" or kind != open_type):
                spans.add((TYPES.get(open_type, ""), len(body) + start, len(body) + end))
                open_type = ""
            if kind:
                if not open_type:
                    open_type, start = kind, found
                end = position
        body += text + "\n"
    return body, {span for span in spans if span[0]}


class Score:
    """Counts of right, wrong and missed by type."""

    def __init__(self) -> None:
        self.right, self.wrong, self.missed = Counter[str](), Counter[str](), Counter[str]()

    def add(self, gold: set[Span], found: set[Span]) -> None:
        for counter, spans in ((self.right, gold & found), (self.wrong, found - gold), (self.missed, gold - found)):
            counter.update(span[0] for span in spans)

    def line(self, name: str) -> str:
        cells = []
        for kind in ("person", "place", "organisation"):
            tp, fp, fn = self.right[kind], self.wrong[kind], self.missed[kind]
            p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
            cells.append(f"{kind} P {p:.3f} R {r:.3f} F {2 * p * r / max(1e-9, p + r):.3f} ({tp + fn})")
        return f"{name:12} " + " | ".join(cells)


def pud(data: Path, errors: str | None, threshold: float) -> None:
    finder = MentionFinder(threshold, MODELS)
    for language, folder in PUD.items():
        path = next((data / "uner_pud" / folder).glob("*.iob2"))
        score = Score()
        finder.find(article(language, "Minsk"))  # load what is loaded once
        taken, words = 0.0, 0
        for document in iob(path):
            body, gold = gold_spans(document)
            started = time.process_time()
            mentions = finder.find(article(language, body))
            taken, words = taken + time.process_time() - started, words + len(body.split())
            found = {(m.type, m.start, m.end) for m in mentions}
            score.add(gold, found)
            if errors == language:
                rules = {(m.type, m.start, m.end): m.origin for m in mentions}
                for kind, spans in (("FP", found - gold), ("FN", gold - found)):
                    for span in sorted(spans, key=lambda s: s[1]):
                        around = body[max(0, span[1] - 30) : span[2] + 20].replace("\n", "/")
                        print(kind, span[0], repr(body[span[1] : span[2]]), rules.get(span, ""), "…", around)
        print(score.line(f"pud {language}"), f"| {words / taken:.0f} words/s")


def europeana(data: Path, errors: str | None, threshold: float) -> None:
    finder = MentionFinder(threshold, MODELS)
    for path in sorted((data / "europeana_ner").glob("*/*.bio")):
        language, score = path.name[4:6].lower(), Score()
        sentences: list[tuple[list[tuple[str, str]], str]] = [([], "")]
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            cells = line.split()
            if len(cells) < 2:
                if sentences[-1][0]:
                    sentences.append(([], ""))
                continue
            sentences[-1][0].append((cells[0], cells[-1] if cells[-1][:2] in ("B-", "I-") else "O"))
        for i in range(0, len(sentences), 15):
            body, gold = gold_spans(sentences[i : i + 15])
            score.add(gold, {(m.type, m.start, m.end) for m in finder.find(article(language, body))})
        print(score.line(path.name[4:10]))


def names(data: Path, errors: str | None, _: float) -> None:
    rng = random.Random(4)
    for language, code in (("russian", "ru"), ("chinese", "zh"), ("arabic", "ar")):
        rows = [
            line.split("\t") for line in (data / "names_translit" / f"wd_{language}_64").read_text("utf-8").splitlines()
        ]
        if code == "zh":
            rows = rows[::10]  # the lines on which the transcription was not trained
        pairs = [
            (a, b.replace(" ", "")) for a, b, n in rows if int(n) >= 2 and len(a) > 2 and len(b.replace(" ", "")) > 1
        ]
        rng.shuffle(pairs)
        people = [
            (f"{x[0].title()} {y[0].title()}", f"{x[1].title()}·{y[1].title()}")
            for x, y in zip(pairs, pairs[len(pairs) // 2 :], strict=False)
        ]
        people = people[: min(2500, len(pairs) // 2)]
        started = time.process_time()
        same = [match(a, b, "", code).same for a, b in people]
        taken = time.process_time() - started
        wrong, tried = 0, 0
        for i, (a, _) in enumerate(people):
            for j in rng.sample(range(len(people)), 20):
                if j != i and not set(a.split()) & set(people[j][0].split()):
                    tried += 1
                    wrong += match(a, people[j][1], "", code).same
        near = [
            (people[i][0], f"{people[j][1].split('·')[0]}·{people[i][1].split('·')[1]}")
            for i in range(len(people))
            for j in [(i + 7) % len(people)]
        ]
        false_given = sum(match(a, b, "", code).same for a, b in near) / len(near)
        print(
            f"names {code}: recall {sum(same) / len(same):.3f}, strangers joined {wrong} of {tried}, "
            f"same family name but another given name joined {false_given:.4f}, {len(people) / taken:.0f} pairs/s cold"
        )
        if errors == code:
            for (a, b), found in list(zip(people, same, strict=True))[:400]:
                if not found:
                    print("missed", a, b, match(a, b, "", code))


def bsnlp_documents(data: Path) -> Iterator[tuple[str, str, str, str, list[tuple[str, str, str, str]]]]:
    """(topic, language, id, text, [(surface, lemma, type, entity id)])."""
    for topic in ("ec", "trump", "ryanair"):
        for folder in sorted((data / "bsnlp" / topic / "annotated").iterdir()):
            raw = {re.sub(r"\D", "", p.stem): p for p in (data / "bsnlp" / topic / "raw" / folder.name).iterdir()}
            for path in sorted(folder.iterdir()):
                lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
                source = raw.get(re.sub(r"\D", "", path.stem))
                if source is None:
                    continue
                text = source.read_text(encoding="utf-8-sig", errors="replace").split("\n", 4)[-1]
                rows = [tuple(line.split("\t")[:4]) for line in lines[1:] if line.count("\t") >= 3]
                yield topic, folder.name, path.stem, text, rows  # type: ignore[misc]


def bsnlp(data: Path, errors: str | None, threshold: float, kinds: Sequence[str] = ("PER", "LOC", "ORG")) -> None:
    finder, resolver = MentionFinder(threshold, MODELS), Resolver(threshold=threshold)
    documents = []
    words = 0
    started = time.process_time()
    for topic, language, identity, text, rows in bsnlp_documents(data):
        if language not in ("pl", "ru", "uk"):
            continue
        title, _, body = text.partition("\n")
        found = finder.find(article(language, body, title))
        words += len(text.split())
        resolver.add(identity, language, found)
        documents.append((topic, language, rows, found))
    resolution = resolver.finish()
    taken = time.process_time() - started
    print(
        f"bsnlp: {len(documents)} documents, {words} words, {words / taken:.0f} words/s with resolving, "
        f"{len(resolution.table)} entities"
    )
    articles: dict[str, set[int]] = defaultdict(set)
    for number, (_, language, _, found) in enumerate(documents):
        for entity_id, _ in resolution.entity_ids(found, language):
            articles[entity_id].add(number)
    surface = Score()
    for _, _, rows, found in documents:
        for tag, kind in TYPES.items():
            gold = {(kind, fold(row[0])) for row in rows if row[2] == tag}
            mine = {(kind, fold(m.text)) for m in found if m.type == kind}
            for counter, forms in (
                (surface.right, gold & mine),
                (surface.wrong, mine - gold),
                (surface.missed, gold - mine),
            ):
                counter[kind] += len(forms)
    print(surface.line("bsnlp forms"))
    _across(documents, resolution.table, articles, errors, kinds)


def _across(
    documents: list[tuple[str, str, list[tuple[str, str, str, str]], object]],
    table: object,
    articles: dict[str, set[int]],
    errors: str | None,
    kinds: Sequence[str],
) -> None:
    """Asking by each name of one language: articles found in the other languages, against the shared ids."""
    gold: dict[tuple[str, str], set[int]] = defaultdict(set)
    asked: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    types: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for number, (topic, language, rows, _) in enumerate(documents):
        for _, lemma, kind, identity in rows:
            gold[topic, identity].add(number)
            types[topic, identity][kind] += 1
            asked[topic, identity, language][lemma] += 1
    result: dict[str, list[int]] = {kind: [0, 0, 0, 0, 0] for kind in kinds}
    for (topic, identity, language), lemmas in asked.items():
        kind = types[topic, identity].most_common(1)[0][0]
        others = {n for n in gold[topic, identity] if documents[n][1] != language}
        if not others or kind not in kinds:
            continue
        lemma = max(lemmas, key=lambda form: (lemmas[form], len(form.split()) > 1, form))
        ids = table.lookup(lemma)[:1]  # type: ignore[attr-defined]
        found = {
            n for i in ids for n in articles.get(i, ()) if documents[n][1] != language and documents[n][0] == topic
        }
        row = result[kind]
        row[0] += len(found & others)
        row[1] += len(found - others)
        row[2] += len(others - found)
        row[3] += 1
        row[4] += not ids
        if errors and len(others - found) + len(found - others) > 2:
            print(
                "across",
                language,
                lemma,
                ids,
                "right",
                len(found & others),
                "wrong",
                len(found - others),
                "missed",
                len(others - found),
            )
    for kind, (right, wrong, missed, queries, unknown) in result.items():
        print(
            f"bsnlp across {kind}: recall {right / max(1, right + missed):.3f} "
            f"precision {right / max(1, right + wrong):.3f} "
            f"({queries} questions, {unknown} unknown names, {right + missed} articles)"
        )


PARTS = {"pud": pud, "europeana": europeana, "names": names, "bsnlp": bsnlp}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--errors", metavar="LANG", help="print what went wrong in one language")
    parser.add_argument("--threshold", type=float, default=0.6, help="leave out mentions less sure than this")
    parser.add_argument("--finder", action="append", default=[], metavar="ru=natasha", help="a model for a language")
    given = parser.parse_args()
    MODELS.update(one.split("=", 1) for one in given.finder)
    if not given.data.is_dir():
        sys.exit(f"{given.data} is not there; give --data")
    for part in given.parts or PARTS:
        PARTS[part](given.data, given.errors, given.threshold)


if __name__ == "__main__":
    main()
