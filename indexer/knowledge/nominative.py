"""Names of Slavic institutions in the nominative: Большого театра → Большой театр, Sądu Najwyższego → Sąd Najwyższy.

The head noun and the adjectives that agree with it change; genitives that belong to it stay. The endings of adjectives
by gender are in cues.yaml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.knowledge.fold import fold
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.persons import restored
from indexer.knowledge.tables import cue_pairs, cues

MOST_BEFORE = 4
FEMININE, NEUTER = "аяьa", "оеёoe"
_WORD = re.compile(r"[^\s]+")


class Nominatives:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        language = lexicon.language
        self._endings = {
            gender: sorted(cue_pairs(f"adjectives_{language}_{gender}").items(), key=lambda row: -len(row[0]))
            for gender in ("m", "f", "n")
            if language in ("ru", "uk", "be", "pl")
        }
        self.of = lru_cache(maxsize=16_384)(self._of)
        self._stressed = frozenset(cues("adjectives_in_oj"))

    def _of(self, name: str) -> str:
        """The name in the nominative, or as it stands where no head noun is known in it."""
        words = list(_WORD.finditer(name))
        for at, match in enumerate(words[:MOST_BEFORE]):
            head = self._head(match.group())
            following = words[at + 1 : at + 2]
            adjective = match.group().casefold().endswith(self.lexicon.adjectives)
            if head and not (adjective and following and self._head(following[0].group())):  # Narodowy Bank
                return self._put(name, words, at, head)
            if not adjective:
                break
        return name

    def with_head(self, name: str, head: str) -> str:
        """A name of one adjective and a noun in the nominative; `head` is the noun's."""
        return self._put(name, list(_WORD.finditer(name)), 1, head)

    def _head(self, text: str) -> str:
        """The nominative of a head noun, or nothing."""
        folded = fold(text)
        if folded in self.lexicon.heads_in_cases:
            return self.lexicon.heads_in_cases[folded]
        if folded in self.lexicon.nominatives:
            return self.lexicon.nominatives[folded]
        head = self.lexicon.heads.get(self.lexicon.key(folded))
        if head is not None and self.lexicon.endings.agrees(head, folded, neuter=True):
            return head
        return ""

    def _put(self, name: str, words: list[re.Match[str]], at: int, head: str) -> str:
        gender = "f" if head[-1:] in FEMININE else "n" if head[-1:] in NEUTER else "m"
        end = at + 1
        if self.lexicon.language == "pl" and end < len(words) and words[end].group()[:1].isupper():
            end += 1  # Uniwersytetu Warszawskiego
        found = [self._adjective(word.group(), gender) for word in words[:end]]
        text = words[at].group()
        low = text.casefold()
        found[at] = restored(text, low, head) if fold(low) != fold(head) else text
        return " ".join(found) + name[words[end - 1].end() :]

    def _adjective(self, text: str, gender: str) -> str:
        low = text.casefold()
        for ending, nominative in self._endings.get(gender, ()):
            if low.endswith(ending) and len(low) > len(ending) + 1:
                stem = text[: len(text) - len(ending)]
                if gender == "m" and low[: len(stem)] + "ой" in self._stressed:
                    return stem + "ой"
                return stem + nominative
        return text
