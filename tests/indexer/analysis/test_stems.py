"""Stems by our own rules, and by Snowball's after our endings: tables of forms, each line one word."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.analysis.stemming import stem_words

TABLES = Path(__file__).parent / "stems"


def table(language: str) -> list[list[str]]:
    lines = (TABLES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


LEAST = {
    "ar": 44, "be": 600, "uk": 600, "de": 35, "en": 20, "es": 45, "fr": 35, "it": 33, "nl": 38, "pl": 28, "pt": 70,
    "ru": 25,
}  # fmt: skip


@pytest.mark.parametrize(("language", "least"), LEAST.items())
def test_forms_of_a_word_share_a_stem_and_words_do_not(language: str, least: int) -> None:
    lines = table(language)
    assert sum(len({form.lower() for form in forms}) for forms in lines) >= least
    stems = [set(stem_words(forms, language)) for forms in lines]
    split = [(forms, found) for forms, found in zip(lines, stems, strict=True) if len(found) > 1]
    assert not split, split
    owners: dict[str, list[str]] = {}
    for forms, (stem,) in zip(lines, stems, strict=True):
        owners.setdefault(stem, []).append(forms[0])
    shared = {stem: words for stem, words in owners.items() if len(words) > 1}
    assert not shared, shared
