"""Questions in scripts without spaces: which words a long run of characters is made of, by the archive's own pairs.

欧洲理事会主席是谁 stands in no article as typed; 欧洲, 理事, 会 and 主席 do. The run is cut into pairs and single
characters so that the pieces are as frequent as they can be together, each by itself (the likeliest path of a unigram
model, as segmenters with a dictionary choose theirs; the dictionary is the archive). Words that only ask or join (是谁)
are no pieces, nor are hiragana among other characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import log

from indexer.analysis.folding import fold
from indexer.analysis.segmenting import is_segmented, language_of, sizes
from indexer.analysis.stemming import is_stop
from indexer.analysis.words import Word, split

LONG = 5
"""Characters from which on a run that nobody wrote is taken apart; four are when they are two pairs."""
MOST = 64
"""Characters of a run that are taken apart."""
_LONGEST_STOP = 4


def parts(text: str, languages: Sequence[str], pairs: Callable[[str], int], articles: int) -> list[str]:
    """The pieces of a text that have to be found; none when it is too short to be taken apart.

    Args:
        languages: whose stop words are left out.
        pairs: how many articles hold two folded characters side by side.
        articles: how many there are in all.
    """
    words = split(text)
    found: list[str] = []
    for run in _runs(text, words):
        surfaces = [text[word.start : word.end] for word in run][:MOST]
        if run[0].single and is_segmented(language_of("".join(surfaces))):
            found += _words(surfaces, languages)
        else:
            found += _pieces(surfaces, languages, pairs, articles) if run[0].single else surfaces
    found = list(dict.fromkeys(found))
    if any(not _hiragana(piece) for piece in found):
        found = [piece for piece in found if not _hiragana(piece)]
    singles = sum(word.single for word in words)
    if len(found) == 1 and len(found[0]) > 1 and len(found[0]) < singles <= MOST and pairs(fold(found[0])):
        return found  # 谁是部长: one word and what asks for it
    if len(found) < 2 or singles < LONG - 1 or all(len(piece) < 2 for piece in found):
        return []
    if singles < LONG and any(len(piece) < 2 or not pairs(fold(piece)) for piece in found):
        return []
    return found


def _runs(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Characters side by side, and each other word by itself."""
    run: list[Word] = []
    for word in words:
        if run and not (word.single and run[-1].single and run[-1].end == word.start):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _words(surfaces: Sequence[str], languages: Sequence[str]) -> Iterator[str]:
    """The words of a run by its segmenter, less stop words."""
    start = 0
    for count in sizes(surfaces, [fold(surface) for surface in surfaces], language_of("".join(surfaces))):
        word = "".join(surfaces[start : start + count])
        if not any(is_stop(fold(word), code) for code in languages):
            yield word
        start += count


def _pieces(
    surfaces: Sequence[str], languages: Sequence[str], pairs: Callable[[str], int], articles: int
) -> list[str]:
    """The likeliest way to cut a run into pairs, single characters and stop words; stop words are left out."""
    folded = [fold(surface) for surface in surfaces]
    best: list[tuple[float, int, bool]] = [(0.0, 0, False)]  # cost of the way to here, where its last piece begins
    for end in range(1, len(folded) + 1):
        ways = []
        for size in range(1, min(_LONGEST_STOP, end) + 1):
            piece = "".join(folded[end - size : end])
            stop = any(is_stop(piece, code) for code in languages)
            if stop:
                count: float = articles
            elif size == 2:
                count = pairs(piece)
            elif size == 1:
                count = 0.5
            else:
                continue
            if count:
                ways.append((best[end - size][0] + log((articles + 1) / count) + 1, end - size, stop))
        best.append(min(ways))
    found: list[str] = []
    end = len(folded)
    while end:
        _, start, stop = best[end]
        if not stop:
            found.append("".join(surfaces[start:end]))
        end = start
    return found[::-1]


def _hiragana(piece: str) -> bool:
    return all("\u3041" <= c <= "\u309f" for c in piece)
