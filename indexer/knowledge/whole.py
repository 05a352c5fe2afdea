"""What a whole article tells of the words that stand alone in it.

A full name licenses the surname; an organisation or a place that is told by its surroundings once is the same wherever
its name stands again; a word that nothing explains is judged on its own.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from indexer.knowledge.companies import Companies
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.hit import Hit
from indexer.knowledge.institutions import Institutions
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.localities import Localities
from indexer.knowledge.persons import lemma_of, surname_forms
from indexer.knowledge.runs import starts_sentence
from indexer.knowledge.single import (
    ATTRIBUTION,
    ENUMERATED,
    GOES_ON,
    NEVER,
    ROLE,
    SHORTEST,
    SingleNames,
    around,
    sureness,
)
from indexer.knowledge.tables import cues
from indexer.knowledge.word import Word

AND = ("und", "and", "и", "і", "й", "та", "i", "y", "et", "e", "oder", "or")
JOINS = frozenset([", ", *(f" {word} " for word in AND)])
EXPLAINED = frozenset({"surname-of-full-name", "quoted"})
BESIDE_PERSON = 0.75
BODIES = frozenset({"organisation", "place"})
WHOLE = frozenset({"epithet", "place-adjective"})
NO_ECHO = frozenset({"acronym", "body", "quoted"})
SURNAME_ALONE, FULL_NAME_FROM, MOST_SURE, LEAST_SURE = 0.9, 0.6, 0.9, 0.35
ELSEWHERE = 0.6  # log odds that a word beside one occurrence of a name counts less for another
ECHO_FROM, LEAST_ECHO, ECHO_LOSES, TOWN = 0.62, 0.6, 0.03, 0.8


class WholeArticle:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon, single: SingleNames, institutions: Institutions) -> None:
        self.lexicon, self.single, self.institutions = lexicon, single, institutions
        self.localities, self.companies = Localities(lexicon), Companies(lexicon)
        self._determiners = frozenset(cues("determiners"))

    def explain(self, hits: list[Hit]) -> None:
        """Lemmas of persons, then what the article's full names say of its loose words."""
        seen = {word.folded for hit in hits for word in hit.found.words}
        surnames: dict[str, Counter[str]] = {}
        foreign = Counter(fold(hit.text.text[hit.start : hit.end]) for hit in hits if hit.rule == "foreign-letters")
        for hit in hits:
            if hit.known:
                hit.lemma = hit.known.name
            elif hit.rule == "part-of-place":
                hit.lemma = self.localities.part(hit)
            elif hit.rule in WHOLE:
                hit.lemma = hit.lemma or hit.text.text[hit.start : hit.end]
            elif hit.type == "person":
                words = hit.found.words
                if hit.rule == "surname-first":
                    words = (*words[1:], words[0])
                hit.lemma = lemma_of(words, self.lexicon, seen)
                if len(words) > 1 and hit.confidence >= FULL_NAME_FROM:
                    at = 0 if hit.rule == "chinese-name" else -1  # Chinese family names stand first
                    for form in {fold(hit.lemma.split()[at]), words[at].folded}:
                        surnames.setdefault(form, Counter())[hit.lemma] += 1
            elif hit.type == "organisation":
                hit.lemma = self.institutions.lemma(hit)
                if hit.rule == "foreign-letters":
                    self.companies.weigh_foreign(hit, foreign[fold(hit.text.text[hit.start : hit.end])])
        titled = {hit.found.words[0].folded for hit in hits if hit.rule == "title" and len(hit.found.words) == 1}
        alone: list[Hit] = []
        for hit in hits:
            if hit.rule == "unlisted" and len(hit.found.words) == 2 and hit.confidence < FULL_NAME_FROM:
                self._last_word(hit, surnames)
            if len(hit.found.words) != 1 or hit.type == "organisation" or hit.rule in WHOLE:
                continue
            if hit.known and not (hit.found.words[0].folded in surnames and self._beats(hit)):
                continue
            if not self._surname(hit, surnames) and hit.type is None and hit.rule != "title-alone":
                alone.append(hit)
        self._enumerated(hits, self._explain_single(alone, titled))
        self._echo(hits)
        for hit in alone:
            if hit.type == "person":
                hit.lemma = lemma_of(hit.found.words, self.lexicon, seen)

    def _beats(self, hit: Hit) -> bool:
        """Whether the article's full names say more of a word than that a place is called so: Ponce."""
        word = hit.found.words[0]
        near = hit.confidence > TOWN or hit.before in self.lexicon.prepositions
        return hit.type == "place" and not near and word.part

    def _last_word(self, hit: Hit, surnames: dict[str, Counter[str]]) -> None:
        """Of two words that are hardly a name the last, where it is the family name of somebody: `Yesterday Weber`."""
        first, last = hit.found.words
        if first.part or first.given or not any(form in surnames for form in surname_forms(last, self.lexicon)):
            return
        start = hit.end - len(last.text)
        if hit.text.text[start : hit.end] == last.text:
            hit.start, hit.found = start, hit.found._replace(words=(last,))

    def _echo(self, hits: Sequence[Hit]) -> None:
        """What is surely an organisation or a place once is it again where only its name stands."""
        told: dict[str, Hit] = {}
        for hit in hits:
            if hit.confidence >= ECHO_FROM and hit.type in BODIES and hit.rule not in NO_ECHO and self._tells(hit):
                told.setdefault(hit.found.words[0].key, hit)
        for hit in hits if told else ():
            word = hit.found.words[0]
            one = told.get(word.key)
            if one is None or len(hit.found.words) > 1 or hit.rule in EXPLAINED:
                continue
            sure = max(LEAST_ECHO, one.confidence - ECHO_LOSES)
            person = hit.rule == "single-name" and one.rule != "place-preposition"
            weaker = hit.type is None or hit.confidence < sure or person
            if weaker and hit.end - hit.start == len(word.text) and self._same(word, one.found.words[0]):
                rule = one.rule if one.rule == "abbreviation" else "named-elsewhere"
                hit.type, hit.known, hit.confidence, hit.rule = one.type, one.known, sure, rule
                hit.lemma = one.lemma

    def _same(self, word: Word, told: Word) -> bool:
        """Whether two words with one key are one name: Kazanluk's, but no Berliner for Berlin."""
        names = {word.folded, told.folded}
        return self.lexicon.endings.declines or len(names) == 1 or {min(names) + "s"} < names

    def _tells(self, hit: Hit) -> bool:
        """Whether a name stands alone, or its first word may stand for all of it."""
        word = hit.found.words[0]
        if word.adjective:
            return False
        if hit.end - hit.start == len(word.text):
            return hit.rule != "table" or hit.type == "place"
        firm = hit.rule == "organisation-word" or (hit.rule == "table" and hit.type == "organisation")
        return firm and self.companies.possible(word)

    def _surname(self, hit: Hit, surnames: dict[str, Counter[str]]) -> bool:
        """Whether a full name of the article explains a word that stands alone."""
        word = hit.found.words[0]
        if hit.rule == "title-alone" and (hit.before in self._determiners or hit.before in self.lexicon.place_words):
            return False
        if word.stop or word.numeral or len(word.folded) < SHORTEST or (word.common and not (word.part or word.given)):
            return False
        for form in surname_forms(word, self.lexicon):
            if form in surnames:
                (name, count), *others = surnames[form].most_common(2)
                hit.lemma, hit.type, hit.rule = name, "person", "surname-of-full-name"
                hit.confidence = SURNAME_ALONE if not others or count > others[0][1] else 0.7
                return True
        return False

    @staticmethod
    def _enumerated(hits: list[Hit], judged: dict[int, float]) -> None:
        """A word that `and` or a comma joins to a sure person is rather a person, too; `judged` has its log odds."""
        for first, second in itertools.pairwise(hits):
            if first.text is not second.text or first.text.text[first.end : second.start] not in JOINS:
                continue
            for one, other in ((first, second), (second, first)):
                odds = judged.get(id(one))
                if odds is not None and other.type == "person" and other.confidence >= BESIDE_PERSON:
                    sure = min(MOST_SURE, sureness(odds + ENUMERATED))
                    if sure >= max(LEAST_SURE, one.confidence if one.type else 0.0):
                        one.type, one.confidence, one.rule = "person", sure, "single-name"

    def _explain_single(self, hits: list[Hit], titled: set[str]) -> dict[int, float]:
        """Judges the words that stand alone; what is told of one is told of the same word elsewhere in the article.

        `titled` are the folded words before which a title stands somewhere. Returns the log odds by the hits' ids.
        """
        judged: list[tuple[Hit, float, float, str]] = []
        best: dict[str, float] = {}
        for hit in hits:
            word, text = hit.found.words[0], hit.text.text
            odds = self._alone(hit)
            if word.common and odds <= NEVER:
                continue
            starts = starts_sentence(text, hit.start)
            before = hit.before if hit.found.first and (not starts or hit.before in self.lexicon.honorifics) else ""
            near = around(text, hit.start, hit.end, before, starts)
            if self.localities.judge(hit, near) or self.companies.judge(hit, near) or odds <= NEVER:
                continue
            beside = self.single.context(near)
            if word.adjective and beside < ATTRIBUTION:
                beside += self.single.adjective(near)
            if not hit.found.first:
                beside += GOES_ON
            if starts:
                odds += self.single.start(word)
            form = min(surname_forms(word, self.lexicon))
            judged.append((hit, odds, beside, form))
            best[form] = max(best.get(form, beside), beside, ROLE if word.folded in titled else NEVER)
        odds_of: dict[int, float] = {}
        for hit, odds, beside, form in judged:
            odds += max(beside, best[form] - ELSEWHERE) if beside > GOES_ON else beside
            odds_of[id(hit)] = odds
            sure = min(MOST_SURE, sureness(odds))
            if sure >= LEAST_SURE:
                hit.type, hit.confidence, hit.rule = "person", sure, "single-name"
        return odds_of

    def _alone(self, hit: Hit) -> float:
        """Log odds that a single word which no table explains is a person's name, its surroundings left out."""
        word = hit.found.words[0]
        foreign = self.lexicon.script == "Cyrl" and script_of(word.text) == "Latn"
        return NEVER if foreign else self.single.word(word)
