"""What newsdex knows of one language: a `LanguagePack`, one frozen section for each kind of reader.

Every word and phrase of a pack is stored casefolded and NFC, except where the written form matters (agencies, legal
forms, honorifics and the other entity words), so that looking one up is a plain `in`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Words = tuple[str, ...]

NOTHING: Mapping[str, Words] = MappingProxyType({})


def fold_key(text: str) -> str:
    """The form under which names of sections and phrases are looked up: casefolded, inner white space single."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class Dates:
    """Words that dates are written with. `months` has twelve rows, `weekdays` seven (Monday first), or none."""

    months: tuple[Words, ...] = ()
    weekdays: tuple[Words, ...] = ()
    order: str = "dmy"  # of 01/02/2024: dmy, mdy or ymd
    now: Words = ()
    today: Words = ()
    yesterday: Words = ()
    before_yesterday: Words = ()
    ago: Words = ()  # patterns with {n} and {unit}: "vor {n} {unit}"
    one: Words = ()  # words that stand for {n} = 1: "einer", "an"
    numbers: Mapping[int, Words] = field(default_factory=lambda: MappingProxyType({}))  # 2: "zwei"
    spans: Mapping[tuple[int, str], Words] = field(default_factory=lambda: MappingProxyType({}))  # (2, "hour"): ساعتين
    units: Mapping[str, Words] = field(default_factory=lambda: NOTHING)  # second minute hour day week month year
    noise: Words = ()  # words that stand inside or around a date and mean nothing: "Uhr", "в", "of"
    published: Words = ()  # labels before a date of publication
    updated: Words = ()  # labels before a date of change
    am: Words = ()
    pm: Words = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Phrases, casefolded, that mark the lines of a page which are not its article."""

    navigation: Words = ()
    share: Words = ()
    related: Words = ()
    subscribe: Words = ()
    cookie: Words = ()
    footer: Words = ()
    byline: Words = ()  # words before the author's name: "von", "by", "автор"
    advertisement: Words = ()
    comments: Words = ()


@dataclass(frozen=True, slots=True)
class Datelines:
    """News agencies as printed in this language, in the dateline or at an article's end."""

    agencies: Words = ()


@dataclass(frozen=True, slots=True)
class Sections:
    """Newspaper section names. `topics` maps a folded name to a Media Topic code, or to None: known, but no topic."""

    topics: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and fold_key(name) in self.topics

    def topic(self, name: str) -> str | None:
        """The Media Topic code of a section name ("medtop:11000000"), or None if it has none or is not known."""
        return self.topics.get(fold_key(name))


@dataclass(frozen=True, slots=True)
class EntityWords:
    """Words around or inside the names of persons, organisations and places, as written (inflected forms too)."""

    honorifics: Words = ()
    offices: Words = ()
    organisation_words: Words = ()
    legal_forms: Words = ()
    place_words: Words = ()
    place_prepositions: Words = ()
    name_particles: Words = ()


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """All that newsdex knows of one language.

    `stemmer` is an algorithm of PyStemmer ("german"), "rules" (our own: ar, be, uk), "bigrams" (zh, ja) or None.
    `folding` gives a language's own second spelling of a letter (ä → ae); `romanisation` maps a letter or group of
    letters to its rough English-like readings, the usual one first. `locale` is a CLDR (Babel) identifier.
    """

    iso: str
    name: str
    script: str = "Latin"
    direction: str = "ltr"
    cjk: bool = False
    locale: str = "en"
    stemmer: str | None = None
    stop_words: frozenset[str] = frozenset()
    dates: Dates = Dates()
    layout: Layout = Layout()
    datelines: Datelines = Datelines()
    sections: Sections = Sections()
    entities: EntityWords = EntityWords()
    folding: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    romanisation: Mapping[str, Words] = field(default_factory=lambda: NOTHING)
