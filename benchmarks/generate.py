"""Synthetic articles in three languages, the same for the same seed on every machine.

Words follow Zipf and Mandelbrot's law, p(rank) ~ 1 / (rank + 2.7) ** 1.07, which fits running text of news
(B. Mandelbrot, "An informational theory of the statistical structure of language", 1953); a quarter of the words comes
from a vocabulary of the article's category, so that words and categories depend on each other as they do in papers.
Lengths are log-normal about 300 words. Entities follow Zipf's law (exponent 1); each category prefers its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks.asked import default_cache

VERSION = 2
CHUNK = 10_000
"""Articles a file. A file depends on the seed and its number alone: small archives are the beginning of large ones."""

CATEGORIES = (
    "politics", "economy", "sport", "culture", "science", "technology", "health", "world", "local", "crime",
    "education", "environment", "energy", "transport", "media", "opinion", "travel", "weather", "finance", "society",
)  # fmt: skip
ENTITIES = 50_000
FIRST_DAY, LAST_DAY = date(2005, 1, 1).toordinal(), date(2024, 12, 31).toordinal()


def cumulative(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distribution function of weights that are not normalised yet."""
    summed = np.cumsum(weights)
    return np.asarray(summed / summed[-1])


def draw(rng: np.random.Generator, distribution: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    return np.minimum(np.searchsorted(distribution, rng.random(n)), len(distribution) - 1)


def words(language: dict[str, list[str]], n: int, rng: np.random.Generator) -> list[str]:
    """n different words, shorter ones more often in front."""
    syllables = [a + b + c for a in language["onset"] for b in language["nucleus"] for c in language["coda"]]
    found: dict[str, None] = {}
    while len(found) < n:
        for count in np.clip(rng.poisson(1.4, n), 1, 5):
            found["".join(syllables[i] for i in rng.integers(0, len(syllables), count))] = None
    made = [word for word in found if len(word) > 1][:n]
    order = np.argsort([len(word) * 0.5 + noise for word, noise in zip(made, rng.normal(0, 2, n), strict=False)])
    return [made[i] for i in order]


@dataclass(frozen=True)
class World:
    """What all articles of a seed share: the vocabulary, names and distributions."""

    vocabulary: list[str]
    names: list[str]
    name_words: NDArray[np.uint32]  # (ENTITIES, 2): the words of each name
    ranks: list[NDArray[np.uint32]]  # for each language the words by rank
    topics: NDArray[np.uint32]  # (languages, categories, 1500): the words of each category
    shares: NDArray[np.float64]

    @classmethod
    def make(cls, seed: int) -> World:
        rng = np.random.default_rng(seed)
        languages = yaml.safe_load((Path(__file__).parent / "syllables.yaml").read_text(encoding="utf-8"))
        known: dict[str, int] = {}
        ranks, topics = [], []
        for language in languages.values():
            made = words(language, language["types"], rng)
            ranks.append(np.array([known.setdefault(word, len(known)) for word in made], np.uint32))
            topics.append([ranks[-1][rng.permutation(np.arange(80, 12_000))[:1500]] for _ in CATEGORIES])
        first, second = (rng.integers(low, high, ENTITIES) for low, high in ((300, 1200), (300, 9000)))
        of = rng.choice(len(ranks), ENTITIES, p=[each["share"] for each in languages.values()])
        pairs = np.stack([np.array([ranks[k][i] for k, i in zip(of, ix, strict=True)]) for ix in (first, second)], 1)
        vocabulary = list(known)
        names = [f"{vocabulary[a].title()} {vocabulary[b].title()} {i}" for i, (a, b) in enumerate(pairs)]
        shares = cumulative(np.array([each["share"] for each in languages.values()]))
        return cls(vocabulary, names, pairs.astype(np.uint32), ranks, np.array(topics, np.uint32), shares)


@dataclass
class Chunk:
    """Articles in columns: the words of article i are `tokens[bounds[i]:bounds[i + 1]]`, and so for entities."""

    start: int
    vocabulary: Sequence[str]
    names: Sequence[str]
    tokens: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    category: NDArray[np.uint8]
    language: NDArray[np.uint8]
    day: NDArray[np.int32]
    entities: NDArray[np.uint32]
    entity_bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.day)

    @cached_property
    def ids(self) -> list[str]:
        return [f"a{self.start + i:07d}" for i in range(len(self))]

    @cached_property
    def positions(self) -> NDArray[np.uint32]:
        """The place of each word in its article."""
        starts = np.repeat(self.bounds[:-1], np.diff(self.bounds))
        return (np.arange(len(self.tokens)) - starts).astype(np.uint32)

    @cached_property
    def texts(self) -> list[str]:
        """The words of each article between blanks."""
        text = np.array(self.vocabulary, object)[self.tokens].tolist()
        ends = self.bounds.tolist()
        return [" ".join(text[a:b]) for a, b in pairwise(ends)]

    @cached_property
    def categories(self) -> list[str]:
        return [CATEGORIES[i] for i in self.category]

    @cached_property
    def entity_names(self) -> list[list[str]]:
        found = np.array(self.names, object)[self.entities].tolist()
        ends = self.entity_bounds.tolist()
        return [found[a:b] for a, b in pairwise(ends)]

    @cached_property
    def months(self) -> list[int]:
        """Year × 12 + month - 1."""
        days = [date.fromordinal(day) for day in self.day.tolist()]
        return [day.year * 12 + day.month - 1 for day in days]

    def cut(self, n: int) -> Chunk:
        """The first n articles."""
        if n >= len(self):
            return self
        return Chunk(
            self.start, self.vocabulary, self.names, self.tokens[: self.bounds[n]], self.bounds[: n + 1],
            self.category[:n], self.language[:n], self.day[:n],
            self.entities[: self.entity_bounds[n]], self.entity_bounds[: n + 1],
        )  # fmt: skip


def make_chunk(world: World, seed: int, number: int) -> dict[str, NDArray[np.generic]]:
    """The columns of one file."""
    rng = np.random.default_rng([seed, number])
    language = draw(rng, world.shares, CHUNK).astype(np.uint8)
    category = draw(rng, cumulative(1 / np.arange(1, len(CATEGORIES) + 1) ** 0.6), CHUNK).astype(np.uint8)
    day = (FIRST_DAY + (LAST_DAY - FIRST_DAY + 1) * rng.random(CHUNK) ** 0.75).astype(np.int32)
    lengths = (np.clip(rng.lognormal(5.6, 0.45, CHUNK), 60, 1200) + rng.integers(5, 12, CHUNK)).astype(np.int64)
    bounds = np.concatenate([[0], np.cumsum(lengths)])
    tokens = np.empty(bounds[-1], np.uint32)
    token_language, token_category = np.repeat(language, lengths), np.repeat(category, lengths)
    topical = rng.random(len(tokens)) < 0.25
    topic_law = cumulative(1 / (np.arange(1, 1501) + 2.7) ** 0.9)
    for k, ranks in enumerate(world.ranks):
        plain = np.flatnonzero((token_language == k) & ~topical)
        tokens[plain] = ranks[draw(rng, cumulative(1 / (np.arange(1, len(ranks) + 1) + 2.7) ** 1.07), len(plain))]
        of_topic = np.flatnonzero((token_language == k) & topical)
        tokens[of_topic] = world.topics[k, token_category[of_topic], draw(rng, topic_law, len(of_topic))]
    entities, entity_bounds = make_entities(rng, category)
    mentioned = np.flatnonzero(rng.random(len(entities)) < 0.3)
    owner = np.repeat(np.arange(CHUNK), np.diff(entity_bounds))[mentioned]
    place = bounds[owner] + (rng.random(len(mentioned)) * (lengths[owner] - 1)).astype(np.int64)
    for i in range(2):
        tokens[place + i] = world.name_words[entities[mentioned], i]
    return {
        "tokens": tokens, "bounds": bounds, "category": category, "language": language, "day": day,
        "entities": entities, "entity_bounds": entity_bounds,
    }  # fmt: skip


def make_entities(
    rng: np.random.Generator, category: NDArray[np.uint8]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """About eight entities an article, each once; the most frequent 200 are the same in all categories."""
    counts = np.maximum(1, rng.poisson(8, len(category)))
    rank = draw(rng, cumulative(1 / np.arange(1, ENTITIES + 1)), int(counts.sum()))
    owner = np.repeat(np.arange(len(category)), counts)
    shift = np.repeat(category.astype(np.int64), counts) * 7919
    entity = np.where(rank < 200, rank, 200 + (rank - 200 + shift) % (ENTITIES - 200))
    pairs = np.unique(owner * ENTITIES + entity)
    bounds = np.searchsorted(pairs, np.arange(len(category) + 1) * ENTITIES)
    return (pairs % ENTITIES).astype(np.uint32), bounds.astype(np.int64)


class Corpus:
    """Articles in a cache directory; made when they are missing."""

    def __init__(self, size: int, seed: int = 7, cache: Path | None = None) -> None:
        self.size = size
        self.directory = (cache or default_cache()) / f"articles-{VERSION}-{seed}"
        self.directory.mkdir(parents=True, exist_ok=True)
        missing = [n for n in range(-(-size // CHUNK)) if not self._file(n).exists()]
        if missing or not (self.directory / "words.json").exists():
            world = World.make(seed)
            (self.directory / "words.json").write_text(json.dumps([world.vocabulary, world.names]), encoding="utf-8")
            for number in missing:
                temporary = self.directory / "new.npz"
                np.savez(temporary, **make_chunk(world, seed, number))
                temporary.replace(self._file(number))
        self.vocabulary, self.names = json.loads((self.directory / "words.json").read_text(encoding="utf-8"))

    def _file(self, number: int) -> Path:
        return self.directory / f"{number:05d}.npz"

    def chunks(self) -> Iterator[Chunk]:
        for start in range(0, self.size, CHUNK):
            with np.load(self._file(start // CHUNK)) as columns:
                chunk = Chunk(start, self.vocabulary, self.names, **columns)
            yield chunk.cut(self.size - start)
