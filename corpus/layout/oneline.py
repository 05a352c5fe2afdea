"""A page that was dumped as one line, parted into pieces that the rest of the layout can weigh like lines.

The pieces are sentences; where menus, dates and buttons run into each other without a full stop, the known phrases of
the language, dates, bars and rows of words with capitals part them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.dates import find_dates
from corpus.languages import LanguagePack
from corpus.layout.phrases import Phrases
from corpus.layout.repeated import places, repeated_titles

_LEAST, _LEAST_PAGE, _REACH = 1500, 300, 1500
_MOST = 1_000_000
_SHARE = 0.8
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE = re.compile(
    r"(?<=[^\W\d_]{3}[.!?…])[\"'»”’)\]]*\s+(?=[\"'«„“‘(\[¿¡–—-]*\s?[^\W_a-zа-яёіўґї])(?!\d{1,2},? (?:19|20)\d\d)"
)
_CJK_SENTENCE = re.compile(r"(?<=[。！？])[」』”’]?(?=\S)|\s+")
_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞА-ЯЁІЎҐЄЇ", "a-zß-öø-ÿа-яёіўґєї"
_GLUED_SENTENCE = re.compile(rf"(?<=[{_LOWER}]{{2}}[.!?…])(?=[{_UPPER}«„“][{_LOWER}{_UPPER}])")
_GLUE = re.compile(
    rf"{_GLUED_SENTENCE.pattern}|(?<=[.!?…][”\"»])(?=[{_UPPER}])|(?<=[{_LOWER}]{{3}})(?=[{_UPPER}][{_LOWER}]+\b)"
    rf"|(?<=[:\s/ ](?:19|20)\d\d)(?=[{_UPPER}][{_LOWER}])"
)
_FILED = re.compile(
    rf"(?<=\s)(?:[{_UPPER}]{{3,20}}[{_UPPER} .-]{{0,30}},[^()\n,]{{2,20}}\([^()\n]{{2,20}}\)\s*[–—-]"
    r"|\d{1,2}\s[^\W\d]{2,12}(?:\s[^\W\d]{2,12})?, [^/\n]{2,20} /[^/\n]{3,25}/)"
)
"""A dateline, which begins the article."""
_LEAST_GLUED = 200
_BARS = re.compile(r"\s+[|•·›»]\s+|\s+/\s+(?=\S)")
_LONGEST_PHRASE = 6
_LONG = 45
"""A sentence of more words is looked into, as is one with two known phrases or a date with its time."""
_RUN, _AHEAD = 4, 8
_BEFORE = 80
"""A page with more text than this before its long line has its title there."""


def only_line(text: str) -> int:
    """The number (from 1) of the line on which nearly all of a page stands, or 0."""
    lines = text.split("\n")
    longest = max(lines, key=len)
    weight = len(longest) + 2 * len(_CJK.findall(longest[:_LEAST]))
    small = weight < _LEAST and (weight < _LEAST_PAGE or not _is_short_page(longest))
    if small or not _SHARE * len(text) <= len(longest) <= _MOST:
        return 0
    return lines.index(longest) + 1


def _is_short_page(line: str) -> bool:
    """Whether a short line is a whole page, not a paragraph: it says when, to the minute, or its title twice."""
    if sum(map(str.isdigit, line[:_REACH])) < 6:
        return False
    dates = find_dates(line[:_REACH])
    return any(date.precision in ("minute", "second") for date in dates) or bool(repeated_titles(line))


def is_glued(line: str) -> bool:
    """Whether paragraphs of a line stand together without a space (`on the pier.The ferry`), as in minified pages."""
    return len(line) >= _LEAST_GLUED and len(_GLUED_SENTENCE.findall(line)) >= 2


def numbered_pieces(text: str, phrases: Phrases, pack: LanguagePack) -> list[tuple[int, int, str]]:
    """(number of its line, from 1, its paragraph, piece) of a page with lines to part, or nothing for any other."""
    only = only_line(text)
    lines = text.split("\n")
    glued = any(map(is_glued, lines))
    if not only and not glued:
        return []
    found: list[tuple[int, int, str]] = []
    titles = titles_of(text)
    for number, line in enumerate(lines, 1):
        for whole, stretch in _stretches(line, titles) if number == only else [(False, line)]:
            for paragraph in _GLUE.split(stretch) if glued and not whole else [stretch]:
                pieces = _pieces_of(paragraph, phrases, pack) if number == only and not whole else [paragraph]
                place = found[-1][1] + 1 if found else 1
                found += [(number, place, piece) for piece in pieces]
    return found


def titles_of(text: str) -> list[str]:
    """What may be the title of a page on one line, since it says it again; the longest first."""
    only = only_line(text)
    lines = text.split("\n")
    return repeated_titles(lines[only - 1]) if only and sum(map(len, lines[: only - 1])) < _BEFORE else []


def _stretches(line: str, titles: list[str]) -> list[tuple[bool, str]]:
    """(whether it is one of the titles, stretch) of a line that says these more than once."""
    spans = sorted(span for title in titles for span in places(line, title))
    found: list[tuple[bool, str]] = []
    done = 0
    for first, end in spans:
        if first >= done:
            found += [(False, line[done:first].strip()), (True, line[first:end].strip())]
            done = end
    return [(whole, stretch) for whole, stretch in (*found, (False, line[done:].strip())) if stretch]


def _pieces_of(line: str, phrases: Phrases, pack: LanguagePack) -> list[str]:
    if len(_CJK.findall(line[:4000])) > 0.3 * min(len(line), 4000):
        parts = [part for piece in _CJK_SENTENCE.split(line) if piece for part in _at_times(piece, pack)]
        return [part.strip() for part in parts if part.strip()]
    found: list[str] = []
    for sentence in _SENTENCE.split(_FILED.sub(r" | \g<0>", line)):
        for part in _BARS.split(sentence):
            found += _parts(part, phrases, pack)
    return [piece for piece in found if piece]


def _parts(text: str, phrases: Phrases, pack: LanguagePack) -> list[str]:
    words = text.split()
    hits = _hits(words, phrases, pack)
    long = len(words) > _LONG
    dates = find_dates(text[:4000], languages=(pack.iso,)) if _has_date(text) else []
    stamps = [date for date in dates if date.precision in ("minute", "second") or long or hits]
    if not long and len(hits) < 2 and not stamps:
        return [" ".join(words)]
    stretches, place = [], 0
    for date in stamps:
        start = max(place, _label_start(text, date.start, pack))
        stretches += [text[place:start].split(), [text[start : date.end]]]
        place = date.end
    found: list[str] = []
    for stretch in [*stretches, text[place:].split()]:
        ends = {0, len(stretch), *(end for hit in _hits(stretch, phrases, pack) for end in hit)}
        for first, last in pairwise(sorted(ends)):
            found += _without_menu(stretch[first:last])
    return found


def _label_start(text: str, date: int, pack: LanguagePack) -> int:
    """Where the words before a date begin that say what it is the date of (`Published on`)."""
    before = text[max(0, date - 40) : date].rstrip(" :")
    folded = before.casefold()
    if len(folded) == len(before):
        for word in (*pack.dates.published, *pack.dates.updated):
            if folded.endswith(word) and not folded[: -len(word)][-1:].isalnum():
                return max(0, date - 40) + len(before) - len(word)
    return date


def _at_times(text: str, pack: LanguagePack) -> list[str]:
    """A text parted before and after each date with a time of day."""
    found, place = [], 0
    for date in find_dates(text[:4000], languages=(pack.iso,)) if _has_date(text) else []:
        if date.precision in ("minute", "second"):
            found += [text[place : date.start], text[date.start : date.end]]
            place = date.end
    return [*found, text[place:]]


def _has_date(text: str) -> bool:
    return sum(map(str.isdigit, text[:4000])) >= 3


def _hits(words: list[str], phrases: Phrases, pack: LanguagePack) -> list[tuple[int, int]]:
    """(first, end) of the words of each phrase of page chrome that begins with a capital, the longest first."""
    found: list[tuple[int, int]] = []
    sections: list[tuple[int, int]] = []  # their names are words of titles too: they count beside a button alone
    place = 0
    while place < len(words):
        step = _byline(words, place, pack)
        if step > 1:
            found.append((place, place + step))
        elif words[place][:1].isupper() or not words[place][:1].islower():
            for length in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
                phrase = " ".join(words[place : place + length])
                if phrases.is_whole(phrase) or phrase in pack.sections:
                    (found if phrases.is_whole(phrase) else sections).append((place, place + length))
                    step = length
                    break
        place += step
    edges = {0, len(words), *(edge for hit in found for edge in hit)}
    return sorted([*found, *(hit for hit in sections if edges & set(hit))])


def _byline(words: list[str], place: int, pack: LanguagePack) -> int:
    """The number of words of a byline that begins there (`By Anna Berg`), or 1."""
    if words[place].strip(":").casefold() not in {*pack.layout.byline, "by"}:
        return 1
    name = place + 1
    while name < min(len(words), place + 4) and words[name][:1].isupper() and words[name].strip(",").isalpha():
        name += 1
    whole = words[place][:1].isupper() or name == len(words)
    return name - place if name - place >= 3 and whole else 1


def _without_menu(words: list[str]) -> list[str]:
    """A row of words with capitals, and what begins behind it with a capital and goes on in small letters."""
    for index in range(_RUN, len(words) - _AHEAD):
        before, ahead = words[max(0, index - _RUN) : index], words[index + 1 : index + 1 + _AHEAD]
        small_before = sum(word[:1].islower() for word in before)
        small_ahead = sum(word[:1].islower() for word in ahead)
        if words[index][:1].isupper() and small_before == 0 and small_ahead >= _AHEAD // 2:
            return [" ".join(words[:index]), " ".join(words[index:])]
    return [" ".join(words)]
