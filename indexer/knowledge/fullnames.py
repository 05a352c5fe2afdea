"""Persons' names of several words in a run of capitalised ones: given names with what follows, initials, titles."""

from __future__ import annotations

from typing import NamedTuple

from indexer.knowledge.chinese import chinese_parts
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.lexicon import UNLIKE, Lexicon, Word
from indexer.knowledge.single import pair, sureness
from indexer.knowledge.syllabic import syllabic, syllabic_latin
from indexer.knowledge.tables import cues

MOST_NAME_WORDS, SMALL_PLACE, LONGEST_SHORT = 5, 0.7, 4
FULL, FULL_UNLISTED, TITLED, INITIALS, REGNAL, CHINESE, PAIR = 0.95, 0.9, 0.85, 0.85, 0.85, 0.85, 0.85


class Token(NamedTuple):
    """One word of a run, its offsets in the run, and whether it is a small word inside names."""

    word: Word
    start: int
    end: int
    connector: bool


class PersonParser:
    """Finds names in the runs of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._cyrillic = lexicon.script == "Cyrl"
        self._dotted = frozenset(fold(text) for text in lexicon.dotted)

    def person(self, tokens: list[Token], i: int, cue: str) -> tuple[int, float, str]:
        """Number of words of a person's name that begins at i, how sure that is and why; or 0."""
        word = tokens[i].word
        if word.capitals and len(word.text) <= LONGEST_SHORT and not (word.part or word.given or word.initial):
            return 0, 0.0, ""  # the chief of VC Martin Locher
        honoured = cue in self.lexicon.honorifics or cue in self._dotted
        if size := self._son(tokens, i):
            return size, FULL_UNLISTED, "son-of"
        if size := self._with_initials(tokens, i):
            return size, INITIALS, "initials"
        if size := self._initials_behind(tokens, i):
            return size, INITIALS, "surname-first"
        size = self._name_size(tokens, i, honoured)
        last = tokens[i + size - 1].word if size else word
        if size >= 2 and last.numeral:
            return size, REGNAL, "numeral"
        trusted = any(token.word.part or token.word.given for token in tokens[i + 1 : i + size - 1])
        if size >= 2 and word.given and (trusted or not self._common(word, last)):
            return size, FULL if last.part or last.given else FULL_UNLISTED, "given-name"
        if size >= 2 and word.initial and not last.initial and len(last.folded) > 2 and self._likely(last):
            return size, INITIALS, "initials"
        surname = word.frequent or (word.part and word.surname_like)  # Trainer Meier
        titled = not word.common or honoured or (surname and self.lexicon.language == "de")
        if size >= 1 and cue and not word.initial and titled and (honoured or self._likely(word)):
            return size, TITLED, "title"
        if size == 2 and not word.given and chinese_parts(f"{word.text} {last.text}", self.lexicon.script):
            return size, CHINESE, "chinese-name"
        known = word.known and not (last.frequent and word.known.confidence < SMALL_PLACE)  # Burton Siegel
        if size < 2 or self._common(word, last) or word.capitals or last.capitals or known:
            return 0, 0.0, ""
        if size > 2 or self._begins(tokens, i + 1) or script_of(word.text) != script_of(last.text):
            return 0, 0.0, ""
        if script_of(word.text) != self.lexicon.script:
            return 0, 0.0, ""
        if self.lexicon.language != "de" or not (word.common or last.common):
            rule = "name-parts" if word.part and last.part else "unlisted"
            return size, min(PAIR, sureness(pair(self.lexicon, word, last))), rule
        return 0, 0.0, ""

    def _likely(self, word: Word) -> bool:
        """Whether a word can be a name by its letters."""
        return word.part or word.given or (not word.camel and self.lexicon.likeness(word) > UNLIKE)

    def _common(self, first: Word, last: Word) -> bool:
        """Whether two words are rather common words with capitals than a name."""
        if first.given and self.lexicon.endings.declines:  # Лев Толстой, Елена Головач
            return last.common and first.folded in cues("virtues")
        if first.given and first.frequent and last.famous:
            return False
        if first.part and not first.common and last.surname_like and self.lexicon.endings.declines:
            return False  # Bogumił Sękowski, though family names in -ski look like adjectives
        if last.common and not last.part and not (first.given and not first.common and self.lexicon.language == "de"):
            return True
        name = self.lexicon.language == "de" and first.given and first.folded not in self.lexicon.common
        common = first.common and not name  # Thomas is in lists of nouns
        return common and (last.common or not (first.given or last.part or last.given))

    def syllabic(self, tokens: list[Token], i: int) -> int:
        """Number of words of a Korean, Vietnamese or (in Cyrillic) Chinese name that begins at i; or 0."""
        words = [token.word for token in tokens[i : i + MOST_NAME_WORDS]]
        if self._cyrillic:
            return syllabic(words)
        size = syllabic_latin(words)
        known = size and self.lexicon.phrase([word.key for word in words], 0)  # Ho Chi Minh City
        return 0 if known else size

    def _begins(self, tokens: list[Token], i: int) -> bool:
        """Whether a given name with another word behind it stands at i: the better beginning of a name."""
        if self.syllabic(tokens, i):
            return True
        return tokens[i].word.given and i + 1 < len(tokens) and not tokens[i + 1].connector

    def _name_size(self, tokens: list[Token], i: int, titled: bool) -> int:
        """How many words from i on can be one person's name."""
        size, unlisted, j = 0, 0, i
        while j < len(tokens) and j - i < MOST_NAME_WORDS:
            token = tokens[j]
            word = token.word
            if token.connector:
                if size == 0 or word.text in cues("not_in_persons"):
                    break
                j += 1
                continue
            if j > i and tokens[j - 1].connector and word.common and not (word.part or word.given):
                break
            particle = j > i and tokens[j - 1].connector  # Rein van der Does
            if (
                (word.title and not word.given and not self._surname(tokens, i, j))
                or (word.stop and not (particle and size == 1 and word.text[1:].islower() and len(word.text) > 3))
                or word.organisation
                or word.legal
                or (word.place_word and not word.part)
            ):
                break
            if (
                word.known
                and not word.given
                and not (titled and j == i)
                and not (size == 1 and self._founder(tokens[i].word, word))
                and not (word.frequent and not word.common and word.known.confidence < SMALL_PLACE)
                and (size == 0 or not (word.part or word.known.confidence < SMALL_PLACE))
            ):
                break
            if word.numeral and size:
                return j + 1 - i
            french = self.lexicon.language == "fr" and size == 1 and tokens[i].word.given  # François ROUY
            if word.capitals and len(word.text) <= 4 and size and not word.part and not french:
                break
            if not (word.given or word.part or word.initial):
                unlisted += 1
                if (
                    size
                    and self.lexicon.language == "de"
                    and (word.folded.endswith(cues("abstract")) or (size >= 2 and word.common))
                ):
                    break
                if unlisted > 1 and (self.lexicon.language == "de" or size >= 3):
                    break
            if size >= 2 and not self._third(tokens[i:j], word):
                break
            j += 1
            size = j - i
        return size

    @staticmethod
    def _son(tokens: list[Token], i: int) -> int:
        """Number of words of `Mohammed bin Salman al-Saud`: a name, whose son, and a family's name; or 0."""
        end, sons = i + 1, cues("sons")
        while end + 1 < len(tokens) and tokens[end].word.text in sons:
            if any(token.connector or token.word.stop for token in (tokens[end - 1], tokens[end + 1])):
                break  # hier bin Ich
            end += 2
        if end == i + 1:
            return 0
        if end < len(tokens) and (article := tokens[end].word.low.split("-"))[0] in cues("hyphen_articles"):
            end += 1 if len(article) > 1 else min(2, len(tokens) - end)
        return end - i

    @staticmethod
    def _surname(tokens: list[Token], i: int, j: int) -> bool:
        """Whether a title is the family name behind a given one, with which its run ends: `Karl Richter`."""
        given = tokens[i].word
        known = given.given and not (given.common or given.title) and tokens[j].word.frequent
        return known and j == i + 1 == len(tokens) - 1

    def _with_initials(self, tokens: list[Token], i: int) -> int:
        """Number of words of `Kweku F. Darnow`: a word, one or two initials and a word; or 0."""
        end = i + 1
        while end < len(tokens) and end <= i + 2 and tokens[end].word.initial:
            end += 1
        if end == i + 1 or end >= len(tokens) or tokens[i].word.given:
            return 0
        first, last = tokens[i].word, tokens[end].word
        if any(w.initial or w.capitals or w.stop or w.title or w.organisation or w.place_word for w in (first, last)):
            return 0
        if self.lexicon.script == "Cyrl" and (
            end > i + 2 or len(tokens[i + 1].word.text) > 2 or first.surname_like or last.adjective
        ):
            return 0  # Зайцев А.Ю. Европейское право
        common = (first.common and not first.given) or (last.common and not last.part) or tokens[end].connector
        return 0 if common or script_of(first.text) != script_of(last.text) else end + 1 - i

    def _initials_behind(self, tokens: list[Token], i: int) -> int:
        """Number of words of `Иванов И.И.`: a Slavic family name with its initials behind; or 0."""
        first, end = tokens[i].word, i + 1
        while end < len(tokens) and end <= i + 2 and tokens[end].word.initial:
            end += 1
        name = first.surname_like or (first.part and not first.common)
        if end == i + 1 or self.lexicon.script != "Cyrl" or not name or first.capitals or first.title or first.initial:
            return 0
        following = tokens[end].word if end < len(tokens) else None
        named = following is not None and (following.surname_like or following.part)
        return 0 if following and named and not (following.adjective or following.stop) else end - i

    @staticmethod
    def _founder(given: Word, last: Word) -> bool:
        """Whether a known name of a firm behind a given name is a family name: `Walt Disney`."""
        firm = last.known is not None and last.known.type == "organisation"
        return firm and given.given and not given.common and not last.capitals

    def _third(self, before: list[Token], word: Word) -> bool:
        """Whether a name that has two words already may go on with this one."""
        middle = before[-1].word
        if before[-1].connector or middle.initial or middle.folded.endswith(cues("patronymics")):
            return True
        if self.lexicon.script == "Cyrl":
            famous = word.famous and not (middle.famous or middle.known)  # Реджеп Тайип Эрдоган
            return famous or (not word.given and middle.given and before[0].word.given)
        if self.lexicon.endings.declines:
            named = word.part or word.given or (middle.given and not word.common)
            return named and (not middle.famous or middle.given)  # Donald Trump Człowiekiem Roku
        return word.part or word.given or not word.common
