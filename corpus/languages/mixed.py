"""Articles in several languages: which paragraphs are in another one than the rest.

A paragraph is looked at closely only when the stop words of another language are more in it than those of the
article's own, or its script is another one; most texts cost a few look-ups a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from corpus.languages.identify import SURE, Share, identify
from corpus.languages.registry import codes, has_pack, packs, revision

LEAST_SHARE = 0.15
"""The part of a text that has to be in another language for the text to be in that language, too."""
LEAST_LETTERS = 120
"""Letters that have to be in it: a motto or a byline is not enough."""
LEAST_PARAGRAPH = 40
EASTERN_WEIGHT = 3
"""A Chinese character says as much as so many letters."""

_WORDS = re.compile(r"[^\W\d_]+")
_EASTERN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3041-\u30ff]")
_READ = 400


def also_in(text: str, main: str) -> tuple[Share, ...]:
    """The languages, besides the main one, that a considerable part of a text's paragraphs is in, largest share first.

    Only languages that have a pack are told; a text without a known main language is in no other.
    """
    if not has_pack(main):
        return ()
    letters: dict[str, int] = {}
    total = 0
    for paragraph in text.split("\n"):
        head = paragraph[:_READ]
        eastern = len(_EASTERN.findall(head))
        weight = len(paragraph) * (EASTERN_WEIGHT if eastern * 3 > len(head) else 1)
        total += weight
        if weight < LEAST_PARAGRAPH or _plainly(head, main, eastern):
            continue
        found = identify(paragraph, languages=codes())
        if found.code != main and found.confidence >= SURE and has_pack(found.code):
            letters[found.code] = letters.get(found.code, 0) + weight
    shares = (Share(code, count / total) for code, count in letters.items() if count >= LEAST_LETTERS)
    kept = [share for share in shares if share.share >= LEAST_SHARE]
    return tuple(sorted(kept, key=lambda share: (-share.share, share.code)))


def _plainly(head: str, main: str, eastern: int) -> bool:
    """Whether a paragraph is in the main language by all appearances."""
    if eastern * 3 > len(head):
        return main == ("ja" if _KANA.search(head) else "zh")
    small = head.casefold()
    alone, others, stops = _stop_words(main, revision())
    most = small.split()
    if others.isdisjoint(most) and not alone.isdisjoint(most):
        return True
    words = _WORDS.findall(small)
    held = Counter(chain.from_iterable(filter(None, map(stops.get, words))))
    own = held[main]
    return own > 0 and own >= max(held.values())


@lru_cache(maxsize=64)
def _stop_words(main: str, _revision: int) -> tuple[frozenset[str], frozenset[str], Mapping[str, tuple[str, ...]]]:
    """The stop words of a language alone, those of all others but not of it, and all with the languages of each."""
    found: dict[str, list[str]] = {}
    for one in packs():
        for word in one.stop_words:
            found.setdefault(word.casefold(), []).append(one.iso)
    alone = frozenset(word for word, codes in found.items() if codes == [main])
    others = frozenset(word for word, codes in found.items() if main not in codes)
    return alone, others, {word: tuple(codes) for word, codes in found.items()}
