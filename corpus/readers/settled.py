"""Where the body that trafilatura found is doubtful, the page as it shows itself (`corpus.layout`) has a say.

On pages of plain markup trafilatura falls back to all text of the page: menus, teasers and readers' comments stand
before and after the article. The layout reading of the same page tells where the article begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Block = tuple[str, str]
"""Element and text."""

_END = re.compile(r"[.!?…。！？؟۔।။][\"'»“”’)）」』\]\s]*$")
_LOOSE_SHARE = 0.35
_LEAST_LOOSE = 3
_INSIDE = 0.9
_LEAST_RUN = 5
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
_NO_PARAGRAPHS = ("head", "list", "table", "code")


def is_doubtful(blocks: Sequence[Block]) -> bool:
    """Whether many blocks are no sentences, or the last of them are none, or few blocks hold all."""
    texts = _texts(blocks)
    loose = sum(not _END.search(text) for text in texts)
    many = loose >= _LEAST_LOOSE and loose >= _LOOSE_SHARE * len(texts)
    return len(texts) <= 2 or many or not any(_END.search(text) for _, text in blocks[-_LEAST_RUN:])


def settle(blocks: list[Block], shown: Sequence[str]) -> tuple[list[Block], list[Block]]:
    """(kept, left out) of the blocks, given the paragraphs of the layout reading; new blocks where it knows better."""
    texts = _texts(blocks)
    lines = [line for line in shown if len(_key(line)) >= 4]
    if not lines or not any(_END.search(line) for line in lines):
        return blocks, []
    whole = _key(" ".join(text for _, text in blocks))
    inside = sum(len(line) for line in lines if _key(line) in whole) / sum(map(len, lines))
    sentences = sum(bool(_END.search(text)) for text in texts)
    if inside < 0.5 and not sentences and len(texts) >= _LEAST_LOOSE:
        return [("p", line) for line in shown], list(blocks)
    if inside < _INSIDE:
        return blocks, []
    longest = _key(max((text for _, text in blocks), key=len, default=""))
    if len(texts) <= 3 and sum(_key(line) in longest for line in lines) >= 3:
        return [("p", line) for line in shown], []
    return _without_edges(blocks, lines) if sentences >= 2 else (blocks, [])


def without_teasers(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """(kept, left out): a page's end of headings with no sentence below any of them is a list of other articles."""
    end = len(blocks)
    while end and not _END.search(blocks[end - 1][1]):
        end -= 1
    heads = [index for index in range(end, len(blocks)) if blocks[index][0] == "head"]
    return (blocks[: heads[0]], blocks[heads[0] :]) if end and len(heads) >= 3 else (blocks, [])


def _without_edges(blocks: list[Block], lines: Sequence[str]) -> tuple[list[Block], list[Block]]:
    told = _key(" ".join(lines))
    same = [index for index, (_, text) in enumerate(blocks) if len(_key(text)) >= 10 and _key(text) in told]
    if not same:
        return blocks, []
    first, last = same[0], same[-1] + 1
    if not _is_loose(blocks[:first]):
        first = 0
    if not _is_loose(blocks[last:]):
        last = len(blocks)
    return blocks[first:last], [*blocks[:first], *blocks[last:]]


def _is_loose(edge: Sequence[Block]) -> bool:
    texts = [text for name, text in edge if name != "head" and not _NUMBERED.match(text)]
    return bool(texts) and sum(not _END.search(text) for text in texts) >= _LOOSE_SHARE * len(texts)


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [text for name, text in blocks if name not in _NO_PARAGRAPHS and not _NUMBERED.match(text)]


def _key(text: str) -> str:
    return "".join(text.split())
