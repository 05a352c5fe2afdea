"""Records of the archive as people see them: hits with snippet and entities, and what was added to an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.languages import pack_or_fallback
from indexer.knowing import languages_of, mentions_of
from indexer.opened import Opened
from indexer.query import Highlighter
from indexer.request import SearchRequest
from indexer.results import CategoryRef, EntityMentions, EntityRef, Hit, Snippet, StoryRef

SNIPPET_LENGTH = 260
ENTITIES_SHOWN = 8


def _story(record: Mapping[str, Any], opened: Opened) -> StoryRef | None:
    story = record.get("story")
    members = opened.stories.get(story) if story else None
    return StoryRef(story, len(members), len({row[3] for row in members})) if story and members else None


def category_of(record: Mapping[str, Any], opened: Opened, ui: str) -> CategoryRef | None:
    given = record["category"]
    return CategoryRef(given[0], opened.know.categories.label(given[0], ui), given[1]) if given else None


def entities_of(record: Mapping[str, Any], opened: Opened, ui: str) -> tuple[EntityMentions, ...]:
    found = []
    mentions = mentions_of(record)
    for entity_id, numbers in record["entities"]:
        entity = opened.entities.shown(entity_id)
        if entity is not None:
            spans = tuple(mentions[number].as_json() for number in numbers)
            found.append(EntityMentions(entity.id, entity.label(ui), entity.type, spans))
    return tuple(sorted(found, key=lambda one: (-len(one.mentions), one.label)))


def named_in(record: Mapping[str, Any], opened: Opened, ui: str) -> list[EntityRef]:
    """As `entities_of`, with the number of mentions alone: a list of hits shows no more."""
    shown = ((opened.entities.shown(entity_id), len(numbers)) for entity_id, numbers in record["entities"])
    found = [EntityRef(entity.id, entity.label(ui), entity.type, number) for entity, number in shown if entity]
    return sorted(found, key=lambda one: (-one.count, one.label))


def enrichments_of(record: Mapping[str, Any], opened: Opened) -> Iterator[dict[str, Any]]:
    """What was added to an article as published, by whom, and how sure that is (0 to 1).

    Of an entity also what was `written` where it was found surest, the `cue` before it (an office), and why a name
    so printed is taken to be `joined` to its other names.
    """
    if record["category"]:
        code, origin, confidence = record["category"]
        yield {"what": "category", "value": code, "origin": origin, "confidence": confidence}
    mentions = mentions_of(record)
    for entity_id, numbers in record["entities"]:
        best = max((mentions[number] for number in numbers), key=lambda mention: mention.confidence)
        corrected = bool(opened.authority.touching(entity_id))
        origin = "authority" if corrected else best.origin
        row = {"what": best.type, "value": entity_id, "origin": origin, "confidence": best.confidence}
        yield row | {"written": best.text, "cue": best.cue, "joined": _joined(record, opened, entity_id, best.lemma)}


def _joined(record: Mapping[str, Any], opened: Opened, entity_id: str, lemma: str) -> list[str]:
    """The reasons for which the name that the article prints is the entity's."""
    entity = opened.entities.records.get(opened.entities.current(entity_id))
    spoken = languages_of(record)
    return [
        f"with {join.to}, {join.score:.2f}: {'; '.join(join.reasons)}"
        for join in (entity.joins if entity else ())
        if join.form == lemma and join.language in spoken
    ]


def hit_of(
    record: Mapping[str, Any], score: float, opened: Opened, highlighter: Highlighter, request: SearchRequest
) -> Hit:
    article = record["article"]
    language, spoken = article["language"], languages_of(record)
    snippet = highlighter.snippet(article["body"], spoken, length=SNIPPET_LENGTH)
    return Hit(
        id=article["id"],
        title=article["title"],
        title_spans=tuple(highlighter.spans(article["title"], spoken, "title")),
        snippet=Snippet(snippet.text, snippet.spans, "body", snippet.cut_before, snippet.cut_after),
        published=article["published"],
        precision=article["precision"],
        category=category_of(record, opened, request.ui),
        section=article["section"],
        language=language,
        direction=pack_or_fallback(language).direction,
        source=article["source"],
        url=article["url"],
        score=score,
        entities=tuple(named_in(record, opened, request.ui)[:ENTITIES_SHOWN]),
        authors=tuple(article["authors"]),
        kwic=_lines(highlighter, article, spoken) if request.kwic else (),
        story=_story(record, opened),
    )


def _lines(
    highlighter: Highlighter, article: Mapping[str, Any], languages: Sequence[str]
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (line.left, line.match, line.right)
        for name in ("title", "body")
        for line in highlighter.kwic(article[name], languages, field=name)
    )
