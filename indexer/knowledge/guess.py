"""A guess at the topic of an article without a section, learned from the articles of the same archive that have one.

Multinomial naive Bayes on words (McCallum and Nigam 1998), one model a language. A guess is marked as one (`model`),
and made only when a language has enough sorted articles and one topic is clearly ahead.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict

from corpus.article import Article
from indexer.knowledge.base import Category

LEAST_ARTICLES, LEAST_OF_TOPIC, LEAST_KNOWN_WORDS = 40, 4, 15
SURE = 0.9
SMOOTHING, TEMPER = 0.3, 0.5
MOST_WORDS = 200_000  # of one language; the rarest are forgotten beyond
_WORD = re.compile(r"[\u3400-\u9fff]{2}|[^\W\d_\u3040-\u30ff\u3400-\u9fff]{4,}")


def words_of(article: Article) -> set[str]:
    """The distinct words by which an article is sorted; runs of Chinese in pairs of characters."""
    return set(_WORD.findall(f"{article.title} {article.body[:4000]}".lower()))


class CategoryGuess:
    """Learns from sorted articles, guesses for the others.

    Args:
        sure: a guess less sure than this (0 to 1) is not made.
    """

    def __init__(self, sure: float = SURE) -> None:
        self.sure = sure
        self._articles: dict[str, Counter[str]] = defaultdict(Counter)
        self._sizes: dict[str, Counter[str]] = defaultdict(Counter)
        self._words: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))

    def learn(self, article: Article, code: str) -> None:
        """Take in an article whose topic is known."""
        self._articles[article.language][code] += 1
        by_word = self._words[article.language]
        words = words_of(article)
        self._sizes[article.language][code] += len(words)
        for word in words:
            by_word[word][code] += 1
        if len(by_word) > MOST_WORDS:
            kept = sorted(by_word, key=lambda word: (-by_word[word].total(), word))[: MOST_WORDS // 2]
            self._words[article.language] = defaultdict(Counter, {word: by_word[word] for word in kept})

    def of(self, article: Article) -> Category | None:
        """The likeliest topic as a guess, or None when too little is known or no topic is clearly ahead."""
        topics = {code: n for code, n in self._articles[article.language].items() if n >= LEAST_OF_TOPIC}
        total = sum(topics.values())
        if total < LEAST_ARTICLES or len(topics) < 2:
            return None
        by_word = self._words[article.language]
        known = [by_word[word] for word in words_of(article) if word in by_word]
        if len(known) < LEAST_KNOWN_WORDS:
            return None
        room = SMOOTHING * len(by_word)
        scores = {}
        for code, count in topics.items():
            score = math.log(count / total)
            for row in known:
                score += math.log((row[code] + SMOOTHING) / (self._sizes[article.language][code] + room))
            scores[code] = score / len(known) ** TEMPER  # words of one article are no independent witnesses
        best = max(scores, key=lambda code: (scores[code], code))
        confidence = 1.0 / sum(math.exp(score - scores[best]) for score in scores.values())
        return Category(best, "model", round(confidence, 2)) if confidence >= self.sure else None
