"""The fourteen packs are sound, and agree with CLDR on months and days."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import Stemmer
from babel import Locale

from corpus.languages import BUILT_IN, LanguagePack, fold_key, pack, packs
from corpus.languages import registry as registry_module

HERE = Path(registry_module.__file__).parent
PACKS = packs()
EACH = pytest.mark.parametrize("one", PACKS, ids=[one.iso for one in PACKS])
TOP_TOPICS = {f"medtop:{number:02d}000000" for number in range(1, 18)}


def test_the_list_of_packs_is_the_directory() -> None:
    assert sorted(BUILT_IN) == sorted(path.stem for path in HERE.glob("*.yaml"))
    assert tuple(one.iso for one in PACKS) == BUILT_IN


@EACH
def test_basics(one: LanguagePack) -> None:
    assert one.name
    assert one.direction == ("rtl" if one.iso == "ar" else "ltr")
    assert one.cjk == (one.iso in ("zh", "ja"))
    assert one.cjk == (one.stemmer == "bigrams")
    assert one.stemmer in {*Stemmer.algorithms(), "rules", "bigrams"}
    assert (one.stemmer == "rules") == (one.iso in ("ar", "be", "uk"))
    assert 60 <= len(one.stop_words) <= 260
    assert one.name.casefold() == Locale.parse(one.locale).get_display_name(one.locale).casefold()


def without_dot(form: str) -> str:
    return unicodedata.normalize("NFC", form.casefold()).rstrip(".")


@EACH
def test_months_and_days_hold_every_form_of_cldr(one: LanguagePack) -> None:
    """Once zh was read, Babel hands Han forms to other languages too: those are no words of theirs."""
    locale = Locale.parse(one.locale)
    contexts = [(context, width) for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    for table, rows, offset in ((locale.months, one.dates.months, 1), (locale.days, one.dates.weekdays, 0)):
        for number, row in enumerate(rows):
            for context, width in contexts:
                form = without_dot(table[context][width][number + offset])
                if re.search(r"[一-鿿]", form) and not one.cjk:
                    continue
                assert form in row, (one.iso, number + 1, form)


@EACH
def test_no_form_stands_for_two_months(one: LanguagePack) -> None:
    for rows in (one.dates.months, one.dates.weekdays):
        forms = [form for row in rows for form in row]
        assert len(forms) == len(set(forms))


@EACH
def test_every_section_is_filled_in(one: LanguagePack) -> None:
    dates, layout, entities = one.dates, one.layout, one.entities
    assert len(dates.months) == 12
    assert len(dates.weekdays) == 7
    for words in (dates.today, dates.yesterday, dates.ago, dates.one, dates.noise, dates.published, dates.updated):
        assert words
    assert set(dates.units) == {"second", "minute", "hour", "day", "week", "month", "year"}
    for words in (layout.navigation, layout.share, layout.related):
        assert len(words) >= 15
    for words in (layout.subscribe, layout.cookie, layout.footer, layout.byline):
        assert len(words) >= 8
    assert layout.advertisement
    assert layout.comments
    assert len(one.datelines.agencies) >= 15
    for words in (entities.honorifics, entities.offices, entities.organisation_words, entities.place_words):
        assert len(words) >= 10
    assert entities.legal_forms
    assert entities.place_prepositions
    assert entities.name_particles
    assert one.romanisation


@EACH
def test_words_are_folded_and_composed(one: LanguagePack) -> None:
    for words in (one.stop_words, one.layout.share, one.layout.footer, one.sections.topics, one.dates.published):
        for word in words:
            assert word == fold_key(word)
            assert word == unicodedata.normalize("NFC", word)


@EACH
def test_letters_are_of_the_script(one: LanguagePack) -> None:
    """A Latin letter inside a Cyrillic word, or the reverse, is a slip of the keyboard that would never match."""
    mixed = re.compile(r"[a-z]+[а-яёіїєўґ]|[а-яёіїєўґ]+[a-z]", re.IGNORECASE)
    words = [*one.stop_words, *one.sections.topics, *one.entities.offices, *one.entities.organisation_words]
    words += [*one.datelines.agencies, *one.entities.place_words, *(form for row in one.dates.months for form in row)]
    layout = one.layout
    for phrases in (layout.navigation, layout.share, layout.related, layout.subscribe, layout.byline):
        words += phrases
    assert [word for word in words if mixed.search(word) and word != "АрміяInform"] == []  # written so


@EACH
def test_romanisation_is_plain_latin(one: LanguagePack) -> None:
    for group, readings in one.romanisation.items():
        assert group == group.casefold()
        for reading in readings:
            assert re.fullmatch(r"[a-z ]*", reading), (group, reading)


@EACH
def test_sections_cover_the_top_topics(one: LanguagePack) -> None:
    codes = set(one.sections.topics.values())
    assert codes - {None} == TOP_TOPICS
    assert None in codes
    assert len(one.sections.topics) >= 100


@pytest.mark.parametrize(
    ("code", "name", "topic"),
    [
        ("de", "Politik", "medtop:11000000"),
        ("de", "  POLITIK ", "medtop:11000000"),
        ("de", "Im Ausland", None),
        ("de", "Präsident", "medtop:11000000"),
        ("de", "Gesellschaft", "medtop:14000000"),
        ("be", "Палітыка", "medtop:11000000"),
        ("ru", "В мире", None),
        ("ru", "Экономика", "medtop:04000000"),
        ("uk", "Війна", "medtop:16000000"),
        ("pl", "Zagranica", None),
        ("en", "Arts & Culture", "medtop:01000000"),
        ("es", "Deportes", "medtop:15000000"),
        ("fr", "Planète", "medtop:06000000"),
        ("it", "Esteri", None),
        ("pt", "Saúde", "medtop:07000000"),
        ("nl", "Het weer", "medtop:17000000"),
        ("zh", "政治", "medtop:11000000"),
        ("ja", "経済", "medtop:04000000"),
        ("ar", "رياضة", "medtop:15000000"),
    ],
)
def test_section_names(code: str, name: str, topic: str | None) -> None:
    sections = pack(code).sections
    assert name in sections
    assert sections.topic(name) == topic


def test_unknown_section_is_not_known() -> None:
    assert "Quatschressort" not in pack("de").sections
    assert pack("de").sections.topic("Quatschressort") is None
