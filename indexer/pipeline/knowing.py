"""What a run finds out about articles: alone, and what their names mean beside all others of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus.article import Article, Provenance
from corpus.jsonbytes import dumped
from corpus.languages import also_in
from indexer.knowing import Topics
from indexer.knowledge.authority import Authority, split_target
from indexer.knowledge.base import Mention
from indexer.knowledge.finder import MentionFinder
from indexer.knowledge.guess import CategoryGuess
from indexer.knowledge.models import check_models, made_with
from indexer.knowledge.register import Name
from indexer.knowledge.resolver import Resolution
from indexer.knowledge.stories import Story
from indexer.settings import Settings


def models_of(settings: Settings) -> str:
    """The models that find names, with their versions; empty where the rules alone do, or no names are wanted.

    Raises:
        ConfigurationError: one cannot be used.
    """
    if not settings.index.entities:
        return ""
    check_models(settings.index.finders)
    return made_with(settings.index.finders)


class Knowledge(Topics):
    """Topics and mentions, as the settings want them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        models_of(settings)  # fails before anything is read
        self.finder = MentionFinder(models=settings.index.finders)
        self.languages = frozenset(settings.languages)

    def of(self, article: Article) -> dict[str, Any]:
        """The part of a record that is derived from the article alone."""
        category = self.categories.of(article)
        mentions = self.finder.find(article) if self.settings.index.entities else ()
        others = also_in(article.body, article.language)
        known = {one.code: round(one.share, 2) for one in others if not self.languages or one.code in self.languages}
        return {
            **({"also_in": known} if known else {}),
            "category": [category.code, category.origin, category.confidence] if category else None,
            "mentions": [_row(mention) for mention in mentions],
        }


def _row(mention: Mention) -> list[Any]:
    return [
        mention.field, mention.start, mention.end, mention.type, mention.lemma, mention.origin,
        round(mention.confidence, 3), mention.entity, mention.cue,
    ]  # fmt: skip


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
        self._current: dict[str, str | None] = {}
        self._split: dict[tuple[str, str], str] = {}
        for correction in authority.corrections:
            if correction.do == "split":
                for form in correction.values["forms"]:
                    self._split[correction.entity, str(form)] = split_target(correction)

    def meant(self, name: Name) -> str | None:
        """The id of what a name means; None when it is suppressed."""
        return self._final(self.found.meant(name), name[2])

    def _final(self, entity_id: str | None, lemma: str) -> str | None:
        """The id that an id has become by the corrections."""
        if entity_id is None:
            return None
        entity_id = self._split.get((entity_id, lemma), entity_id)
        if entity_id not in self._current:
            current = self.authority.current(entity_id)
            self._current[entity_id] = None if self.authority.hidden(current) else current
        return self._current[entity_id]

    def entities(self, record: Mapping[str, Any]) -> list[list[Any]]:
        """`[entity id, numbers of its mentions]` for each entity that the record's article names."""
        named: dict[str, list[int]] = {}
        language, threshold = record["article"]["language"], self.found.threshold
        for number, (_, _, _, kind, lemma, _, sure, entity, _) in enumerate(record["mentions"]):
            found = self.found.meant((kind, language, lemma, entity)) if sure >= threshold else None
            if entity_id := self._final(found, lemma):
                named.setdefault(entity_id, []).append(number)
        return [[entity_id, numbers] for entity_id, numbers in named.items()]


_NOWHERE = Provenance("", "")


def guessed(guess: CategoryGuess, record: Mapping[str, Any]) -> list[Any] | None:
    """The topic guessed for a record that has none, as a record keeps it."""
    found = guess.of(Article.from_json(record["article"], _NOWHERE))
    return [found.code, found.origin, found.confidence] if found else None


def save_stories(path: Path, stories: Iterable[Story]) -> None:
    """Write story id → `[article id, kind, score, language, source, published]` of its members, the earliest first."""
    rows = {
        story.id: [[one.id, one.kind, one.score, one.language, one.source, one.published] for one in story.members]
        for story in stories
    }
    path.write_bytes(dumped(rows))
