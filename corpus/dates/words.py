"""The words of dates in one or several languages, looked up in the language packs once and kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.languages import base_code, codes, has_pack, pack, revision

MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "en-ca"})
"""Tags whose 01/02/2024 is the second of January; other English tags write the day first."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of dates, casefolded without a final full stop.

    `order` is that of 01/02/2024: dmy, mdy or ymd. `months` maps a form to 1..12. `around` holds days of the week and
    words without meaning that may stand between date and time. `am` and `pm` have the longest phrases first.
    """

    languages: tuple[str, ...]
    order: str
    months: dict[str, int]
    around: frozenset[str]
    am: tuple[str, ...]
    pm: tuple[str, ...]


def plain(word: str) -> str:
    """The form under which a word of a date is looked up."""
    return unicodedata.normalize("NFC", word.casefold()).rstrip(".")


def words_for(languages: Sequence[str] | str | None) -> DateWords:
    """The words of some languages (tags, the likeliest first), or of all packs; one without a pack adds nothing."""
    if languages is None:
        return _words(codes(), "dmy", False, revision())
    return _chosen((languages,) if isinstance(languages, str) else tuple(languages), revision())


@lru_cache(maxsize=256)
def _chosen(tags: tuple[str, ...], current: int) -> DateWords:
    known = tuple(dict.fromkeys(base_code(tag) for tag in tags if has_pack(tag)))
    first = tags[0].casefold().replace("_", "-") if tags else ""
    order = pack(known[0]).dates.order if known else "dmy"
    if order == "mdy" and first not in MONTH_FIRST:
        order = "dmy"
    # English month names stand on pages of every language, in dates made by machines.
    return _words((*known, "en") if "en" not in known else known, order, True, current)


@lru_cache(maxsize=64)
def _words(languages: tuple[str, ...], order: str, given: bool, _current: int) -> DateWords:
    tables = [pack(code).dates for code in languages]
    months: dict[str, int] = {}
    doubtful: set[str] = set()
    for table in tables:
        for number, forms in enumerate(table.months, start=1):
            for form in map(plain, forms):
                if months.setdefault(form, number) != number and not given:
                    doubtful.add(form)  # one form, two months: only with a given language, the first one's
    around = {plain(word) for table in tables for row in table.weekdays for word in row}
    around |= {plain(part) for table in tables for word in table.noise for part in word.split()}
    return DateWords(
        languages,
        order,
        {form: number for form, number in months.items() if form not in doubtful},
        frozenset(around),
        _longest(phrase for table in tables for phrase in table.am),
        _longest(phrase for table in tables for phrase in table.pm),
    )


def _longest(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)))
