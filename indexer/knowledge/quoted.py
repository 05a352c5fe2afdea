"""What quotation marks tell of names in Cyrillic texts: a town in them is a club, several capitals are one name.

Titles of works have but one capital there (`«Война и мир»`), so that `«Манчестер Юнайтед»` is rather an organisation.
"""

from __future__ import annotations

from indexer.knowledge.fold import fold
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.parse import Found
from indexer.knowledge.tables import cues

SEVERAL, TOWN, DOUBTFUL = 0.68, 0.62, 0.5
OPENING, CLOSING = "«„“\"", "»“”\""
LONGEST_BEFORE = 32
PAIRS = frozenset({"unlisted", "name-parts"})


class Quoted:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._cyrillic = lexicon.script == "Cyrl"
        self._things = cues("quoted_things")

    def name(self, text: str, start: int, run: str, found: tuple[Found, ...]) -> Found | None:
        """The organisation that a run between quotation marks names, or nothing; `found` is what it has by itself."""
        end = start + len(run)
        if not self._cyrillic or not start or text[start - 1] not in OPENING or text[end : end + 1] not in CLOSING:
            return None
        if not found or run[0].isascii() or not text[end : end + 1]:
            return None
        if any(one.type == "person" and one.rule not in PAIRS for one in found):
            return None
        whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(run))
        town = whole and found[0].type == "place"
        if whole and not town and found[0].rule not in PAIRS:
            return None
        words = tuple(word for one in found for word in one.words)
        if not town and (len(words) < 2 or words[0].given or not all(word.text[:1].isupper() for word in words)):
            return None
        before = text[max(0, start - LONGEST_BEFORE) : start - 1].split()
        noun = fold(before[-1]) if before and text[start - 2 : start - 1].isspace() else ""
        if town and (noun in self.lexicon.place_words or self.lexicon.key(noun) in self.lexicon.localities):
            return None
        sure = DOUBTFUL if noun.startswith(self._things) else TOWN if town else SEVERAL
        return Found("organisation", 0, len(run), sure, "quoted", words, first=True)
