"""One generation, opened for reading: its searcher, its entities, and what it holds in all."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from functools import cached_property, lru_cache, partial

from corpus.languages import use_directory
from indexer.analysis import analyser_seal, analyser_version, use_segmenters
from indexer.analysis.compounds import ArchiveCompounds
from indexer.analysis.folding import fold as folded
from indexer.analysis.stemming import is_stop
from indexer.archive import Archive
from indexer.engines import engine
from indexer.engines.base import EngineRequest, Searcher
from indexer.knowing import COMPOUNDS, KNOWN, Topics, load_entities, load_stories
from indexer.knowledge.asked import Asked
from indexer.knowledge.authority import Authority
from indexer.knowledge.fold import fold
from indexer.query.compile import CompiledQuery
from indexer.query.nodes import Every, Facet, Term
from indexer.query.suggest import Suggester
from indexer.settings import Settings
from indexer.tables import use_tables

FEW = 3
"""Articles that may have a word which is looked for as a name by its sound."""

MOSTLY = 0.5
"""Articles that name an entity, for each that has the word, from which on the word is taken for its name."""

MOST_NAMESAKES = 5
MOST_OTHER_NAMES = 40
"""Bounds on how far one word of a query is carried into other languages."""

MOST_COMPILED, MOST_COUNTED = 512, 4096
"""Queries that are kept as they were read, and parts of queries with how many articles match them: who filters, turns
pages and looks at a timeline asks the same query again and again."""

MOST_TERMS = 2_000_000
MOST_COMPLETED = 8_000
"""Words with one beginning that are read from the index; where there are more, all words are read once."""


class Opened:
    """A generation in use.

    Attributes:
        number: of the generation.
        edition: the generation and the corrections that apply: a roll back may meet others than before.
        languages: of its articles, the most frequent first.
        held: articles per day of the whole archive.
        latest: the last of these days (ordinal) that is not in the future, from which the age of articles counts.
        entities: the entities by id and name, with the librarians' corrections applied.
        count_of: how many articles match a node, as `Searcher.count_of`; remembered.
        compiled: queries as they were read, by what they depend on (see `ArchiveSearch.compile`).
        stories: story id → `[article id, kind, score, language, source, published]` of its members, the earliest first.
    """

    def __init__(self, archive: Archive, settings: Settings) -> None:
        use_directory(settings.languages_dir)
        use_segmenters(settings.index.segmenters)
        generation = archive.current()
        use_tables(generation.path)
        generation.check_sizes()
        if not generation.sealed(analyser_seal()):
            generation.check_analyser(analyser_version())
        self.number = generation.number
        self.settings = settings
        self.searcher = engine(generation.manifest["engine"]).open(
            generation.index, scoring=settings.scoring.as_mapping()
        )
        self.count_of = lru_cache(MOST_COUNTED)(self.searcher.count_of)
        self.compiled: dict[Hashable, CompiledQuery] = {}
        self.know = Topics(settings)
        self.authority = Authority.load(archive.authority_path)
        self.edition = f"{self.number}-{self.authority.digest()}"
        self.entities = self.authority.applied(load_entities(generation.path))
        self.asked = Asked(self.entities, generation.path / KNOWN, partial(_prints, self.searcher))
        self._names: list[tuple[str, str]] | None = None
        self.stories = load_stories(generation.path)
        compounds = generation.path / COMPOUNDS
        self.compounds = ArchiveCompounds.load(compounds) if compounds.exists() else None
        everything = self.searcher.search(EngineRequest(Every(), limit=0, facets={"language": 0}))
        self.languages = [code for code, _ in everything.facets["language"]]
        self.held = everything.days
        days = self.held.days[self.held.days <= date.today().toordinal()]
        self.latest = int(days[-1]) if days.size else 0

    @cached_property
    def suggester(self) -> Suggester:
        """Spellings and completions out of the words of this generation; made when first asked for."""
        return Suggester(self.searcher.terms("body_folded", "", MOST_TERMS))

    def complete(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        """The most frequent words that begin so, with their counts; at once, also where no word was asked for yet."""
        if "suggester" not in self.__dict__:
            some = self.searcher.terms("body_folded", fold(beginning), MOST_COMPLETED)
            if len(some) < MOST_COMPLETED:
                return Suggester(some).complete(beginning, limit)
        return self.suggester.complete(beginning, limit)

    def warm(self) -> None:
        """Make what the first search and the first suggestion would wait for."""
        self.entities.lookup("newsdex")
        self.entities_named("")
        self.suggester.spell("newsdex")

    def entities_named(self, text: str) -> tuple[str, ...]:
        """Ids of the entities one of whose names holds a text, case and accents folded."""
        if self._names is None:
            entities = self.entities.records.values()
            self._names = [(one.id, "\n".join(fold(name) for name in one.entity().aliases)) for one in entities]
        wanted = fold(text).strip()
        return tuple(entity_id for entity_id, names in self._names if wanted in names)

    def other_names(self, word: str) -> tuple[str, ...]:
        """How other languages write a word that is the name of a place or organisation, or somebody's family name."""
        found: dict[str, None] = {}
        if not self._may_name(word):
            return ()
        for entity_id in self.asked.single(word)[:MOST_NAMESAKES]:
            entity = self.entities.get(entity_id)
            if entity is not None:
                whole = fold(word) in {fold(name) for name in entity.aliases} or entity.type != "person"
                found.update(dict.fromkeys(name if whole else name.split()[-1] for name in entity.aliases))
        return tuple(name for name in found if fold(name) != fold(word) and self._telling(name))[:MOST_OTHER_NAMES]

    def _telling(self, name: str) -> bool:
        """Whether a name says something as a mere word: UN is an article in French, IT a pronoun in English."""
        return not any(is_stop(folded(name), language) for language in self.languages)

    def _may_name(self, word: str) -> bool:
        """Whether a word as it was typed can be a name: UNO can, uno is a number in Spanish."""
        return word.isupper() or self._telling(word)

    def meant(self, text: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """The entities whose whole name a text is, or that a word mostly means: the people whose family name it is too.

        Returns (id, label, how it is written) of each; the text may be in any language, spelling or case.
        """
        ids = (self.asked.whole(text) or (self._alone(text) if " " not in text else ()))[:MOST_NAMESAKES]
        found = [(entity_id, self.entities.get(entity_id)) for entity_id in ids]
        return tuple((i, one.label("en"), one.aliases[:MOST_OTHER_NAMES]) for i, one in found if one is not None)

    def _alone(self, word: str) -> tuple[str, ...]:
        """The entities that a word mostly means: Essen is more often a meal than the town."""
        ids = self.asked.single(word)
        people = [one for one in ids if one.startswith("person:")]
        if len(people) == len(ids) or not self._may_name(word):
            return tuple(people)
        least = MOSTLY * _written(self.searcher, word)
        return tuple(one for one in ids if one in people or self.searcher.count_of(Facet("entity", one)) >= least)

    def resolve(self, facet: str, values: Sequence[str]) -> tuple[str, ...]:
        """What people name, as the index has it: topics by code or label, entities by id or any of their names."""
        if facet == "category":
            return tuple(dict.fromkeys(self.know.categories.find(value) or value for value in values))
        if facet == "entity":
            return tuple(dict.fromkeys(found for value in values for found in self.entities.lookup(value) or (value,)))
        if facet == "language":
            return tuple(value.casefold() for value in values)
        if facet == "source":
            return tuple(dict.fromkeys(self.settings.house(value) or value for value in values))
        return tuple(values)


def _prints(searcher: Searcher, word: str) -> bool:
    """Whether more than a few articles have a word. No method: who holds one of a generation keeps it open."""
    return _written(searcher, word) > FEW


def _written(searcher: Searcher, word: str) -> int:
    """How many articles have a word as written: in the title or in the body, whichever is more."""
    fields = [name for name in ("title_folded", "body_folded") if name in searcher.fields]
    return max((searcher.count_of(Term(name, folded(word))) for name in fields), default=0)
