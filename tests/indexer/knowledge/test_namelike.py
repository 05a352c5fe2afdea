"""How names look: the measure by letters, words that stand alone, abbreviations."""

from __future__ import annotations

import pytest

from indexer.knowledge.acronyms import Acronyms
from indexer.knowledge.inflect import Endings
from indexer.knowledge.lexicon import lexicon
from indexer.knowledge.namelike import BUCKETS, groups_of, namelike
from indexer.knowledge.single import NEVER, SingleNames, around, sureness
from indexer.knowledge.tables import words

# invented or rare names, and common words; none is in the lists of names or words as such by intention
NAMES = {
    "de": "obersteiner tannhofer wyschnewski mbekala thornquist bajramovic hollerbach szymczak",
    "en": "okonjara petrosyan fitzwarren mcallorin hashimura kowalewska delacroix bergstrom",
    "ru": "круглянский огородников заречнюк маккалоу ветлугина тарханян",
    "uk": "заболотенко гнатишин мельничук",
    "pl": "wierzbiński kołodziejczak zarzycka",
}
WORDS = {
    "de": "verwaltung gebrauchsanweisung schnelligkeit unterschrift geschrieben freundlichkeit wirtschaftlich",
    "en": "government immediately thoughtful unemployment decided relationship following washing",
    "ru": "правительство сообщение строительный рассмотреть вчерашний невозможно",
    "uk": "повідомлення швидкість можливо",
    "pl": "odpowiedzialność natychmiast przeprowadzić",
}


def measured(language: str, text: str) -> list[float]:
    measure = namelike(language)
    assert measure is not None
    return [measure(word) for word in text.split()]


@pytest.mark.parametrize("language", NAMES)
def test_names_look_more_like_names_than_words(language: str) -> None:
    names, others = measured(language, NAMES[language]), measured(language, WORDS[language])
    pairs = [(name, other) for name in names for other in others]
    assert sum(name > other for name, other in pairs) >= 0.9 * len(pairs)
    assert max(others) < 0


def test_letter_groups_know_the_ends_of_a_word() -> None:
    assert all(0 <= bucket < BUCKETS for bucket in groups_of("ab"))
    assert len(groups_of("ab")) == 3 + 2 + 1  # <a ab b>, <ab ab>, <ab>
    assert groups_of("ab") != groups_of("ba")


def test_a_language_without_a_measure_has_none() -> None:
    assert namelike("xx") is None
    assert lexicon("xx").likeness(lexicon("xx").word("Smith")) == 0.0


def judged(language: str, text: str, word: str) -> float:
    """The confidence with which a word of a sentence is a person, as the finder adds it up."""
    single = SingleNames(lexicon(language))
    start = text.index(word)
    before = text[:start].split()[-1].lower() if start else ""
    near = around(text, start, start + len(word), before, start == 0)
    return sureness(single.word(single.lexicon.word(word)) + single.context(near))


@pytest.mark.parametrize(
    ("language", "better", "worse", "word"),
    [
        ("de", "Dann sagte Thornquist nichts.", "Er fuhr nach Thornquist zurück.", "Thornquist"),
        ("de", "Er traf Thornquist (45) dort.", "Der alte Thornquist fiel um.", "Thornquist"),
        ("en", "Then said Okonjara nothing.", "A lot of Okonjara was sold.", "Okonjara"),
        ("en", "It was Okonjara, who won.", "It was “Okonjara” again.", "Okonjara"),
        ("en", "It beat Okonjara again.", "It beat Okonjara Systems again.", "Okonjara"),
        ("ru", "Затем сказал Заречнюк это.", "Потом на Заречнюк пал взгляд.", "Заречнюк"),
    ],
)
def test_what_stands_beside_a_word_counts(language: str, better: str, worse: str, word: str) -> None:
    assert judged(language, better, word) > judged(language, worse, word)


@pytest.mark.parametrize(
    ("language", "word"), [("de", "Verwaltung"), ("en", "NATO"), ("en", "SaskTel"), ("fr", "J'ai")]
)
def test_some_words_are_never_names(language: str, word: str) -> None:
    single = SingleNames(lexicon(language))
    assert single.word(single.lexicon.word(word)) == NEVER


@pytest.mark.parametrize(
    ("text", "word", "likely"),
    [
        ("The chiefs of the XKDV were there.", "XKDV", True),
        ("The Society for Kites (XKDV) met.", "XKDV", True),
        ("It was on TV again.", "TV", False),
        ("The GDP fell.", "GDP", False),
        ("ALL OF US AND THE XKDV AND MORE", "XKDV", False),
    ],
)
def test_abbreviations(text: str, word: str, likely: bool) -> None:
    start = text.index(word)
    before = text[:start].split()[-1].lower()
    assert (Acronyms(lexicon("en")).sure(text, start, start + len(word), before) >= 0.6) == likely


@pytest.mark.parametrize(
    ("language", "name", "forms"),
    [
        ("de", "Schweden", "Schweden Schwedens"),
        ("de", "Belgien", "Belgien Belgiens"),
        ("ru", "Китай", "Китай Китая Китаю Китаем Китае"),
        ("ru", "Минск", "Минск Минска Минску Минском Минске"),
        ("uk", "Китай", "Китай Китаю Китаєм"),
        ("pl", "Warszawa", "Warszawa Warszawy Warszawie Warszawę Warszawą"),
    ],
)
def test_a_place_is_known_in_all_its_cases(language: str, name: str, forms: str) -> None:
    found = {form: lexicon(language).word(form).known for form in forms.split()}
    assert {form: known.name if known else None for form, known in found.items()} == dict.fromkeys(found, name)


def test_a_shorter_word_is_no_case_of_a_name() -> None:
    endings = Endings(words("ru")["endings"])
    assert endings.agrees("Китай", "китая")
    assert not endings.agrees("Китай", "кит")
