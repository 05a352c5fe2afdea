"""Which of several languages a text's words fit best: n-grams of one to three letters, and common words.

The counts are langdetect's profiles (Apache-2.0, made from Wikipedia) and our own in `profiles/`. langdetect's detector
draws random samples and needs 2 ms a text; this one adds up logarithms, word by word, and remembers words it has met.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import ConfigurationError
from corpus.languages.registry import has_pack, pack, revision
from corpus.languages.scripts import GROUPS
from corpus.yamlfile import table

WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
# The three weights below were set on sentences of UD PUD (de, en, pt, ru), cut to eight words.
SMOOTHING = 3e-5  # added to each probability: an n-gram may lack in a profile by chance
COMMON_WORD = 12.0  # what a common word says for its language, in nats
NAME = 0.3  # weight of a capitalised word after the first: often a foreign name
STRANGER = 8.0  # nats that a language without a pack must be better by
TEMPERATURE = 4.0  # n-grams overlap: their joint probability is far too sure of itself
PLAIN, AHEAD = 0.2, 5  # share of a text's words that are common in the language it declares; more than in any other
LEAST_WORDS = 12
KEPT_WORDS = 50_000

Scores = npt.NDArray[np.float64]


def _profile(language: str) -> dict[str, Any]:
    """{"freq": {n-gram: count}, "n_words": [sum for n = 1, 2, 3]}; a space is a word's edge."""
    path = Path(__file__).parent / "profiles" / f"{language}.json"
    if not path.exists():
        spec = find_spec("langdetect")
        if spec is None or not spec.submodule_search_locations:
            raise ConfigurationError(
                "langdetect is not installed; its language profiles are needed: `pip install langdetect`"
            )
        path = Path(spec.submodule_search_locations[0]) / "profiles" / language
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@dataclass(slots=True)
class Model:
    """Scores of words for the languages of one script.

    `rows[i]` holds the log-probability of n-gram i in each language, shape (n-grams, languages).
    """

    languages: tuple[str, ...]
    index: dict[str, int]
    rows: npt.NDArray[np.float32]
    common: dict[str, Scores]
    known: dict[str, int] = field(default_factory=dict)
    kept: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))

    def made(self, words: Sequence[str]) -> Scores:
        """The scores of casefolded words in each language, shape (words, languages); not kept here."""
        hits: list[int] = []
        ends = [0]
        for word in words:
            edged = f" {word} "
            pairs = list(map(add, edged, edged[1:]))
            grams = chain(edged, pairs, map(add, pairs, edged[2:]))
            hits += [i for i in map(self.index.get, grams) if i is not None]
            ends.append(len(hits))
        found = np.zeros((len(words), len(self.languages)))
        some = np.flatnonzero(np.diff(ends))
        if some.size:
            found[some] = np.add.reduceat(self.rows[hits], np.array(ends)[some], axis=0, dtype=np.float64)
        for at, word in enumerate(words):
            if word in self.common:
                found[at] += self.common[word]
        return found

    def words(self, words: Sequence[str]) -> Scores:
        """The scores of casefolded words, shape (words, languages); those of words met before are kept."""
        if not all(map(self.known.__contains__, words)):
            self._learn(words)
        return self.kept[list(map(self.known.__getitem__, words))]

    def _learn(self, words: Sequence[str]) -> None:
        """Keep the scores of those words that were not met before."""
        new = [word for word in dict.fromkeys(words) if word not in self.known]
        if not self.kept.size or len(self.known) + len(new) > len(self.kept):
            self.known, new = {}, list(dict.fromkeys(words))
            self.kept = np.empty((max(KEPT_WORDS, len(new)), len(self.languages)))
        self.kept[len(self.known) : len(self.known) + len(new)] = self.made(new)
        self.known.update(zip(new, range(len(self.known), len(self.known) + len(new)), strict=True))

    def score(self, text: str) -> tuple[Scores, int]:
        """The score of a text in each language, and the number of words that spoke for any."""
        words = WORDS.findall(text)
        if not words:
            return np.zeros(len(self.languages)), 0
        table = self.words([word[:40].casefold() for word in words])
        named = NAME if not text.isupper() else 1.0  # where all is in capitals they say nothing
        weights = np.array([named if word[0].isupper() else 1.0 for word in words])
        weights[0] = 1.0
        return weights @ table, int(np.count_nonzero(table.any(axis=1)))

    def best(self, text: str, allowed: Set[str] | None = None, said: str = "") -> tuple[str, float]:
        """The likeliest language and its probability; ("", 0.0) when no word says anything.

        Only languages of `allowed` and `said` can win; without `allowed`, those without a pack must be much better.
        """
        scores, words = self.score(text)
        if not words:
            return "", 0.0
        scores = scores - _handicaps(self.languages, frozenset(allowed or ()), said, revision())
        weights = np.exp((scores - scores.max()) / TEMPERATURE)
        winner = int(np.argmax(scores))
        return self.languages[winner], float(weights[winner] / weights.sum())


@lru_cache(maxsize=256)
def _handicaps(languages: Sequence[str], allowed: Set[str], said: str, _revision: int) -> Scores:
    """What each language must be better by than the favoured ones."""
    if not allowed.isdisjoint(languages):
        return np.array([0.0 if code in allowed or code == said else 1e9 for code in languages])
    return np.array([0.0 if has_pack(code) or code == said else STRANGER for code in languages])


@lru_cache(maxsize=8)
def model(script: str) -> Model:
    """The model of one script's languages; read once (about 60 ms for Latin)."""
    languages = GROUPS[script]
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__  # an n-gram met for the first time gets the next row
    columns: list[tuple[list[int], npt.NDArray[np.float64]]] = []
    for language in languages:
        profile = _profile(language)
        grams = list(profile["freq"])
        sizes = np.minimum(list(map(len, grams)), 3)
        shares = np.array(list(profile["freq"].values())) / np.array(profile["n_words"])[sizes - 1]
        columns.append(([numbers[gram] for gram in "\n".join(grams).casefold().split("\n")], shares))
    rows = np.full((len(numbers), len(languages)), SMOOTHING)
    for column, (at, shares) in enumerate(columns):
        np.add.at(rows[:, column], at, shares)
    index = {gram: row for gram, row in numbers.items() if gram != " "}
    return Model(languages, index, np.log(rows).astype(np.float32), _common_words(languages))


def plainly(text: str, said: str, script: str) -> bool:
    """Whether a text's common words leave no doubt of the language that it declares, so that it need not be scored.

    They are a fifth of its words or more, and some more than those of any other language of the script.
    """
    words = text.casefold().split()  # those beside a comma are left out, in all languages alike
    if len(words) < LEAST_WORDS:
        return False
    held: dict[str, int] = {}
    for languages in filter(None, map(_common_in(script).get, words)):
        for language in languages:
            held[language] = held.get(language, 0) + 1
    own = held.pop(said, 0)
    return own >= PLAIN * len(words) and own >= AHEAD + max(held.values(), default=0)


@lru_cache(maxsize=8)
def _common_in(script: str) -> dict[str, tuple[str, ...]]:
    """The languages of a script that each common word is one of."""
    languages = GROUPS[script]
    rows = _common_words(languages).items()
    return {word: tuple(languages[i] for i in np.flatnonzero(row).tolist()) for word, row in rows}


def _common_words(languages: Sequence[str]) -> dict[str, Scores]:
    """What each word of `common.yaml` and each stop word says for the languages it is common in."""
    listed = table(Path(__file__).parent / "profiles" / "common.yaml")
    words: dict[str, Scores] = {}
    for column, language in enumerate(languages):
        stops = pack(language).stop_words if has_pack(language) else frozenset()
        common = stops.union(listed.get(language, "").split())
        for word in common.difference(listed["seldom"].get(language, "").split()):
            words.setdefault(word, np.zeros(len(languages)))[column] = COMMON_WORD
    return words
