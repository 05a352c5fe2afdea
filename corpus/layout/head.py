"""Title, section and byline among the lines around the beginning of the body; each by scored evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from corpus.languages import LanguagePack, fold_key, packs
from corpus.layout.lines import Line
from corpus.layout.names import byline_names, byline_words
from corpus.layout.stamps import REACH, DateLine

_NEARLY, _NEARLY_A_LINE = 2.0, 1 / 3
"""A title stands above what else the head of an article shows: of lines nearly as likely, the first is taken; the
farther above, the less may it be behind."""
_BELOW = 6.0
"""How much less likely a heading may be than the sentence below it."""
_LONG_QUESTION = 14
_SIGNED, _NEAR_SIGN, _OVER, _TOLD = 12, 12, 4.0, 0.3
_RIGHT_ABOVE, _LEAST_DECK = 4.5, 8
_STOP = re.compile(r"(?<!\.\.)[.。][\"'»”’]?$|[^.?!]{3}\.[\"'»”’]$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SUFFIX = re.compile(r"\s+(?:[|–—•·»:]|-{1,2}|::)\s+")
_TEMPLATE = re.compile(r"\[[a-z]\w*\].*\[[a-z]\w*\]|\{\{", re.I)
_CUT_SHORT = re.compile(r"\.\.\.$|…$|[)\]]$")
_STEPS = re.compile(r"\s+[>›»/→|]\s+")
_BY_WORDS = ((36, -3.0), (21, 1.0), (5, 3.0), (4, 2.0), (3, 1.0), (0, -2.0))
"""What the number of words says for a title: from so many on, so much."""
_ARROW = re.compile(r"[>›»→]")
_BREADCRUMB = re.compile(r"\s*[>›»/→|]\s*")


def title_scores(
    lines: Sequence[Line], first: int, last: int, dates: Sequence[DateLine], pack: LanguagePack, slug: str = ""
) -> list[tuple[float, int]]:
    """(score, index) of every line that may be the title, the likeliest first."""
    body = stems_of(" ".join(line.text for line in lines[first : last + 1] if line.prose)[:6000], pack)
    named = page_titles(lines)
    dated = {hit.index: hit for hit in dates if hit.score > 0}
    stamps = {hit.index for hit in dates if hit.rest <= 20}
    stems_of_slug = stems_of(slug.replace("-", " ").replace("_", " "), pack)
    scored: list[tuple[float, int]] = []
    for index in range(max(0, first - REACH), min(len(lines), first + 3)):
        line = lines[index]
        if index in stamps or (not _WORD.search(line.text) and line.words < 3):
            continue
        scored.append((_title_score(index, line, lines, first, body, named, dated, stems_of_slug, pack), index))
    best, place = max(((score, -index) for score, index in scored), default=(0.0, 0))
    place = -place
    near = {place} | {
        index
        for score, index in scored
        if score >= best - _behind(lines, index, place, body, pack)
        and not _is_kicker(lines, index, place)
        and not _holds(lines[index].text, lines[place].text)
    }
    above = next((index for score, index in scored if score >= best - _BELOW and _is_deck(lines, index, place)), None)
    above = _over_signs(lines, scored, place, best, dated, body, pack) if above is None else above
    near = near if above is None else {above}
    return sorted(scored, key=lambda item: (-best - 1 if item[1] in near else -item[0], item[1]))


def _over_signs(
    lines: Sequence[Line],
    scored: Sequence[tuple[float, int]],
    place: int,
    best: float,
    dated: Mapping[int, DateLine],
    body: frozenset[str],
    pack: LanguagePack,
) -> int | None:
    """The likeliest heading above date and byline when the likeliest line stands below these: it says what is shown."""
    signs = [index for index in range(max(0, place - _SIGNED), place) if _is_sign(index, lines, dated, pack)]
    if not signs or lines[place].level:
        return None
    over = [(score, -index) for score, index in scored if signs[0] - _NEAR_SIGN <= index < signs[0]]
    score, index = max(over, default=(0.0, 0))
    line = lines[-index]
    told = over and _is_told(line, body, pack)
    return -index if told and line.words >= 5 and score >= best - _OVER and _is_heading(line) else None


def _is_sign(index: int, lines: Sequence[Line], dated: Mapping[int, DateLine], pack: LanguagePack) -> bool:
    day = dated.get(index)
    text = lines[index].text
    signed = text.casefold().strip(" :") in byline_words(pack.iso) or byline_names(text, pack)
    return bool(signed) or (day is not None and day.score > 2.0 and day.rest <= 30)


def _is_heading(line: Line) -> bool:
    return line.words >= 4 and line.words < 26 and not line.bullet and not line.kind and not _STOP.search(line.text)


def _behind(lines: Sequence[Line], index: int, place: int, body: frozenset[str], pack: LanguagePack) -> float:
    """How much less likely than the likeliest line a line above it may be and still be taken."""
    line, below = lines[index], lines[place]
    deck = below.words >= _LEAST_DECK and below.words >= line.words and not below.level
    if index == place - 1 and deck and _is_heading(line) and not _is_path(line) and _is_told(line, body, pack):
        return _RIGHT_ABOVE
    return _NEARLY - _NEARLY_A_LINE * max(0, place - index - 1)


def _is_told(line: Line, body: frozenset[str], pack: LanguagePack) -> bool:
    stems = stems_of(line.text, pack)
    return len(stems & body) >= max(2, _TOLD * len(stems))


def _is_kicker(lines: Sequence[Line], index: int, best: int) -> bool:
    """Whether a line is a few words right above a line twice as long that is likelier: what the title is about."""
    return index == best - 1 and lines[index].words <= 5 and lines[best].words > 2 * lines[index].words


def _holds(path: str, title: str) -> bool:
    """Whether a line is the way to a title: it says more, and the title itself."""
    return len(title) > 12 and len(path) > len(title) and fold_key(title) in fold_key(path)


def _is_deck(lines: Sequence[Line], index: int, best: int) -> bool:
    """Whether the likeliest line is a sentence under a heading: then the heading, at that index, is the title."""
    if index != best - 1 or lines[best].level:
        return False
    deck, line = lines[best], lines[index]
    sentence = bool(_STOP.search(deck.text)) or (deck.ends and deck.words >= _LONG_QUESTION)
    heading = line.words >= 4 and line.words < 21 and not line.bullet and not line.kind and not _STOP.search(line.text)
    return sentence and heading and line.text[-1] not in ":,"


def _title_score(
    index: int, line: Line, lines: Sequence[Line], first: int, body: frozenset[str], named: Sequence[str],
    dated: dict[int, DateLine], slug: frozenset[str], pack: LanguagePack,
) -> float:  # fmt: skip
    words = line.words
    score = next(value for least, value in _BY_WORDS if words >= least)
    score += {1: 6.0, 2: 2.0, 3: 0.5}.get(line.level, 0.0)
    score -= 2.5 if line.text.endswith((".", "。", ":")) and not line.text.endswith("...") else 0.0
    stems = stems_of(line.text, pack)
    if stems and body:
        score += 6.0 * len(stems & body) / max(3, len(stems))
    if slug and stems:
        score += 5.0 * len(stems & slug) / len(stems | slug)
    key = fold_key(line.text)
    if index > 1 and len(key) > 12 and any(key in name or name.startswith(key) for name in named):
        score += 5.0
    beside = index - 1 in dated or index + 1 in dated
    score += 2.0 if beside else 1.0 if index + 2 in dated else 0.0
    score -= 2.0 if any(hit.index < index - 2 and hit.score > 4 for hit in dated.values()) else 0.0
    score -= 0.1 * max(0, first - index - 6) if index <= first else 1.0 + index - first
    score -= 0.0 if not line.kind else 6.0 if line.kind != "repeated" else 0.5 if beside else 4.0
    score -= 2.5 if line.bullet else 0.0
    score -= 3.0 if line.prose and words > 18 else 0.0
    score -= 2.0 if _only_names(line) else 0.0
    score -= 1.5 if _CUT_SHORT.search(line.text) else 0.0
    score += 2.0 if _said_again(index, line, lines) else 0.0
    score += 1.0 if any(index < place <= index + 8 and hit.score > 3 for place, hit in dated.items()) else 0.0
    score -= 6.0 if _ends_in_name(line) else 4.0 if _is_path(line) or _TEMPLATE.search(line.text) else 0.0
    score -= 3.0 if index and _ARROW.fullmatch(lines[index - 1].text) else 0.0
    score -= 4.0 if _repeats_buttons(index, stems, lines, pack) else 0.0
    if byline_names(line.text, pack) or line.text in pack.sections:
        score -= 5.0
    return score


def _said_again(index: int, line: Line, lines: Sequence[Line]) -> bool:
    """Whether another short line near by holds the same words: a title element, a share button, a breadcrumb."""
    if len(line.text) < 20:
        return False
    near = (*lines[max(0, index - 40) : index], *lines[index + 1 : index + 12])
    return any(line.text in other.text for other in near if not other.prose)


def _is_path(line: Line) -> bool:
    """`Home > News > Business`, `House / Politics / Ferry runs aground`."""
    parts = _STEPS.split(line.text)
    return len(parts) > 1 and all(len(part.split()) <= 3 for part in parts[: max(2, len(parts) - 1)])


def _ends_in_name(line: Line) -> bool:
    """A caption with its credit: ends in a name it has named before, or in brackets."""
    words = line.text.split()
    tail = words[-2:]
    return len(words) > 6 and any(words[place : place + 2] == tail for place in range(len(words) - 3))


def _only_names(line: Line) -> bool:
    """Every word with a capital and none that could be a stop word: names of authors, or a row of sections."""
    words = line.text.split()
    return line.counted and line.stops == 0 and 2 <= len(words) <= 12 and all(word[0].isupper() for word in words)


def _repeats_buttons(index: int, stems: frozenset[str], lines: Sequence[Line], pack: LanguagePack) -> bool:
    """Whether a line says again what the short lines before it said: a menu in one line."""
    if len(stems) < 5:
        return False
    short = stems_of(" ".join(line.text for line in lines[max(0, index - 40) : index] if line.words <= 3), pack)
    return len(stems & short) > 0.7 * len(stems)


def page_titles(lines: Sequence[Line]) -> list[str]:
    """Folded `Title | House` of a page's first lines, where a dumper kept the title element."""
    return [fold_key(line.text) for line in lines[:2] if len(line.text) > 20 and not line.prose]


def without_house(text: str) -> str:
    """A title element without the name of the house after the last bar or dash."""
    parts = _SUFFIX.split(text)
    return max(parts, key=len) if len(parts) > 1 and max(map(len, parts)) > 15 else text


def stems_of(text: str, pack: LanguagePack) -> frozenset[str]:
    """Beginnings (five letters) of words, stop words left out; pairs of characters where words are not parted."""
    words = {word[:5] for word in _WORD.findall(text.casefold()) if word not in pack.stop_words}
    if any("\u3040" <= char <= "\u9fff" for char in text[:200]):
        return frozenset(text[i : i + 2] for i in range(len(text) - 1) if not text[i : i + 2].isspace())
    return frozenset(words)


def section_line(
    lines: Sequence[Line], title: int | None, date: int | None, first: int, pack: LanguagePack
) -> tuple[int, str, str] | None:
    """(index, section, rule): a known section name next to title or date, else the line right above the date line."""
    anchors = [place for place in (title, date) if place is not None] or [first]
    top, bottom = max(0, min(anchors) - 6), min(len(lines), max(*anchors, first) + 1)
    best: tuple[float, int, str, str] | None = None
    for index in range(top, bottom):
        line = lines[index]
        if line.prose or line.words > 12 or index == title:
            continue
        button = line.kind == "navigation" and not pack.sections.topic(line.text)
        found = None if button else _section_name(line, pack, index == date)
        if found:
            away = min(abs(index - place) for place in anchors)
            run = sum(_section_name(near, pack, False) is not None for near in lines[max(0, index - 2) : index + 3])
            buttons = away > 1 and any(
                one.kind == "navigation" for one in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
            )
            score = 4.0 - away - (3.0 if buttons else 0.0) - (1.5 if run >= 4 else 0.0) - (1.0 if line.bullet else 0.0)
            score -= 4.0 if line.bullet and line.linked > 0.6 else 0.0  # a menu's
            if best is None or score >= best[0]:
                best = (score, index, *found)
    if best is not None and best[0] > -0.5:
        return best[1:]
    if date is not None and title is not None and 1 < date < title <= date + 2:
        line = lines[date - 1]
        if not line.kind and not line.bullet and 1 <= line.words <= 3 and not any(map(str.isdigit, line.text)):
            return date - 1, line.text, "line above the date"
    return None


def _section_name(line: Line, pack: LanguagePack, dated: bool) -> tuple[str, str] | None:
    if line.text in pack.sections or (fold_key(line.text) in _all_sections() and len(line.text) > 3):
        return line.text, "section-line"
    parts = [part for part in _BREADCRUMB.split(line.text) if part]
    if len(parts) > 1:
        known = [part for part in parts if part in pack.sections]
        if known and (dated or len(parts) <= 5):
            return known[-1], "breadcrumb"
    return None


@lru_cache(maxsize=1)
def _all_sections() -> frozenset[str]:
    return frozenset(name for one in packs() for name, topic in one.sections.topics.items() if topic)
