"""Phrases over articles of every length: what is found by arrays of places is what reading word for word finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.terms import TermColumns
from indexer.engines import engine
from indexer.engines.whoosh import positional
from indexer.engines.whoosh.places import few_of, likely
from indexer.engines.whoosh.plan import Planner
from indexer.engines.whoosh.searcher import WhooshSearcher
from indexer.engines.whoosh.word import Word
from indexer.query.nodes import Phrase
from tests.archives import batch, build, replace_texts

BODY = "body_en"
WORDS = ("the", "of", "minister", "harbour", "ferry", "toll", "x", "y")
SHARES = np.array([0.3, 0.2, 0.05, 0.01, 0.004, 0.001, 0.3, 0.135])
ARTICLES = 150

gaps_between = st.one_of(st.integers(1, 3), st.integers(250, 260), st.integers(4090, 4100))


class Held(list[dict[str, set[int]]]):
    """For each article the positions of each word."""

    def __repr__(self) -> str:
        return f"the positions of {len(self)} articles"


def texts() -> list[list[str]]:
    """Articles of 1 to 6,000 words; every third knows the frequent words only."""
    rng = np.random.default_rng(11)
    made = []
    for i in range(ARTICLES):
        length = int(np.exp(rng.uniform(0, np.log(6000))))
        shares = SHARES.copy()
        if i % 3 == 0:
            shares[2:6] = 0
        made.append([WORDS[n] for n in rng.choice(len(WORDS), length, p=shares / shares.sum())])
    return made


@pytest.fixture(scope="module")
def held() -> Held:
    """For each article the positions of each word."""
    return Held({word: {i for i, other in enumerate(text) if other == word} for word in WORDS} for text in texts())


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshSearcher]:
    directory: Path = tmp_path_factory.mktemp("places")
    given_texts = texts()
    bounds = np.cumsum([0, *map(len, given_texts)])
    ids = np.array([WORDS.index(word) for text in given_texts for word in text], np.uint32)
    positions = np.concatenate([np.arange(len(text)) for text in given_texts]).astype(np.uint32)
    columns = TermColumns(WORDS, ids, positions, bounds)
    made = batch(*({"id": f"{i:03}", BODY: "x", "day": 700_000 + i} for i in range(ARTICLES)))
    build(engine("whoosh"), directory / "index", replace_texts(made, {BODY: columns}))
    opened = WhooshSearcher(directory / "index", {})
    yield opened
    opened.close()


def stands(known: dict[str, set[int]], words: Sequence[str], gaps: Sequence[int], slop: int) -> bool:
    """Whether the words follow each other, each at most `slop` further than its gap."""
    reached = known[words[0]]
    for word, gap in zip(words[1:], gaps, strict=True):
        reached = {at + gap + more for at in reached for more in range(slop + 1)} & known[word]
    return bool(reached)


@settings(deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=4),
    gap=gaps_between, slop=st.integers(0, 2), together=st.sampled_from([3, 50, 1 << 14]),
)  # fmt: skip
def test_phrases(
    searcher: WhooshSearcher, held: Held, words: list[str], gap: int, slop: int, together: int
) -> None:
    gaps = (gap, *[1] * (len(words) - 2))
    expected = [i for i, known in enumerate(held) if stands(known, words, gaps, slop)]
    segment = searcher.segments[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(positional, "_TOGETHER", together)
        operator = Planner(segment, searcher.weights).plan(Phrase(BODY, tuple(words), slop=slop, gaps=gaps))
        assert operator.found(scored=False).listed().tolist() == expected


@settings(deadline=None)
@given(first=st.sampled_from(WORDS), second=st.sampled_from(WORDS), gap=gaps_between, least=st.integers(0, 30))
def test_the_low_bytes_lose_no_article(
    searcher: WhooshSearcher, held: Held, first: str, second: str, gap: int, least: int
) -> None:
    both = [i for i, known in enumerate(held) if known[first] and known[second] and i >= least * 5]
    if not both:
        return
    planner = Planner(searcher.segments[0], searcher.weights)
    a, b = planner.word(BODY, first, 1.0), planner.word(BODY, second, 1.0)
    assert a is not None
    assert b is not None
    kept = set(likely(a, b, gap, np.array(both)).tolist())
    assert {i for i in both if stands(held[i], (first, second), (gap,), 0)} <= kept <= set(both)


def test_rare_words_are_picked_out(searcher: WhooshSearcher) -> None:
    """The quick way is taken here at all."""
    planner = Planner(searcher.segments[0], searcher.weights)
    words = [word for text in ("toll", "the") if (word := planner.word(BODY, text, 1.0)) is not None]
    assert all(isinstance(word, Word) for word in words)
    assert few_of(words, words[0].docs)
