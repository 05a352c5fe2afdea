"""Names of organisations that go on beyond a run of capitals, and abbreviations that are most likely organisations.

`Ministry of Defence`, `Bundesamt für Migration`, `Министерство обороны`: the head noun stands in a run of capitals,
what follows is linked by small words or stands in the genitive. The tables are in cues.yaml and words/*.yaml.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from indexer.knowledge.acronyms import ACRONYM_LEAST, Acronyms
from indexer.knowledge.fold import fold
from indexer.knowledge.genitives import Genitives
from indexer.knowledge.hit import Hit
from indexer.knowledge.lexicon import LEAST_ADJECTIVE, Lexicon, Word
from indexer.knowledge.nominative import Nominatives
from indexer.knowledge.runs import starts_sentence, word_pattern
from indexer.knowledge.tables import cues, words

MOST_LINKS, MOST_PLACE_WORDS, MOST_ADJECTIVES = 3, 3, 3
ORGANISATION_NOUN, HEAD_NOUN = 0.75, 0.75
SMALL_TOWN, BODY = 0.5, 0.7
QUOTES = {"«": "»", "„": "“", "“": "”", '"': '"'}
GERMAN_ADJECTIVES = tuple(stem + end for stem in ("bar", "lich", "ig", "isch", "al") for end in ("e", "en"))
ADJECTIVE_ENDS = ("ic", "ics", "al", "ial", "ive", "ary", "ory")
MOST_COORDINATED = 60
NAMED_AFTER = re.compile(r" (?:имени|імені|імя) ")
_PLURAL_GENITIVE = re.compile(r"['’] ([A-Z]\w+)")
LONGEST_OWNER = 24
_OWNER = re.compile(r"(?<![\w.'’-])([A-Z]\w+)['’]s $")
_COORDINATED = re.compile(r"(?<![\w.'’-])(?!The )([A-Z]\w+(?: [A-Z]\w+){1,2}),? and $")
_OF = re.compile(r" (?:of|for) (?:the )?[A-Z][\w'’-]*(?: (?:(?:and|&) )?[A-Z][\w'’-]*)*")
COUNTRY_ADJECTIVE = ("ск", "цк", "ськ", "цьк")
_SPACES = " \xa0"


class Institutions:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        links = "|".join(sorted(lexicon.links, key=lambda link: (-len(link), link)))
        self._link = re.compile(rf"[{_SPACES}](?P<link>{links})(?:[{_SPACES}]|(?<=['’]))") if links else None
        self._small = re.compile(rf"[{_SPACES}](\w[\w-]*)")
        self._nominatives = Nominatives(lexicon)
        self._genitives = Genitives(lexicon, self._place)
        self._english_heads = frozenset(map(fold, str(words("en")["international_words"]).split()))
        self._common_heads = frozenset(map(fold, cues("common_heads")))
        self._acronyms = Acronyms(lexicon)

    def judge(self, text: str, hit: Hit, before: Callable[[str, int], str]) -> None:
        """Gives a hit the whole name of the organisation that it begins, or the type when it is likely one."""
        word = hit.found.words[0]
        if hit.rule in ("organisation-word", "national"):
            if self.lexicon.language == "en":
                self._english(text, hit)
            hit.end = self.end(text, hit.end, hit.found.words[-1], False)
            blank = hit.start - 1
            if self.lexicon.language == "en" and text[blank : hit.start] == " ":
                opening = text[max(0, blank - 14) : blank].rpartition(" ")[2]
                if opening in cues("demonyms"):
                    hit.start = blank - len(opening)
        elif hit.type is not None or len(hit.found.words) > 1:
            return
        elif word.organisation or word.body:
            end = self.end(text, hit.end, word, True)
            if end > hit.end:
                self._found(hit, end)
            elif self.lexicon.language == "en":
                self._owned(text, hit)
            if hit.type is None and word.body and not self._titles(text, hit.end):
                hit.type, hit.confidence, hit.rule = "organisation", BODY, "body"
        elif hit.rule == "acronym":
            near = before(text, hit.start) if hit.found.first else ""
            sure = self._acronyms.sure(text, hit.start, hit.end, near)
            if sure > ACRONYM_LEAST:
                hit.type, hit.confidence = "organisation", sure

    def by_adjective(self, text: str, hit: Hit) -> bool:
        """Makes a word the name of an institution of which it is the first adjective: `Большого театра`."""
        word = hit.found.words[0]
        if len(hit.found.words) > 1 or (hit.known and hit.known.confidence > SMALL_TOWN):
            return False
        end = self.after_adjective(text, hit.end, word, starts_sentence(text, hit.start))
        if end:
            self._found(hit, end)
            hit.known = None
        return end > 0

    def _english(self, text: str, hit: Hit) -> None:
        """`Workers' Party`, `New York Post`, `National Oceanic and Atmospheric Administration`."""
        lexicon = self.lexicon
        match = _PLURAL_GENITIVE.match(text, hit.end)
        if match and text[hit.end - 1] == "s" and lexicon.word(match[1]).organisation:
            hit.end = match.end()
        self._owned(text, hit)
        first = hit.found.words[0]
        if text.endswith("New ", 0, hit.start) and first.text in cues("new_places"):
            hit.start -= len("New ")
            return
        before = _COORDINATED.search(text, max(0, hit.start - MOST_COORDINATED), hit.start)
        if before:
            words = [lexicon.word(word) for word in before[1].split()]
            opening, last = words[0], words[-1]
            names = any(w.organisation or w.known or w.given or w.title or w.frequent for w in words)
            if not names and (last.text.endswith(ADJECTIVE_ENDS) or last.common) and opening.text in cues("openers"):
                hit.start = before.start(1)

    def _titles(self, text: str, end: int) -> bool:
        """Whether a given name follows: Nationalrat Thomas Matter."""
        match = self._small.match(text, end)
        return match is not None and self.lexicon.word(match[1]).given

    def _owned(self, text: str, hit: Hit) -> None:
        """`Moody's Investors Service`, `King's College London`: an owner or patron that belongs to the name."""
        owner = _OWNER.search(text, max(0, hit.start - LONGEST_OWNER), hit.start)
        if not owner:
            return
        word, school = self.lexicon.word(owner[1]), hit.found.words[-1].folded in cues("of_patrons")
        if school or not (word.known or word.stop or word.title or word.famous or word.common or word.given):
            hit.start = owner.start(1)
            hit.found = hit.found._replace(words=(word, *hit.found.words))
            if hit.type is None:
                place = self._place(text, hit.end + 1) if text[hit.end : hit.end + 1] == " " else 0
                self._found(hit, place or hit.end)

    @staticmethod
    def _found(hit: Hit, end: int) -> None:
        if end >= hit.end:
            hit.end, hit.type, hit.confidence, hit.rule = end, "organisation", HEAD_NOUN, "organisation-head"

    def named_by_noun(self, text: str, hit: Hit, before: str) -> None:
        """A noun such as `company` before a name, with or without quotation marks, makes it an organisation's."""
        word, quoted = hit.found.words[0], hit.start > 0 and text[hit.start - 1] in QUOTES
        noun = before in self.lexicon.organisation_nouns or (quoted and before in self.lexicon.legal_forms)
        if noun and not word.stop and (quoted or not word.given):
            hit.type, hit.confidence, hit.rule = "organisation", ORGANISATION_NOUN, "organisation-noun"
            if quoted:
                end = text.find(QUOTES[text[hit.start - 1]], hit.end, hit.end + 40)
                if end > 0 and "\n" not in text[hit.end : end]:
                    hit.end = end

    def lemma(self, hit: Hit) -> str:
        """An organisation's name in the nominative."""
        text = hit.text.text[hit.start : hit.end]
        if self.lexicon.language == "de":
            return _german(text)
        return self._nominatives.of(text) if self.lexicon.endings.declines else text

    def end(self, text: str, end: int, head: Word, alone: bool) -> int:
        """Where the organisation ends that is known up to `end`; `alone` when only its head noun is."""
        if self.lexicon.endings.declines and self.lexicon.script == "Cyrl":
            return self._genitives.end(text, end, not head.capitals)
        if self.lexicon.endings.declines:
            return self._capitals(text, end, head)
        if self._link is None:
            return end
        english = _OF.match(text, end) if self.lexicon.language != "en" and head.folded in self._english_heads else None
        if english:
            return english.end()
        if self.lexicon.language == "de" and text[end : end + 1] == " " and (place := self._place(text, end + 1)):
            return place  # Landgericht Hamburg
        if alone and self.lexicon.language == "de" and not head.folded.endswith(cues("linked_heads")):
            return self._linked(text, end, head) if text.startswith((" für ", " gegen "), end) else end
        return self._linked(text, end, head)

    def _linked(self, text: str, end: int, head: Word) -> int:
        for count in range(MOST_LINKS):
            match = self._link.match(text, end) if self._link else None
            if not match or (match["link"] == "on" and head.folded not in cues("heads_on")):
                break
            word = word_pattern().match(text, match.end())
            if not word or not word.group()[:1].isupper():
                break
            place = self._place(text, match.end())
            if place and match["link"] not in cues("joining_links"):
                end = place
                continue
            known = self.lexicon.word(word.group())
            if known.given or known.stop or known.title:
                break
            if match["link"] in cues("joining_links") and (
                count == 0
                or not (known.common or known.organisation or self._common_end(text, match.end()))
                or known.known
            ):
                break
            if match["link"] in ("von", "zu"):  # Universität zu Köln: only with a known place
                break
            end = self._capitals(text, word.end(), known)
        return end

    def _common_end(self, text: str, start: int) -> bool:
        """Whether two capitalised words end in a common noun, as in `Allergy and Infectious Diseases`."""
        pair = [word.group() for word in itertools.islice(word_pattern().finditer(text, start), 2)]
        if len(pair) < 2 or text[start : start + len(pair[0]) + 1] != pair[0] + " " or not pair[1][:1].isupper():
            return False
        first, last = map(self.lexicon.word, pair)
        return last.common and not last.organisation and not (first.part or first.given or last.given)

    def _place(self, text: str, start: int) -> int:
        """Where a known place ends that begins at `start`, or 0."""
        words: list[re.Match[str]] = []
        end = start
        while len(words) < MOST_PLACE_WORDS:
            word = word_pattern().match(text, end)
            if not word or not word.group()[:1].isupper():
                break
            words.append(word)
            end = word.end() + 1
            if text[word.end() : end] != " ":
                break
        if not words:
            return 0
        keys = [self.lexicon.key(fold(word.group())) for word in words]
        found = self.lexicon.phrase(keys, 0)
        if found and found[1].type == "place":
            return words[found[0] - 1].end()
        known = self.lexicon.word(words[0].group()).known
        return words[0].end() if known and known.type == "place" else 0

    def _capitals(self, text: str, end: int, last: Word) -> int:
        """Over the capitalised words that follow; a German genitive is one noun, with an adjective before it or not."""
        german = self.lexicon.language == "de"
        while text[end : end + 1] == " ":
            if german and last.common and not last.folded.endswith(GERMAN_ADJECTIVES):
                break
            word = word_pattern().match(text, end + 1)
            if not word or not word.group()[:1].isupper():
                break
            last = self.lexicon.word(word.group())
            if last.given or last.title or last.stop:
                break
            end = word.end()
            if german:
                break
        return end

    def after_adjective(self, text: str, end: int, word: Word, starts: bool) -> int:
        """Where an organisation ends whose name begins with a Slavic adjective and has its head noun in small letters
        (`Верховный суд`); `end` is where the adjective does. 0 when there is none."""
        lexicon = self.lexicon
        for _ in range(MOST_ADJECTIVES):
            match = self._small.match(text, end)
            if not match or not match[1][:1].islower():
                return 0
            folded = fold(match[1])
            if lexicon.key(folded) in lexicon.office_keys:
                return 0  # Генеральным секретарём
            head = lexicon.heads.get(lexicon.key(folded))
            if head is not None and lexicon.endings.agrees(head, folded, neuter=True):
                country = lexicon.key(word.folded).endswith(COUNTRY_ADJECTIVE) or "sk" in word.folded[-5:]
                found = self._genitives.end(text, match.end())
                if fold(head) in self._common_heads and (country or starts):
                    return found if NAMED_AFTER.search(text, end, found) else 0
                return found
            if not match[1].endswith(lexicon.adjectives) or len(folded) < LEAST_ADJECTIVE:
                return 0
            end = match.end()
        return 0


def _german(text: str) -> str:
    """A German name whose first word is an inflected adjective before its head (`Staatlichen Universität`)."""
    adjective, _, rest = text.partition(" ")
    if not rest:
        return text.removesuffix("s") if text.endswith(("ministeriums", "amtes", "gerichts")) else text
    head = rest.partition(" ")[0].casefold()
    size = 2 if adjective[-2:] in ("en", "em", "er", "es") else 1 if adjective[-1:] == "e" else 0
    if not head or not size or len(adjective) < LEAST_ADJECTIVE or not adjective[: -size][-1:].islower():
        return text
    if size == 2 and adjective.endswith("er") and not adjective[:-2].endswith("sch"):  # Berliner
        return text
    for ending in ("e", "es", "er"):
        if head.endswith(cues(f"german_{ending}")):
            return f"{adjective[:-size]}{ending} {rest}"
    return text
