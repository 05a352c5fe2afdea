"""Shapes of dates. Month names are matched as any word and looked up afterwards: one table serves every language.

Texts come in with all digits as ASCII digits and full-width signs as narrow ones; places are kept by that.
"""

from __future__ import annotations

import re

_WORD = r"[^\W\d_]{2,14}"
_MONTH = rf"(?P<m>{_WORD}(?:\s[^\W\d_]{{2,8}})?)\.?(?:\s?[/(]\s?(?P<m2>{_WORD}(?:\s[^\W\d_]{{2,8}})?)\)?)?"
_ORDINAL = r"(?:er|re|ère|º|ª|°|st|nd|rd|th|-?(?:го|е|га|ga)|\.)?"
_OF = r"(?:(?:de|del|of|di|من)\s+|d['’]\s?)?"
_OF_YEAR = r"(?:(?:de|del|of|عام|سنة|لعام)\s+)?"
_YEAR = r"(?P<y>\d{4})(?!\d)"
_SHORT = r"(?:['’](?P<yy>\d\d)(?!\d))"
_APART = r"(?<!\d)(?<!\d[.,:/\-])"  # not inside a longer number
_DAY = rf"(?P<d>\d{{1,2}}){_ORDINAL}"

DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(?<!\d[.,:/]){_DAY}(?:\s{{1,3}}|\s?[\-–/,]\s?|(?=[^\W\d_])|(?<=\.))"
    rf"{_OF}{_MONTH}(?:\s?[,.\-–/]\s?|\s{{1,3}}){_OF_YEAR}(?:{_YEAR}|{_SHORT})"
)
MONTH_DAY_YEAR = re.compile(
    rf"(?<![^\W_]){_MONTH}\s{{0,2}}[ \-/]\s?(?:the\s)?{_DAY}(?:\s?[,\-/]\s?|\s{{1,3}}){_OF_YEAR}{_YEAR}"
)
MONTH_YEAR = re.compile(rf"(?<![^\W_]){_MONTH}(?:\s{{1,3}}|\s?[,\-–/]\s?){_OF_YEAR}{_YEAR}")
YEAR_MONTH_DAY = re.compile(rf"{_APART}{_YEAR}[ .,/\-]{{1,3}}{_MONTH}[ .,/\-]{{1,3}}(?P<d>\d{{1,2}})(?![\d.:])")
CTIME = re.compile(
    r"(?<![^\W_])(?P<m>[A-Za-z]{3})\s{1,2}(?P<d>\d{1,2})\s(?P<t>\d\d:\d\d:\d\d)\s(?:(?P<z>[A-Z]{3,5})\s)?"
    r"(?P<y>\d{4})(?!\d)"
)
DAY_MONTH = re.compile(rf"{_APART}{_DAY}\s{{0,3}}{_OF}(?P<m>{_WORD}(?:\s[^\W\d_]{{2,8}})?)")
MONTH_DAY = re.compile(rf"(?<![^\W_])(?P<m>{_WORD})\.?\s{{1,2}}{_DAY}(?![\d:.])")
SHORT_YEAR = re.compile(rf"{_APART}(?P<d>\d{{1,2}})[ \-]{_MONTH}[ \-](?P<yy>\d\d)(?!\d)")

ISO = re.compile(
    r"(?<![\d\-])(?P<y>\d{4})-(?P<mo>\d{1,2})-(?P<d>\d{1,2})(?!\d)"
    r"(?:[T_](?P<h>[01]\d|2[0-4]):?(?P<mi>[0-5]\d)(?::?(?P<s>[0-5]\d|60)(?:[.,]\d{1,9})?)?)?"
)
COMPACT = re.compile(
    rf"{_APART}(?P<y>1[6-9]\d\d|20\d\d)(?P<mo>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<h>[01]\d|2[0-3]):?(?P<mi>[0-5]\d):?(?P<s>[0-5]\d)?)?(?![\d.,])"
)
YEAR_FIRST = re.compile(
    rf"{_APART}(?P<y>\d{{4}})(?P<sep>[./])\s?(?P<mo>\d{{1,2}})(?P=sep)\s?(?P<d>\d{{1,2}})(?!\d|[./]\d)"
)
NUMERIC = re.compile(
    rf"{_APART}(?P<a>\d{{1,2}})\s?(?P<sep>[./\-])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}}|\d{{2}})"
    r"(?![\d%]|[./\-]\d|:\d)"
)
ISO_MONTH = re.compile(r"(?P<y>\d{4})-(?P<mo>0[1-9]|1[0-2])")
MONTH_NUMBER = re.compile(r"(?P<mo>0?[1-9]|1[0-2])[./](?P<y>\d{4})")
YEAR = re.compile(r"(?P<y>\d{4})")

_CJK = "〇零○一二三四五六七八九十"
_EAST_MONTH = rf"(?P<mo>\d{{1,2}}|[{_CJK}]{{1,3}})\s?[月월]"
_EAST_DAY = rf"\s?(?P<d>\d{{1,2}}|[{_CJK}]{{1,3}})\s?[日号號일]"
EASTERN = re.compile(
    rf"(?P<era>令和|平成|昭和|大正|明治|中華民國|民國|民国|西暦|西元|公元)?\s?"
    rf"(?P<y>\d{{1,4}}|元|[{_CJK}]{{1,4}})\s?[年년]\s?(?:{_EAST_MONTH}(?:{_EAST_DAY})?)?"
)
EASTERN_DAY = re.compile(rf"(?<![\d{_CJK}年년]){_EAST_MONTH}{_EAST_DAY}")
ERA_LETTER = re.compile(r"(?<![A-Za-z\d])(?P<era>[RHSTM])\s?(?P<y>\d{1,2})[./](?P<mo>\d{1,2})[./](?P<d>\d{1,2})(?!\d)")

ERAS = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "中華民國": 1911, "民國": 1911, "民国": 1911,
    "R": 2018, "H": 1988, "S": 1925, "T": 1911, "M": 1867,
}  # fmt: skip
"""The year before the first of each era: Japanese reigns, and the Republic of China."""

_OTHER_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९")
ASCII_DIGITS = {ord(char): str(digit) for block in _OTHER_DIGITS for digit, char in enumerate(block)}
ASCII_DIGITS |= {0xFF01 + offset: chr(0x21 + offset) for offset in range(0x5E)}
ASCII_DIGITS |= {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x3000: " ", 0x066B: ".", 0x060C: ",", 0x2044: "/"}


def east_number(written: str) -> int:
    """The value of digits, of 元 (first year) or of Chinese numerals by place (二〇二四) or with tens (二十四)."""
    if written.isdigit() and written.isascii():
        return int(written)
    if written == "元":
        return 1
    digits = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
    if "十" not in written:
        return int("".join(str(digits[char]) for char in written))
    tens, _, ones = written.partition("十")
    return 10 * (digits.get(tens, 1) if tens else 1) + (digits.get(ones, 0) if ones else 0)
