"""Dates of other calendars, which are told apart so that they are refused and never misread."""

from __future__ import annotations

import re

_CALENDARS = (
    (
        "Hijri",
        r"محرم|صفر|ربيع\s(?:ال)?(?:أول|اول|آخر|اخر|ثاني)|جمادى\s(?:ال)?(?:أولى|اولى|آخرة|اخرة|ثانية)|رجب|شعبان|رمضان|شوال"
        r"|ذ[وي]\sال(?:قعدة|حجة)|هـ|هجري\w*|muharram|safar|rabi.{0,3}\s\w+|jumada\s\w+|rajab|sha.?ban|ramadan|shawwal"
        r"|dhu\sal\S+|zul\S+|A\.?H\.?",
        (1200, 1600),
    ),
    (
        "Persian",
        r"فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|farvardin|ordibehesht|khordad|tir|mordad"
        r"|shahrivar|mehr|aban|azar|dey|bahman|esfand",
        (1200, 1500),
    ),
    ("Buddhist", r"พ\.\s?ศ\.|B\.?E\.?|[\u0e00-\u0e7f]+", (2300, 2700)),
    (
        "Hebrew",
        r"תשרי|חשוון|כסלו|טבת|שבט|אדר|ניסן|אייר|סיוון|תמוז|אלול|tishrei|cheshvan|kislev|tevet|nisan|iyar|sivan|tammuz|elul",
        (5300, 6000),
    ),
)
_COMPILED = tuple(
    (name, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.I), years) for name, words, years in _CALENDARS
)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_WHOLE = re.compile(r"\s*(?:\d{4}([./\-])\d{1,2}\1\d{1,2}|\d{1,2}([./\-])\d{1,2}\2\d{4})\b")


def other_calendar(text: str) -> str | None:
    """Why a text is a date that is not read: it is of another calendar than the Gregorian; None when it is not.

    `text` has ASCII digits.
    """
    years = [int(year) for year in _YEAR.findall(text)]
    for name, words, (first, last) in _COMPILED:
        year = next((year for year in years if first <= year <= last), None)
        if year is not None and words.search(text):
            return f"a date of the {name} calendar (year {year}); only Gregorian dates are read"
    if _WHOLE.match(text):
        for year in years:
            if 1200 <= year < 1500:
                return f"a date of the Hijri or Persian calendar (year {year}); only Gregorian dates are read"
            if 2300 <= year <= 2700:
                return f"a date of the Buddhist calendar (year {year}); only Gregorian dates are read"
    return None
