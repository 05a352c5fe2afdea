"""Finds mentions in Arabic: known places and organisations, titles, and given names with what follows them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.knowledge.base import EntityType, Mention
from indexer.knowledge.fold import fold
from indexer.knowledge.gazetteer import Known, known_names
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.text import Text

GIVEN, TITLED, ALONE = 0.85, 0.8, 0.8
MOST_NAME_WORDS = 4
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
        self._stops = {fold(word) for word in lexicon.pack.stop_words}

    def find(self, texts: Sequence[Text]) -> list[Mention]:
        """Mentions of the texts of one article."""
        mentions: list[Mention] = []
        full: dict[str, str] = {}
        for text in texts:
            matches = list(_WORD.finditer(text.text))
            words = [fold(match.group()) for match in matches]
            i = 0
            while i < len(words):
                size, mention = self._at(text, matches, words, i, full)
                if mention:
                    mentions.append(mention)
                i += size
        return mentions

    def _at(
        self, text: Text, matches: list[re.Match[str]], words: list[str], i: int, full: dict[str, str]
    ) -> tuple[int, Mention | None]:
        titled = i > 0 and words[i - 1] in self._titles
        size = self._person(text.text, matches, words, i, titled)
        if size >= 2 and words[i] in self.lexicon.given:
            return self._named(text, matches, words, i, size, titled, full)
        for cut in (
            0,
            *(len(prefix) for prefix in _PREFIXES if words[i].startswith(prefix) and len(words[i]) - len(prefix) > 2),
        ):
            first = words[i][cut:] if cut < 2 or words[i][:cut] == "و" else "ال" + words[i][cut:]
            for keys, known in self._names.get(first, ()):
                if tuple(words[i + 1 : i + len(keys)]) == keys[1:]:
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

    def _person(self, text: str, matches: list[re.Match[str]], words: list[str], i: int, titled: bool) -> int:
        """How many words from i on are one person's name; 0 when none begins there."""
        given, parts = self.lexicon.given, self.lexicon.parts
        if (
            (words[i] not in given and not (titled and words[i] in parts))
            or words[i] in self._titles
            or words[i] in self._stops
        ):
            return 0
        size = 1
        while size < MOST_NAME_WORDS and i + size < len(words):
            word = words[i + size]
            beside = text[matches[i + size - 1].end() : matches[i + size].start()] in (" ", "-", "\xa0")
            listed = word in given or word in parts or word.removeprefix("ال") in parts
            if not beside or word in self._titles or word in self._stops or not (listed or (titled and size == 1)):
                break
            size += 1
        return size


def _mention(
    text: Text, start: int, end: int, kind: EntityType, lemma: str, rule: str, sure: float, entity: str = ""
) -> Mention:
    return Mention(text.text[start:end], start, end, text.field, kind, lemma, f"rule:{rule}", round(sure, 2), entity)
