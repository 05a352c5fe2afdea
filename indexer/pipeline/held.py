"""What earlier runs found out about the articles that an archive holds, so that a run reads none of them again.

A generation keeps it beside its index (`known.npz`): who is named where (`register`), which names can be one
(`pairing`), what stories are told from (`told`), what sections teach about topics (`guess`), and what every name means
in the generation. It is derived from the records alone: where it is missing, or other rules made it, it is made anew.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge.columns import texts_of, texts_to
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.guess import CategoryGuess
from indexer.knowledge.pairing import Pairing
from indexer.knowledge.register import Name, Register
from indexer.knowledge.resolver import Resolution, Resolver
from indexer.knowledge.sketches import Sketch
from indexer.knowledge.stories import Story, StoryFinder
from indexer.knowledge.tables import HERE
from indexer.pipeline.brief import Brief
from indexer.settings import Settings

RULES = (
    "match.py", "pairing.py", "clusters.py", "readings.py", "distance.py", "transcription.py", "chinese.py",
    "given.py", "fold.py", "gender.py", "hard.py", "sketches.py", "guess.py", "data/readings.yaml",
    "data/given_names.yaml", "data/hard_names.yaml", "data/transcription.json", "data/syllables.json",
    "data/cues.yaml",
)  # fmt: skip
"""Files of the knowledge room that say which names can be one, and how texts are sketched."""


class Held:
    """The columns of all articles of a generation in the making.

    Attributes:
        meant: what each name meant in the generation before, None for nobody; shorter than `register.names`, as new
            names had no meaning yet.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.register, self.pairing = Register(), Pairing()
        self.told = StoryFinder()
        self.guess = CategoryGuess() if settings.index.guess_categories else None
        self.meant: list[str | None] = []
        self._said: dict[Name, str | None] = {}
        self._unlike: set[str] = set()

    def take(self, brief: Brief) -> None:
        """Take in an article."""
        self.register.add(brief.id, brief.names)
        if brief.sketch is not None:
            self.told.add(brief.told(), Sketch.from_json(brief.sketch))
        self.teach(brief)

    def take_over(self, brief: Brief, record: Mapping[str, Any]) -> None:
        """Take in an article that stays, with what its record says that its names mean."""
        self.take(brief)
        language, said = brief.language, {n: entity_id for entity_id, row in record["entities"] for n in row}
        for n, (_, _, _, kind, lemma, _, sure, entity, _) in enumerate(record["mentions"]):
            name = (entity.partition(":")[0] if entity else kind, language, lemma, entity)
            if sure < self.settings.index.confidence:
                alike = n not in said
            else:
                alike = self._said.setdefault(name, said.get(n)) == said.get(n)
            if not alike:  # made under other settings, or by another run
                self._unlike.add(brief.id)

    def teach(self, brief: Brief, times: int = 1) -> None:
        """Let the topic guess learn from an article that somebody sorted, or with `times` -1 forget it."""
        if self.guess is not None and brief.topic and brief.bag:
            self.guess.take(brief.language, brief.words(), brief.topic, times)

    def remove(self, gone: Collection[str]) -> None:
        """Take articles out; what the guess learned from them is to be taken back by `teach`."""
        stays = self.register.remove(gone)
        if len(self.told):
            self.told.remove(stays)

    def join(self, previous: EntityTable) -> Resolution:
        """Join all names."""
        return Resolver(previous, self.settings.index.confidence, self.register, self.pairing).finish()

    def stories(self, meaning: Iterable[str | None]) -> tuple[Story, ...]:
        """The stories, when each name means the entity of this id."""
        if not len(self.told):
            return ()
        known: dict[str, int] = {}
        numbers = [-1 if one is None else known.setdefault(one, len(known)) for one in meaning]
        return self.told.finish(self.register.meant(numbers), list(known))

    def moved(self, meaning: Sequence[str | None], staying: int) -> set[str]:
        """The ids of the first `staying` articles whose names mean something else than in the generation before."""
        names = self.register.names
        before = [self._said.get(name) for name in names] if self._said else self.meant
        other = np.zeros(len(names), bool)
        other[: len(before)] = [a != b for a, b in zip(before, meaning, strict=False)]
        rows = self.register.having(other)
        return self._unlike | {self.register.ids[row] for row in rows[rows < staying].tolist()}

    def save(self, path: Path, meaning: Sequence[str | None]) -> None:
        """Write everything; names that no article has any more are left out."""
        number = self.register.tidied()
        columns = {
            **_under("register", self.register.columns()),
            **_under("pairing", self.pairing.renumbered(number).columns()),
            **_under("told", self.told.columns()),
            **(_under("guess", self.guess.columns()) if self.guess else {}),
            "meant": texts_to([meaning[old] for old in number]),
            "mark": texts_to([mark(self.settings)]),
        }
        with path.open("wb") as stream:
            np.savez(stream, **columns)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path, settings: Settings) -> Held | None:
        """What `save` wrote; None when there is none, it cannot be read, or other rules or settings made it."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                if texts_of(kept["mark"]) != [mark(settings)]:
                    return None
                columns = {name: kept[name] for name in kept.files}
            found = cls(settings)
            found.register = Register.of_columns(_of("register", columns))
            found.pairing = Pairing.of_columns(_of("pairing", columns))
            found.told = StoryFinder.of_columns(_of("told", columns))
            if found.guess is not None:
                found.guess = CategoryGuess.of_columns(_of("guess", columns))
            found.meant = texts_of(columns["meant"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return found


def _under(part: str, columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {f"{part}/{name}": column for name, column in columns.items()}


def _of(part: str, columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(f"{part}/"): one for name, one in columns.items() if name.startswith(f"{part}/")}


def mark(settings: Settings) -> str:
    """Tells the rules and settings by which articles become columns from others."""
    index = settings.index
    digest = hashlib.sha256(
        json.dumps([index.confidence, index.entities, index.stories, index.guess_categories]).encode()
    )
    for name in RULES:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()[:16]

