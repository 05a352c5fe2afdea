"""Times of day and zones beside a date: `16:28`, `4:28 p.m. ET`, `16h28`, `16.28 Uhr`, `下午4点28分`, `(GMT+3)`."""

from __future__ import annotations

import re

from corpus.dates.found import Clock
from corpus.dates.words import DateWords, plain

_TIME = (
    r"(?P<h>[01]?\d|2[0-4])"
    r"(?:\s?[:：hHч]\s?(?P<m>[0-5]\d)(?!\d)(?:\s?[:：mм]\s?(?P<s>[0-5]\d)(?!\d)(?:[.,]\d{1,9})?)?"
    r"|\.(?P<dot>[0-5]\d)(?![\d.])(?!\s?%)"
    r"|\s?[时時点點시]\s?(?:(?P<cm>[0-5]?\d)\s?[分분]?(?:\s?(?P<cs>[0-5]?\d)\s?[秒초])?|(?P<half>半))?"
    r"|(?P<bare>(?=\s?(?:[ap]\.?\s?m\b|Uhr\b|[hHч](?![^\W\d_])|часов\b|uur\b))))"
)
_HERE = re.compile(_TIME)
_ANYWHERE = re.compile(r"(?<![\d.:,/\-])" + _TIME)
_SEPARATORS = re.compile(r"[\s,;|·•–—\-/()（）\[\]【】、，@]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?")
_HOUR_WORD = re.compile(r"\s?(?:Uhr|часов|uur|h|H|ч)(?![^\W\d_])\.?")
_OFFSET = re.compile(
    r"\s?\(?\s?(?P<name>UTC|GMT|Z(?![^\W\d_]))?\s?(?P<sign>[+\-−])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?!\d)\s?\)?"
)
_NAMED = re.compile(r"\s?\(?(?P<name>[A-ZА-Я]{1,5})(?![^\W_])\)?")
_TAIL = 60

ZONES = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "WET": "Z", "BST": "+01:00", "CET": "+01:00", "MEZ": "+01:00", "CEST": "+02:00",
    "MESZ": "+02:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00", "МСК": "+03:00", "JST": "+09:00",
    "KST": "+09:00", "HKT": "+08:00", "SGT": "+08:00", "AEST": "+10:00", "AEDT": "+11:00", "BRT": "-03:00",
    "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00",
    "PDT": "-07:00", "ET": "America/New_York", "CT": "America/Chicago", "PT": "America/Los_Angeles",
}  # fmt: skip
"""Zone names of the news. CST (three of them) and IST (three of them) are left out: the time is kept without a zone."""
_SILENT_ZONES = {"CST", "IST", "MT", "AST", "WAT"}


def after(text: str, at: int, words: DateWords) -> tuple[Clock, int] | None:
    """The time that follows a date which ends at `at`, and where the time ends."""
    place, half = at, ""
    for _ in range(5):
        place = _skip(text, place)
        found = _HERE.match(text, place)
        if found:
            return _finish(text, found, half, words)
        word = _WORD.match(text, place)
        if not word:
            return None
        key = plain(word[0])
        half = "am" if key in words.am else "pm" if key in words.pm else half
        if not half and key not in words.around and not all(part in words.around for part in re.split("['’]", key)):
            zone = ZONES.get(word[0])
            if zone is None:
                return None
        place = word.end()
    return None


def before(text: str, at: int, words: DateWords, least: int = 0) -> tuple[Clock, int] | None:
    """The time that stands right before a date which begins at `at`, not before `least`, and where the time begins."""
    start = max(least, at - _TAIL)
    found = None
    for hit in _ANYWHERE.finditer(text, start, at):
        found = hit
    if found is None:
        return None
    finished = _finish(text, found, "", words, at)
    if finished is None:
        return None
    rest = text[finished[1] : at]
    if any(plain(word) not in words.around and word not in ZONES for word in _WORD.findall(rest)):
        return None
    if re.search(r"\d", rest) or len(rest) > 30:
        return None
    return finished[0], found.start()


def _skip(text: str, place: int) -> int:
    found = _SEPARATORS.match(text, place)
    return found.end() if found else place


def _finish(
    text: str, found: re.Match[str], half: str, words: DateWords, limit: int | None = None
) -> tuple[Clock, int] | None:
    """Clock and end of a matched time, with what follows it: half of the day, the word for hours, the zone."""
    hour = int(found["h"])
    minute = int(found["m"] or found["dot"] or found["cm"] or (30 if found["half"] else 0))
    given = found["s"] or found["cs"]
    end = found.end()
    hours = _HOUR_WORD.match(text, end)
    if hours:
        end = hours.end()
    elif found["dot"] and text[end : end + 2].strip()[:1].isalpha() and not (
        zone_after(text, end)[0] or _half(text, end, words)[0]
    ):
        return None  # "12.50 euros"
    said, past = _half(text, end, words)
    half, end = (said, past) if said else (half, end)
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour == 24 and (minute or given):
        return None
    zone, past = zone_after(text, end)
    if limit is not None and past > limit:
        zone, past = None, min(end, limit)
    return Clock(hour, minute, int(given) if given else None, zone), past


def _half(text: str, at: int, words: DateWords) -> tuple[str, int]:
    """("am" | "pm" | "", end) of the words after a time."""
    start = at + len(text[at : at + 2]) - len(text[at : at + 2].lstrip())
    ahead = text[start : start + 24].casefold()
    for half, phrases in (("am", words.am), ("pm", words.pm)):
        for phrase in phrases:
            if ahead.startswith(phrase) and not ahead[len(phrase) : len(phrase) + 1].isalpha():
                return half, start + len(phrase)
    return "", at


def zone_after(text: str, at: int) -> tuple[str | None, int]:
    """The zone that begins at `at` (an offset, `Z`, a name of the tz database) and its end; (None, at) without."""
    found = _OFFSET.match(text, at)
    if found:
        hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
        plausible = hours <= 14 and minutes < 60 and (found["name"] or found["minutes"] or len(found["hours"]) == 2)
        if plausible and (found["name"] or found["sign"] != "-" or found["minutes"]):
            sign = "+" if found["sign"] == "+" else "-"
            return f"{sign}{hours:02d}:{minutes:02d}" if hours or minutes else "Z", found.end()
    named = _NAMED.match(text, at)
    if named and named["name"] in ZONES:
        return ZONES[named["name"]], named.end()
    if named and named["name"] in _SILENT_ZONES:
        return None, named.end()
    return None, at
