"""Measure stories: are wire copies found, are language editions, is nothing else joined, and how fast.

    python -m benchmarks.stories [copies] [samples] [bsnlp] [speed] [--data ../shared/data] [--size 200000] [--show]

copies   news in English (Wikinews), each printed again in ways that papers print agencies' reports
samples  the demo archive: events of gold.yaml, as dated, and again as if all had been published on one day
bsnlp    Slavic web news of three topics: language editions found, judged by the annotated ids that they share
speed    synthetic articles of 300 words, one in five a copy: sketches and stories per second, peak memory
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import yaml

from corpus.article import Article, Provenance
from corpus.readers import find_sources, read_file
from indexer.knowledge.finder import MentionFinder
from indexer.knowledge.resolver import Resolver
from indexer.knowledge.stories import Story, StoryFinder, Told, sketch
from indexer.pipeline.brief import day_and_minute

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
NOWHERE = Provenance("benchmark", "benchmark")
WORDS = re.compile(r"\S+")


def article(identity: str, body: str, title: str = "", language: str = "en", published: str | None = None) -> Article:
    return Article(identity, title, body, language, NOWHERE, published=published)


def told(one: Article, day: int | None = None) -> Told:
    known, minute = day_and_minute(one.published)
    return Told(one.id, one.language, one.source, known if day is None else day, minute, one.published)


def stories(
    articles: Iterable[Article], entities: dict[str, Sequence[str]], day: int | None = None
) -> tuple[Story, ...]:
    finder = StoryFinder()
    for one in articles:
        finder.add(told(one, day), sketch(one), entities.get(one.id, ()))
    return finder.finish()


def named(articles: Sequence[Article]) -> dict[str, Sequence[str]]:
    """The ids of the entities of each article, joined over all of them."""
    finder, resolver = MentionFinder(), Resolver(threshold=0.5)
    found = {one.id: finder.find(one) for one in articles}
    for one in articles:
        resolver.add(one.id, one.language, found[one.id])
    resolution = resolver.finish()
    return {one.id: [i for i, _ in resolution.entity_ids(found[one.id], one.language)] for one in articles}


def wikinews(data: Path) -> list[Article]:
    rows = []
    for path in sorted((data / "wikinews_en" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows += [row for row in csv.DictReader(stream) if len(row["text"].split()) > 40]
    return [article(row["url"], row["text"], row["title"], published=row["date"]) for row in rows]


def changed(text: str, share: float, rng: random.Random, pool: Sequence[str]) -> str:
    return WORDS.sub(lambda found: rng.choice(pool) if rng.random() < share else found.group(), text)


def variants(rng: random.Random, pool: Sequence[str]) -> dict[str, Callable[[str], str]]:
    """The ways of printing a report again; words that are put in come from a pool."""

    def cut(text: str, share: float) -> str:
        return text[: int(len(text) * share)]

    def lead(text: str) -> str:
        own, rest = text.split()[:30], text.split()[30:]
        return " ".join([*(rng.choice(pool) for _ in own), *rest])

    return {
        "dateline added": lambda text: "BERLIN, 3 May (Wire) – " + text,
        "a third cut": lambda text: cut(text, 2 / 3),
        "half cut": lambda text: cut(text, 1 / 2),
        "lead swapped": lead,
        "5 % of words changed": lambda text: changed(text, 0.05, rng, pool),
        "15 % of words changed": lambda text: changed(text, 0.15, rng, pool),
        "cut, dateline, 5 %": lambda text: "BERLIN (Wire) – " + changed(cut(text, 2 / 3), 0.05, rng, pool),
    }


def measure_copies(data: Path) -> None:
    news = wikinews(data)
    entities = named(news)
    rng = random.Random(5)
    pool = [word for one in news for word in one.body.split()]
    alone = stories(news, entities)
    print(f"| copies ({len(news)} articles of Wikinews) | recall | joined wrongly |\n|---|---|---|")
    print(f"| none: the articles alone | – | {sum(len(story.members) - 1 for story in alone)} |")
    for name, make in variants(rng, pool).items():
        copies = [article("copy " + one.id, make(one.body), published=one.published) for one in news]
        own = {**entities, **{one.id: ids for one, ids in zip(copies, named(copies).values(), strict=True)}}
        groups = [{member.id for member in story.members} for story in stories([*news, *copies], own)]
        found = sum(any({one.id, "copy " + one.id} <= group for group in groups) for one in news)
        wrong = sum(len({i.removeprefix("copy ") for i in group}) - 1 for group in groups)
        print(f"| {name} | {found / len(news):.3f} | {wrong} |")


def score(found: Sequence[Story], events: dict[str, str]) -> str:
    story = {member.id: one.id for one in found for member in one.members}
    counts: Counter[tuple[bool, bool]] = Counter()
    for a, b in combinations(events, 2):
        counts[events[a] == events[b], a in story and story[a] == story.get(b)] += 1
    right, wrong, missed = counts[True, True], counts[False, True], counts[True, False]
    pairs = right + missed
    return f"precision {right / max(1, right + wrong):.3f}, recall {right / max(1, pairs):.3f} of {pairs} pairs"


def measure_samples(show: bool) -> None:
    gold = yaml.safe_load((SAMPLES / "gold.yaml").read_text(encoding="utf-8"))["articles"]
    event = {(row["file"], row["title"]): row.get("event") for row in gold}
    articles, events = {}, {}
    for source in find_sources([str(SAMPLES)]):
        for one in read_file(source) if hasattr(source, "path") else ():
            if isinstance(one, Article):
                articles[one.id] = one
                file = Path(one.provenance.file).resolve().relative_to(SAMPLES).as_posix()
                # an article without an event has one of its own
                events[one.id] = event.get((file, one.title)) or one.id
    entities = named(list(articles.values()))
    for what, day in (("as dated", None), ("all on one day", 739_000)):
        found = stories(articles.values(), entities, day)
        print(f"samples, {what}: {len(articles)} articles, {len(found)} stories, {score(found, events)}")
        for story in found if show else ():
            print("   ", *(f"{one.language}:{one.kind}:{articles[one.id].title[:40]!r}" for one in story.members))


def slavic(data: Path) -> Iterator[tuple[Article, str, set[str]]]:
    """(article, topic, annotated ids)."""
    for topic in ("ec", "trump", "ryanair"):
        for folder in sorted((data / "bsnlp" / topic / "raw").iterdir()):
            gold: dict[str, set[str]] = {}
            for path in (data / "bsnlp" / topic / "annotated" / folder.name).iterdir():
                lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
                cells = (line.split("\t") for line in lines if line.count("\t") >= 3)
                gold[re.sub(r"\D", "", path.stem)] = {row[3] for row in cells}
            for path in sorted(folder.iterdir()):
                _, _, day, _, text, *_ = [*path.read_text(encoding="utf-8-sig", errors="replace").split("\n", 4), ""]
                title, _, body = text.partition("\n")
                one = article(f"{topic}/{path.stem}", body, title, folder.name, day.strip()[:10] or None)
                yield one, topic, gold.get(re.sub(r"\D", "", path.stem), set())


def measure_bsnlp(data: Path, show: bool) -> None:
    rows = {one.id: (one, topic, ids) for one, topic, ids in slavic(data)}
    articles = [one for one, _, _ in rows.values()]
    found = stories(articles, named(articles))
    overlaps = []
    for story in found:
        for a, b in combinations((member.id for member in story.members), 2):
            (one, topic, ids), (two, other, more) = rows[a], rows[b]
            if one.language != two.language:
                overlap = len(ids & more) / max(1, min(len(ids), len(more)))
                overlaps.append(overlap)
                if show:
                    print(f"    {topic == other} {overlap:.2f}", *(f"{x.published} {x.title!r}" for x in (one, two)))
    print(
        f"bsnlp: {len(articles)} articles, {len(found)} stories, {len(overlaps)} pairs across languages, "
        f"{sum(overlap >= 0.4 for overlap in overlaps)} of them share 40 in 100 annotated ids"
    )


def synthetic(size: int) -> Iterator[tuple[Article, list[str]]]:
    """Articles of 300 words; one in five is a copy of one of the last hundred, with some of its words changed."""
    rng = random.Random(7)
    pool = [f"w{int(rng.paretovariate(0.8) * 9) % 60_000}" for _ in range(200_000)]
    last: list[tuple[str, list[str], str]] = []
    for number in range(size):
        day = f"20{10 + number * 10 // size:02d}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        if last and rng.random() < 0.2:
            body, entities, day = rng.choice(last)
            body = changed(body, 0.05, rng, pool)
        else:
            body = " ".join(rng.choices(pool, k=300))
            entities = [f"person:{min(int(rng.paretovariate(0.6)), 50_000)}" for _ in range(8)]
        last = [*last[-99:], (body, entities, day)]
        yield article(str(number), body, language=rng.choice(("de", "en", "ru")), published=day), entities


def measure_speed(size: int) -> None:
    finder, sketching = StoryFinder(), 0.0
    for one, entities in synthetic(size):
        began = time.process_time()
        found = sketch(one)
        sketching += time.process_time() - began
        finder.add(told(one), found, entities)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    made = finder.finish()
    telling = time.process_time() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"speed: {size:,} articles, sketches {size / sketching:,.0f}/s, stories {size / telling:,.0f}/s "
        f"({telling:.1f} s for {len(made):,} stories), gathering took {before / 1024:,.0f} MB in all, "
        f"telling {(after - before) / 1024:,.0f} MB more"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=[])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--show", action="store_true", help="print what was joined")
    given = parser.parse_args()
    parts: dict[str, Callable[[], None]] = defaultdict(lambda: parser.print_help)
    parts |= {
        "copies": lambda: measure_copies(given.data),
        "samples": lambda: measure_samples(given.show),
        "bsnlp": lambda: measure_bsnlp(given.data, given.show),
        "speed": lambda: measure_speed(given.size),
    }
    for what in given.what or list(parts):
        if what in ("copies", "bsnlp") and not given.data.exists():
            print(f"{what}: left out, {given.data} is not there")
        else:
            parts[what]()


if __name__ == "__main__":
    main()
