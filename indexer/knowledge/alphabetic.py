"""Finds mentions in languages whose names are capitalised (Latin and Cyrillic scripts).

Runs of capitalised words are parsed on their own (`parse`), then judged by what stands before them, and at last by
the whole article: a full name licenses the surname alone, and a name of an organisation its short form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from indexer.knowledge.acronyms import explained
from indexer.knowledge.base import Mention
from indexer.knowledge.companies import Companies
from indexer.knowledge.doubts import Doubts
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.hit import Hit
from indexer.knowledge.institutions import QUOTES, Institutions
from indexer.knowledge.lexicon import Lexicon, Word
from indexer.knowledge.localities import Localities
from indexer.knowledge.pairs import RULES, Pairs
from indexer.knowledge.parse import Found, RunParser
from indexer.knowledge.quoted import Quoted
from indexer.knowledge.runs import runs, starts_sentence
from indexer.knowledge.single import SingleNames
from indexer.knowledge.tables import cues
from indexer.knowledge.text import Text
from indexer.knowledge.whole import WholeArticle

PREPOSITION, TITLE_BEFORE, SENTENCE_START, SURNAME_ALONE, DATELINE = 0.4, 0.85, 0.15, 0.9, 0.95
LARGE_PLACE, EVERYDAY_PLACE, BY_NOUN = 0.7, 0.5, 0.85
NAMED_PLACE, MOST_SURE, LEAST_SURE = 0.9, 0.9, 0.35
ELSEWHERE = 0.6  # log odds that a word beside one occurrence of a name counts less for another
SURE_PERSON = 0.86
UNLIKE, COMMON_NOUN = -1.0, 0.55
INSTITUTIONS = frozenset({"organisation-word", "acronym", "national"})
LONGEST_ABBREVIATION = 5
_WORD = re.compile(r"[\s«\"„“]{1,2}(\w(?:\w|['’ʼ](?![sS]\b)(?=\w)|[-‑](?=\w))*)")
_folded = lru_cache(maxsize=32_768)(lambda word: fold(word).strip("(.,«\"„“'"))
_NEXT = re.compile(r"[\"”»“,]{0,2} (\w+)")
FULL_NAME_FROM = 0.6


@cache
def _epithet_pattern() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(cues('epithet_articles'))}) (?=[^\W\d_a-z])(\w+)")


class AlphabeticFinder:
    """Finds mentions in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.parser = RunParser(lexicon)
        self.single = SingleNames(lexicon)
        self.pairs = Pairs(lexicon, self.single)
        self.institutions = Institutions(lexicon)
        self.article = WholeArticle(lexicon, self.single, self.institutions)
        self.doubts = Doubts(lexicon)
        self.localities, self.quoted = Localities(lexicon), Quoted(lexicon)
        self._epithets = frozenset(map(fold, cues("epithets")))

    def find(self, texts: Sequence[Text]) -> list[Mention]:
        """Mentions of the texts of one article, text by text, in the order of their offsets."""
        hits: list[Hit] = []
        for text in texts:
            hits.extend(self.candidates(text))
        self.article.explain(hits)
        self.doubts.weigh(hits)
        return [hit.mention() for hit in hits if hit.type]

    def candidates(self, text: Text) -> list[Hit]:
        """What the rules find in one text by its runs and the words beside them."""
        if text.field == "dateline":
            return self._dateline(text)
        hits: list[Hit] = []
        reached = 0
        for start, run in runs(text.text):
            parsed = self.parser.parse(run)
            quoted = self.quoted.name(text.text, start, run, parsed)
            for found in (quoted,) if quoted else parsed:
                if start + found.start < reached:
                    continue
                hit = self._in_place(text, start, found)
                if hit.known is None and (hit.rule in INSTITUTIONS or found.words[0].opens) and hit.type != "person":
                    self.institutions.judge(text.text, hit, before=self._before)
                if hit.rule == "acronym" and hits:
                    explained(hits[-1], hit)
                while hits and hits[-1].end > hit.start:  # an institution's name that begins before its run
                    hits.pop()
                hits.append(hit)
                reached = hit.end
        return hits

    def _dateline(self, text: Text) -> list[Hit]:
        """A dateline names a place, often in capitals."""
        hits = []
        for start, run in runs(text.text.title() if text.text.isupper() else text.text):
            for found in self.parser.parse(run):
                if found.known and found.known.type == "place":
                    span = start + found.start, start + found.end
                    hits.append(
                        Hit(text, *span, found, "place", DATELINE, "dateline", "", found.known.name, found.known)
                    )
        return hits

    def _in_place(self, text: Text, run_start: int, found: Found) -> Hit:
        """The candidate judged by the words before and after it."""
        start, end = run_start + found.start, run_start + found.end
        hit = Hit(text, start, end, found, found.type, found.confidence, found.rule, found.cue, known=found.known)
        if self._settled(text.text, hit):
            return hit
        if found.type == "organisation":
            if found.known is None or found.words[0].text in cues("clubs"):
                hit.start -= 3 * text.text.endswith("1. ", 0, start)  # 1. FC Kaiserslautern
                return hit
            word = found.words[0]
            if self.lexicon.nouns_too and (
                word.stop or (len(found.words) == 1 and word.folded in self.lexicon.nouns_too)
            ):  # Die Zeit, Bild
                quoted = start > 0 and text.text[start - 1] in QUOTES
                hit.confidence = hit.confidence if quoted or found.words[-1].capitals else COMMON_NOUN
        elif found.type == "place":
            if found.known:
                self._place(text.text, hit)
        elif found.type is None or found.confidence < TITLE_BEFORE or not found.cue:
            self._titled(text.text, hit)
        if hit.type is None or (hit.known and hit.known.type == "place"):
            self._continued(text.text, hit)
        if found.words[0].given and hit.type != "organisation":
            self._epithet(text.text, hit)
        if hit.known is None and found.first and hit.confidence < SURE_PERSON:
            self.institutions.named_by_noun(text.text, hit, hit.before or self._before(text.text, hit.start))
        return hit

    def _settled(self, text: str, hit: Hit) -> bool:
        """Whether a candidate needs no other look at the words beside it: a site, a whole name, a mere noun."""
        found, start, end = hit.found, hit.start, hit.end
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isalpha() and Companies.domain(hit):
            return True
        if found.rule in ("quoted", "title-alone"):
            hit.before = self._before(text, start)
            return True
        capital = found.rule == "national" and found.first and not found.words[-1].organisation
        if capital and starts_sentence(text, start):
            hit.confidence = COMMON_NOUN
            return True
        if found.rule == "numeral" and self.lexicon.language == "de" and text[end : end + 1] == ".":
            hit.end += 1  # a German ordinal has its dot
        word = found.words[0]
        if word.adjective and found.type != "organisation":
            self._continued(text, hit)
            if hit.end > end or hit.type == "organisation" or self.institutions.by_adjective(text, hit):
                return True
            if self.localities.by_adjective(hit):
                return True
        noun = word.common and not (word.part or word.given or word.heads or word.surname_like)
        if noun and found.type is None and start and text[start - 1] in QUOTES:
            self.institutions.named_by_noun(text, hit, self._before(text, start))
        return noun and found.type is None

    def _place(self, text: str, hit: Hit) -> None:
        """A small or ambiguous place needs a preposition before it; one that is also a person's name all the more."""
        found, word = hit.found, hit.found.words[0]
        if len(found.words) == 1 and word.low in cues("places_like_nouns") and starts_sentence(text, hit.start):
            hit.confidence = EVERYDAY_PLACE  # Бакі are sides as often as Baku
            return
        named = len(found.words) == 1 and (word.given or word.part)
        if not found.first or found.confidence >= (NAMED_PLACE if named and word.given and word.frequent else 0.8):
            return
        small = word.frequent and found.confidence < LARGE_PLACE
        everyday = len(found.words) == 1 and word.folded in self.lexicon.common  # Man, a town in Côte d'Ivoire
        near = self.lexicon.strong_prepositions if small else self.lexicon.prepositions
        before = self._before(text, hit.start)
        if before in near:
            hit.confidence = min(0.9, found.confidence + PREPOSITION)
        elif self.localities.noun(before) or self.localities.of_noun(text, hit.start):
            hit.confidence = BY_NOUN
        elif everyday and word.common:
            hit.confidence = min(found.confidence, EVERYDAY_PLACE)
        elif named and (word.given or found.confidence < LARGE_PLACE or self._of_family(word)):
            hit.type, hit.known = None, None
            self._titled(text, hit)
        elif starts_sentence(text, hit.start):
            hit.confidence -= SENTENCE_START

    def _of_family(self, word: Word) -> bool:
        """Whether a word ends as Slavic family names do, and is one: Иванов, of Иваново too."""
        return self.lexicon.endings.declines and word.part and word.surname_like

    def _epithet(self, text: str, hit: Hit) -> None:
        """`Ludwig der Fromme`, `Catherine the Great`."""
        match = _epithet_pattern().match(text, hit.end) if len(hit.found.words) == 1 else None
        if match and fold(match[1]) in self._epithets:
            hit.end, hit.type, hit.confidence, hit.rule, hit.known = match.end(), "person", NAMED_PLACE, "epithet", None

    @staticmethod
    def _after(text: str, end: int) -> str:
        """The word right after `end`, in small letters."""
        match = _NEXT.match(text, end)
        return match.group(1).lower() if match else ""

    def _titled(self, text: str, hit: Hit) -> None:
        """A title in small letters before a name makes it a person's."""
        found = hit.found
        before = hit.before = self._before(text, hit.start) if found.first else ""
        if before and (before in self.lexicon.offices or before in self.lexicon.honorifics):
            hit.cue = before
            word = found.words[0]
            if found.type == "person":
                hit.confidence = max(hit.confidence, 0.92)
            elif self._can_be_name(text, hit, word):
                hit.type, hit.confidence, hit.rule = "person", 0.8, "title"
        elif found.rule in RULES:
            self.pairs.weigh(text, hit, before)

    def _can_be_name(self, text: str, hit: Hit, word: Word) -> bool:
        """Whether a word after a title can be a name, rather than an adjective or what the title belongs to."""
        if (
            word.capitals
            or word.organisation
            or word.body
            or script_of(word.text) != self.lexicon.script
            or word.stop
            or word.place_word
            or word.known
            or (word.common and not word.surname_like)
            or word.camel
            or len(word.folded) < 3
            or not (
                word.part or word.given or hit.cue in self.lexicon.honorifics or self.lexicon.likeness(word) > UNLIKE
            )
        ):
            return False
        return not (word.folded.endswith(cues("oblique_adjectives")) and self._after(text, hit.end) and not word.part)

    def _continued(self, text: str, hit: Hit) -> None:
        """A known name that goes on in small letters (`Европейский союз`)."""
        if len(hit.found.words) != 1 or hit.end >= len(text):
            return
        rows = hit.found.words[0].heads
        following = _WORD.match(text, hit.end) if rows else None
        if not following:
            return
        ends, keys = [hit.end, following.end()], [hit.found.words[0].key, self.lexicon.key(_folded(following[1]))]
        for candidate, known, _ in rows:
            if candidate[1] != keys[1]:
                continue
            while len(keys) < len(candidate) and keys == list(candidate[: len(keys)]):
                following = _WORD.match(text, ends[-1])
                if not following:
                    break
                ends.append(following.end())
                keys.append(self.lexicon.key(_folded(following[1])))
            if tuple(keys[: len(candidate)]) == candidate:
                hit.type, hit.known, hit.confidence, hit.rule = known.type, known, known.confidence, "table"
                hit.end = ends[len(candidate) - 1]
                return

    def _before(self, text: str, start: int) -> str:
        """The word right before `start`, folded; empty at the start of a line."""
        before = text[max(0, start - 32) : start].rstrip(" \xa0«\"„“'")
        if before.isspace():
            return ""
        if not before or before[-1] in ",;:!?\n)" or text[start - 1 : start] == "\n":
            return ""
        word = before.rsplit(None, 1)[-1]
        if word[-1] == "." and len(word) > LONGEST_ABBREVIATION:
            return ""
        return _folded(word)
