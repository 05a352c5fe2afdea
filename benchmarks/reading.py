"""How well pages are read: body token F1, title and day accuracy on gold pages of `../shared/data`.

    .venv/bin/python benchmarks/reading.py [--set NAME] [--worst N] [--show NAME]

Body F1 is over words as a bag (casefolded), averaged over pages; a page counts for a field only where gold has it.
`zyte`: text dumps by two tools, gold bodies. `fundus`: saved HTML with gold. `fundus-inscriptis` and the
other ways of `reading_dumps.py`: the same pages dumped to text; days and authors count where the dump still shows them.
Authors are scored like bodies, by the words of their names.
`bsnlp`: dumped Slavic web pages with address, date and title on top, read without those
lines; gold is the title line, and the date where the page shows one is not known.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.reading_dumps import DUMPERS
from corpus.article import Article
from corpus.dates import find_dates
from corpus.markup import parse_html
from corpus.readers import read_file
from corpus.readers.htmlmeta import page_facts

DATA = Path(__file__).parent.parent.parent / "shared" / "data"


@dataclass
class Case:
    name: str
    data: bytes
    suffix: str
    title: str | None = None
    day: str | None = None
    body: str | None = None
    other_titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    language: str | None = None


def zyte() -> Iterator[Case]:
    gold = json.loads((DATA / "textdump_zyte/ground-truth.json").read_text())
    for tool in ("inscriptis", "html-text"):
        dumps = json.loads((DATA / f"textdump_zyte/{tool}.json").read_text())["output"]
        for key, dump in sorted(dumps.items()):
            yield Case(f"{tool}/{key[:8]}", dump["articleBody"].encode(), ".txt", body=gold[key]["articleBody"])


def fundus() -> Iterator[Case]:
    for gold_file in sorted((DATA / "html_fundus").glob("*/*.json")):
        gold = json.loads(gold_file.read_text())
        pages = sorted(gold_file.parent.glob(f"{gold_file.stem}_*.html.gz"))
        for page, facts in _pairs(pages, gold):
            body = facts.get("body") or {}
            parts = list(body.get("summary", []))
            for section in body.get("sections", []):
                parts += section.get("headline", []) + section.get("paragraphs", [])
            text = "\n\n".join(parts)
            data = gzip.decompress(page.read_bytes())
            yield Case(
                f"{gold_file.parent.name}/{page.name}",
                data,
                ".html",
                facts.get("title"),
                (facts.get("publishing_date") or "")[:10] or None,
                text,
                shown_titles(data),
                tuple(facts.get("authors") or ()),
                {"at": "de", "ch": "de", "uk": "en", "us": "en"}.get(gold_file.parent.name),
            )


def shown_titles(data: bytes) -> tuple[str, ...]:
    """Every wording of its title that a page itself gives: a house often has three, and gold picks one."""
    facts = page_facts(parse_html(data.decode("utf-8", "replace")))
    found = [value for name in ("title", "h1") for value, _, path in facts.found.get(name, []) if "name" not in path]
    return tuple(found)


def _pairs(pages: list[Path], gold: dict) -> Iterator[tuple[Path, dict]]:
    """Each saved page with the gold entry whose title it holds."""
    left = dict(gold)
    for page in pages:
        text = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
        best = max(left, key=lambda key: sum(word in text for word in _evidence(left[key])), default=None)
        if best is not None:
            yield page, left.pop(best)


def _evidence(facts: dict) -> list[str]:
    parts = [p for s in (facts.get("body") or {}).get("sections", []) for p in s.get("paragraphs", [])]
    return [w for p in [facts.get("title") or "", *parts[:3]] for w in re.findall(r"\w{6,}", p)]


def fundus_dumps(dumper: str) -> Iterator[Case]:
    for case in fundus():
        try:
            text = DUMPERS[dumper](case.data.decode("utf-8", "replace"))
        except Exception as error:
            print(f"{dumper} failed on {case.name}: {error}", file=sys.stderr)
            continue
        shown = any(found.day == case.day for line in text.split("\n") if len(line) < 300 for found in find_dates(line))
        authors = case.authors if all(name.casefold() in text.casefold() for name in case.authors) else ()
        yield replace(case, data=text.encode(), suffix=".txt", day=case.day if shown else None, authors=authors)


def bsnlp() -> Iterator[Case]:
    for path in sorted((DATA / "bsnlp").glob("*/raw/*/*.txt"))[::3]:
        lines = path.read_text("utf-8-sig").split("\n")
        if len(lines) > 5 and len(lines[4]) > 20:
            yield Case(
                str(path.relative_to(DATA / "bsnlp")),
                "\n".join(lines).encode(),
                ".txt",
                lines[4],
                lines[2].strip()[:10] or None,
            )


SETS: dict[str, Callable[[], Iterator[Case]]] = {
    "zyte": zyte,
    "fundus": fundus,
    **{f"fundus-{name}": partial(fundus_dumps, name) for name in DUMPERS},
    "bsnlp": bsnlp,
}


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def f1(got: str, gold: str) -> float:
    a, b = tokens(got), tokens(gold)
    both = sum((a & b).values())
    return 2 * both / (a.total() + b.total()) if both else float(not a and not b)


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def same(got: str, gold: str) -> bool:
    """Whether two titles are one but for a kicker, a suffix or a word."""
    return plain(got) == plain(gold) or f1(got, gold) >= 0.9


def measure(name: str, worst: int, show: str | None) -> None:
    scores: list[tuple[float, str, int, int]] = []
    titles, exact, days, wrong, seconds, rejected = [], [], [], [], 0.0, 0
    authors: list[float] = []
    languages: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        for case in SETS[name]():
            path = Path(folder) / f"page{case.suffix}"
            path.write_bytes(case.data)
            start = time.perf_counter()
            items = list(read_file(path))
            seconds += time.perf_counter() - start
            first = next((item for item in items if isinstance(item, Article)), None)
            rejected += first is None
            body = first.body if first else ""
            if show and show in case.name:
                explain(case, items)
            if case.body is not None:
                got, gold = tokens(body), tokens(case.body)
                scores.append((f1(body, case.body), case.name, (got - gold).total(), (gold - got).total()))
            if case.title:
                exact.append(bool(first) and plain(first.title) == plain(case.title))
                right = bool(first) and any(same(first.title, gold) for gold in (case.title, *case.other_titles))
                titles.append(right)
                if not right:
                    wrong.append(f"title {case.name}: {first.title if first else items!r:.150} <> {case.title}")
            if case.authors:
                authors.append(f1(" ".join(first.authors) if first else "", " ".join(case.authors)))
            if case.language:
                languages.append(bool(first) and first.language == case.language)
            if case.day:
                right = bool(first) and (first.published or "")[:10] == case.day
                days.append(right)
                if not right:
                    wrong.append(f"day   {case.name}: {first.published if first else None} <> {case.day}")
    count = max(len(scores), len(titles))
    line = f"{name:18} pages {count:4}  rejected {rejected:3}"
    line += f"  body F1 {sum(s[0] for s in scores) / len(scores):.3f}" if scores else ""
    line += f"  title {sum(titles) / len(titles):.3f} (as gold has it {sum(exact) / len(exact):.3f})" if titles else ""
    line += f"  day {sum(days) / len(days):.3f}" if days else ""
    line += f"  authors F1 {sum(authors) / len(authors):.3f}" if authors else ""
    line += f"  language {sum(languages) / len(languages):.3f}" if languages else ""
    print(f"{line}  {1000 * seconds / max(1, count):.1f} ms a page")
    for score, case_name, more, less in sorted(scores)[:worst]:
        print(f"   {score:.2f} {case_name}  +{more} -{less}")
    for text in wrong[:worst]:
        print("  ", text)


def explain(case: Case, items: list) -> None:
    print(case.data.decode("utf-8", "replace")[:6000] if case.suffix == ".txt" else "")
    print("GOLD", case.title, case.day, (case.body or "")[:1500])
    for item in items:
        print(json.dumps(item.as_json(), ensure_ascii=False, indent=1)[:4000])
        for lost in getattr(getattr(item, "provenance", None), "stripped", ())[:150]:
            print("  -", lost.line, lost.why, "|", lost.text.strip()[:100])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--show")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not there: nothing to measure on")
    for name in options.set or SETS:
        measure(name, options.worst, options.show)


if __name__ == "__main__":
    main()
