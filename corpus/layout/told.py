"""The title of a page that says it twice: in its title element, which comes first, and in its heading."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.languages import LanguagePack
from corpus.layout.head import page_titles, stems_of
from corpus.layout.lines import Line
from corpus.layout.repeated import key_of, says
from corpus.layout.stamps import DateLine

_LEAST_KEY, _NEAR_DAY = 12, 4
_TOLD, _TOLD_FIRST, _TOLD_MENU, _TOLD_STEMS = 0.4, 0.2, 0.3, 2
"""So many words of a title that stands twice on a page are the body's too: fewer of the page's first, more where all
have capitals and none is a stop word, as in a menu; two at least."""


def told_title(lines: Sequence[Line], first: int, last: int, told: Sequence[str], pack: LanguagePack) -> str:
    """The one of some texts said twice on a page that is its title, since the body has its words, or ""."""
    body = stems_of(" ".join(line.text for line in lines[first : last + 1] if line.prose)[:6000], pack)
    best = (_TOLD, "")
    for number, title in enumerate(told):
        stems = stems_of(title, pack)
        both = len(stems & body)
        words = title.split()
        menu = all(word[0].isupper() and word.casefold() not in pack.stop_words for word in words)
        share = both / max(1, len(stems)) + (_TOLD_FIRST if number == 0 else 0.0) - (_TOLD_MENU if menu else 0.0)
        if both >= _TOLD_STEMS and share > best[0]:
            best = (share, title)
    return best[1]


def titles_said_again(lines: Sequence[Line]) -> list[str]:
    """What may be the title of a page whose first line is its title element: a line that this begins with."""
    if not page_titles(lines[:1]):
        return []
    named = key_of(lines[0].text).text
    for line in lines[1:]:
        key = key_of(line.text).text if line.words >= 3 and not line.prose else ""
        if len(key) >= _LEAST_KEY and named.startswith(key) and not named[len(key) : len(key) + 1].isalnum():
            return [line.text]
    return []


def said_at(lines: Sequence[Line], last: int, title: str, dates: Sequence[DateLine]) -> int | None:
    """The index of the line that says a title as a heading: below the title element, beside a date rather than not."""
    found = [index for index, line in enumerate(lines[: last + 1]) if says(line.text, title)]
    found = found[1:] if len(found) > 1 and found[0] == 0 else found
    dated = [hit.index for hit in dates if hit.score > 0]
    return next((index for index in found if any(abs(index - day) <= _NEAR_DAY for day in dated)), (*found, None)[0])
