"""Which parts of a text are in another language than the rest."""

from __future__ import annotations

import pytest

from corpus.languages import also_in

P = {
    "de": "Die Fähre zwischen den beiden Häfen nimmt den Betrieb auf, wie die Reederei am Montag mitteilte.",
    "en": "The ferry between the two ports will start in spring, the shipping company said on Monday.",
    "ru": "Паром между двумя портами начнёт ходить весной, сообщила в понедельник судоходная компания.",
    "be": "Паром паміж двума партамі пачне хадзіць вясной, паведаміла ў панядзелак суднаходная кампанія.",
    "uk": "Пором між двома портами почне ходити навесні, повідомила в понеділок судноплавна компанія.",
    "es": "El transbordador entre los dos puertos empezará en primavera, según dijo el lunes la compañía naviera.",
    "pt": "A balsa entre os dois portos começará a funcionar na primavera, disse a companhia de navegação.",
    "zh": "航运公司星期一表示，两个港口之间的渡轮将于春季开通，每天往返两次，船票已经开始发售。",
    "ja": "海運会社は月曜日、二つの港を結ぶフェリーが春に運航を始め、毎日二往復すると発表した。切符も売られている。",
}  # fmt: skip
PAIRS = [("de", "en"), ("en", "de"), ("be", "ru"), ("ru", "be"), ("uk", "ru"), ("es", "pt"), ("zh", "en"),
         ("en", "zh"), ("ja", "zh"), ("zh", "ja"), ("ru", "zh")]  # fmt: skip


@pytest.mark.parametrize(("main", "other"), PAIRS)
def test_a_considerable_part_in_another_language_is_told(main: str, other: str) -> None:
    text = "\n".join([P[main]] * 4 + [P[other]] * 3)
    assert [share.code for share in also_in(text, main)] == [other]


@pytest.mark.parametrize("main", P)
def test_a_text_in_one_language_is_in_no_other(main: str) -> None:
    assert also_in("\n".join([P[main]] * 6), main) == ()


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("\n".join([P["de"]] * 12 + [P["en"]]), "de"),  # too small a part
        (f"{P['de']}\nMade in Germany by the people", "de"),  # too few letters
        ("\n".join([P["de"], P["en"]]), "und"),
        ("", "de"),
    ],
)
def test_what_is_too_little_is_not_told(text: str, main: str) -> None:
    assert also_in(text, main) == ()
