"""Bytes to text: marks, declarations, guesses, mojibake."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encodings import decode, mend_mojibake, python_name

GERMAN = "Die Brücke über die Elbe wird für 214 Millionen Euro größer.\nÄrger gibt es um die Straße."
POLISH = "Kopalnia soli pod Bochnią zamieni chodniki w magazyn gazu, twierdzą górnicy. Śnieg, żółw i źdźbło."
RUSSIAN = "Ледокол провёл через Енисейский залив караван из четырёх танкеров, сообщила администрация порта."
BELARUSIAN = "У Налібоцкай пушчы за зіму нарадзілася адзінаццаць зубрат, паведаміла заолаг."
UKRAINIAN = "Міський театр відкрив сезон виставою, яку зіграли на першій колії вокзалу між двома потягами."
CHINESE = "昆明至普洱高铁延伸段十五日上午在普洱市正式开工，全长一百一十二公里，项目负责人说施工难度很大。"
TAIWANESE = "昆明至普洱高鐵延伸段十五日上午在普洱市正式開工，這個項目的負責人說施工難度很大。"
JAPANESE = "大分県別府市の老舗旅館は八日、温泉の熱だけで暖房と給湯をまかなう新館を報道陣に公開した。"
ITALIAN = "“L’acqua è salita fino all’altezza del ponte”, ha detto l’assessore. Un’ora dopo è scesa."
FEW_LETTERS = "Der Fuß des Turms steht im Wasser, und der Turm steht schief. Das Rathaus von Riesa bleibt zu."
ARABIC = "استقبل ميناء صور اليوم الخميس أول سفينة شحن كبيرة بعد انتهاء أعمال توسعة الرصيف."

GUESSED = [
    (GERMAN, "cp1252", "de"), (POLISH, "cp1250", "pl"), (POLISH, "iso8859_2", "pl"), (RUSSIAN, "cp1251", "ru"),
    (RUSSIAN, "koi8_r", "ru"), (RUSSIAN, "cp866", "ru"), (BELARUSIAN, "cp1251", "be"), (UKRAINIAN, "cp1251", "uk"),
    (UKRAINIAN, "koi8_u", "uk"), (CHINESE, "gb18030", "zh"), (TAIWANESE, "big5", "zh"), (JAPANESE, "cp932", "ja"),
    (JAPANESE, "euc_jp", "ja"), (JAPANESE, "iso2022_jp", "ja"), (ITALIAN, "cp1252", "it"),
    (FEW_LETTERS, "cp1252", "de"), (ARABIC, "cp1256", "ar"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding", "language"), GUESSED)
@pytest.mark.parametrize("hinted", [True, False])
def test_guess(text: str, encoding: str, language: str, hinted: bool) -> None:
    found = decode(text.encode(encoding), languages=(language, "en") if hinted else None)
    assert found.text == text
    assert found.how == "guessed"
    assert found.notes, "a guess is told"


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, CHINESE])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("utf-8", lambda text: text.encode()),
        ("utf-8 bom", lambda text: codecs.BOM_UTF8 + text.encode()),
        ("utf-16", lambda text: text.encode("utf-16")),
        ("utf-16-be bom", lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be")),
        ("utf-32", lambda text: text.encode("utf-32")),
        ("crlf", lambda text: text.replace("\n", "\r\n").encode()),
    ],
)
def test_certain(text: str, name: str, data: object) -> None:
    assert callable(data)
    found = decode(data(text))
    assert found.text == text
    assert not found.notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [GERMAN, RUSSIAN])
def test_utf16_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_declared_wins_over_a_guess_but_not_over_utf8() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), declared="KOI8-R").how == "declared"
    wrong = decode(GERMAN.encode(), declared="iso-8859-1")
    assert wrong.text == GERMAN
    assert "it is UTF-8" in wrong.notes[0]
    assert decode(GERMAN.encode("cp1252"), declared="no-such-thing").text == GERMAN


def test_labels_as_browsers_read_them() -> None:
    assert python_name("ISO-8859-1") == "cp1252"
    assert python_name("gb2312") == "gb18030"
    assert python_name("'utf-8'") == "utf-8"
    assert python_name("x-nonsense") is None


@pytest.mark.parametrize(("text", "wrong"), [(GERMAN, "cp1252"), (RUSSIAN, "cp1252"), (UKRAINIAN, "cp1251")])
def test_mojibake_is_put_right_and_told(text: str, wrong: str) -> None:
    spoilt = "".join(bytes([byte]).decode(wrong) if _decodes(byte, wrong) else chr(byte) for byte in text.encode())
    found = decode(spoilt.encode())
    assert found.text == text
    assert any("mojibake" in note for note in found.notes)


def _decodes(byte: int, encoding: str) -> bool:
    try:
        bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("text", [text for text, _, _ in GUESSED] + ["Ã la carte, s'il vous plaît", "Â© 2020"])
def test_sound_text_is_left_alone(text: str) -> None:
    assert mend_mojibake(text) == (text, None)


def test_a_few_faulty_bytes_do_not_spoil_utf8() -> None:
    data = (RUSSIAN * 5).encode() + b"\xff" + RUSSIAN.encode()
    found = decode(data)
    assert found.encoding == "utf-8"
    assert "1 bytes are not UTF-8" in found.notes[0]


@given(st.binary(max_size=500))
def test_any_bytes_become_text(data: bytes) -> None:
    text = decode(data).text
    assert "\r" not in text
    assert "\x00" not in text
    text.encode("utf-8", "surrogatepass")
