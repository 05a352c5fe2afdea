"""What an article is about: mentions, entities, categories, stories, and what people corrected.

finder = MentionFinder()                      # a pure function of the article
resolver = Resolver(previous_table)           # gathers names over the whole archive
for article in articles:
    resolver.add(article.id, article.language, finder.find(article))
resolution = resolver.finish()                # resolution.entity_ids(mentions, language), resolution.table
"""

from __future__ import annotations

from indexer.knowledge.authority import Authority, Correction
from indexer.knowledge.base import Category, Entity, Mention
from indexer.knowledge.categories import Categories
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.finder import MentionFinder
from indexer.knowledge.match import Match, match
from indexer.knowledge.resolver import Resolution, Resolver

__all__ = [
    "Authority",
    "Categories",
    "Category",
    "Correction",
    "Entity",
    "EntityTable",
    "Match",
    "Mention",
    "MentionFinder",
    "Resolution",
    "Resolver",
    "match",
]
