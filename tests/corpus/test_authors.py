"""Who signs an article: behind a word, a link or alone, in the manners of houses."""

from __future__ import annotations

import pytest

from corpus.languages import pack_or_fallback
from corpus.layout import read_page
from corpus.layout.names import byline_names, is_person

BODY = {
    "en": "The council of Osk sold the old lighthouse on Monday to two growers of leeks, the harbour office said.\n\n"
    "Nobody else had made an offer, and the light of the lighthouse will stay on for the ships, Carl Vogt said there.",
    "de": "Der Rat von Osk hat den alten Leuchtturm am Montag an zwei Gärtner verkauft, teilte das Hafenamt mit.\n\n"
    "Niemand sonst hatte ein Angebot gemacht, und das Licht bleibt für die Schiffe an, sagte Carl Vogt dort.",
}
TITLE = {"en": "Lighthouse of Osk sold to growers", "de": "Leuchtturm von Osk an Gärtner verkauft"}


@pytest.mark.parametrize(
    ("language", "lines", "authors"),
    [
        ("en", "By\nAnna Berg\n14 March 2023", ("Anna Berg",)),
        ("en", "By\nAnna Berg\n,\nJan Thal\nand\nMia Voss\n14 March 2023", ("Anna Berg", "Jan Thal", "Mia Voss")),
        ("en", "Anna Berg 09:20, 14 March 2023\nFacebook", ("Anna Berg",)),
        ("en", "* Anna Berg\n* Published: 9:20, 14 March 2023", ("Anna Berg",)),
        ("en", "By Anna Berg, Staff Writer | aberg@osk.example | 14 March 2023", ("Anna Berg",)),
        ("en", "Anna Berg, The Associated Press\n14 March 2023", ("Anna Berg",)),
        ("en", "14 March 2023 by Anna Berg in News", ("Anna Berg",)),
        ("en", "Carl Vogt\n14 March 2023", ()),
        ("en", "Real Estate\nStory Topics\nCopy URL\n14 March 2023", ()),
        ("en", "Anna Berg\nJan Thal\nMia Voss\nOle Prinz\n14 March 2023", ()),
        ("de", "Artikel von: Von Anna Berg, dpa\n14. März 2023", ("Anna Berg",)),
        ("de", "Veröffentlicht am 14. März 2023 von Anna Berg in Allgemeines", ("Anna Berg",)),
        ("de", "Von Anna Berg // 14. März 2023", ("Anna Berg",)),
        ("de", "14.03.23 - 10:11 | Anna Berg 0 Kommentare", ("Anna Berg",)),
    ],
)
def test_who_signs_above_the_body(language: str, lines: str, authors: tuple[str, ...]) -> None:
    (page,) = read_page(f"Menu\n{TITLE[language]}\n{lines}\n\n{BODY[language]}", language)
    assert page.authors == authors
    assert page.title is not None
    assert page.title.value == TITLE[language]


def test_a_link_to_an_author_counts_before_a_name_alone() -> None:
    head = "# Lighthouse of Osk sold to growers\n\nOle Prinz\n\n[Anna Berg](https://osk.example/authors/anna-berg) \n\n"
    links = "[Home](/) [News](/news) [Sport](/sport)\n\n"
    (page,) = read_page(f"{links}{head}14 March 2023\n\n{BODY['en']}", "en")
    assert page.authors == ("Anna Berg",)
    assert page.authors_field is not None
    assert page.authors_field.rule == "link to an author"


def test_who_says_what_the_writer_does_does_not_speak_of_somebody_else() -> None:
    text = f"{TITLE['en']}\nAnna Berg\n14 March 2023\n\n{BODY['en']}\n\nAnna Berg reports for the Courier, at sea."
    (page,) = read_page(text, "en")
    assert page.authors == ("Anna Berg",)


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Por Ana Prado e João Lima", "pt", ("Ana Prado", "João Lima")),
        ("Par Anne DUBOIS - 05:01 - Temps de lecture", "fr", ("Anne DUBOIS",)),
        ("Автор: Анна Берг", "ru", ("Анна Берг",)),
        ("记者：王小明", "zh", ("王小明",)),
        ("By Anna Berg, Bay News Group", "en", ("Anna Berg",)),
        ("Von der Leyen besucht Osk", "de", ()),
        ("By the sea of Osk", "en", ()),
    ],
)
def test_names_behind_a_word(text: str, language: str, names: tuple[str, ...]) -> None:
    assert byline_names(text, pack_or_fallback(language)) == names


@pytest.mark.parametrize(
    ("text", "yes"),
    [("Anna Berg", True), ("ANNA BERG", True), ("J. R. McKay", True), ("Anna-Lena O'Hara", True), ("Copiar URL", False),
     ("Osk News", False), ("Anna", False), ("Senior Reporter", False), ("Monday Evening", False)],
)  # fmt: skip
def test_what_may_be_a_name(text: str, yes: bool) -> None:
    assert is_person(text, pack_or_fallback("en")) is yes
