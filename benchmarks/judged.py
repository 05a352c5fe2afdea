"""Collections with queries and judged answers, and the measures of a ranking."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from math import log2
from pathlib import Path
from zlib import crc32


@dataclass(frozen=True)
class Collection:
    """Documents and questions of one language.

    Attributes:
        documents: id → title and body.
        questions: id → text.
        judged: question → document → gain, above 0 for each relevant document.
    """

    name: str
    language: str
    documents: Mapping[str, tuple[str, str]]
    questions: Mapping[str, str]
    judged: Mapping[str, Mapping[str, float]]

    def half(self, number: int) -> Collection:
        """The same documents with the first or second half of the questions, drawn by a checksum of their text."""
        chosen = {name for name, text in self.questions.items() if crc32(text.encode()) % 2 == number - 1}
        return replace(self, judged={name: gains for name, gains in self.judged.items() if name in chosen})


def cacm(folder: Path) -> Collection:
    """Abstracts of computer science, 1958 to 1979; queries whose answers were judged."""
    documents: dict[str, tuple[str, str]] = {}
    with tarfile.open(next(folder.glob("src/**/cacm.tar.gz"))) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is None or not member.name.endswith(".html"):
                continue
            text = unescape(re.sub(r"<[^>]+>", "", file.read().decode("latin-1"))).strip()
            title, _, body = text.partition("\n\n")
            documents[Path(member.name).stem] = (" ".join(title.split()), body)
    topics = (folder / "topics/topics.cacm.txt").read_text(encoding="latin-1")
    questions = {
        number: " ".join(text.split())
        for number, text in re.findall(r"<DOCNO>\s*(\d+)\s*</DOCNO>(.*?)</DOC>", topics, re.DOTALL)
    }
    judged: dict[str, dict[str, float]] = {}
    for line in (folder / "qrels/qrels.cacm.txt").read_text(encoding="latin-1").splitlines():
        question, _, document, relevant = line.split()
        if int(relevant) > 0 and document in documents:
            judged.setdefault(question, {})[document] = 1.0
    return Collection("cacm", "en", documents, questions, judged)


def cranfield(folder: Path) -> Collection:
    """Abstracts of aerodynamics; gains 4 (a complete answer) to 1."""

    def records(name: str) -> Iterator[tuple[str, dict[str, str]]]:
        text = (folder / name).read_text(encoding="latin-1")
        for record in re.split(r"^\.I ", text, flags=re.MULTILINE)[1:]:
            number, *parts = re.split(r"^\.([TABW])\n", record, flags=re.MULTILINE)
            yield number.strip(), dict(zip(parts[0::2], parts[1::2], strict=True))

    documents = {}
    for number, parts in records("cran.all.1400"):
        title = " ".join(parts["T"].split())
        documents[number] = (title, " ".join(parts["W"].split()).removeprefix(title))
    questions = {str(i): " ".join(parts["W"].split()) for i, (_, parts) in enumerate(records("cran.qry"), 1)}
    judged: dict[str, dict[str, float]] = {}
    for line in (folder / "cranqrel").read_text().splitlines():
        question, document, code = line.split()
        if 1 <= int(code) <= 4:
            judged.setdefault(question, {})[document] = 5.0 - int(code)
    return Collection("cranfield", "en", documents, questions, judged)


def xquad(folder: Path, language: str) -> Collection:
    """240 paragraphs; the paragraph that answers a question is its one relevant document."""
    documents: dict[str, tuple[str, str]] = {}
    questions: dict[str, str] = {}
    judged: dict[str, dict[str, float]] = {}
    for article in json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            number = str(len(documents))
            documents[number] = ("", paragraph["context"])
            for question in paragraph["qas"]:
                questions[question["id"]] = question["question"]
                judged[question["id"]] = {number: 1.0}
    return Collection("xquad", language, documents, questions, judged)


def average_precision(ranked: Sequence[str], gains: Mapping[str, float]) -> float:
    """Mean over the relevant documents of the precision at each one's rank, 0 for those not found."""
    found, total = 0, 0.0
    for rank, document in enumerate(ranked, 1):
        if document in gains:
            found += 1
            total += found / rank
    return total / len(gains)


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], depth: int = 10) -> float:
    """Discounted gain of the first `depth` against the best order's (Järvelin and Kekäläinen 2002)."""
    got = sum(gains.get(document, 0.0) / log2(rank + 1) for rank, document in enumerate(ranked[:depth], 1))
    best = sum(gain / log2(rank + 1) for rank, gain in enumerate(sorted(gains.values(), reverse=True)[:depth], 1))
    return got / best


def reciprocal_rank(ranked: Sequence[str], gains: Mapping[str, float]) -> float:
    """1 / rank of the first relevant document, 0 when none was found."""
    return next((1 / rank for rank, document in enumerate(ranked, 1) if document in gains), 0.0)


MEASURES: Mapping[str, Callable[[Sequence[str], Mapping[str, float]], float]] = {
    "MAP": average_precision,
    "nDCG@10": ndcg,
    "MRR": reciprocal_rank,
}


def measure(collection: Collection, search: Callable[[str], Sequence[str]]) -> dict[str, float]:
    """The mean of each measure over the judged questions; `search` gives up to 1,000 ids, best first."""
    sums = dict.fromkeys(MEASURES, 0.0)
    for question, gains in collection.judged.items():
        ranked = search(collection.questions[question])
        for name, rule in MEASURES.items():
            sums[name] += rule(ranked, gains)
    return {name: total / len(collection.judged) for name, total in sums.items()}
