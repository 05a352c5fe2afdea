"""Finds mentions in Arabic: known places and organisations, titles, and given names with what follows them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.knowledge.base import EntityType, Mention
from indexer.knowledge.fold import fold
from indexer.knowledge.gazetteer import Known, known_names
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.tables import words as words_of
from indexer.knowledge.text import Text

GIVEN, TITLED, ALONE = 0.85, 0.8, 0.8
MOST_NAME_WORDS, NISBA = 5, 4
SMALL = "ولبفك"
_WORD = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")
_PREFIXES = ("وال", "بال", "لل", "و", "ب", "ل", "ف", "ك")


class ArabicFinder:
    """Finds mentions in Arabic. Prefixes written together with a word (و, ب, ل …) are taken off to find it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._names: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for name, known in known_names(lexicon.language, "Arab"):
            keys = tuple(fold(word) for word in _WORD.findall(name))
            if keys and len(keys[0]) > 2:
                self._names.setdefault(keys[0], []).append((keys, known))
        for rows in self._names.values():
            rows.sort(key=lambda row: -len(row[0]))
        self._titles = {fold(word) for phrase in lexicon.pack.entities.offices for word in phrase.split()}
        self._titles |= {fold(word) for word in lexicon.pack.entities.honorifics}
        self._stops = {fold(word) for word in lexicon.pack.stop_words} | _own("beside_names")
        self._titles |= _own("counterparts")
        self._compounds, self._foreign = _own("compounds"), _own("given")
        self._foreign_ends = tuple(_own("foreign_ends"))

    def find(self, texts: Sequence[Text]) -> list[Mention]:
        """Mentions of the texts of one article."""
        mentions: list[Mention] = []
        full: dict[str, str] = {}
        for text in texts:
            matches = [self._without_prefix(match) for match in _WORD.finditer(text.text)]
            words = [fold(match.group()) for match in matches]
            i = 0
            while i < len(words):
                size, mention = self._at(text, matches, words, i, full)
                if mention:
                    mentions.append(mention)
                i += size
        return mentions

    def _without_prefix(self, match: re.Match[str]) -> re.Match[str]:
        """The given name of another tongue without what is written together with it: لسيرغي."""
        word = fold(match.group())
        if word[0] in SMALL and len(word) > NISBA and word[1:] in self._foreign and word not in self.lexicon.given:
            return _WORD.match(match.string, match.start() + 1) or match
        return match

    def _at(
        self, text: Text, matches: list[re.Match[str]], words: list[str], i: int, full: dict[str, str]
    ) -> tuple[int, Mention | None]:
        titled = i > 0 and (words[i - 1] in self._titles or (i > 1 and self._of_country(words, i - 1)))
        size = self._person(text.text, matches, words, i, titled)
        if size >= 2 and words[i] in self.lexicon.given and words[i] not in self._compounds - {"عبد"}:
            return self._named(text, matches, words, i, size, titled, full)
        for cut in (
            0,
            *(len(prefix) for prefix in _PREFIXES if words[i].startswith(prefix) and len(words[i]) - len(prefix) > 2),
        ):
            first = words[i][cut:] if cut < 2 or words[i][:cut] == "و" else "ال" + words[i][cut:]
            for keys, known in self._names.get(first, ()):
                ordinary = len(keys) == 1 and words[i] in self._stops  # الجديدة is new as often as El Jadida
                if not ordinary and tuple(words[i + 1 : i + len(keys)]) == keys[1:]:
                    start = matches[i].start() + min(cut, 1)
                    return len(keys), _mention(
                        text,
                        start,
                        matches[i + len(keys) - 1].end(),
                        known.type,
                        known.name,
                        "table",
                        known.confidence,
                        known.id,
                    )
        if size >= 2 or (size == 1 and titled):
            return self._named(text, matches, words, i, size, titled, full)
        if words[i] in full and len(words[i]) > 3:
            return 1, _mention(
                text, matches[i].start(), matches[i].end(), "person", full[words[i]], "surname-of-full-name", ALONE
            )
        return 1, None

    def _named(
        self,
        text: Text,
        matches: list[re.Match[str]],
        words: list[str],
        i: int,
        size: int,
        titled: bool,
        full: dict[str, str],
    ) -> tuple[int, Mention]:
        """The person whose name takes up `size` words from i on; a full name licenses its last word alone."""
        start, end = matches[i].start(), matches[i + size - 1].end()
        name = text.text[start:end]
        if size >= 2:
            full.setdefault(words[i + size - 1], name)
        rule, sure = ("title", TITLED) if titled else ("given-name", GIVEN)
        return size, _mention(text, start, end, "person", name, rule, sure)

    def _of_country(self, words: list[str], i: int) -> bool:
        """Whether the adjective of a country behind a title stands there: الرئيس المصري."""
        return i > 0 and words[i - 1] in self._titles and self._nisba(words[i]) and words[i] not in self._titles

    @staticmethod
    def _nisba(word: str) -> bool:
        return len(word) > NISBA and word.startswith("ال") and word.endswith(("ي", "ية", "يه"))

    def _person(self, text: str, matches: list[re.Match[str]], words: list[str], i: int, titled: bool) -> int:
        """How many words from i on are one person's name; 0 when none begins there."""
        if words[i] in self._titles or words[i] in self._stops or not self._begins(words, i, titled):
            return 0
        size, unlisted = 1, False
        while size < MOST_NAME_WORDS and i + size < len(words):
            word, before = words[i + size], words[i + size - 1]
            beside = text[matches[i + size - 1].end() : matches[i + size].start()] in (" ", "-", "\xa0")
            if not beside or word in self._titles or word in self._stops:
                break
            compound = before in self._compounds or (word in self._compounds and self._joined(words, i + size))
            if size > 1 and not compound and self._known_alone(word):
                break
            if not (compound or self._listed(word)):
                if (unlisted and not self._nisba(word)) or not (titled or self._may_follow(words, i, i + size)):
                    break
                unlisted = not self._nisba(word)
            size += 1
        return size

    def _begins(self, words: list[str], i: int, titled: bool) -> bool:
        """Whether a name may begin with a word: a given one, أبو with another, behind a title a part of names."""
        word = words[i]
        if titled and self._nisba(word) and self._of_country(words, i):
            return False
        if word in self._compounds:
            slave = word == "عبد"
            return self._joined(words, i) and (slave or words[i + 1] in self.lexicon.given) and word not in ("بن", "ال")
        behind = titled and i + 1 < len(words) and self._of_country(words, i - 1) and self._listed(words[i + 1])
        return word in self.lexicon.given or (titled and word in self.lexicon.parts) or behind

    def _joined(self, words: list[str], i: int) -> bool:
        return i + 1 < len(words) and words[i + 1] not in self._stops and words[i + 1] not in self._titles

    def _listed(self, word: str) -> bool:
        parts = self.lexicon.parts
        return word in self.lexicon.given or word in parts or word.removeprefix("ال") in parts

    def _known_alone(self, word: str) -> bool:
        """Whether one word is a known place's or organisation's name."""
        return word in self._names and len(self._names[word][-1][0]) == 1

    def _may_follow(self, words: list[str], first: int, i: int) -> bool:
        """Whether a word that no list has goes on with the name: behind a foreign one, by its letters, السوداني."""
        word = words[i]
        if self._known_alone(word):
            return False
        if self._nisba(word) or word.endswith(self._foreign_ends):
            return True
        if words[first] in self._foreign and i == first + 1:
            return not word.startswith("ال")
        named = i + 1 < len(words) and i == first + 1 and self._nisba(words[i + 1])
        return named and not word.startswith("ال")


def _own(kind: str) -> set[str]:
    """A list of words/ar.yaml, folded."""
    return {fold(word) for word in str(words_of("ar").get(kind, "")).split()}


def _mention(
    text: Text, start: int, end: int, kind: EntityType, lemma: str, rule: str, sure: float, entity: str = ""
) -> Mention:
    return Mention(text.text[start:end], start, end, text.field, kind, lemma, f"rule:{rule}", round(sure, 2), entity)
