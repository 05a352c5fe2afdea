"""The dateline of an agency report.

Forms: `MINSK, 24. Juni (BelTA) – …`, `МИНСК, 24 июн — РИА Новости.`, `新华社北京6月24日电`, `SALT LAKE CITY, Utah —`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.article import Dateline
from corpus.languages import has_pack, pack, packs

_REACH = 120
_BRACKETS = re.compile(
    r"^(?P<lead>(?:[^(（/\[【\n]|(?<=\w)/(?=\w)|\([^()\n]{2,20}\)(?=,)){0,80})(?P<open>[(（/\[【])(?P<inside>[^()（）\[\]】\n]{2,60}?)[)）/\]】]\s*[.,:：]?\s*(?P<dash>[-–—−]{0,2})"
)
_PLAIN = re.compile(
    r"^(?P<lead>[^\n]{2,60}?)\s*[-–—−.]\s*(?P<inside>[^\W\d_][\w .’'-]{1,30}?)(?:,\s*[\w. ]{3,40})?"
    r"\s*(?:[.:]|[-–—−])\s"
)
_AGENCY_FIRST = re.compile(r"^\((?P<inside>[^()\n]{2,30})\)\s*[-–—]\s*(?P<lead>[^\n–—-]{2,50}?)\s*[-–—]\s")
_DAY_IN_FIGURES = re.compile(r"^(?P<lead>\S{3,20}) \d{1,2}-\d{1,2}-\d{4} (?P<inside>\S{2,15}?)\s*[-–—]\s")
_CAPITALS = re.compile(
    r"^(?P<lead>[^\W\d_a-z][^a-zа-яёіў\d\n]{2,40}?(?:,\s*[^\d\n,–—-]{2,20})?(?:,\s*[^\n–—]{3,20})?)\s*(?:[–—]|\s--?)\s+(?=\S)"
)
_CHINESE = re.compile(
    r"^[【（(]?(?P<inside>[\u4e00-\u9fff]{2,6}[社网網])(?P<place>[\u4e00-\u9fff]{2,8}?)(?:\d{1,2}月)?\d{1,2}日[电電讯訊]"
)
_CHINESE_DATED = re.compile(
    r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日[，,\s]*(?P<place>[\u4e00-\u9fff·]{2,8})\s*[(（](?P<inside>[^)）]{2,12})[)）]"
)
_CHINESE_FILED = re.compile(
    r"^(?P<place>[\u4e00-\u9fff·]{2,8}?)(?:\d{1,2}月)?\d{1,2}日[电電讯訊]\s*[(（](?P<inside>[^)）]{2,12})[)）]"
)
_CHINESE_REPORTER = re.compile(
    r"^[（(](?P<inside>[\u4e00-\u9fff]{2,5}社)記者[\u4e00-\u9fff]{2,3}(?P<place>[\u4e00-\u9fff]{2,4}?)\d{1,2}日[電讯]"
)
_JAPANESE = re.compile(
    r"^[【［\[](?P<place>[^\d【】\s=＝]{2,12})\s*(?:\d{1,2}日|[=＝])?\s*(?P<inside>[^\d【】]{0,12}?)[】］\]]"
)
_REPORTER = re.compile(r"^(?:корр?|кар|кор|corr?|kor)\.\s+", re.I)
_DIGITS = re.compile(r"\d")
_DAY_FIRST = re.compile(r"^\d{1,2}\.\d{1,2}\.(?:\d{2,4})?\s+(?=\S)")


def find_dateline(text: str, language: str | None) -> Dateline | None:
    """The dateline that opens a paragraph, as printed, or None. An agency alone, without a place, is none."""
    text = text[:_REACH].lstrip("\"'«»„“” \t-–—")
    for pattern in (_CHINESE_REPORTER, _CHINESE, _CHINESE_DATED, _CHINESE_FILED):
        found = pattern.match(text)
        if found:
            return Dateline(found["place"], found["inside"].removesuffix("讯").removesuffix("訊"))
    if language in (None, "ja"):
        found = _JAPANESE.match(text)
        if found:
            return _parted(found["place"], found["inside"])
    for pattern in (_AGENCY_FIRST, _DAY_IN_FIGURES, _BRACKETS, _PLAIN):
        found = pattern.match(text)
        if found:
            agency = _agency(found["inside"])
            filed = pattern is _BRACKETS and (found["dash"] or found["open"] == "/" or _REPORTER.match(found["inside"]))
            if not agency and filed and _DIGITS.search(found["lead"]):
                agency = _unknown_agency(found["inside"])
            place = _place(found["lead"], language) if agency else None
            if agency and place:
                return Dateline(place, agency)
    found = _CAPITALS.match(text)
    place = _place(found["lead"], language) if found else None
    if place and sum(map(str.isupper, place)) > 0.7 * sum(map(str.isalpha, place)) and sum(map(str.isalpha, place)) > 2:
        return Dateline(place)
    return None


def _parted(place: str, inside: str) -> Dateline:
    """A Japanese dateline; place and agency may stand together (`ロンドン共同`)."""
    if not inside:
        for length in range(2, min(6, len(place) - 1)):
            if place[-length:].casefold() in agencies():
                return Dateline(place[:-length], place[-length:])
    return Dateline(place, inside or None)


def _agency(inside: str) -> str | None:
    """The known agency inside a dateline's brackets, as printed there."""
    inside = _REPORTER.sub("", inside.strip(" /."))
    known = agencies()
    words = inside.split()
    begins = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    for candidate in (inside, *re.split(r"\s*[/,;|]\s*|\s+[-–]\s+", inside), *begins):
        key = candidate.strip(" .").casefold()
        if key in known or key.removesuffix("讯") in known or key.removesuffix(".ru").removesuffix(".com") in known:
            return candidate.strip(" .")
    return None


def _unknown_agency(inside: str) -> str | None:
    """A name of at most four words in brackets between a place with a date and a dash: an agency no pack knows."""
    name = _REPORTER.sub("", inside.strip(" /.")).strip()
    return name if name and len(name.split()) <= 4 and not _DIGITS.search(name) and not name[0].islower() else None


@lru_cache(maxsize=1)
def agencies() -> frozenset[str]:
    """The news agencies of all packs, casefolded."""
    return frozenset(name.casefold() for one in packs() for name in one.datelines.agencies)


@lru_cache(maxsize=64)
def _calendar(language: str | None) -> frozenset[str]:
    chosen = [pack(language)] if language and has_pack(language) else list(packs())
    rows = [row for one in chosen for row in (*one.dates.months, *one.dates.weekdays)]
    return frozenset(word.rstrip(".") for row in rows for word in row)


def _place(lead: str, language: str | None) -> str | None:
    """The place among the parts of a dateline: the first that is no date, of at most five words."""
    calendar = _calendar(language)
    for part in re.split(r"\s*[,،，]\s*|(?<=\w{4})\.\s+", lead.strip(" .,،-–—")):
        part = _DAY_FIRST.sub("", part)
        digit = _DIGITS.search(part)
        name = (part[: digit.start()] if digit else part).strip(" .,-–—").removesuffix(" في")
        if not name or name.casefold() in calendar or len(name.split()) > 5 or len(name) < 2:
            continue
        first = name[0]
        return name if first.isupper() or not (first.islower() or first.isdigit()) else None
    return None
