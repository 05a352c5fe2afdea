"""Stems: PyStemmer where the pack names one of its algorithms, our own rules for `stemmer: rules`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import Stemmer

from corpus.errors import ConfigurationError
from corpus.languages import LanguagePack, pack_or_fallback
from corpus.yamlfile import kept_table
from indexer.analysis.folding import fold, fold_plain, plain

FOLD_FIRST = frozenset({"english", "porter", "russian", "rules"})
"""Stemmers that read folded words; the others need accents to know their suffixes, and their stems are folded."""

CONTENT = "+"
"""Behind the stem of a word that would meet a stop word: Sicherheit must not be found by every sich."""

SCRIPTS = (
    (0x0041, 0x024F, "Latin"), (0x1E00, 0x1EFF, "Latin"), (0x0370, 0x03FF, "Greek"), (0x1F00, 0x1FFF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"), (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x077F, "Arabic"),
    (0xFB50, 0xFEFC, "Arabic"), (0x0900, 0x097F, "Devanagari"), (0x0E00, 0x0E7F, "Thai"),
    (0x3041, 0x30FF, "Japanese"), (0xFF66, 0xFF9F, "Japanese"),
    (0x3400, 0x9FFF, "Han"), (0xF900, 0xFAFF, "Han"), (0x20000, 0x323AF, "Han"), (0xAC00, 0xD7A3, "Hangul"),
)  # fmt: skip
"""Ranges of code points, both ends included, with the script as packs name it."""

_LONGEST_ENDING = 6
_local = threading.local()


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str | None:
    code = ord(letter)
    return next((name for first, last, name in SCRIPTS if first <= code <= last), None)


def script(word: str) -> str | None:
    """The script of the first letter of a word; None for numbers and scripts that no pack can name."""
    for c in word:
        if c.isalpha():
            return _script_of(c)
    return None


def written_in(word: str, pack: LanguagePack) -> bool:
    """Whether a word is in the script of a language (Han and kana both are Japanese)."""
    found = script(word)
    return found is not None and (found == pack.script or (pack.script == "Japanese" and found == "Han"))


@lru_cache(maxsize=64)
def _check(algorithm: str, language: str) -> None:
    if algorithm not in Stemmer.algorithms():
        raise ConfigurationError(
            f"language pack {language!r}: no stemmer named {algorithm!r}; "
            f"PyStemmer has {', '.join(Stemmer.algorithms())}"
        )


def _snowball(algorithm: str, language: str) -> Stemmer.Stemmer:
    """This thread's stemmer: PyStemmer's objects must not be shared between threads."""
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        _check(algorithm, language)
        stemmers[algorithm] = Stemmer.Stemmer(algorithm, 0)
    return stemmers[algorithm]


@lru_cache(maxsize=8)
def _rules(language: str) -> Callable[[str], str]:
    try:
        module = import_module(f"corpus.languages.{language}")
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"language pack {language!r}: stemmer 'rules' needs corpus/languages/{language}.py with a function stem"
        ) from error
    stem: Callable[[str], str] = module.stem
    return stem


def stem_words(surfaces: Sequence[str], language: str, folded: Sequence[str] | None = None) -> list[str]:
    """The folded stem of each written word in a language, in order; `folded` are their folded forms, if known.

    A stop word has no stem: it is found by its folded form.
    A word in another script than the language's, and any word of a language without a stemmer, is only folded.

    Raises:
        ConfigurationError: the pack names a stemmer that does not exist.
    """
    pack = pack_or_fallback(language)
    stems = [fold(surface) for surface in surfaces] if folded is None else list(folded)
    if pack.stemmer is None or pack.stemmer == "bigrams":
        return stems
    fold_first = pack.stemmer in FOLD_FIRST
    words = stems if fold_first else [plain(surface) for surface in surfaces]
    ours = [i for i, word in enumerate(words) if written_in(word, pack)]
    if pack.stemmer == "rules":
        rule = _rules(pack.iso)
        found = [rule(words[i]) for i in ours]
    else:
        found = _snowball(pack.stemmer, language).stemWords(_regular([words[i] for i in ours], pack.iso))
    stops, roots = _stops(pack)
    for i, stem in zip(ours, found, strict=True):
        root = stem if fold_first else fold_plain(stem)
        if stems[i] in stops:
            stems[i] = ""
        elif root:
            stems[i] = root + CONTENT if root in roots else root
    return stems


def _regular(words: list[str], language: str) -> list[str]:
    """The words with irregular forms as `endings.yaml` puts them, so that the stemmer joins them with the others."""
    table = _irregular().get(language)
    if table is None:
        return words
    whole, endings = table
    return [whole.get(word) or (_ended(word, endings) if endings else word) for word in words]


def _ended(word: str, endings: Mapping[str, str]) -> str:
    for size in range(min(_LONGEST_ENDING, len(word) - 2), 0, -1):
        other = endings.get(word[-size:])
        if other is not None:
            return word[:-size] + other
    return word


@lru_cache(maxsize=1)
def _irregular() -> Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]]:
    """Language → whole words and endings."""
    tables = kept_table(Path(__file__).with_name("endings.yaml"))
    return {code: (one["words"], one["endings"]) for code, one in tables.items()}


def _stops(pack: LanguagePack) -> tuple[frozenset[str], frozenset[str]]:
    """The stop words of a pack, folded, and their stems."""
    return _stops_of(pack.iso, pack.stemmer or "", pack.stop_words)


def is_stop(folded: str, language: str) -> bool:
    """Whether a folded word is a stop word of a language."""
    return folded in _folded_stops(pack_or_fallback(language).stop_words)


@lru_cache(maxsize=32)
def _folded_stops(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold_plain, words))


@lru_cache(maxsize=32)
def _stops_of(language: str, stemmer: str, words: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    folded = _folded_stops(words)
    if stemmer in ("", "bigrams"):
        return folded, folded
    if stemmer == "rules":
        return folded, folded | frozenset(map(_rules(language), folded))
    given = folded if stemmer in FOLD_FIRST else words
    return folded, folded | frozenset(fold_plain(stem) for stem in _snowball(stemmer, language).stemWords(list(given)))
