"""The mention model: its marginals against the sum over all labellings, and what revising keeps and changes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from corpus.article import Article, Provenance
from indexer.knowledge.features import TOKEN
from indexer.knowledge.finder import MentionFinder
from indexer.knowledge.lexicon import lexicon
from indexer.knowledge.tagger import LABELS, Tagger, tagger

LANGUAGES = ("de", "en", "pt", "ru")


def small(seed: int) -> tuple[Tagger, np.ndarray]:
    rng = np.random.default_rng(seed)
    transitions = rng.normal(size=(7, 7)).round(2).tolist()
    return Tagger({"scale": 1, "transitions": transitions, "weights": {}}, lexicon("en")), rng.normal(size=(9, 7))


@pytest.mark.parametrize("seed", range(3))
def test_marginals_are_those_of_all_labellings(seed: int) -> None:
    tagged, scores = small(seed)
    parts = np.array([(0, 1), (2, 5), (6, 9)])
    likely = tagged._marginals(np.ascontiguousarray(scores.T.astype(np.float32)), parts)
    step = np.log(tagged._step)
    for n, (begin, end) in enumerate(parts.tolist()):
        total = np.zeros((end - begin, len(LABELS)))
        for path in itertools.product(range(7), repeat=end - begin):
            whole = (0, *path, 0)
            score = sum(step[a, b] for a, b in itertools.pairwise(whole))
            score += sum(scores[begin + i, label] for i, label in enumerate(path))
            for i, label in enumerate(path):
                total[i, label] += np.exp(score)
        total /= total.sum(axis=1, keepdims=True)
        assert np.allclose(likely[: end - begin, :, n], total, atol=1e-4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_shipped(language: str) -> None:
    assert tagger(lexicon(language)) is not None


def test_a_language_without_a_model_has_none() -> None:
    assert tagger(lexicon("be")) is None


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("U.S. law", ["U.S.", "law"]),
        ("Apple's O'Brien-Smith!", ["Apple", "'", "s", "O'Brien-Smith", "!"]),
        ("Ende. Anfang", ["Ende", ".", "Anfang"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert TOKEN.findall(text) == tokens


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "“The harbour was never closed,” said Quillam, who has worked there for years.", "Quillam"),
        ("de", "„Der Hafen war nie geschlossen“, sagt Tarvenholt, der dort seit Jahren arbeitet.", "Tarvenholt"),
        ("ru", "«Гавань никогда не закрывалась», — говорит Квиллам, который работает там много лет.", "Квиллам"),
    ],
)
def test_a_speaker_whom_no_list_knows(language: str, text: str, name: str) -> None:
    found = MentionFinder(0.6).find(Article("a", "", text, language, Provenance("file", "test")))
    assert (name, "person") in [(m.text, m.type) for m in found]


def test_a_headline_in_title_case_is_left_to_the_rules() -> None:
    title = "Harbour Workers Welcome New Agreement On Early Ferry Service"
    found = MentionFinder().find(Article("a", title, "", "en", Provenance("file", "test")))
    assert not [m for m in found if m.origin.startswith("model")]
