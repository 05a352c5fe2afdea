"""A candidate for a mention in its text, on its way from the parser to a mention."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.knowledge.base import EntityType, Mention
from indexer.knowledge.gazetteer import Known
from indexer.knowledge.parse import Found
from indexer.knowledge.text import Text


@dataclass(slots=True)
class Hit:
    """`type` None is a loose word that the article may explain; `before` is the folded word before it, if looked up."""

    text: Text
    start: int
    end: int
    found: Found
    type: EntityType | None
    confidence: float
    rule: str
    cue: str
    lemma: str = ""
    known: Known | None = None
    before: str = ""

    def mention(self) -> Mention:
        """The mention that it has become; its type must be known. Who is called as a town is, is not the town."""
        assert self.type is not None
        text = self.text.text[self.start : self.end]
        return Mention(
            text,
            self.start,
            self.end,
            self.text.field,
            self.type,
            self.lemma or text,
            f"rule:{self.rule}",
            round(self.confidence, 2),
            self.known.id if self.known and self.known.type == self.type else "",
            self.cue,
        )
