"""Dates: a table over fourteen languages, dates inside lines, relative dates, other calendars, odd input, speed."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import FoundDate, find_dates, find_relative, parse_date, why_not
from corpus.dates.patterns import east_number
from corpus.languages import BUILT_IN, pack

ROWS = [
    tuple(part.strip() for part in line.split(" | "))
    for line in (Path(__file__).parent / "dates.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
MOMENT = "2024-06-24T16:28:05+03:00"


def test_the_table_is_large_and_covers_every_language() -> None:
    assert len(ROWS) >= 150
    assert {row[0] for row in ROWS} >= set(BUILT_IN)
    assert all(len(row) == 3 for row in ROWS)


@pytest.mark.parametrize(("language", "text", "iso"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_table(language: str, text: str, iso: str) -> None:
    found = parse_date(text, language)
    assert (found.iso if found else "-") == iso
    if found:
        assert found.text == text[found.start : found.end]
        assert found.precision == precision_of(found.iso)


def precision_of(iso: str) -> str:
    plain = iso[:10] + iso[10:].split("+")[0].split("-")[0].rstrip("Z")
    return {4: "year", 7: "month", 10: "day", 16: "minute", 19: "second"}[len(plain)]


UNAMBIGUOUS = [
    row for row in ROWS if row[0] in BUILT_IN and row[2] != "-" and "/" not in row[1] and row[1] != "R6.6.24"
]


@pytest.mark.parametrize(("language", "text", "iso"), UNAMBIGUOUS, ids=[f"{row[0]}-{row[1]}" for row in UNAMBIGUOUS])
def test_without_a_language_the_day_is_the_same(language: str, text: str, iso: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.iso[:10] == iso[:10]


@pytest.mark.parametrize("code", BUILT_IN)
def test_every_form_of_every_month_is_read(code: str) -> None:
    for number, forms in enumerate(pack(code).dates.months, start=1):
        for form in forms:
            text = f"2024年{form}24日" if pack(code).cjk else f"24 {form} 2024"
            if form == "元月":
                continue
            found = parse_date(text, code)
            assert found is not None, text
            assert found.iso == f"2024-{number:02d}-24", text


LINES = [
    ("flag Freitag, 22 November 2024", "de", ["2024-11-22"]),
    ("MINSK, 24. Juni (BelTA) - Die Außenminister", "de", []),
    (
        "Von Anna Berg, 24.06.2024, 16:28 Uhr, aktualisiert am 25.06.2024 um 08:00",
        "de",
        ["2024-06-24T16:28", "2024-06-25T08:00"],
    ),
    ("Published 24 June 2024 | Updated 25 June 2024 10:00", "en", ["2024-06-24", "2024-06-25T10:00"]),
    ("24.06.2024 16:28 – 25.06.2024", "de", ["2024-06-24T16:28", "2024-06-25"]),
    ("Bis zum 3. Mai 2024 kostete es 12.50 Euro", "de", ["2024-05-03"]),
    ("Am 3. Mai 2024 12.50 Euro", "de", ["2024-05-03"]),
    ("Опубликовано 24 июня 2024, просмотров: 2031", "ru", ["2024-06-24"]),
    ("2024年6月24日 16:28 来源：新华社", "zh", ["2024-06-24T16:28"]),
    ("en", "en", []),
    ("", "en", []),
    ("Seite 24 von 2024", "de", []),
    ("© 2024 Example", "en", []),
    ("June 24, 2024 and July 1, 2025", "en", ["2024-06-24", "2025-07-01"]),
    ("In May 2019 a law of 12 June 1990 was changed", "en", ["2019-05", "1990-06-12"]),
    ("24–26 June 2024", "en", ["2024-06-26"]),
    ("Call 2024 people by 2025 or 20 by then", "en", []),
    ("https://example.org/2024/06/24/story.html", "en", ["2024-06-24"]),
]


@pytest.mark.parametrize(("line", "language", "expected"), LINES, ids=[row[0][:40] for row in LINES])
def test_dates_in_lines(line: str, language: str, expected: list[str]) -> None:
    found = find_dates(line, (language,))
    assert [one.iso for one in found] == expected
    assert [one.text for one in found] == [line[one.start : one.end] for one in found]


def test_place_and_zone() -> None:
    (found,) = find_dates("Minsk, 24. Juni 2024, 16:28 Uhr MESZ, von uns", "de")
    assert found == FoundDate("2024-06-24T16:28+02:00", "minute", 7, 36, "24. Juni 2024, 16:28 Uhr MESZ", "+02:00")
    assert found.day == "2024-06-24"
    month = parse_date("Juni 2024", "de")
    assert month is not None
    assert month.day is None


RELATIVE = [
    ("de", "vor 3 Stunden", "2024-06-24T13:28+03:00"),
    ("de", "vor einer Stunde", "2024-06-24T15:28+03:00"),
    ("de", "vor zwei Tagen", "2024-06-22"),
    ("de", "Heute, 12:30 Uhr", "2024-06-24T12:30"),
    ("de", "gestern", "2024-06-23"),
    ("de", "vorgestern um 9.15 Uhr", "2024-06-22T09:15"),
    ("en", "2 hours ago", "2024-06-24T14:28+03:00"),
    ("en", "an hour ago", "2024-06-24T15:28+03:00"),
    ("en", "5 mins ago", "2024-06-24T16:23+03:00"),
    ("en", "Updated 3 days ago", "2024-06-21"),
    ("en", "2 months ago", "2024-04"),
    ("en", "1 year ago", "2023"),
    ("en", "yesterday at 4 pm", "2024-06-23T16:00"),
    ("en", "the day before yesterday", "2024-06-22"),
    ("en", "30 seconds ago", "2024-06-24T16:27:35+03:00"),
    ("ru", "вчера", "2024-06-23"),
    ("ru", "сегодня в 12:30", "2024-06-24T12:30"),
    ("ru", "12:30, сегодня", "2024-06-24T12:30"),
    ("ru", "5 минут назад", "2024-06-24T16:23+03:00"),
    ("ru", "позавчера", "2024-06-22"),
    ("uk", "2 години тому", "2024-06-24T14:28+03:00"),
    ("uk", "вчора, 18:45", "2024-06-23T18:45"),
    ("be", "учора", "2024-06-23"),
    ("be", "3 дні таму", "2024-06-21"),
    ("pl", "2 godziny temu", "2024-06-24T14:28+03:00"),
    ("pl", "wczoraj, 20:15", "2024-06-23T20:15"),
    ("pl", "dzisiaj", "2024-06-24"),
    ("fr", "il y a 3 heures", "2024-06-24T13:28+03:00"),
    ("fr", "hier à 16h28", "2024-06-23T16:28"),
    ("fr", "il y a un jour", "2024-06-23"),
    ("es", "hace 2 días", "2024-06-22"),
    ("es", "hace una hora", "2024-06-24T15:28+03:00"),
    ("es", "ayer", "2024-06-23"),
    ("it", "3 ore fa", "2024-06-24T13:28+03:00"),
    ("it", "ieri alle 16:28", "2024-06-23T16:28"),
    ("pt", "há 3 horas", "2024-06-24T13:28+03:00"),
    ("pt", "ontem às 16h28", "2024-06-23T16:28"),
    ("nl", "3 uur geleden", "2024-06-24T13:28+03:00"),
    ("nl", "gisteren om 16:28", "2024-06-23T16:28"),
    ("zh", "3小时前", "2024-06-24T13:28+03:00"),
    ("zh", "昨天 16:28", "2024-06-23T16:28"),
    ("zh", "两天前", "2024-06-22"),
    ("ja", "3時間前", "2024-06-24T13:28+03:00"),
    ("ja", "昨日", "2024-06-23"),
    ("ar", "منذ 3 ساعات", "2024-06-24T13:28+03:00"),
    ("ar", "منذ ساعتين", "2024-06-24T14:28+03:00"),
    ("ar", "قبل يومين", "2024-06-22"),
    ("ar", "أمس", "2024-06-23"),
    ("ru", "24 июня, 12:30", "2024-06-24T12:30"),
    ("ru", "25 июня", "2024-06-25"),
    ("ru", "26 июня", "2023-06-26"),
    ("en", "June 3", "2024-06-03"),
    ("zh", "6月3日 08:00", "2024-06-03T08:00"),
    ("de", "29. Februar", "2024-02-29"),
]


@pytest.mark.parametrize(("language", "text", "iso"), RELATIVE, ids=[f"{row[0]}-{row[1]}" for row in RELATIVE])
def test_relative_dates_need_a_capture_time(language: str, text: str, iso: str) -> None:
    assert parse_date(text, language) is None
    found = parse_date(text, language, captured=MOMENT)
    assert found is not None
    assert found.iso == iso
    moment = datetime.datetime.fromisoformat(MOMENT)
    assert parse_date(text, language, captured=moment) == found


def test_relative_dates_beyond_the_calendar() -> None:
    assert find_relative("9999 years ago", MOMENT, "en") == []
    assert find_relative("vor 3 Stunden", "no moment", "de") == []
    assert find_relative("vor 3 Stunden", None, "de") == []
    assert [one.iso for one in find_relative("hier, 16:28", MOMENT)] == ["2024-06-23T16:28"]


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("18 ذو الحجة 1445 هـ", "Hijri"),
        ("١٨ رمضان ١٤٤٥", "Hijri"),
        ("18 Ramadan 1445", "Hijri"),
        ("۴ تیر ۱۴۰۳", "Persian"),
        ("۱۴۰۳/۰۴/۰۴", "Persian"),
        ("24 มิถุนายน พ.ศ. 2567", "Buddhist"),
        ("24/06/2567", "Buddhist"),
        ("18 Sivan 5784", "Hebrew"),
    ],
)
def test_other_calendars_are_refused_with_a_reason(text: str, calendar: str) -> None:
    reason = why_not(text)
    assert reason is not None
    assert calendar in reason
    assert parse_date(text, ["ar", "fa", "th"]) is None


def test_gregorian_dates_are_not_refused() -> None:
    assert why_not("24 يونيو 2024 الموافق 18 ذو الحجة 1445") is None
    assert why_not("24 June 2024") is None
    assert why_not("Ramadan begins") is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("24", 24),
        ("元", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("二〇二四", 2024),
        ("一九四九", 1949),
    ],
)
def test_chinese_numerals(written: str, value: int) -> None:
    assert east_number(written) == value


@given(st.text(max_size=300), st.sampled_from([None, *BUILT_IN]))
def test_any_text_is_survived(text: str, language: str | None) -> None:
    for one in find_dates(text, language):
        assert one.text == text[one.start : one.end]
    found = parse_date(text, language if language != "zz" else None, captured=MOMENT)
    if found and len(found.iso) >= 10:
        datetime.date.fromisoformat(found.iso[:10])


@given(st.dates(datetime.date(1850, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(BUILT_IN), st.times())
def test_every_day_in_every_language(day: datetime.date, code: str, clock: datetime.time) -> None:
    month = pack(code).dates.months[day.month - 1][0]
    written = f"{day.year}年{month}{day.day}日" if pack(code).cjk else f"{day.day} {month} {day.year}"
    expected = f"{day.isoformat()}T{clock:%H:%M}"
    for text in (
        f"{written}, {clock:%H:%M}",
        f"{day:%d.%m.%Y} {clock:%H:%M}",
        f"{clock:%H:%M}, {written}",
        f"{day}T{clock:%H:%M}",
    ):
        found = parse_date(text, code)
        assert found is not None
        assert found.iso == expected


@pytest.mark.parametrize(
    "evil", ["1" * 5000, "24 " * 2000, "a" * 5000 + " 2024", "1.1." * 1500, "ab cd " * 900 + "2024", "年" * 5000]
)
def test_hostile_lines_do_not_explode(evil: str) -> None:
    """A bound against exponential matching, no claim of speed: each takes a few milliseconds."""
    find_dates(evil)
    start = time.process_time()
    find_dates(evil)
    assert time.process_time() - start < 1.0
