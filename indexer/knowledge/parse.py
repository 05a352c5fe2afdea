"""What one run of capitalised words names, without its surroundings; remembered for each run.

A run is read from left to right: known names of places and organisations, titles, given names with what follows,
organisation words. What is left over are loose words, which the article may explain (a surname whose full name stands
elsewhere, a word after a title).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from indexer.knowledge.base import EntityType
from indexer.knowledge.fold import fold
from indexer.knowledge.fullnames import PersonParser, Token
from indexer.knowledge.gazetteer import Known
from indexer.knowledge.headed import Headed
from indexer.knowledge.lexicon import Lexicon, Word, name_words
from indexer.knowledge.runs import word_pattern
from indexer.knowledge.tables import cues

MOST_WORDS = 14
MOST_RUNS = 32_768
BESIDE, WORD_ORGANISATION, ACRONYM, TWO_PARTNERS = 0.4, 0.8, 0.45, 0.8
MOST_PARTNERS = 6
CHINESE = 0.85
MOST_FOREIGN, FOREIGN_PERSON, FOREIGN_NAME, FOREIGN_WORD = 4, 0.8, 0.62, 0.57


class Found(NamedTuple):
    """A candidate in a run: offsets within the run, the words of the name, and what is known of it.

    `type` None is a loose word. `first` says that no word of the run stands before it, or only small ones.
    """

    type: EntityType | None
    start: int
    end: int
    confidence: float
    rule: str
    words: tuple[Word, ...]
    known: Known | None = None
    cue: str = ""
    first: bool = False


class RunParser:
    """Parses runs of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._connectors = frozenset(cues("connectors"))
        self._people = PersonParser(lexicon)
        self._capital_connectors = frozenset(cues("capital_connectors"))
        self._inside = frozenset(cues("inside_organisations"))
        self._glued = tuple(cues("glued"))
        self._foreign_letters = lexicon.script == "Cyrl"
        self._headed = Headed(lexicon, self._people)
        #: what a run names
        self.parse = lru_cache(maxsize=MOST_RUNS)(self._parsed)

    def _parsed(self, run: str) -> tuple[Found, ...]:
        found = self._partners(run) or tuple(self._parse(run))
        return self._foreign(run, found) if self._foreign_letters and run[0].isascii() else found

    def _partners(self, run: str) -> tuple[Found, ...]:
        """`Procter & Gamble`, `Brown Brothers Harriman & Co`: names that & joins are one firm's."""
        if " & " not in run:
            return ()
        tokens = self._tokens(run)
        while tokens and (tokens[0].word.stop or tokens[0].word.title or tokens[0].connector):
            tokens.pop(0)
        at = next((k for k, token in enumerate(tokens) if run.startswith(" & ", token.end)), None)
        if at is None or at + 1 >= len(tokens) or not 2 <= len(tokens) <= MOST_PARTNERS:
            return ()
        if any(len(token.word.folded) < 2 or token.word.stop for token in tokens):
            return ()
        sure = BESIDE if all(token.word.common for token in tokens) else TWO_PARTNERS
        return (self._make(tokens, 0, len(tokens), "organisation", sure, "partners"),)

    def _foreign(self, run: str, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """A run in Latin letters in a Cyrillic text: mostly an organisation, unless the tables know better."""
        words = tuple(word for one in found for word in one.words)
        if not run.isascii() or not 1 <= len(words) <= MOST_FOREIGN or any(one.known for one in found):
            return found
        if len(words) > 1 and words[0].folded in name_words("given", "Latn") and not words[-1].capitals:
            return (Found("person", 0, len(run), FOREIGN_PERSON, "given-name", words, first=True),)
        if len(words) == 1 and (words[0].common or len(run) < 2 or not run[1:].replace("-", "").isalpha()):
            return found
        if words[0].capitals and len(words) == 1:  # USB
            return found
        sure = FOREIGN_NAME if len(words) > 1 or words[0].camel or "-" in run else FOREIGN_WORD
        return (Found("organisation", 0, len(run), sure, "foreign-letters", words, first=True),)

    def _tokens(self, run: str) -> list[Token]:
        tokens: list[Token] = []
        for match in word_pattern().finditer(run):
            start, text, end = match.start(), match.group(), match.end()
            if text.endswith(self._glued) and (cut := _glue(text, self._glued)):
                text, end = text[:-cut], end - cut
            if self.lexicon.language in ("fr", "it") and (cut := _elision(text)):
                start, text = start + cut, text[cut:]
            inside = bool(tokens) and text in self._capital_connectors and match.end() < len(run)
            tokens.append(Token(self.lexicon.word(text), start, end, inside or text in self._connectors))
        return tokens

    def _parse(self, run: str) -> list[Found]:
        tokens = self._tokens(run)
        if len(tokens) > MOST_WORDS:
            return []
        keys = [token.word.key for token in tokens]
        found: list[Found] = []
        cue, i = "", 0
        while i < len(tokens):
            token = tokens[i]
            word = token.word
            if size := self._people.syllabic(tokens, i):
                found.append(self._make(tokens, i, i + size, "person", CHINESE, "family-name", None, cue))
                i, cue = i + size, ""
                continue
            known = self.lexicon.phrase(keys, i)
            if known and self._organisation(tokens, i, known[0]) <= known[0]:
                size, entry = known
                found.append(self._make(tokens, i, i + size, entry.type, entry.confidence, "table", entry, cue))
                i, cue = i + size, ""
                continue
            named = self._headed.name(tokens, i)
            if named:
                found.append(self._make(tokens, named.begin, named.end, named.type, named.confidence, named.rule))
                i, cue = named.end, ""
                continue
            if token.connector or (word.stop and not word.organisation):
                i, cue = i + 1, ""
                continue
            size = self._organisation(tokens, i)
            if size:
                found.append(self._make(tokens, i, i + size, "organisation", WORD_ORGANISATION, "organisation-word"))
                i, cue = i + size, ""
                continue
            if word.title and not (word.given and i + 1 < len(tokens) and not cue and not word.honorific):
                if word.part and i + 1 == len(tokens) and not word.honorific:
                    found.append(self._make(tokens, i, i + 1, None, ACRONYM, "title-alone", None, cue))
                cue, i = word.folded, i + 1
                continue
            size, sure, rule = self._people.person(tokens, i, cue)
            if size:
                found.append(self._make(tokens, i, i + size, "person", sure, rule, None, cue))
            elif word.known:
                entry = word.known
                found.append(self._make(tokens, i, i + 1, entry.type, entry.confidence, "table", entry))
                size = 1
            else:
                size = 1
                shouted = any(
                    t.word.capitals and len(t.word.text) > 2 for t in (*tokens[i - 1 : i], *tokens[i + 1 : i + 2])
                )
                rule = "acronym" if word.capitals and 2 <= len(word.text) <= 6 and not shouted else "loose"
                found.append(self._make(tokens, i, i + 1, None, ACRONYM, rule, None, cue))
            i, cue = i + size, ""
        return [self._beside(found, k) for k in range(len(found))]

    def _beside(self, found: list[Found], k: int) -> Found:
        """A place that stands right beside loose words is rather a part of some other name."""
        one = found[k]
        if one.type != "place":
            return one
        beside = [
            f
            for f in found[max(0, k - 1) : k + 2]
            if f is not one
            and f.type is None
            and (f.end + 1 == one.start or one.end + 1 == f.start)
            and not (f.words[0].common and not f.words[0].frequent)
            and not (self.lexicon.endings.declines and f.end < one.start and not f.words[0].part)
        ]
        return one._replace(confidence=one.confidence - BESIDE) if beside else one

    def _make(
        self,
        tokens: list[Token],
        i: int,
        j: int,
        kind: EntityType | None,
        sure: float,
        rule: str,
        known: Known | None = None,
        cue: str = "",
    ) -> Found:
        words = tuple(token.word for token in tokens[i:j])
        first = all(token.connector or token.word.stop for token in tokens[:i])
        return Found(kind, tokens[i].start, tokens[j - 1].end, sure, rule, words, known, cue, first)

    def _organisation(self, tokens: list[Token], i: int, place: int = 1) -> int:
        """Number of words of an organisation that begins at i and is known by one of its words, or 0.

        `place` is the number of words of a known place that it begins with.
        """
        last, seen, others, after = 0, False, 0, False
        keys = [token.word.key for token in tokens]
        for j in range(i, len(tokens)):
            word = tokens[j].word
            if j >= i + place and self.lexicon.phrase(keys, j):
                break
            if tokens[j].connector and (not seen or others):
                break
            if word.legal and j > i and self.lexicon.script == "Latn":
                return j + 1 - i
            linked = seen and tokens[j - 1].connector  # Consejo de Ministros
            if (word.title and not word.organisation and not linked) or (
                word.stop and j > i and not (word.organisation or tokens[j].connector or word.text in self._inside)
            ):
                break
            if word.organisation:
                seen, last = True, j + 1
            elif not tokens[j].connector:
                others += 1
                if seen and j > 0 and (tokens[j - 1].connector or (after and last == j)):
                    last, after = j + 1, True
                elif seen:
                    break
                elif (
                    word.given
                    and j == i
                    and j + 1 < len(tokens)
                    and not any(t.word.organisation for t in tokens[j + 1 : j + 4])
                ):
                    return 0
        if not seen or not others or last - i < 2:
            return 0
        opening = tokens[i].word
        if opening.known and self.lexicon.language == "de" and opening.folded == fold(opening.known.name) + "s":
            return 0
        if self.lexicon.endings.declines and opening.part and not opening.organisation:
            return 0
        if (
            self.lexicon.endings.declines
            and not opening.organisation
            and not opening.folded.endswith(cues("adjectives"))
        ):
            return 0
        return last - i


def _glue(text: str, captions: tuple[str, ...]) -> int:
    """Length of a caption's word that is glued to the end of a name (`BlankenshipImage`)."""
    for caption in captions:
        if text.endswith(caption) and len(text) > len(caption) + 1 and text[-len(caption) - 1].islower():
            return len(caption)
    return 0


def _elision(text: str) -> int:
    """Length of an elided article that the word begins with (`L'Union`)."""
    for elided in ("Dell", "Nell", "All", "Sull", "Dall", "Qu", "L", "D"):
        size = len(elided) + 1
        if text.startswith(elided) and text[size - 1 : size] in ("'", "’") and text[size : size + 1].isupper():
            return size
    return 0
