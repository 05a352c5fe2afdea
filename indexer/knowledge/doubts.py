"""What speaks against a mention, once the whole article is read: it stays a mention, but too unsure for the facet.

A given name that no full name explains is nobody in particular; a people, a religion or a disease is no person; a head
noun without anything that tells it apart is no organisation. The tables are in cues.yaml and words/*.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from indexer.knowledge.fold import fold
from indexer.knowledge.hit import Hit
from indexer.knowledge.lexicon import Lexicon, Word
from indexer.knowledge.tables import cues, table, words

DOUBTFUL, FULL_NAME_FROM, OF_FULL_NAME = 0.5, 0.6, 0.7
INTRODUCES = 900  # letters; a shorter text has no room for a full name before it uses the given one
UNLIKE_NAME, UNLIKE_LONG_NAME = -2.0, -4.0  # log odds of letters below which a word that no list has is no family name
LEAST_ABBREVIATION, LONG_ABBREVIATION = 3, 4
BY_HEAD, LONGEST_ARTICLE = frozenset({"organisation-word", "organisation-head"}), 7
STRONG = frozenset({"body", "site", "abbreviation"})
TABLES = frozenset({"table", "dateline"})
ROMAN = frozenset("IVXLCIVХLСІ")  # Latin and the Cyrillic letters that look like them
_TOKEN = re.compile(r"\w+")
_BESIDE_ADDRESS = "./@:-_"
_NOTHING = re.compile(r"[\s\x00-\x1f&#;<>/.]*\Z")


@cache
def english_words() -> frozenset[str]:
    """Common English words and those of which names of organisations are made, whatever language an article is in."""
    own = words("en")
    rows = (table("common.json")["en"], own["everyday"], own["organisation_words"], own["international_words"])
    return frozenset(fold(word) for row in rows for word in str(row).split())


class Doubts:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._titles = lexicon.honorifics | lexicon.offices
        self._peoples = frozenset(map(fold, (*cues("demonyms"), *cues("peoples"))))
        self._kinds = frozenset(map(fold, cues("no_persons"))) | self._peoples
        self._determiners = frozenset(cues("determiners")) | {"the"}
        english = {"a", "an"} if lexicon.language == "en" else set()
        self._indefinites = frozenset(cues("indefinite_articles")) | english  # Portuguese a is definite
        self._openers = lexicon.no_openers

    def weigh(self, hits: Iterable[Hit]) -> None:
        """Lowers the sureness of what is doubtful."""
        hits = list(hits)
        givens, size = self._givens(hits), sum(len(text.text) for text in {hit.text for hit in hits})
        for hit in hits:
            if hit.type is None or hit.confidence <= DOUBTFUL or hit.rule in TABLES or hit.known:
                continue
            if hit.type == "person":
                words = [word for word in hit.found.words if word.text[:1].isupper()] or list(hit.found.words)
                doubt = self._single(hit, words[0], givens, size) if len(words) == 1 else self._full(hit, words)
            else:
                doubt = hit.type == "organisation" and self._organisation(hit)
            if doubt:
                hit.confidence = DOUBTFUL

    def _givens(self, hits: Iterable[Hit]) -> dict[str, set[str]]:
        """The article's full names by their folded given names."""
        found: dict[str, set[str]] = {}
        for hit in hits:
            full = hit.type == "person" and len(hit.found.words) > 1 and hit.confidence >= FULL_NAME_FROM
            if full and hit.found.words[0].given and not hit.known:
                found.setdefault(fold(hit.lemma.split()[0]), set()).add(hit.lemma)
        return found

    def _single(self, hit: Hit, word: Word, givens: dict[str, set[str]], size: int) -> bool:
        """A given name alone, a kind of people or things, or the mark of an agency at the end."""
        if hit.rule == "surname-of-full-name":
            return False
        if word.folded in self._kinds and not word.famous:
            return hit.cue not in self._titles
        if hit.rule != "single-name":
            return False
        if self._signs(hit):
            return True
        if not word.given or word.famous:
            return False
        forms = {word.folded, *map(fold, self.lexicon.endings.bases("given", word.low))}
        names = set().union(*(givens.get(form, ()) for form in forms))
        if len(names) == 1:
            hit.lemma, hit.confidence, hit.rule = names.pop(), OF_FULL_NAME, "given-of-full-name"
            return False
        return size >= INTRODUCES

    @staticmethod
    def _signs(hit: Hit) -> bool:
        """Whether a word is the last of the body and of no sentence: the mark of an agency or of who wrote it."""
        text = hit.text.text
        before = text[max(0, hit.start - 8) : hit.start].rstrip(" ")[-1:]
        ends = hit.text.field == "body" and _NOTHING.match(text, hit.end) is not None
        return ends and before != "" and not before.isalpha() and before not in ",;:-–—("

    def _full(self, hit: Hit, words: list[Word]) -> bool:
        """Words with capitals that are no name: a place or a people, common words, a noun that is not like a name."""
        last = words[-1]
        if last.folded in self._peoples and not last.frequent:
            return True
        if hit.cue in self._titles:
            return False
        if hit.rule == "numeral" or self.lexicon.language == "de":
            return False
        if all(word.common or word.folded in self._peoples for word in words):
            declines = self.lexicon.endings.declines
            return not any(word.given and (word.frequent or declines) for word in words)
        if last.place_word and hit.before in self.lexicon.prepositions:
            return True
        if hit.rule == "unlisted" and (
            hit.before in self._determiners or hit.before in self.lexicon.strong_prepositions
        ):
            return True
        if last.initial and self.lexicon.language == "en":
            return True
        first = words[0]
        if first.known and not first.known.id.islower() and last.common:  # America Great
            return True
        if last.part or last.given or last.surname_like or self.lexicon.script != "Latn":
            return False
        loose = first.common or not first.frequent  # Junior Championship
        least = UNLIKE_NAME if loose else UNLIKE_LONG_NAME
        return (loose or len(words) > 2) and self.lexicon.likeness(last) < least

    def _organisation(self, hit: Hit) -> bool:
        """Nothing tells it apart, or it is a word in capitals."""
        lexicon, text = self.lexicon, hit.text.text[hit.start : hit.end]
        parts = _TOKEN.findall(text)
        if not parts:
            return True
        if hit.rule in BY_HEAD and self._indefinite(hit):
            return True
        if len(parts) == 1:
            return hit.rule not in STRONG and self._lone(hit, parts[0])
        opening = fold(parts[0])
        if opening in self._openers or (lexicon.endings.declines and opening.startswith(tuple(cues("superlatives")))):
            return True
        return all(lexicon.word(part).legal or lexicon.word(part).stop for part in parts)

    def _indefinite(self, hit: Hit) -> bool:
        """Whether `a` stands before it, or its first word only says which of many it is: Brüsseler Behörde."""
        before = hit.text.text[max(0, hit.start - LONGEST_ARTICLE) : hit.start].split()
        if before and before[-1].casefold() in self._indefinites:
            return True
        words = hit.found.words
        return len(words) == 2 and words[0].folded.endswith("er") and words[1].folded in cues("german_of_towns")

    def _lone(self, hit: Hit, text: str) -> bool:
        word = self.lexicon.word(text)
        if self._signs(hit) or len(text) < LEAST_ABBREVIATION or not set(text) - ROMAN:
            return True
        if word.capitals:
            if len(text) < LONG_ABBREVIATION:
                return word.common and self.lexicon.language == "en"
            return word.common or word.stop or self._in_small_letters(hit.text.text, text.casefold())
        quoted = hit.text.text[hit.start - 1 : hit.start] in ("«", "„", "“", '"') and hit.start > 0
        folded = word.folded
        return (word.legal or word.organisation or word.stop or folded in self._peoples) or (
            not quoted and (word.common or folded in english_words())
        )

    @staticmethod
    def _in_small_letters(text: str, word: str) -> bool:
        """Whether the same word stands in small letters too, outside of addresses."""
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            beside = text[at - 1 : at] if at else " ", text[end : end + 1] or " "
            if not any(char.isalnum() or char in _BESIDE_ADDRESS for char in beside):
                return True
            at = text.find(word, end)
        return False
