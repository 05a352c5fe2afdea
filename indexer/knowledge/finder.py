"""Finds the mentions of persons, places and organisations in an article: a pure function of the article."""

from __future__ import annotations

from functools import cache

from corpus.article import Article
from indexer.knowledge.alphabetic import AlphabeticFinder
from indexer.knowledge.arabic import ArabicFinder
from indexer.knowledge.base import Mention
from indexer.knowledge.han import HanFinder
from indexer.knowledge.lexicon import lexicon
from indexer.knowledge.text import Text

Finder = AlphabeticFinder | HanFinder | ArabicFinder


@cache
def _finder(language: str) -> Finder:
    words = lexicon(language)
    if words.script == "Hani":
        return HanFinder(words)
    return ArabicFinder(words) if words.script == "Arab" else AlphabeticFinder(words)


class MentionFinder:
    """Finds mentions in articles of any language that has a pack, and with fewer cues in any other.

    Args:
        threshold: mentions less sure than this are left out (0 to 1).
    """

    def __init__(self, threshold: float = 0.0) -> None:
        self.threshold = threshold

    def find(self, article: Article) -> tuple[Mention, ...]:
        """The mentions of title, body and dateline; of one field in the order of their offsets, never overlapping."""
        texts = [Text("title", article.title), Text("body", article.body)]
        if article.dateline and article.dateline.place:
            texts.append(Text("dateline", article.dateline.place))
        mentions = _finder(article.language).find([text for text in texts if text.text])
        return tuple(mention for mention in mentions if mention.confidence >= self.threshold)
