"""The guessed topic: made when the archive teaches it, marked as a guess, and withheld otherwise."""

from __future__ import annotations

import random

from corpus.article import Article, Provenance
from indexer.knowledge.guess import CategoryGuess

WORDS = """
medtop:15000000 mannschaft trainer spieler halbzeit stadion verteidiger torwart meisterschaft sieg niederlage tabelle
medtop:17000000 regen wolken temperaturen sturm schnee frost gewitter grad niederschlag wind sonne vorhersage
medtop:04000000 umsatz gewinn aktie unternehmen quartal bilanz export industrie preise markt investition wachstum
"""
TOPICS = {line.split()[0]: line.split()[1:] for line in WORDS.strip().splitlines()}
COMMON = [f"wort{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(300)]


def article(code: str, seed: int, language: str = "de") -> Article:
    rng = random.Random(seed)
    words = rng.choices(COMMON, k=60) + rng.choices(TOPICS[code], k=25)
    rng.shuffle(words)
    return Article(str(seed), "", " ".join(words), language, Provenance("file", "test"))


def taught(each: int = 20) -> CategoryGuess:
    guess = CategoryGuess()
    for code in TOPICS:
        for seed in range(each):
            guess.learn(article(code, seed), code)
    return guess


def test_unsorted_articles_get_their_topic_marked_as_a_guess() -> None:
    guess = taught()
    found = [(code, guess.of(article(code, 1000 + seed))) for code in TOPICS for seed in range(20)]
    made = [(code, category) for code, category in found if category]
    assert len(made) >= 50
    assert all(
        category.code == code and category.origin == "model" and category.confidence >= 0.9 for code, category in made
    )


def test_too_little_to_learn_from_gives_no_guess() -> None:
    one = next(iter(TOPICS))
    assert taught(5).of(article(one, 1000)) is None
    assert taught().of(article(one, 1000, "pl")) is None
    assert taught().of(Article("a", "", "wenig Text", "de", Provenance("file", "test"))) is None
    mixed = Article("m", "", " ".join(w for words in TOPICS.values() for w in words), "de", Provenance("file", "test"))
    assert taught().of(mixed) is None
