"""Compounds split by an archive's own vocabulary: Außenminister ← Minister, Sicherheitsarchitektur ← Architektur.

A word is split where both sides are nouns of the archive, with a linking element between them at most, and where the
two are the most frequent (P. Koehn and K. Knight, "Empirical methods for compound splitting", 2003); each side may be
split again. What only looks like a part (-schaft, -ung, Burg in Hamburg) is kept in `compounds.yaml`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Protocol

from corpus.errors import DamagedArchiveError
from corpus.yamlfile import kept_table
from indexer.analysis.folding import fold
from indexer.analysis.stemming import is_stop, stem_words

COMPOUNDING = ("de", "nl")
"""Languages whose compounds are split."""
LEAST_ARTICLES = 3
"""Articles that must hold a word for it to be a part."""
LEAST_LENGTH = 8
LEAST_PART = 4
DEEPEST = 2
NOUN_SHARE = 0.6
"""How much of a German word's occurrences inside sentences must begin with a capital for it to be a noun."""
SAMPLE = 10_000
_ENDINGS = ("s", "es", "n", "en", "e", "er", "ern")
_WORDS = re.compile(r"([.!?:„“\"»«\n–-]?)[^\S\n]*(?<![^\W\d_])([^\W\d_]{3,})(?![\w-])")
"""Words of letters, each with the sign before it after which a capital says nothing."""


class Compounds(Protocol):
    """Knows the parts of compounds; hashable, so that analysers can be kept for it."""

    def __hash__(self) -> int: ...

    def terms(self, surface: str, language: str) -> tuple[str, ...]:
        """Layer terms of a word's parts (`de:minist`), none for words that are no compounds."""
        ...


@dataclass(frozen=True)
class Rules:
    """How a language builds compounds; see `compounds.yaml`."""

    links: tuple[str, ...]
    before: frozenset[str]
    short: frozenset[str]
    no_head: frozenset[str]
    no_part: frozenset[str]
    whole: frozenset[str]


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rules]:
    """The rules of each compounding language."""
    data = kept_table(Path(__file__).with_name("compounds.yaml"))
    names = ("before", "short", "no_head", "no_part", "whole")
    return {
        language: Rules(tuple(given["links"]), *(frozenset(given[name].split()) for name in names))
        for language, given in data.items()
    }


class ArchiveCompounds:
    """Splits compounds by the words of one archive.

    The words are learned once, kept with the generation and used for every text and query of it.
    """

    def __init__(self, words: Mapping[str, Mapping[str, int]]) -> None:
        """`words`: language → folded noun → number of articles."""
        self._words = {language: dict(words.get(language, {})) for language in COMPOUNDING}

    @classmethod
    def learn(cls, texts: Iterable[tuple[str, str]], least: int = LEAST_ARTICLES) -> ArchiveCompounds:
        """From (text, language) pairs; up to `SAMPLE` texts of each compounding language are read."""
        learners = {language: _Learner(language) for language in COMPOUNDING}
        for text, language in texts:
            learner = learners.get(language)
            if learner is not None and learner.texts < SAMPLE:
                learner.read(text)
        return cls({language: learner.nouns(least) for language, learner in learners.items()})

    def joined(self, other: ArchiveCompounds) -> ArchiveCompounds:
        """The words of both, with the larger count of each."""
        return ArchiveCompounds({
            language: {word: max(own.get(word, 0), theirs.get(word, 0)) for word in own | theirs}
            for language, own, theirs in ((code, self._words[code], other._words[code]) for code in COMPOUNDING)
        })

    def save(self, path: Path) -> None:
        """Write the words as JSON."""
        path.write_text(json.dumps(self._words, ensure_ascii=False, sort_keys=True), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> ArchiveCompounds:
        """Read what `save` wrote; without the file, one that splits nothing.

        Raises:
            DamagedArchiveError: the file is not as it was written.
        """
        try:
            rows = json.loads(path.read_bytes()) if path.exists() else {}
            return cls({str(code): {word: int(count) for word, count in row.items()} for code, row in rows.items()})
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise DamagedArchiveError(f"{path}: {error}. Run `newsdex repair` or `newsdex rebuild`.") from error

    def terms(self, surface: str, language: str) -> tuple[str, ...]:
        """Layer terms of a word's parts, none for words that are no compounds."""
        parts = self.parts(surface, language)
        return tuple(dict.fromkeys(f"{language}:{stem}" for stem in stem_words(parts, language) if stem))

    def parts(self, surface: str, language: str) -> list[str]:
        """The folded nouns of which a word is made, outer ones before those inside them."""
        if language not in self._words or len(surface) < LEAST_LENGTH or not self._words[language]:
            return []
        return self._parts(fold(surface), language, DEEPEST)

    def _parts(self, word: str, language: str, depth: int) -> list[str]:
        rule = rules()[language]
        if len(word) < LEAST_LENGTH or not word.isalpha() or word in rule.whole or is_stop(word, language):
            return []
        best = max(self._splits(word, language), default=None)
        if best is None:
            return []
        _, first, head = best
        found = [first] if first else []
        found.append(head)
        if depth > 1:
            found += [part for side in (first, head) for part in self._parts(side, language, depth - 1)]
        return found

    def _splits(self, word: str, language: str) -> Iterable[tuple[float, str, str]]:
        """Score, first part (empty when it is no noun) and head of each way to split a word in two."""
        rule, counts = rules()[language], self._words[language]
        for at in range(3, len(word) - 2):
            head = word[at:]
            if head in rule.no_head or (len(head) < LEAST_PART and head not in rule.short):
                continue
            frequency = counts.get(head) or _inflected(head, counts)
            if not frequency:
                continue
            before = word[:at]
            if before in rule.before:
                yield frequency, "", head
                continue
            first = max(((counts[part], part) for part in self._firsts(before, rule, counts)), default=None)
            if first:
                yield sqrt(frequency * first[0]), first[1], head

    @staticmethod
    def _firsts(before: str, rule: Rules, counts: Mapping[str, int]) -> Iterable[str]:
        """The nouns that may stand first: as they are, less a linking element, or with an e they lost (Schul-)."""
        for link in rule.links:
            if link and not before.endswith(link):
                continue
            part = before[: len(before) - len(link)]
            allowed = len(part) >= LEAST_PART or part in rule.short
            if allowed and part in counts and part not in rule.no_part:
                yield part
        if len(before) >= LEAST_PART and before + "e" in counts:
            yield before + "e"


def _inflected(head: str, counts: Mapping[str, int]) -> int:
    """How frequent a head is without its ending (ministers, ministern); umlauts are folded anyway."""
    bare = (head[: -len(ending)] for ending in _ENDINGS if head.endswith(ending))
    return max((counts.get(word, 0) for word in bare if len(word) >= LEAST_PART), default=0)


class _Learner:
    """Counts in how many texts a word is a noun; words as written are folded at the end."""

    def __init__(self, language: str) -> None:
        self.texts = 0
        self._language = language
        self._articles: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()

    def read(self, text: str) -> None:
        self.texts += 1
        found = _WORDS.findall(text)
        self._articles.update({word for _, word in found})
        self._inside.update(word for sign, word in found[1:] if not sign)

    def nouns(self, least: int) -> dict[str, int]:
        """Words that enough texts hold, and that German writes with a capital inside sentences."""
        held, inside, capital = (Counter[str]() for _ in range(3))
        for word, count in self._articles.items():
            held[fold(word)] += count
        for word, count in self._inside.items():
            inside[fold(word)] += count
            capital[fold(word)] += count if word[0].isupper() else 0
        kept = {word: count for word, count in held.items() if count >= least and not is_stop(word, self._language)}
        if self._language != "de":
            return kept
        return {word: count for word, count in kept.items() if capital[word] >= NOUN_SHARE * max(inside[word], 1)}
