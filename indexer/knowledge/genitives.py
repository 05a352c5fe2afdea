"""How the name of a Slavic institution goes on in small letters behind its head noun.

`Министерство` **внутренних дел РФ**, `Агентство` **по страхованию вкладов**, `Музей` **имени Пушкина**: genitives and
the adjectives before them, a dative after по, a place, the people whose name it bears.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.knowledge.fold import fold
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.runs import pattern
from indexer.knowledge.tables import cues

MOST_WORDS = 8
GENITIVE_ENDS = ("ого", "его", "ой", "ей", "ых", "их", "ий", "ый", "ів", "їв", "ої", "ов", "ев", "ёв", "аў", "яў", "оў",
                 "ам", "ям", "іх", "ай", "яй", *"аяыиії")  # fmt: skip
DATIVE_ENDS = ("ому", "ему", "ым", "им", "ой", "ей", "ай", "ам", "ям", "ах", "ях", "ань", *"уюеиії")
PLURAL_GENITIVE = ("ов", "ев", "ів", "аў", "яў", "ей", "ий")
PLURAL_ADJECTIVE = ("ых", "их", "іх")
OWN = ("свои", "свое", "свої", "свой")
INSTRUMENTAL = ("ами", "ями", "ими", "ыми", "іми")
SPOKEN = frozenset({"ru", "uk", "be"})
LEAST_WORD, LEAST_AFTER_PLURAL, LONGEST_ABBREVIATION = 4, 3, 5
AND, BY = frozenset({"и", "і", "й", "та"}), frozenset({"по", "з", "па", "із"})
NAMED_AFTER = frozenset({"имени", "імені", "імя"})
_AND = re.compile(r" (?:и|і|та|й) ")
_SMALL = re.compile(r"[ \xa0](\w(?:[\w-]|['’ʼ](?=\w))*)")


class Genitives:
    """The rules of one language; `place` tells where a known place ends that begins at an offset, or 0."""

    def __init__(self, lexicon: Lexicon, place: Callable[[str, int], int]) -> None:
        self.lexicon = lexicon
        self._place = place
        verbs = cues(f"verb_ends_{lexicon.language}") if lexicon.language in SPOKEN else ()
        self._no_genitive = (*verbs, *cues("predicates"))
        self._nouns = frozenset(cues("nouns_like_verbs"))
        self._short = frozenset(cues("short_genitives"))
        self._no_datives = frozenset(cues("no_datives"))
        self._adjectives = cues("genitive_adjectives")

    def end(self, text: str, start: int, places: bool = True) -> int:
        """Where the name ends whose head noun ends at `start`; `places` when a place may belong to it."""
        end = last = start
        plural = dative = False
        for _ in range(MOST_WORDS):
            match = _SMALL.match(text, end)
            if not match:
                break
            small = match[1]
            if small[:1].isupper():
                place = self._place(text, match.start(1)) if places and end == last else 0
                place = place or (match.end() if end == last and self._capital(small) else 0)
                if not place:
                    break
                end = last = place
                continue
            if small in AND or small in BY:
                if end != last or (small in AND and end == start):  # МВД и госсекретарь
                    break
                dative = dative or small in BY
                end = match.end()
                continue
            if small in NAMED_AFTER:
                return self._people(text, match.end()) or last
            folded = fold(small)
            if dative and end != last and folded in self._no_datives:
                break
            if not self._goes_on(folded, plural, dative):
                break
            end = match.end()
            plural = folded.endswith(PLURAL_ADJECTIVE)
            if not folded.endswith(self._adjectives) and not (plural and dative):
                last = end
        return last

    def _capital(self, text: str) -> bool:
        """Whether a word with a capital belongs to the noun before it: Кабінет Міністрів, Департамент МИД."""
        word = self.lexicon.word(text)
        if (word.capitals or word.body) and len(text) <= LONGEST_ABBREVIATION and not word.legal:
            return True  # Департамент МИД
        people = word.key in self.lexicon.office_keys and word.folded.endswith(PLURAL_GENITIVE)
        return people or word.folded in cues("capital_genitives")

    @staticmethod
    def _people(text: str, end: int) -> int:
        """Where the names end after имени: of one, or of two with и between; 0 when there is none."""
        first = pattern().match(text, end + 1)
        if not first:
            return 0
        other = _AND.match(text, first.end())
        second = pattern().match(text, other.end()) if other else None
        return second.end() if second else first.end()

    def _goes_on(self, folded: str, plural: bool, dative: bool) -> bool:
        """Whether a word in small letters can belong to the name; after an adjective of many any noun can (дел)."""
        lexicon = self.lexicon
        if folded in lexicon.speech or folded in lexicon.acts or folded in lexicon.stops:
            return False
        if folded.endswith(INSTRUMENTAL) or folded.startswith(OWN):
            return False  # Комиссия другими глазами
        if folded in self._short or (plural and len(folded) >= LEAST_AFTER_PLURAL):
            return True
        if len(folded) < LEAST_WORD or not folded.endswith(DATIVE_ENDS if dative else GENITIVE_ENDS):
            return dative and len(folded) >= LEAST_WORD and folded.endswith(GENITIVE_ENDS)
        return folded in self._nouns or not folded.endswith(self._no_genitive)
