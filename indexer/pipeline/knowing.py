"""What a run finds out about articles: alone, and beside all others of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.article import Article, Provenance
from indexer.knowing import Topics, mentions_of
from indexer.knowledge.authority import Authority, split_target
from indexer.knowledge.base import Mention
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.finder import MentionFinder
from indexer.knowledge.guess import CategoryGuess
from indexer.knowledge.resolver import Resolution, Resolver
from indexer.knowledge.stories import Sketch, Story, StoryFinder, Told, sketch
from indexer.settings import Settings


class Knowledge(Topics):
    """Topics and mentions, as the settings want them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.finder = MentionFinder()

    def of(self, article: Article) -> dict[str, Any]:
        """The part of a record that is derived from the article alone."""
        category = self.categories.of(article)
        mentions = self.finder.find(article) if self.settings.index.entities else ()
        return {
            "category": [category.code, category.origin, category.confidence] if category else None,
            "mentions": [_row(mention) for mention in mentions],
            "sketch": sketch(article).as_json() if self.settings.index.stories else None,
        }

    def resolver(self, previous: EntityTable | None) -> Resolver:
        return Resolver(previous, self.settings.index.confidence)


def _row(mention: Mention) -> list[Any]:
    return [
        mention.field, mention.start, mention.end, mention.type, mention.lemma, mention.origin,
        round(mention.confidence, 3), mention.entity, mention.cue,
    ]  # fmt: skip


_NOWHERE = Provenance("", "")


def stories_of(records: Iterable[tuple[Mapping[str, Any], int, Iterable[str]]]) -> tuple[Story, ...]:
    """The stories among records, each given with its day (ordinal, 0 unknown) and the ids of its entities."""
    finder = StoryFinder()
    for record, day, entities in records:
        if record.get("sketch"):
            article = record["article"]
            clock = (article["published"] or "")[11:16].partition(":")
            minute = int(clock[0]) * 60 + int(clock[2]) if clock[0].isdecimal() and clock[2].isdecimal() else -1
            told = Told(article["id"], article["language"], article["source"], day, minute, article["published"])
            finder.add(told, Sketch.from_json(record["sketch"]), entities)
    return finder.finish()


class Named:
    """What names mean in one generation: the joined names, with the librarians' corrections over them.

    Attributes:
        stories: article id → id of the story that it and at least one other article tell.
        guess: what the sorted articles teach about the unsorted ones, when the settings want guesses.
    """

    def __init__(self, found: Resolution, authority: Authority) -> None:
        self.found = found
        self.authority = authority
        self.stories: dict[str, str] = {}
        self.guess: CategoryGuess | None = None
        self._split: dict[tuple[str, str], str] = {}
        for correction in authority.corrections:
            if correction.do == "split":
                for form in correction.values["forms"]:
                    self._split[correction.entity, str(form)] = split_target(correction)

    def entity_id(self, mention: Mention, language: str) -> str | None:
        """The id of what a mention means; None when it is not sure enough or suppressed."""
        entity_id = self.found.entity_id(mention, language)
        if entity_id is None:
            return None
        entity_id = self._split.get((entity_id, mention.lemma), entity_id)
        entity_id = self.authority.current(entity_id)
        return None if self.authority.hidden(entity_id) else entity_id

    def entities(self, record: Mapping[str, Any]) -> list[list[Any]]:
        """`[entity id, numbers of its mentions]` for each entity that the record's article names."""
        named: dict[str, list[int]] = {}
        for number, mention in enumerate(mentions_of(record)):
            entity_id = self.entity_id(mention, record["article"]["language"])
            if entity_id:
                named.setdefault(entity_id, []).append(number)
        return [[entity_id, numbers] for entity_id, numbers in named.items()]


class Survey:
    """One look at every article of the new generation: its language, and what of it is no longer as the base has it.

    Attributes:
        languages: article id → language.
    """

    def __init__(self, named: Named) -> None:
        self.languages: dict[str, str] = {}
        self._named = named
        self._moved: set[str] = set()
        self._stories: dict[str, str | None] = {}

    def look(self, record: Mapping[str, Any], *, stays: bool) -> list[str]:
        """The ids of the article's entities; what the base says of one that `stays` is remembered."""
        article_id = record["article"]["id"]
        self.languages[article_id] = record["article"]["language"]
        entities = self._named.entities(record)
        if stays:
            self._stories[article_id] = record.get("story")
            if record["entities"] != entities:
                self._moved.add(article_id)
        return [entity_id for entity_id, _ in entities]

    def changed(self) -> Iterator[str]:
        """The articles that stay but mean other entities, or tell another story, in the order in which they came."""
        for article_id, story in self._stories.items():
            if article_id in self._moved or story != self._named.stories.get(article_id):
                yield article_id


def learn(guess: CategoryGuess, record: Mapping[str, Any], know: Topics) -> None:
    """Teach a guess the top topic of a record that somebody sorted."""
    if record["category"] and record["category"][1] != "model":
        guess.learn(Article.from_json(record["article"], _NOWHERE), know.topics(record["category"])[-1])


def guessed(guess: CategoryGuess, record: Mapping[str, Any]) -> list[Any] | None:
    """The topic guessed for a record that has none, as a record keeps it."""
    found = guess.of(Article.from_json(record["article"], _NOWHERE))
    return [found.code, found.origin, found.confidence] if found else None


def save_stories(path: Path, stories: Iterable[Story], languages: Mapping[str, str]) -> None:
    """Write story id → `[article id, kind, score, language, source, published]` of its members, the earliest first."""
    rows = {
        story.id: [
            [one.id, one.kind, one.score, languages[one.id], one.source, one.published] for one in story.members
        ]
        for story in stories
    }
    path.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
