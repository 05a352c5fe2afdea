"""Two or three capitalised words of which no list knows a given name: how likely they are a person's name.

What the words beside them tell is added up as log odds: a verb of what only people do, who says it, an age or an
office behind a comma. A German or Dutch participle stands at the end of the clause (`… ist in Minsk eingetroffen`).
The verbs are in words/*.yaml, the weights are set by hand; benchmarks/entities.py measures them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

from indexer.knowledge.fold import fold
from indexer.knowledge.hit import Hit
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.runs import starts_sentence
from indexer.knowledge.single import ACTS, AGE, SPOKEN, SingleNames, sureness
from indexer.knowledge.tables import cues, words

RULES = frozenset({"name-parts", "unlisted"})
DEED, PAST, APPOSED, FAMILY_NAME = 2.6, 0.9, 1.8, 0.9
START, START_UNLISTED, UNLIKE = -0.3, -0.6, -1.0
SENTENCE_START, IN_QUOTES, SENSELESS = 0.15, 0.3, 0.2
SURE, MOST_INTRODUCED = 0.86, 0.88
LONGEST_APPOSITION, MOST_APPOSED, LONGEST_CLAUSE, MOST_AUXILIARIES = 60, 5, 140, 4
LATE_PARTICIPLES = frozenset({"de", "nl"})
_OPEN, _CLOSE = frozenset('«„“"'), frozenset('»“”"')
_NEXT = re.compile(r"[\"”»“]?(?P<comma>,)?[\"”»“]{0,2} (?P<word>\w+)")
_AGE = re.compile(r"(?: \(|, )[1-9]\d(?:\)|, |-year)")
_APPOSED = re.compile(r"[^\W\d_][\w-]*")
_CLAUSE = re.compile(rf"[^.!?;:\n]{{0,{LONGEST_CLAUSE}}}")
_WORD = re.compile(r"\w+")
_folded = lru_cache(maxsize=8_192)(fold)


class Pairs:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon, single: SingleNames) -> None:
        self.lexicon, self.single = lexicon, single
        own = words(lexicon.language)
        deeds, visits, auxiliaries = (
            frozenset(map(fold, str(own.get(key, "")).split())) for key in ("deeds", "visits", "auxiliaries")
        )
        self._before = deeds | lexicon.speech
        self._after = self._before | visits
        self._auxiliaries = auxiliaries
        self._late = lexicon.language in LATE_PARTICIPLES
        self._no_name = frozenset(cues("determiners")) | lexicon.strong_prepositions

    def weigh(self, text: str, hit: Hit, before: str) -> None:
        """How sure a name is once what stands beside it is read; `before` is the folded word before it."""
        starts = hit.found.first and starts_sentence(text, hit.start)
        quoted = hit.start > 0 and text[hit.start - 1] in _OPEN and text[hit.end : hit.end + 1] in _CLOSE
        if any(word.common for word in hit.found.words):
            hit.confidence -= SENTENCE_START if starts else IN_QUOTES if quoted else 0.0
            if SENSELESS < hit.confidence < SURE:
                odds = math.log(hit.confidence / (1.0 - hit.confidence))
                hit.confidence = min(MOST_INTRODUCED, sureness(odds + self._introduced(text, hit.end)))
            return
        if hit.confidence >= SURE:
            return
        first, last = hit.found.words[0], hit.found.words[-1]
        odds = math.log(hit.confidence / (1.0 - hit.confidence))
        if starts and last.famous and not (first.part or first.given):
            return  # Afterwards Trump: he would have been known by his given name, too
        if last.surname_like and (first.part or self.lexicon.likeness(first) > UNLIKE):
            odds += FAMILY_NAME
        if starts:
            odds += START if last.surname_like or (first.part and last.part) else START_UNLISTED
        other = quoted or before in self._no_name or last.known or (first.adjective and not first.part)
        if hit.found.first and not other and self._acts(text, hit, before):
            hit.rule, odds = "deed", odds + DEED
        else:
            odds += self._introduced(text, hit.end)
        hit.confidence = min(MOST_INTRODUCED, sureness(odds)) - (IN_QUOTES if quoted else 0.0)

    def _acts(self, text: str, hit: Hit, before: str) -> bool:
        """Whether a verb of what only people do stands beside a name."""
        if before in self._before:
            return True
        if text[hit.end : hit.end + 1] != " ":
            return False
        clause = _CLAUSE.match(text, hit.end)
        return clause is not None and self._does(one.group() for one in _WORD.finditer(clause.group()))

    def _does(self, behind: Iterable[str]) -> bool:
        for at, written in enumerate(behind):
            word = _folded(written)
            if word in self._after:
                return written[0].islower()
            if at >= MOST_AUXILIARIES and not self._late:
                return False
            if word not in self._auxiliaries and (at == 0 or not self._late):
                return False
        return False

    def _introduced(self, text: str, end: int) -> float:
        """What follows a name: that they say something, their age or office."""
        match = _NEXT.match(text, end)
        odds = AGE if _AGE.match(text, end) else 0.0
        if match and not match["comma"]:
            after = fold(match["word"])
            if after in self.lexicon.speech:
                return odds + SPOKEN
            if after in self.lexicon.acts:
                return odds + ACTS
            return odds + (PAST if match["word"].islower() and self.single.past(after) else 0.0)
        if match:
            behind = [fold(word) for word in _APPOSED.findall(text[match.start("word") : end + LONGEST_APPOSITION])]
            said = behind[:1] and behind[0] in self.lexicon.relatives
            if said or any(word in self.lexicon.offices for word in behind[:MOST_APPOSED]):
                odds += APPOSED
        return odds
