"""What the rules found, revised by the mention model: names added, confirmed, retyped, doubted.

A known name of the tables stays what it is, unless it is only a part of a longer name; the model decides most where
the rules are least sure.
"""

from __future__ import annotations

from indexer.knowledge.features import shape
from indexer.knowledge.hit import Hit
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.parse import Found
from indexer.knowledge.runs import word_pattern
from indexer.knowledge.tagger import Tagged, rule_name, tagger
from indexer.knowledge.text import Text

MODEL = "model"
LEAST, WINS, RETYPES, LONGER = 0.5, 0.6, 0.75, 0.7
SURE_RULE, SURE_MODEL = 0.9, 0.8
DOUBT = 0.8  # what is left of the confidence of a find that the model does not share
HEADLINE, FEW = 0.6, 4  # from this share of capitalised words on a headline tells nothing by capitals
LONGEST, MOST_WORDS = 70, 6


def _headline(text: Text, language: str) -> bool:
    """Whether capitals tell nothing in a text: a headline in title case, or all in capitals."""
    if text.text.isupper():
        return True
    if text.field != "title" or language == "de":
        return False
    shapes = [shape(word) for word in word_pattern().findall(text.text) if len(word) >= FEW]
    return len(shapes) >= FEW and sum(one != "x" for one in shapes) > HEADLINE * len(shapes)


class Reviser:
    """Revises the finds of one language; without a model it leaves them alone."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._tagger = tagger(lexicon)

    def revise(self, text: Text, hits: list[Hit]) -> list[Hit]:
        """The hits of one text in the order of their offsets, never overlapping."""
        if self._tagger is None or text.field == "dateline" or _headline(text, self.lexicon.language):
            return hits
        rules = [(hit.start, hit.end, rule_name(hit.type, hit.rule, hit.confidence)) for hit in hits]
        kept: list[Hit] = []
        n = 0
        for tag in self._tagger.tag(text.text, rules):
            while n < len(hits) and hits[n].end <= tag.start:
                kept.append(_doubted(hits[n]))
                n += 1
            m = n
            while m < len(hits) and hits[m].start < tag.end:
                m += 1
            kept += self._settle(text, tag, hits[n:m])
            n = m
        kept += [_doubted(hit) for hit in hits[n:]]
        return kept

    def _settle(self, text: Text, tag: Tagged, hits: list[Hit]) -> list[Hit]:
        """What stands where the model saw one name and the rules these."""
        same = next((hit for hit in hits if (hit.start, hit.end) == (tag.start, tag.end)), None)
        if same is not None and same.type is not None:
            if same.type == tag.type:
                same.confidence = max(same.confidence, tag.confidence)
            elif same.known is None and tag.confidence >= RETYPES and not same.cue:
                same.type, same.confidence, same.rule = tag.type, tag.confidence, MODEL
            return hits
        if tag.confidence < LEAST or any(not self._yields(hit, tag) for hit in hits):
            return hits
        made = self._make(text, tag)
        return hits if made is None else [made]

    @staticmethod
    def _yields(hit: Hit, tag: Tagged) -> bool:
        """Whether a find gives way to a name of the model with other borders."""
        if hit.type is None:
            return True
        inside = tag.start <= hit.start and hit.end <= tag.end
        if hit.known is not None:
            return inside and tag.confidence >= LONGER
        if hit.confidence >= SURE_RULE or hit.cue:
            return inside and tag.confidence >= SURE_MODEL
        return tag.confidence >= WINS

    def _make(self, text: Text, tag: Tagged) -> Hit | None:
        """A hit of the model's; None when the span cannot be a name."""
        words = [(m.start(), m.end(), m.group()) for m in word_pattern().finditer(text.text, tag.start, tag.end)]
        cue = ""
        while len(words) > 1 and tag.type == "person" and (first := self.lexicon.word(words[0][2])).title:
            if first.given or first.part:
                break
            cue = first.folded
            del words[0]
        if not words or len(words) > MOST_WORDS or tag.end - words[0][0] > LONGEST:
            return None
        forms = [shape(word[2]) for word in words]
        if not set(forms) & set("XAmi") or (tag.type == "person" and "d" in forms):
            return None
        start, end = words[0][0], words[-1][1]
        if "\n" in text.text[start:end]:
            return None
        classes = tuple(self.lexicon.word(word[2]) for word in words)
        if all(word.stop or word.title for word in classes):
            return None
        found = Found(tag.type, start, end, tag.confidence, MODEL, classes, None, cue, True)
        return Hit(text, start, end, found, tag.type, tag.confidence, MODEL, cue)


def _doubted(hit: Hit) -> Hit:
    """A find that the model does not share, a little less sure; tables and clear rules stand."""
    if hit.type is not None and hit.known is None and hit.confidence < SURE_RULE and not hit.cue:
        hit.confidence *= DOUBT
    return hit
