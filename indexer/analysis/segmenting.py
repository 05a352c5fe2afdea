"""Words of scripts without spaces by a dictionary that newsdex.yml chooses: jieba for Chinese, janome for Japanese.

Without one, pairs of characters are terms. With one, the words that it finds are; the written characters stay in the
folded fields either way, so that phrases are exact and single characters can be found. What was chosen is part of the
analyser's version, as an index made with one is of no use with another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from corpus.errors import ConfigurationError

KNOWN = {"jieba": ("zh", "chinese"), "janome": ("ja", "japanese")}
"""Segmenter → its language and the extra that installs it."""

_KANA = re.compile("[\u3041-\u30ff]")
_chosen: dict[str, str] = {}

Cut = Callable[[str], Sequence[str]]


def use_segmenters(chosen: Mapping[str, str]) -> None:
    """Choose for this process: language → name; empty is pairs of characters.

    Raises:
        ConfigurationError: a name is not known, not for that language, or not installed.
    """
    for language, name in chosen.items():
        if name not in KNOWN or KNOWN[name][0] != language:
            ways = ", ".join(f"{code}: {known}" for known, (code, _) in KNOWN.items())
            raise ConfigurationError(f"newsdex.yml: index.segmenters: {language}: {name} is not known; there is {ways}")
        if find_spec(name) is None:
            raise ConfigurationError(
                f"newsdex.yml: index.segmenters: {name} is not installed: `pip install 'newsdex[{KNOWN[name][1]}]'`; "
                "or take the setting out and run `newsdex rebuild`"
            )
    global _chosen
    _chosen = dict(chosen)


def segmenters() -> str:
    """What is chosen, with versions, as part of the analyser's: `+zh:jieba-0.42.1`; empty when nothing is."""
    return "".join(f"+{language}:{name}-{_version(name)}" for language, name in sorted(_chosen.items()))


@lru_cache(maxsize=4)
def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # most archives use no segmenter

    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def is_segmented(language: str) -> bool:
    """Whether the terms of a language are words of a segmenter."""
    return language in _chosen


def language_of(run: str) -> str:
    """Whose words a run of characters is cut into."""
    return "ja" if _KANA.search(run) else "zh"


def sizes(surfaces: Sequence[str], folded: Sequence[str], language: str) -> list[int]:
    """How many of the characters of a run each word has, in order.

    Args:
        surfaces, folded: the characters as written and folded; Chinese is cut in its simplified form.
    """
    given = surfaces if language == "ja" else folded
    ends = set()
    at = 0
    for word in _cutter(_chosen[language])("".join(given)):
        at += len(word)
        ends.add(at)
    found, size, at = [], 0, 0
    for character in given:
        size += 1
        at += len(character)
        if at in ends:
            found.append(size)
            size = 0
    return [*found, size] if size else found


@lru_cache(maxsize=2)
def _cutter(name: str) -> Cut:
    """The segmenter, ready; it takes a second to load."""
    return _jieba() if name == "jieba" else _janome()


def _jieba() -> Cut:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer: Any = jieba.Tokenizer()
    # not initialize(): that would trust a file in the system's temporary directory
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return lambda text: list(tokenizer.cut(text))


def _janome() -> Cut:
    from janome.tokenizer import Tokenizer

    tokenizer: Any = Tokenizer(wakati=True)
    return lambda text: list(tokenizer.tokenize(text))
