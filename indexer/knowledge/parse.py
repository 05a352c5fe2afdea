"""What one run of capitalised words names, without its surroundings; remembered for each run.

A run is read from left to right: known names of places and organisations, titles, given names with what follows,
organisation words. What is left over are loose words, which the article may explain (a surname whose full name stands
elsewhere, a word after a title).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.knowledge.base import EntityType
from indexer.knowledge.chinese import chinese_parts
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.gazetteer import Known
from indexer.knowledge.lexicon import UNLIKE, Lexicon, Word
from indexer.knowledge.runs import word_pattern
from indexer.knowledge.single import pair, sureness
from indexer.knowledge.tables import cues

MOST_WORDS, MOST_NAME_WORDS = 14, 5
BESIDE, SMALL_PLACE = 0.4, 0.7
FULL, FULL_UNLISTED, TITLED, INITIALS, REGNAL, CHINESE, PAIR, WORD_ORGANISATION, ACRONYM = (
    0.95,
    0.9,
    0.85,
    0.85,
    0.85,
    0.85,
    0.85,
    0.8,
    0.45,
)


@dataclass(frozen=True, slots=True)
class Found:
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


@dataclass(frozen=True, slots=True)
class _Token:
    word: Word
    start: int
    end: int
    connector: bool


class RunParser:
    """Parses runs of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._connectors = frozenset(cues("connectors"))
        self._dotted = frozenset(fold(text) for text in lexicon.dotted)
        self._capital_connectors = frozenset(cues("capital_connectors"))
        self._seen: dict[str, tuple[Found, ...]] = {}

    def parse(self, run: str) -> tuple[Found, ...]:
        found = self._seen.get(run)
        if found is None:
            if len(self._seen) > 200_000:
                self._seen.clear()
            found = self._seen[run] = tuple(self._parse(run))
        return found

    def _tokens(self, run: str) -> list[_Token]:
        tokens: list[_Token] = []
        for match in word_pattern().finditer(run):
            start, text = match.start(), match.group()
            if self.lexicon.language in ("fr", "it") and (cut := _elision(text)):
                start, text = start + cut, text[cut:]
            inside = bool(tokens) and text in self._capital_connectors and match.end() < len(run)
            tokens.append(_Token(self.lexicon.word(text), start, match.end(), inside or text in self._connectors))
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
            known = self.lexicon.phrase(keys, i)
            if known and not (known[1].type == "place" and self._organisation(tokens, i, known[0]) > known[0]):
                size, entry = known
                found.append(self._make(tokens, i, i + size, entry.type, entry.confidence, "table", entry, cue))
                i, cue = i + size, ""
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
                cue, i = word.folded, i + 1
                continue
            size, sure, rule = self._person(tokens, i, cue)
            if size:
                found.append(self._make(tokens, i, i + size, "person", sure, rule, None, cue))
            elif word.known:
                entry = word.known
                found.append(self._make(tokens, i, i + 1, entry.type, entry.confidence, "table", entry))
                size = 1
            else:
                size = 1
                rule = "acronym" if word.capitals and 2 <= len(word.text) <= 6 else "loose"
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
        return replace(one, confidence=one.confidence - BESIDE) if beside else one

    def _make(
        self,
        tokens: list[_Token],
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

    def _organisation(self, tokens: list[_Token], i: int, place: int = 1) -> int:
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
            if word.legal and j > i:
                return j + 1 - i
            if (word.title and not word.organisation) or (
                word.stop and j > i and not word.organisation and not tokens[j].connector
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
        if (
            self.lexicon.endings.declines
            and not opening.organisation
            and not opening.folded.endswith(cues("adjectives"))
        ):
            return 0
        return last - i

    def _person(self, tokens: list[_Token], i: int, cue: str) -> tuple[int, float, str]:
        """Number of words of a person's name that begins at i, how sure that is and why; or 0."""
        word = tokens[i].word
        honoured = cue in self.lexicon.honorifics or cue in self._dotted
        size = self._name_size(tokens, i, honoured)
        last = tokens[i + size - 1].word if size else word
        if size >= 2 and last.numeral:
            return size, REGNAL, "numeral"
        trusted = any(token.word.part or token.word.given for token in tokens[i + 1 : i + size - 1])
        if size >= 2 and word.given and (trusted or not self._common(word, last)):
            return size, FULL if last.part or last.given else FULL_UNLISTED, "given-name"
        if size >= 2 and word.initial and not last.initial and len(last.folded) > 2 and self._likely(last):
            return size, INITIALS, "initials"
        titled = not word.common or honoured or (word.frequent and self.lexicon.language == "de")
        if size >= 1 and cue and not word.initial and titled and (honoured or self._likely(word)):
            return size, TITLED, "title"
        if size == 2 and not word.given and chinese_parts(f"{word.text} {last.text}", self.lexicon.script):
            return size, CHINESE, "chinese-name"
        if size < 2 or self._common(word, last) or word.capitals or last.capitals or word.known:
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
        if last.common and not last.part and not (first.given and not first.common and self.lexicon.language == "de"):
            return True
        return first.common and (last.common or not (first.given or last.part or last.given))

    @staticmethod
    def _begins(tokens: list[_Token], i: int) -> bool:
        """Whether a given name with another word behind it stands at i: the better beginning of a name."""
        return tokens[i].word.given and i + 1 < len(tokens) and not tokens[i + 1].connector

    def _name_size(self, tokens: list[_Token], i: int, titled: bool) -> int:
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
            if (
                (word.title and not word.given)
                or word.stop
                or word.organisation
                or word.legal
                or (word.place_word and not word.part)
            ):
                break
            if (
                word.known
                and not word.given
                and not (titled and j == i)
                and (size == 0 or not (word.part or word.known.confidence < SMALL_PLACE))
            ):
                break
            if word.numeral and size:
                return j + 1 - i
            if word.capitals and len(word.text) <= 4 and size and not word.part:
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

    def _third(self, before: list[_Token], word: Word) -> bool:
        """Whether a name that has two words already may go on with this one."""
        middle = before[-1].word
        if before[-1].connector or middle.initial or middle.folded.endswith(cues("patronymics")):
            return True
        if self.lexicon.script == "Cyrl":
            return not word.given and middle.given and before[0].word.given
        return word.part or word.given or not word.common


def _elision(text: str) -> int:
    """Length of an elided article that the word begins with (`L'Union`)."""
    for elided in ("Dell", "Nell", "All", "Sull", "Dall", "Qu", "L", "D"):
        size = len(elided) + 1
        if text.startswith(elided) and text[size - 1 : size] in ("'", "’") and text[size : size + 1].isupper():
            return size
    return 0
