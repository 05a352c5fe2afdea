"""A guess at the topic of an article without a section, learned from the articles of the same archive that have one.

Multinomial naive Bayes on words (McCallum and Nigam 1998), one model a language, words as 32-bit hashes. A guess is
marked as one (`model`), and made only when a language has enough sorted articles and one topic is clearly ahead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from indexer.distinct import distinct
from indexer.knowledge.base import Category
from indexer.knowledge.columns import texts_of, texts_to
from indexer.knowledge.sketches import hashes_of, is_spaced, words

LEAST_ARTICLES, LEAST_OF_TOPIC, LEAST_KNOWN_WORDS = 40, 4, 15
SURE = 0.9
SMOOTHING, TEMPER = 0.3, 0.5
READ, LEAST = 4000, 4  # characters of a body, letters of a word
MOST_WORDS = 200_000  # of one language; the rarest are forgotten beyond
WAITING = 500_000  # words taken in before they are counted
_WORD = re.compile(r"[\u3400-\u9fff]{2}|[^\W\d_\u3040-\u30ff\u3400-\u9fff]{4,}")

Bag = NDArray[np.uint32]


def bag_of(title: str, body: str, found: Collection[str] = ()) -> Bag:
    """The distinct words by which an article is sorted, as rising hashes; runs of Chinese in pairs of characters.

    `found` are the words of the body (`sketches.words`), where they are known.
    """
    if found and len(body) <= READ and is_spaced(title) and is_spaced(body):
        long = {word for word in (*words(title), *found) if len(word) >= LEAST}
        mixed = [word for word in long if not word.isalpha()]
        long.difference_update(mixed)
        long.update(_WORD.findall(" ".join(mixed)))
    else:
        long = set(_WORD.findall(f"{title} {body[:READ]}".lower()))
    return distinct(hashes_of(long))


class _Model:
    """What is known of one language: in how many articles of each topic each word stands.

    Attributes:
        codes: topics. articles, sizes: of each topic the articles, and the words of all of them together.
        words: rising hashes; counts: a row for each, a column for each topic. room: the sums of the columns.
    """

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.articles = np.zeros(0, np.int64)
        self.words = np.zeros(0, np.uint32)
        self.counts = np.zeros((0, 0), np.int32)
        self.room = np.zeros(0, np.int64)
        self._waiting: list[tuple[Bag, int, int]] = []
        self._held = 0

    def take(self, bag: Bag, code: str, times: int) -> None:
        if code not in self.codes:
            self.codes.append(code)
            self.articles = np.append(self.articles, 0)
            self.counts = np.pad(self.counts, ((0, 0), (0, 1)))
        topic = self.codes.index(code)
        self.articles[topic] += times
        self._waiting.append((bag, topic, times))
        self._held += len(bag)
        if self._held > WAITING:
            self.settle()

    def settle(self) -> None:
        """Count the words that wait."""
        if not self._waiting:
            return
        found = np.concatenate([bag for bag, _, _ in self._waiting])
        sizes = [len(bag) for bag, _, _ in self._waiting]
        topic = np.repeat([topic for _, topic, _ in self._waiting], sizes)
        times = np.repeat([times for _, _, times in self._waiting], sizes)
        self._waiting, self._held = [], 0
        words = np.union1d(self.words, found)
        counts = np.zeros((len(words), len(self.codes)), np.int32)
        counts[np.searchsorted(words, self.words)] = self.counts
        np.add.at(counts, (np.searchsorted(words, found), topic), times)
        np.maximum(counts, 0, out=counts)
        total = counts.sum(axis=1, dtype=np.int64)
        kept = total > 0
        if kept.sum() > MOST_WORDS:
            kept[np.lexsort((words, -total))[MOST_WORDS // 2 :]] = False
        self.words, self.counts = words[kept], counts[kept]
        self.room = self.counts.sum(axis=0, dtype=np.int64)


class CategoryGuess:
    """Learns from sorted articles, guesses for the others.

    Args:
        sure: a guess less sure than this (0 to 1) is not made.
    """

    def __init__(self, sure: float = SURE) -> None:
        self.sure = sure
        self._models: dict[str, _Model] = {}

    def learn(self, article: Article, code: str) -> None:
        """Take in an article whose topic is known."""
        self.take(article.language, bag_of(article.title, article.body), code)

    def take(self, language: str, bag: Bag, code: str, times: int = 1) -> None:
        """Take in the words of an article whose topic is known, or with `times` -1 take them out again."""
        self._models.setdefault(language, _Model()).take(bag, code, times)

    def of(self, article: Article) -> Category | None:
        """The likeliest topic as a guess, or None when too little is known or no topic is clearly ahead."""
        model = self._models.get(article.language)
        if model is None:
            return None
        chosen = np.flatnonzero(model.articles >= LEAST_OF_TOPIC)
        total = int(model.articles[chosen].sum())
        if total < LEAST_ARTICLES or len(chosen) < 2:
            return None
        model.settle()
        bag = bag_of(article.title, article.body)
        at = np.minimum(np.searchsorted(model.words, bag), max(len(model.words) - 1, 0))
        at = at[model.words[at] == bag] if len(model.words) else at[:0]
        if len(at) < LEAST_KNOWN_WORDS:
            return None
        room = model.room[chosen] + SMOOTHING * len(model.words)
        scores = np.log((model.counts[np.ix_(at, chosen)] + SMOOTHING) / room).sum(axis=0)
        # words of one article are no independent witnesses
        scores = (scores + np.log(model.articles[chosen] / total)) / len(at) ** TEMPER
        best = max(range(len(chosen)), key=lambda i: (scores[i], model.codes[chosen[i]]))
        confidence = float(1.0 / np.exp(scores - scores[best]).sum())
        code = model.codes[chosen[best]]
        return Category(code, "model", round(confidence, 2)) if confidence >= self.sure else None

    def columns(self) -> dict[str, NDArray[Any]]:
        """All that was learned, as arrays."""
        found: dict[str, NDArray[Any]] = {"languages": texts_to(list(self._models))}
        for i, model in enumerate(self._models.values()):
            model.settle()
            found |= {
                f"{i} codes": texts_to(model.codes),
                f"{i} articles": model.articles,
                f"{i} words": model.words,
                f"{i} counts": model.counts,
            }
        return found

    @classmethod
    def of_columns(cls, kept: Mapping[str, NDArray[Any]]) -> CategoryGuess:
        """What `columns` gave."""
        found = cls()
        for i, language in enumerate(texts_of(kept["languages"])):
            model = found._models[language] = _Model()
            model.codes, model.articles = texts_of(kept[f"{i} codes"]), kept[f"{i} articles"].astype(np.int64)
            model.words, model.counts = kept[f"{i} words"].astype(np.uint32), kept[f"{i} counts"].astype(np.int32)
            model.room = model.counts.sum(axis=0, dtype=np.int64)
        return found
