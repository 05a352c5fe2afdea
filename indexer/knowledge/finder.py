"""Finds the mentions of persons, places and organisations in an article: a pure function of the article."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from corpus.article import Article
from indexer.knowledge.alphabetic import AlphabeticFinder
from indexer.knowledge.arabic import ArabicFinder
from indexer.knowledge.base import Mention
from indexer.knowledge.han import HanFinder
from indexer.knowledge.lexicon import lexicon
from indexer.knowledge.modelled import ModelFinder
from indexer.knowledge.models import tagger
from indexer.knowledge.text import Text

Finder = AlphabeticFinder | HanFinder | ArabicFinder | ModelFinder


@cache
def _finder(language: str, model: str) -> Finder:
    """The finder of a language, made once in a process: by rules, or by a model over them."""
    if model:
        return ModelFinder(lexicon(language), _finder(language, ""), tagger(model))
    words = lexicon(language)
    if words.script == "Hani":
        return HanFinder(words)
    return ArabicFinder(words) if words.script == "Arab" else AlphabeticFinder(words)


def forget() -> None:
    """Give back what the finders remember of words and runs; the next that is asked learns anew."""
    _finder.cache_clear()
    lexicon.cache_clear()


class MentionFinder:
    """Finds mentions in articles of any language that has a pack, and with fewer cues in any other.

    Args:
        threshold: mentions less sure than this are left out (0 to 1).
        models: language → the model that finds its mentions (`natasha`, `spacy:en_core_web_sm`); the rules elsewhere.
    """

    def __init__(self, threshold: float = 0.0, models: Mapping[str, str] | None = None) -> None:
        self.threshold = threshold
        self.models = dict(models or {})

    def find(self, article: Article) -> tuple[Mention, ...]:
        """The mentions of title, body and dateline; of one field in the order of their offsets, never overlapping."""
        texts = [Text("title", article.title), Text("body", article.body)]
        if article.dateline and article.dateline.place:
            texts.append(Text("dateline", article.dateline.place))
        finder = _finder(article.language, self.models.get(article.language, ""))
        mentions = finder.find([text for text in texts if text.text])
        return tuple(mention for mention in mentions if mention.confidence >= self.threshold)
