"""Mentions by a model that newsdex.yml chooses, beside what the tables know.

Names that the tables know stay as the rules find them, with their ids; so does a dateline. All other mentions of a text
are the model's. A surname alone is the person whose full name the article has; where the model passes it by, the rules
do not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Protocol

from indexer.knowledge.base import Mention
from indexer.knowledge.fold import fold
from indexer.knowledge.hit import Hit
from indexer.knowledge.institutions import Institutions
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.models import Span, Tagger
from indexer.knowledge.models.base import confidence
from indexer.knowledge.parse import Found
from indexer.knowledge.persons import lemma_of, surname_forms
from indexer.knowledge.runs import word_pattern
from indexer.knowledge.text import Text

LONGEST_PART = 50_000
"""Characters given to a model at once: its memory grows with them."""

_AROUND = " \t\r\n\xa0\"'«»„“”‘’,;:()"


class Rules(Protocol):
    """The finder of a language that needs no model."""

    def find(self, texts: Sequence[Text]) -> list[Mention]: ...


class ModelFinder:
    """Finds mentions in one language by its tables and a model."""

    def __init__(self, lexicon: Lexicon, rules: Rules, tagger: Tagger) -> None:
        self.lexicon, self.rules, self.tagger = lexicon, rules, tagger
        self._institutions = Institutions(lexicon)

    def find(self, texts: Sequence[Text]) -> list[Mention]:
        """Mentions of the texts of one article, text by text, in the order of their offsets."""
        ruled = self.rules.find(texts)
        spans = {text.field: list(self._spans(text)) for text in texts if text.field != "dateline"}
        seen = {
            fold(word)
            for text in texts
            for span in spans.get(text.field, ())
            for word in word_pattern().findall(text.text[span.start : span.end])
        }
        found = []
        for text in texts:
            own = [mention for mention in ruled if mention.field == text.field]
            if text.field in spans:
                own = self._joined(text, own, spans[text.field], seen)
            found.extend(own)
        return _with_surnames(self._with_full_names(found), ruled, texts)

    def _spans(self, text: Text) -> Iterator[Span]:
        """What the model finds, without what stands around the name itself."""
        for offset, part in _parts(text.text):
            for span in self.tagger.spans(part):
                written = part[span.start : span.end]
                start = span.start + len(written) - len(written.lstrip(_AROUND))
                end = span.end - len(written) + len(written.rstrip(_AROUND))
                start, end = self._bare(part, span, start, end)
                if start < end:
                    lemma = span.lemma if (start, end) == (span.start, span.end) else ""
                    yield Span(span.type, offset + start, offset + end, lemma)

    def _bare(self, text: str, span: Span, start: int, end: int) -> tuple[int, int]:
        """The offsets without an English genitive, and a person's without the titles before the name."""
        if text[start:end].endswith(("'s", "’s")):
            end -= 2
        if span.type == "person":
            words = list(word_pattern().finditer(text, start, end))
            for word, following in itertools.pairwise(words):
                known = self.lexicon.word(word.group())
                if not known.title or known.given:
                    break
                start = following.start()
        return start, end

    def _joined(self, text: Text, ruled: list[Mention], spans: list[Span], seen: set[str]) -> list[Mention]:
        """The known names of one text, and the model's where they leave room."""
        known = [one for one in ruled if one.entity and not any(_swallows(span, one) for span in spans)]
        cues = {one.end: one.cue for one in ruled if one.cue}
        found = list(known)
        for span in spans:
            if not any(_overlap(one, span) for one in known):
                found.append(self._mention(text, span, cues.get(span.end, ""), seen))
        return sorted(found, key=lambda mention: mention.start)

    def _mention(self, text: Text, span: Span, cue: str, seen: set[str]) -> Mention:
        written = text.text[span.start : span.end]
        lemma = span.lemma or self._lemma(written, span, seen)
        sure = confidence(self.tagger.name, span.type)
        origin = f"model:{self.tagger.name}"
        return Mention(written, span.start, span.end, text.field, span.type, lemma, origin, sure, "", cue)

    def _lemma(self, written: str, span: Span, seen: set[str]) -> str:
        """The name as printed, by the rules of the language."""
        words = tuple(self.lexicon.word(word) for word in word_pattern().findall(written))
        if not words or self.lexicon.script not in ("Latn", "Cyrl"):
            return written
        if span.type == "person":
            return lemma_of(words, self.lexicon, seen)
        if span.type == "organisation":
            name = Found("organisation", 0, len(written), 1.0, self.tagger.name, words)
            hit = Hit(Text("", written), 0, len(written), name, "organisation", 1.0, self.tagger.name, "")
            return self._institutions.lemma(hit)
        return written

    def _with_full_names(self, found: list[Mention]) -> list[Mention]:
        """A person named by one word becomes the one person whose full name ends in it."""
        if self.lexicon.script not in ("Latn", "Cyrl"):
            return found
        full: dict[str, set[str]] = {}
        for one in found:
            if one.type == "person" and " " in one.lemma:
                full.setdefault(fold(one.lemma.split()[-1]), set()).add(one.lemma)
        return [self._named_fully(one, full) for one in found]

    def _named_fully(self, one: Mention, full: dict[str, set[str]]) -> Mention:
        if one.type != "person" or " " in one.lemma:
            return one
        for form in (fold(one.lemma), *surname_forms(self.lexicon.word(one.text), self.lexicon)):
            if len(names := full.get(form, ())) == 1:
                return one._replace(lemma=next(iter(names)))
        return one


def _with_surnames(found: list[Mention], ruled: list[Mention], texts: Sequence[Text]) -> list[Mention]:
    """With the surnames that the rules explain by a full name which the model found, too."""
    full = {one.lemma for one in found if one.type == "person"}
    wanted = [one for one in ruled if one.origin == "rule:surname-of-full-name" and one.lemma in full]
    for one in wanted:
        if not any(one.field == other.field and _overlap(one, other) for other in found):
            found.append(one)
    order = {text.field: place for place, text in enumerate(texts)}
    return sorted(found, key=lambda one: (order[one.field], one.start))


def _overlap(one: Mention, other: Mention | Span) -> bool:
    return one.start < other.end and other.start < one.end


def _swallows(span: Span, known: Mention) -> bool:
    """Whether a known place is but a part of a person's name: London in Jack London."""
    inside = span.start <= known.start and known.end <= span.end
    return span.type == "person" and known.type == "place" and inside and span.end - span.start > len(known.text)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """(offset, part): the text in parts that a model can take, cut at the end of a line or at a blank."""
    start = 0
    while len(text) - start > LONGEST_PART:
        end = start + LONGEST_PART
        cut = max(text.rfind("\n", start + 1, end), start) or start
        cut = cut if cut > start else text.rfind(" ", start + 1, end)
        cut = cut if cut > start else end
        yield start, text[start:cut]
        start = cut
    if text[start:].strip():
        yield start, text[start:]
